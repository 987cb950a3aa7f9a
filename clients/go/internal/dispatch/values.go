package dispatch

import (
	"bytes"
	"encoding/json"

	"postroom"
)

// Stream is a stream whatever its values are.
type Stream interface {
	Next() bool
	Any() any
	Err() error
	Close()
}

type values[T any] struct{ *postroom.Stream[T] }

func (v values[T]) Any() any { return v.Value() }

// Exchange is a stream that takes values, whatever they are.
type Exchange interface {
	Stream
	SendJSON(value json.RawMessage) error
	Finish() error
}

type exchanges[S, T any] struct{ *postroom.Exchange[S, T] }

func (e exchanges[S, T]) Any() any { return e.Value() }

func (e exchanges[S, T]) SendJSON(value json.RawMessage) error {
	var sent S
	if err := decode(value, &sent); err != nil {
		return err
	}
	return e.Send(&sent)
}

// decode reads params and refuses members that the type does not have.
func decode(params json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(params))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
