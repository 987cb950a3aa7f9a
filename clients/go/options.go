package postroom

import (
	"crypto/tls"
	"encoding/json"
	"time"
)

// Options say how a client connects.
type Options struct {
	// Token is what token.create answered; not needed on a Unix socket whose user the server knows.
	Token Secret
	// Timeout is how long a call may take whose context has no deadline, when the call names no time of its own;
	// 30 seconds when it is 0, as long as it takes when it is negative.
	Timeout time.Duration
	// ConnectTimeout is how long connecting and signing in may take; 10 seconds when it is 0.
	ConnectTimeout time.Duration
	// TLS is for postrooms://, instead of the system's roots.
	TLS *tls.Config
}

type callOptions struct {
	timeout        time.Duration
	idempotencyKey string
	onProgress     func(json.RawMessage)
}

type streamOptions struct {
	timeout time.Duration
	window  int
}

// CallOption says how one call is made.
type CallOption interface{ applyToCall(*callOptions) }

// StreamOption says how a stream is read.
type StreamOption interface{ applyToStream(*streamOptions) }

// Timeout is how long a call or stream may take, here and on the server. The context's deadline counts too.
type Timeout time.Duration

func (t Timeout) applyToCall(o *callOptions)     { o.timeout = time.Duration(t) }
func (t Timeout) applyToStream(o *streamOptions) { o.timeout = time.Duration(t) }

// IdempotencyKey makes repeats of a call harmless: the same key with the same parameters has the first answer again.
// Only the calls that take one look at it.
type IdempotencyKey string

func (k IdempotencyKey) applyToCall(o *callOptions) { o.idempotencyKey = string(k) }

// OnProgress is told of progress, as JSON text, by the calls that report it; on the goroutine that calls.
type OnProgress func(json.RawMessage)

// ProgressOf is OnProgress with values of the type that the method tells of:
//
//	postroom.ProgressOf(func(p *postroom.ConnectProgress) { fmt.Println(p.Step) })
//
// Progress is for people: what is not of that type is passed over.
func ProgressOf[T any](tell func(*T)) OnProgress {
	return func(text json.RawMessage) {
		value := new(T)
		if json.Unmarshal(text, value) == nil {
			tell(value)
		}
	}
}

func (f OnProgress) applyToCall(o *callOptions) { o.onProgress = f }

// Window is how many values the server may send ahead of the reader, 1 to 65,536; 32 without it.
type Window int

func (w Window) applyToStream(o *streamOptions) { o.window = int(w) }
