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

// decode reads params and refuses members that the type does not have.
func decode(params json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(params))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
