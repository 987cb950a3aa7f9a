package postroom_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"postroom"
	"postroom/internal/dispatch"
)

type method struct {
	Name      string          `json:"name"`
	IsBuiltIn bool            `json:"x-builtin"`
	Stream    json.RawMessage `json:"x-stream"`
	Example   json.RawMessage `json:"x-streamExample"`
	Examples  []struct {
		Name   string `json:"name"`
		Params []struct {
			Name  string          `json:"name"`
			Value json.RawMessage `json:"value"`
		} `json:"params"`
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
	} `json:"examples"`
}

var (
	document = readDocument()
	info     = map[string]any{"name": "Postroom", "version": "1", "protocolVersion": "0.1.0"}
	ctx      = context.Background()
)

func readDocument() map[string]method {
	text, err := os.ReadFile("../../protocol/openrpc.json")
	if err != nil {
		panic(err)
	}
	var whole struct {
		Methods []method `json:"methods"`
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		panic(err)
	}
	methods := map[string]method{}
	for _, m := range whole.Methods {
		if !m.IsBuiltIn {
			methods[m.Name] = m
		}
	}
	return methods
}

func example(name string) json.RawMessage { return document[name].Examples[0].Result.Value }

func event(seq int) map[string]any {
	return map[string]any{
		"seq": fmt.Sprint(seq), "type": "sync.completed", "at": "2025-03-05T07:12:45.031Z", "facts": map[string]string{},
	}
}

// value is JSON text without what does not matter: the order of members.
func value(text []byte) any {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		panic(err)
	}
	return v
}

func encoded(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

func expect(t *testing.T, is bool, format string, arguments ...any) {
	t.Helper()
	if !is {
		t.Fatalf(format, arguments...)
	}
}

// fails expects err to have a reason, and returns it.
func fails(t *testing.T, err error, reason postroom.Reason) *postroom.Error {
	t.Helper()
	var failed *postroom.Error
	if !errors.As(err, &failed) || failed.Reason != reason {
		t.Fatalf("%v instead of %s", err, reason)
	}
	return failed
}

func TestEveryExampleOfTheDocumentIsSentAndReadAsItStands(t *testing.T) {
	for name, m := range document {
		for _, example := range m.Examples {
			m, example, name := m, example, name
			t.Run(name+"/"+example.Name, func(t *testing.T) {
				given := map[string]json.RawMessage{}
				for _, param := range example.Params {
					given[param.Name] = param.Value
				}
				s, client := serve(t, func(_ *server, p *peer, got message) {
					if got.Method != name {
						return
					}
					p.answer(got, example.Result.Value)
					if m.Stream != nil {
						subscription := value(example.Result.Value).(map[string]any)["subscription"].(string)
						p.next(subscription, 1, m.Example)
						p.end(subscription, nil)
					}
				}, postroom.Options{})
				var answer any
				wanted := value(example.Result.Value)
				if m.Stream != nil {
					stream, err := dispatch.Open(ctx, client, name, encoded(given))
					expect(t, err == nil, "%v", err)
					expect(t, stream.Next(), "no value: %v", stream.Err())
					answer, wanted = stream.Any(), value(m.Example)
					expect(t, !stream.Next() && stream.Err() == nil, "no end: %v", stream.Err())
				} else {
					result, err := dispatch.Call(ctx, client, name, encoded(given))
					expect(t, err == nil, "%v", err)
					answer = result
				}
				expect(t, reflect.DeepEqual(value(encoded(answer)), wanted), "%s instead of %v", encoded(answer), wanted)
				sent := s.waitFor(name, 1)[0].Params
				delete(sent, "_meta")
				expect(t, reflect.DeepEqual(value(encoded(sent)), value(encoded(given))), "sent %s", encoded(sent))
			})
		}
	}
}

func TestATokenIsShownOnceBeforeTheFirstCallAndIsNotPrinted(t *testing.T) {
	handle := answering(map[string]any{"session.open": map[string]any{}, "server.info": info})
	s, client := serve(t, handle, postroom.Options{Token: "hush-hush"})
	var all sync.WaitGroup
	for i := 0; i < 20; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			if found, err := client.Server.Info(ctx); err != nil || found.Name != "Postroom" {
				t.Error(found, err)
			}
		}()
	}
	all.Wait()
	expect(t, s.count() == 1 && len(s.all()) == 21, "%d connections", s.count())
	expect(t, s.all()[0].Method == "session.open" && string(s.all()[0].Params["token"]) == `"hush-hush"`, "order")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		expect(t, !strings.Contains(fmt.Sprintf(verb, client), "hush"), verb)
		expect(t, !strings.Contains(fmt.Sprintf(verb, postroom.Options{Token: "hush-hush"}), "hush"), verb)
	}
}

func TestASecretCanBeReadButIsNotPrinted(t *testing.T) {
	_, client := serve(t, answering(map[string]any{"token.create": example("token.create")}), postroom.Options{})
	made, err := client.Token.Create(ctx, postroom.TokenCreateParams{Name: "x", Scopes: []postroom.Scope{postroom.ScopeRead}})
	expect(t, err == nil, "%v", err)
	secret := value(example("token.create")).(map[string]any)["secret"].(string)
	expect(t, string(made.Secret) == secret, "%s", string(made.Secret))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
		expect(t, !strings.Contains(fmt.Sprintf(verb, made), secret), verb)
	}
}

func TestAnErrorHasEverythingThatTheServerSaid(t *testing.T) {
	_, client := serve(t, func(_ *server, p *peer, m message) {
		if m.Method == "server.info" {
			p.fail(m, -32601, "Method not found", nil)
			return
		}
		p.fail(m, -32005, "there is no mailbox mb9", map[string]any{
			"status": "NOT_FOUND", "reason": "mailbox.unknown", "details": map[string]any{"id": "mb9"}, "retryAfterMs": 1500,
		})
	}, postroom.Options{})
	_, err := client.Mailbox.Get(ctx, postroom.MailboxGetParams{MailboxID: "mb9"})
	failed := fails(t, err, postroom.ReasonMailboxUnknown)
	expect(t, failed.Code == -32005 && failed.Status == postroom.StatusNotFound, "%+v", failed)
	expect(t, string(failed.Details) == `{"id":"mb9"}` && failed.RetryAfter == 1500*time.Millisecond, "%+v", failed)
	expect(t, errors.Is(err, &postroom.Error{Reason: postroom.ReasonMailboxUnknown}), "is")
	_, err = client.Server.Info(ctx)
	failed = fails(t, err, "unknown")
	expect(t, failed.Code == -32601 && failed.Status == postroom.StatusUnknown, "%+v", failed)
}

func TestADeadlineIsSentAndEndsTheWaitAndTheCall(t *testing.T) {
	for name, call := range map[string]func(*postroom.Client) error{
		"option": func(c *postroom.Client) error {
			_, err := c.Server.Info(ctx, postroom.Timeout(100*time.Millisecond))
			return err
		},
		"context": func(c *postroom.Client) error {
			short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
			defer cancel()
			_, err := c.Server.Info(short)
			return err
		},
		"client": func(c *postroom.Client) error {
			_, err := c.Server.Info(ctx)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, client := serve(t, answering(nil), postroom.Options{Timeout: 100 * time.Millisecond})
			err := call(client)
			fails(t, err, postroom.ReasonCallDeadline)
			expect(t, errors.Is(err, context.DeadlineExceeded), "is")
			begun := s.waitFor("server.info", 1)[0]
			timeout, _ := begun.meta("timeoutMs").(float64)
			expect(t, timeout > 0 && timeout <= 100, "%v", timeout)
			ended := s.waitFor("rpc.cancel", 1)[0]
			expect(t, string(ended.Params["id"]) == fmt.Sprint(begun.ID), "%v", ended)
		})
	}
}

func TestTheEndOfTheContextCancelsTheCall(t *testing.T) {
	s, client := serve(t, answering(nil), postroom.Options{})
	short, cancel := context.WithCancel(ctx)
	done := make(chan error)
	go func() {
		_, err := client.Server.Info(short)
		done <- err
	}()
	begun := s.waitFor("server.info", 1)[0]
	cancel()
	err := <-done
	fails(t, err, postroom.ReasonCallCancelled)
	expect(t, errors.Is(err, context.Canceled), "is")
	expect(t, string(s.waitFor("rpc.cancel", 1)[0].Params["id"]) == fmt.Sprint(begun.ID), "id")
	_, err = client.Server.Info(short)
	fails(t, err, postroom.ReasonCallCancelled)
	expect(t, len(s.waitFor("server.info", 1)) == 1, "a call began")
}

func TestProgressIsToldInOrder(t *testing.T) {
	_, client := serve(t, func(_ *server, p *peer, m message) {
		token := m.meta("progressToken")
		for _, value := range []any{1, map[string]any{"done": 2}} {
			p.notify("$/progress", map[string]any{"token": token, "value": value})
		}
		p.notify("$/progress", map[string]any{"token": "another", "value": 3})
		p.answer(m, info)
	}, postroom.Options{})
	var told []string
	_, err := client.Server.Info(ctx, postroom.OnProgress(func(v json.RawMessage) { told = append(told, string(v)) }))
	expect(t, err == nil && reflect.DeepEqual(told, []string{"1", `{"done":2}`}), "%v %v", told, err)
}

func TestADeflatedAnswerIsRead(t *testing.T) {
	_, client := serve(t, func(_ *server, p *peer, m message) {
		p.send(map[string]any{"id": m.ID, "result": info}, true)
	}, postroom.Options{})
	found, err := client.Server.Info(ctx)
	expect(t, err == nil && found.Name == "Postroom", "%v", err)
}

func TestAnAnswerOrFrameThatIsNoneIsRefused(t *testing.T) {
	for name, handle := range map[string]func(*server, *peer, message){
		"number":  answering(map[string]any{"server.info": map[string]any{"name": 7}}),
		"array":   answering(map[string]any{"server.info": []int{}}),
		"http":    func(_ *server, p *peer, _ message) { p.write([]byte("HTTP/1.1 400 Bad Request\r\n")) },
		"no json": func(_ *server, p *peer, _ message) { p.write([]byte{0, 0, 0, 0, 1, '{'}) },
		"giant":   func(_ *server, p *peer, _ message) { p.write([]byte{0, 255, 0, 0, 0}) },
		"no zlib": func(_ *server, p *peer, _ message) { p.write([]byte{1, 0, 0, 0, 2, '{', '}'}) },
	} {
		t.Run(name, func(t *testing.T) {
			_, client := serve(t, handle, postroom.Options{})
			_, err := client.Server.Info(ctx)
			fails(t, err, postroom.ReasonClientBadAnswer)
		})
	}
}

func TestWhatANewerServerAddsIsNoHarm(t *testing.T) {
	mailbox := value(example("mailbox.get")).(map[string]any)
	mailbox["state"], mailbox["colour"], mailbox["reason"] = "hibernating", "blue", nil
	_, client := serve(t, answering(map[string]any{"mailbox.get": mailbox}), postroom.Options{})
	found, err := client.Mailbox.Get(ctx, postroom.MailboxGetParams{MailboxID: "mb1"})
	expect(t, err == nil && found.State == "hibernating" && found.Reason == nil, "%v %v", found, err)
}

func TestAURLMustSayWhereTo(t *testing.T) {
	for _, url := range []string{
		"", "http://localhost:1", "tcp://localhost", "tcp://:80", "tcp://h:port", "tcp://h:0", "tcp://h:65536",
		"tcp://u:p@h:80", "unix://relative", "tcp://h:80/path",
	} {
		_, err := postroom.New(url, postroom.Options{})
		fails(t, err, postroom.ReasonClientBadURL)
	}
	for _, url := range []string{"unix:///s", "tcp://[::1]:80", "postrooms://host:7625/"} {
		_, err := postroom.New(url, postroom.Options{})
		expect(t, err == nil, "%s: %v", url, err)
	}
}

func hangingUp(times int) func(*server, *peer, message) {
	return func(s *server, p *peer, m message) {
		switch {
		case s.count() <= times:
			p.hangUp()
		case m.Method == "server.info":
			p.answer(m, info)
		default:
			p.answer(m, example(m.Method))
		}
	}
}

func TestASafeCallIsRepeatedAFewTimes(t *testing.T) {
	for _, times := range []int{1, 3, 4} {
		s, client := serve(t, hangingUp(times), postroom.Options{})
		began := time.Now()
		_, err := client.Server.Info(ctx)
		if times < 4 {
			expect(t, err == nil && s.count() == times+1, "%d: %v", times, err)
		} else {
			fails(t, err, postroom.ReasonConnectionLost)
			expect(t, s.count() == 4, "%d connections", s.count())
		}
		// Half of 0.1, 0.2 and 0.4 s at least.
		expect(t, times < 3 || time.Since(began) >= 350*time.Millisecond, "too early")
	}
}

func TestAMailIsNotSentAgainUnlessItHasAKey(t *testing.T) {
	mail := postroom.MailSendParams{
		MailboxID: "mb1", To: []postroom.Address{{Email: "a@b.c"}}, Text: postroom.Ptr("x"),
		Attachments: []postroom.OutgoingAttachment{{
			Name: postroom.Ptr("a"), Type: postroom.Ptr("a/b"), Data: []byte{0, 255},
		}},
	}
	s, client := serve(t, hangingUp(1), postroom.Options{})
	_, err := client.Mail.Send(ctx, mail)
	fails(t, err, postroom.ReasonConnectionLost)
	expect(t, len(s.all()) == 1, "%v", s.all())
	s, client = serve(t, hangingUp(1), postroom.Options{})
	_, err = client.Mail.Send(ctx, mail, postroom.IdempotencyKey("k"))
	expect(t, err == nil, "%v", err)
	for _, m := range s.waitFor("mail.send", 2) {
		expect(t, m.meta("idempotencyKey") == "k", "key")
		expect(t, string(m.Params["attachments"]) == `[{"name":"a","type":"a/b","data":"AP8="}]`, "%s", m.Params["attachments"])
	}
	// A key does not make a call safe that takes none.
	s, client = serve(t, hangingUp(1), postroom.Options{})
	_, err = client.Mailbox.Delete(ctx, postroom.MailboxDeleteParams{MailboxID: "mb1"}, postroom.IdempotencyKey("k"))
	fails(t, err, postroom.ReasonConnectionLost)
	expect(t, s.waitFor("mailbox.delete", 1)[0].meta("idempotencyKey") == nil, "key")
}

func TestWhatWasNotBegunIsRepeatedWhenTheServerSays(t *testing.T) {
	s, client := serve(t, func(s *server, p *peer, m message) {
		if s.count() > 1 {
			p.answer(m, example("mailbox.delete"))
			return
		}
		p.notify("rpc.goaway", map[string]any{"lastId": nil})
		p.fail(m, -32014, "going", map[string]any{
			"status": "UNAVAILABLE", "reason": "server.goingAway", "retryAfterMs": 200,
		})
	}, postroom.Options{})
	began := time.Now()
	_, err := client.Mailbox.Delete(ctx, postroom.MailboxDeleteParams{MailboxID: "mb1"})
	expect(t, err == nil && s.count() == 2, "%v", err)
	expect(t, time.Since(began) >= 200*time.Millisecond, "too early")
}

func TestAServerThatGoesAwayFinishesWhatRuns(t *testing.T) {
	var mu sync.Mutex
	finish := func() {}
	s, client := serve(t, func(_ *server, p *peer, m message) {
		if m.Method != "server.stats" {
			p.answer(m, info)
			return
		}
		mu.Lock()
		finish = func() { p.answer(m, example("server.stats")) }
		mu.Unlock()
		p.notify("rpc.goaway", map[string]any{"lastId": m.ID})
	}, postroom.Options{})
	done := make(chan error)
	go func() {
		_, err := client.Server.Stats(ctx)
		done <- err
	}()
	s.waitFor("server.stats", 1)
	for s.count() < 2 {
		_, err := client.Server.Info(ctx)
		expect(t, err == nil, "%v", err)
	}
	mu.Lock()
	defer mu.Unlock()
	finish()
	err := <-done
	expect(t, err == nil, "%v", err)
}

func TestAServerThatIsNotThereCannotBeConnectedTo(t *testing.T) {
	for _, url := range []string{"unix:///nonexistent/s", "tcp://127.0.0.1:1"} {
		client, err := postroom.New(url, postroom.Options{})
		expect(t, err == nil, "%v", err)
		_, err = client.Token.Create(ctx, postroom.TokenCreateParams{})
		fails(t, err, postroom.ReasonConnectionFailed)
	}
}

func TestCloseEndsCallsAndStreams(t *testing.T) {
	s, client := serve(t, answering(map[string]any{"sync.watch": map[string]any{"subscription": "s1"}}), postroom.Options{})
	done := make(chan error, 2)
	stream := client.Sync.Watch(ctx, postroom.SyncWatchParams{MailboxID: "mb1"})
	go func() {
		stream.Next()
		done <- stream.Err()
	}()
	go func() {
		_, err := client.Server.Info(ctx)
		done <- err
	}()
	s.waitFor("server.info", 1)
	s.waitFor("sync.watch", 1)
	client.Close()
	client.Close()
	for i := 0; i < 2; i++ {
		fails(t, <-done, postroom.ReasonClientClosed)
	}
	_, err := client.Server.Info(ctx)
	fails(t, err, postroom.ReasonClientClosed)
}

func TestTheServerNeverHasMoreOnItsWayThanWasGranted(t *testing.T) {
	for _, window := range []int{1, 2, 32} {
		var mu sync.Mutex
		credit, sent := 0, 0
		_, client := serve(t, func(s *server, p *peer, m message) {
			mu.Lock()
			defer mu.Unlock()
			if m.Method == "events.subscribe" {
				credit = int(m.meta("credit").(float64))
				p.answer(m, map[string]any{"subscription": "s1"})
			} else if m.Method == "rpc.credit" {
				var more int
				if json.Unmarshal(m.Params["credit"], &more) != nil || string(m.Params["subscription"]) != `"s1"` {
					s.t.Errorf("%v", m)
				}
				credit += more
			}
			for ; credit > 0 && sent < 100; credit-- {
				sent++
				p.next("s1", sent, event(sent))
				if sent == 100 {
					p.end("s1", nil)
				}
			}
		}, postroom.Options{})
		seen := 0
		events := client.Events.Subscribe(ctx, postroom.EventsSubscribeParams{}, postroom.Window(window))
		for events.Next() {
			seen++
			mu.Lock()
			expect(t, events.Value().Seq == fmt.Sprint(seen) && sent <= seen+window, "%d sent, %d seen", sent, seen)
			mu.Unlock()
		}
		expect(t, events.Err() == nil && seen == 100, "%d seen: %v", seen, events.Err())
	}
}

func TestClosingAStreamCancelsIt(t *testing.T) {
	s, client := serve(t, func(_ *server, p *peer, m message) {
		if m.Method == "events.subscribe" {
			p.answer(m, map[string]any{"subscription": "s1"})
			p.next("s1", 1, event(1))
		}
	}, postroom.Options{})
	events := client.Events.Subscribe(ctx, postroom.EventsSubscribeParams{})
	expect(t, events.Next(), "%v", events.Err())
	waits := make(chan bool)
	go func() { waits <- events.Next() }()
	events.Close()
	expect(t, !<-waits && events.Err() == nil && !events.Next(), "%v", events.Err())
	expect(t, string(s.waitFor("rpc.cancel", 1)[0].Params["id"]) == fmt.Sprint(s.all()[0].ID), "id")
}

func TestGapsAndOverrunsAreNoticed(t *testing.T) {
	for reason, numbers := range map[postroom.Reason][]int{
		postroom.ReasonStreamGap: {1, 3}, postroom.ReasonStreamOverrun: {1, 2, 3, 4},
	} {
		numbers := numbers
		s, client := serve(t, func(_ *server, p *peer, m message) {
			if m.Method != "sync.watch" {
				return
			}
			// All at once: nothing is granted between them.
			p.answer(m, map[string]any{"subscription": "s1"})
			for _, seq := range numbers {
				p.next("s1", seq, document["sync.watch"].Example)
			}
		}, postroom.Options{})
		values := client.Sync.Watch(ctx, postroom.SyncWatchParams{MailboxID: "mb1"}, postroom.Window(3))
		// Nothing is granted for the first value alone: all has come before more is read.
		expect(t, values.Next(), "%v", values.Err())
		s.waitFor("rpc.cancel", 1)
		for values.Next() {
		}
		fails(t, values.Err(), reason)
	}
}

func TestEventsGoOnBehindTheLastOneOverANewConnection(t *testing.T) {
	s, client := serve(t, func(_ *server, p *peer, m message) {
		if m.Method != "events.subscribe" {
			return
		}
		var after int
		fmt.Sscanf(string(m.Params["after"]), `"%d"`, &after)
		name := fmt.Sprint("s", after)
		p.answer(m, map[string]any{"subscription": name})
		for seq := after + 1; seq <= after+3 && seq <= 10; seq++ {
			p.next(name, seq-after, event(seq))
		}
		if after+3 >= 10 {
			p.end(name, nil)
		} else {
			p.hangUp()
		}
	}, postroom.Options{})
	events := client.Events.Subscribe(ctx, postroom.EventsSubscribeParams{After: postroom.Ptr("0")})
	seen := 0
	for events.Next() {
		seen++
		expect(t, events.Value().Seq == fmt.Sprint(seen), "%s after %d", events.Value().Seq, seen)
	}
	expect(t, events.Err() == nil && seen == 10 && s.count() == 4, "%d seen, %d connections: %v", seen, s.count(), events.Err())
}

func TestOtherStreamsEndWithTheirConnectionAnErrorOrTheirTime(t *testing.T) {
	opened := map[string]any{"subscription": "s1"}
	_, client := serve(t, func(_ *server, p *peer, m message) {
		p.answer(m, opened)
		p.hangUp()
	}, postroom.Options{})
	values := client.Sync.Watch(ctx, postroom.SyncWatchParams{})
	expect(t, !values.Next(), "a value")
	fails(t, values.Err(), postroom.ReasonConnectionLost)

	_, client = serve(t, func(_ *server, p *peer, m message) {
		p.answer(m, opened)
		p.next("s1", 1, document["sync.watch"].Example)
		p.end("s1", map[string]any{
			"code": -32005, "message": "gone", "data": map[string]any{"status": "NOT_FOUND", "reason": "mailbox.unknown"},
		})
	}, postroom.Options{})
	values = client.Sync.Watch(ctx, postroom.SyncWatchParams{})
	expect(t, values.Next() && !values.Next(), "one value")
	fails(t, values.Err(), postroom.ReasonMailboxUnknown)

	s, client := serve(t, answering(map[string]any{"events.subscribe": opened, "sync.watch": map[string]any{}}), postroom.Options{})
	events := client.Events.Subscribe(ctx, postroom.EventsSubscribeParams{}, postroom.Timeout(100*time.Millisecond))
	expect(t, !events.Next(), "a value")
	fails(t, events.Err(), postroom.ReasonCallDeadline)
	s.waitFor("rpc.cancel", 1)
	values = client.Sync.Watch(ctx, postroom.SyncWatchParams{})
	expect(t, !values.Next(), "a value")
	fails(t, values.Err(), postroom.ReasonStreamMalformed)
}
