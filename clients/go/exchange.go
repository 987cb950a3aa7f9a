package postroom

import (
	"context"
	"encoding/json"
	"sync/atomic"
)

// Exchange is a stream into which values are sent while its own come.
//
// It is opened by the first Send or Next. The server says how many values it has room for, and Send waits for that. It
// may stop reading while what it sends is not taken: one goroutine sends, another reads. Not resumed.
type Exchange[S, T any] struct {
	*Stream[T]
	hasFinished atomic.Bool
}

func exchange[S, T any](
	ctx context.Context, c *Client, method string, params interface{}, options []StreamOption,
) *Exchange[S, T] {
	return &Exchange[S, T]{Stream: stream[T](ctx, c, method, params, nil, options)}
}

// Send sends a value when the server has room for it. It fails with what the stream ended with; after its good end, and
// after Finish or Close, that has ReasonStreamEnded.
func (e *Exchange[S, T]) Send(value *S) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if e.hasFinished.Load() || e.isClosed() {
		return streamEnded()
	}
	w, err := e.opened()
	if err == nil {
		err = w.conn.give(e.ctx, w, text)
	}
	if err == errEnd {
		return streamEnded()
	}
	return err
}

// Finish says that there are no more values; those of the server go on. It may be called again.
func (e *Exchange[S, T]) Finish() error {
	if e.hasFinished.Swap(true) {
		return nil
	}
	w, err := e.opened()
	if err != nil {
		return err
	}
	return w.conn.finish(e.ctx, w)
}
