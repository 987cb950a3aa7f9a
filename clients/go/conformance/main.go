// Does what the conformance session asks for, with the typed client. protocol/conformance/README.md has the form.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"log"
	"os"
	"sync"
	"time"

	"postroom"
	"postroom/internal/dispatch"
)

type order struct {
	Step           int             `json:"step"`
	Do             string          `json:"do"`
	Method         string          `json:"method"`
	Params         json.RawMessage `json:"params"`
	TimeoutMs      int64           `json:"timeoutMs"`
	IdempotencyKey string          `json:"idempotencyKey"`
	Window         int             `json:"window"`
	Progress       bool            `json:"progress"`
	Value          json.RawMessage `json:"value"`
}

type driver struct {
	client *postroom.Client

	mu      sync.Mutex
	streams map[int]dispatch.Stream
	cancels map[int]context.CancelFunc
}

func main() {
	options := postroom.Options{Token: postroom.Secret(os.Getenv("POSTROOM_TOKEN"))}
	if file := os.Getenv("POSTROOM_CA_FILE"); file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			log.Fatal(err)
		}
		options.TLS = &tls.Config{RootCAs: x509.NewCertPool()}
		options.TLS.RootCAs.AppendCertsFromPEM(text)
	}
	client, err := postroom.New(os.Getenv("POSTROOM_URL"), options)
	if err != nil {
		log.Fatal(err)
	}
	d := driver{client: client, streams: map[int]dispatch.Stream{}, cancels: map[int]context.CancelFunc{}}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var o order
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			log.Fatal(err)
		}
		switch o.Do {
		case "call":
			ctx, cancel := context.WithCancel(context.Background())
			d.mu.Lock()
			d.cancels[o.Step] = cancel
			d.mu.Unlock()
			go d.call(ctx, o)
		case "open":
			d.open(o)
		case "next":
			go d.next(o)
		case "send":
			go func() { d.say(o.Step, "sent", true, d.exchange(o).SendJSON(o.Value)) }()
		case "finish":
			go func() { d.say(o.Step, "finished", true, d.exchange(o).Finish()) }()
		case "cancel":
			d.cancel(o)
		}
	}
	client.Close()
}

func (d *driver) call(ctx context.Context, o order) {
	var options []postroom.CallOption
	if o.TimeoutMs > 0 {
		options = append(options, postroom.Timeout(time.Duration(o.TimeoutMs)*time.Millisecond))
	}
	if o.IdempotencyKey != "" {
		options = append(options, postroom.IdempotencyKey(o.IdempotencyKey))
	}
	if o.Progress {
		options = append(options, postroom.OnProgress(func(value json.RawMessage) {
			d.say(o.Step, "progress", value, nil)
		}))
	}
	result, err := dispatch.Call(ctx, d.client, o.Method, o.Params, options...)
	d.say(o.Step, "result", result, err)
}

func (d *driver) open(o order) {
	var options []postroom.StreamOption
	if o.TimeoutMs > 0 {
		options = append(options, postroom.Timeout(time.Duration(o.TimeoutMs)*time.Millisecond))
	}
	if o.Window > 0 {
		options = append(options, postroom.Window(o.Window))
	}
	stream, err := dispatch.Open(context.Background(), d.client, o.Method, o.Params, options...)
	if err == nil {
		d.mu.Lock()
		d.streams[o.Step] = stream
		d.mu.Unlock()
	}
	d.say(o.Step, "opened", true, err)
}

func (d *driver) next(o order) {
	d.mu.Lock()
	stream := d.streams[o.Step]
	d.mu.Unlock()
	if stream.Next() {
		d.say(o.Step, "value", stream.Any(), nil)
	} else {
		d.say(o.Step, "end", true, stream.Err())
	}
}

func (d *driver) exchange(o order) dispatch.Exchange {
	d.mu.Lock()
	defer d.mu.Unlock()
	exchange, ok := d.streams[o.Step].(dispatch.Exchange)
	if !ok {
		log.Fatalf("step %d takes no values", o.Step)
	}
	return exchange
}

func (d *driver) cancel(o order) {
	d.mu.Lock()
	stream, cancel := d.streams[o.Step], d.cancels[o.Step]
	d.mu.Unlock()
	if stream != nil {
		stream.Close()
	}
	if cancel != nil {
		cancel()
	}
	d.say(o.Step, "cancelled", true, nil)
}

func (d *driver) say(step int, what string, value any, err error) {
	answer := map[string]any{"step": step}
	var failed *postroom.Error
	if errors.As(err, &failed) {
		problem := map[string]any{
			"code": failed.Code, "status": failed.Status, "reason": failed.Reason, "message": failed.Message,
		}
		if len(failed.Details) > 0 {
			problem["details"] = failed.Details
		}
		if failed.RetryAfter > 0 {
			problem["retryAfterMs"] = failed.RetryAfter.Milliseconds()
		}
		answer["error"] = problem
	} else if err != nil {
		log.Fatal(err)
	} else {
		answer[what] = value
	}
	text, err := json.Marshal(answer)
	if err != nil {
		log.Fatal(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	os.Stdout.Write(append(text, '\n'))
}
