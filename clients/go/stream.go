package postroom

import (
	"context"
	"encoding/json"
	"sync"
)

const (
	// What the server takes as credit at one time.
	windowMax = 65_536
	// How often a stream that is resumed looks for a new connection before it gives up, without a value between.
	resumeAttemptsMax = 8
)

// resume says how a stream goes on after a break: param of the new call is member of the last value seen.
type resume struct{ param, member string }

// Stream is the values of a stream, in order.
//
//	for stream.Next() {
//		use(stream.Value())
//	}
//	if err := stream.Err(); err != nil { ... }
//
// It is opened when the first value is asked for. The server sends no more than the window ahead of the reader. Close,
// or the end of the context, ends the stream on the server too. A stream that can be resumed goes on over a new
// connection when its own is lost, behind the last value that was read. One goroutine reads; Close may be called by
// any.
type Stream[T any] struct {
	client *Client
	ctx    context.Context
	cancel context.CancelFunc
	method string
	params json.RawMessage
	resume *resume
	window int

	value   *T
	err     error
	taken   int
	attempt int

	// Who sends and who reads may both be the first to open it.
	opening sync.Mutex

	mu      sync.Mutex
	closed  bool
	waiting *waiting
}

func stream[T any](
	ctx context.Context, c *Client, method string, params interface{}, r *resume, options []StreamOption,
) *Stream[T] {
	o := streamOptions{window: 32}
	for _, option := range options {
		option.applyToStream(&o)
	}
	s := &Stream[T]{client: c, method: method, resume: r, window: o.window}
	if s.window < 1 {
		s.window = 1
	} else if s.window > windowMax {
		s.window = windowMax
	}
	if o.timeout > 0 {
		s.ctx, s.cancel = context.WithTimeout(ctx, o.timeout)
	} else {
		s.ctx, s.cancel = context.WithCancel(ctx)
	}
	s.params, s.err = json.Marshal(params)
	return s
}

// Next waits for the next value; false when there is none, for ever: Err says why.
func (s *Stream[T]) Next() bool {
	if s.err != nil || s.isClosed() {
		return false
	}
	value, err := s.next()
	if err == nil {
		s.value = new(T)
		if problem := json.Unmarshal(value, s.value); problem == nil {
			return true
		} else {
			err = badAnswer(problem.Error())
		}
	}
	s.value = nil
	if err != errEnd && !s.isClosed() {
		s.err = err
	}
	s.Close()
	return false
}

// Value is the value that Next found.
func (s *Stream[T]) Value() *T { return s.value }

// Err is what the stream ended with; nil at its good end and after Close.
func (s *Stream[T]) Err() error { return s.err }

// Close ends the stream, here and on the server. It may be called again.
func (s *Stream[T]) Close() {
	s.mu.Lock()
	s.closed = true
	w := s.waiting
	s.mu.Unlock()
	if w != nil {
		w.conn.forget(w, errEnd)
	}
	s.cancel()
}

func (s *Stream[T]) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

func (s *Stream[T]) next() (json.RawMessage, error) {
	w, err := s.opened()
	if err != nil {
		return nil, err
	}
	for {
		value, err := w.take(s.ctx)
		if err == nil {
			s.attempt = 0
			s.remember(value)
			s.count(w)
			return value, nil
		}
		if w, err = s.again(err); err != nil {
			return nil, err
		}
	}
}

func (s *Stream[T]) opened() (*waiting, error) {
	s.opening.Lock()
	defer s.opening.Unlock()
	s.mu.Lock()
	w := s.waiting
	s.mu.Unlock()
	if w != nil {
		return w, nil
	}
	w, err := s.client.open(s.ctx, s.method, s.params, s.window)
	if err != nil {
		return nil, err
	}
	s.taken = 0
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = w
	if s.closed {
		// By another goroutine, while this one opened.
		w.conn.forget(w, errEnd)
		return nil, errEnd
	}
	return w, nil
}

// remember makes the next call of a stream that can be resumed begin behind value.
func (s *Stream[T]) remember(value json.RawMessage) {
	if s.resume == nil {
		return
	}
	var members, params map[string]json.RawMessage
	if json.Unmarshal(value, &members) != nil || json.Unmarshal(s.params, &params) != nil {
		return
	}
	if place, ok := members[s.resume.member]; ok {
		params[s.resume.param] = place
		if text, err := json.Marshal(params); err == nil {
			s.params = text
		}
	}
}

// count grants what was taken, half a window at a time.
func (s *Stream[T]) count(w *waiting) {
	s.taken++
	if s.taken*2 >= s.window {
		w.conn.grant(w, s.taken)
		s.taken = 0
	}
}

// again opens the stream again after its connection was lost, or returns why it cannot be or did not help.
func (s *Stream[T]) again(err error) (*waiting, error) {
	for s.resume != nil && isUnavailable(err) && s.attempt < resumeAttemptsMax {
		s.attempt++
		pause := pauseBefore(s.attempt)
		if !fits(s.ctx, pause) || !s.client.pause(s.ctx, pause) {
			break
		}
		s.mu.Lock()
		s.waiting = nil
		s.mu.Unlock()
		var w *waiting
		if w, err = s.opened(); err == nil {
			return w, nil
		}
	}
	return nil, err
}

func isUnavailable(err error) bool {
	failed, ok := err.(*Error)
	return ok && failed.Status == StatusUnavailable
}
