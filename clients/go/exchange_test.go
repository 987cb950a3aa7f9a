package postroom_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"postroom"
)

// receiver is the server's side of upload.fill: room for two values, and for one more after each unless it holds.
type receiver struct {
	holds  bool
	failAt int

	mu       sync.Mutex
	peer     *peer
	room     int
	seen     []json.RawMessage
	problems []message
}

func (r *receiver) handle(_ *server, p *peer, m message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch m.Method {
	case "upload.fill":
		r.peer, r.room = p, 2
		p.answer(m, map[string]any{"subscription": "s1", "credit": 2})
	case "rpc.next":
		r.seen = append(r.seen, m.Params["value"])
		var seq int
		_ = json.Unmarshal(m.Params["seq"], &seq)
		if seq != len(r.seen) || seq > r.room {
			r.problems = append(r.problems, m)
		}
		if seq == r.failAt {
			data := map[string]any{"status": "OUT_OF_RANGE", "reason": "upload.gap"}
			p.end("s1", map[string]any{"code": -32011, "message": "octets are missing", "data": data})
		} else if !r.holds {
			var upload map[string]any
			_ = json.Unmarshal(document["upload.fill"].Example, &upload)
			upload["received"] = seq
			p.next("s1", seq, upload)
			r.grant(1)
		}
	case "rpc.end":
		p.end("s1", nil)
	}
}

func (r *receiver) grant(credit int) {
	r.room += credit
	r.peer.notify("rpc.credit", map[string]any{"subscription": "s1", "credit": credit})
}

func piece(n int) *postroom.UploadPiece {
	return &postroom.UploadPiece{Offset: int64(n), Data: []byte{byte(n)}}
}

func hasReason(err error, reason postroom.Reason) bool {
	var failed *postroom.Error
	return errors.As(err, &failed) && failed.Reason == reason
}

func TestValuesGoBothWaysWithinTheCreditAndEnd(t *testing.T) {
	r := &receiver{}
	s, client := serve(t, r.handle, postroom.Options{})
	exchange := client.Upload.Fill(ctx, postroom.UploadFillParams{UploadID: "up1"}, postroom.Window(4))
	sent := make(chan error, 1)
	go func() {
		for n := 0; n < 20; n++ {
			if err := exchange.Send(piece(n)); err != nil {
				sent <- err
				return
			}
		}
		_ = exchange.Finish()
		sent <- exchange.Finish()
	}()
	var received, wanted []int64
	for exchange.Next() {
		received = append(received, exchange.Value().Received)
		wanted = append(wanted, int64(len(wanted)+1))
	}
	expect(t, exchange.Err() == nil && len(received) == 20 && reflect.DeepEqual(received, wanted), "%v", received)
	err := <-sent
	expect(t, err == nil, "%v", err)
	expect(t, len(r.problems) == 0 && string(r.seen[1]) == `{"data":"AQ==","offset":1}` || string(r.seen[1]) == `{"offset":1,"data":"AQ=="}`, "%v %s", r.problems, r.seen[1])
	expect(t, len(s.waitFor("upload.fill", 1)) == 1 && len(s.waitFor("rpc.end", 1)) == 1, "it was opened and ended once")
	err = exchange.Send(piece(0))
	expect(t, hasReason(err, postroom.ReasonStreamEnded), "%v", err)
}

func TestAValueWaitsForRoomAndHearsOfTheEnd(t *testing.T) {
	r := &receiver{holds: true}
	_, client := serve(t, r.handle, postroom.Options{})
	exchange := client.Upload.Fill(ctx, postroom.UploadFillParams{UploadID: "up1"})
	for n := 0; n < 2; n++ {
		err := exchange.Send(piece(n))
		expect(t, err == nil, "%v", err)
	}
	third := make(chan error, 1)
	go func() { third <- exchange.Send(piece(2)) }()
	select {
	case err := <-third:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	r.mu.Lock()
	r.grant(1)
	r.mu.Unlock()
	err := <-third
	expect(t, err == nil, "%v", err)
	fourth := make(chan error, 1)
	go func() { fourth <- exchange.Send(piece(3)) }()
	time.Sleep(50 * time.Millisecond)
	r.peer.hangUp()
	err = <-fourth
	expect(t, hasReason(err, postroom.ReasonConnectionLost), "%v", err)
}

func TestWhatEndsTheStreamReachesWhoSendsAndWhoReads(t *testing.T) {
	r := &receiver{holds: true, failAt: 2}
	_, client := serve(t, r.handle, postroom.Options{})
	exchange := client.Upload.Fill(ctx, postroom.UploadFillParams{UploadID: "up1"})
	var err error
	for n := 0; n < 20 && err == nil; n++ {
		err = exchange.Send(piece(n))
	}
	expect(t, hasReason(err, postroom.ReasonUploadGap), "%v", err)
	expect(t, !exchange.Next() && hasReason(exchange.Err(), postroom.ReasonUploadGap), "%v", exchange.Err())
}

func TestLeavingAnExchangeAndItsDeadlineEndIt(t *testing.T) {
	r := &receiver{holds: true}
	s, client := serve(t, r.handle, postroom.Options{})
	exchange := client.Upload.Fill(ctx, postroom.UploadFillParams{UploadID: "up1"})
	_ = exchange.Send(piece(0))
	exchange.Close()
	expect(t, len(s.waitFor("rpc.cancel", 1)) == 1, "it is cancelled")
	err := exchange.Send(piece(1))
	expect(t, hasReason(err, postroom.ReasonStreamEnded), "%v", err)
	late := client.Upload.Fill(ctx, postroom.UploadFillParams{UploadID: "up1"}, postroom.Timeout(300*time.Millisecond))
	for n := 0; n < 3; n++ {
		err = late.Send(piece(n))
	}
	expect(t, hasReason(err, postroom.ReasonCallDeadline), "%v", err)
}

func TestProgressIsTypedAndWhatIsNotIsPassedOver(t *testing.T) {
	_, client := serve(t, func(_ *server, p *peer, m message) {
		for _, value := range []any{7, map[string]any{"server": "imap", "step": "login", "host": "h", "port": 993}} {
			p.notify("$/progress", map[string]any{"token": m.meta("progressToken"), "value": value})
		}
		p.answer(m, info)
	}, postroom.Options{})
	var told []postroom.ConnectProgress
	_, err := client.Server.Info(ctx, postroom.ProgressOf(func(p *postroom.ConnectProgress) { told = append(told, *p) }))
	expect(t, err == nil && reflect.DeepEqual(told, []postroom.ConnectProgress{{Server: "imap", Step: "login", Host: "h", Port: 993}}), "%v %v", told, err)
}
