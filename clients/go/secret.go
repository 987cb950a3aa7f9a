package postroom

import (
	"fmt"
	"io"
)

// Secret is text that is not printed: every verb of fmt shows "[secret]". string(secret) is the text.
type Secret string

// Format implements fmt.Formatter.
func (s Secret) Format(f fmt.State, verb rune) { _, _ = io.WriteString(f, "[secret]") }

// Ptr returns a pointer to value, for members that may be left out.
func Ptr[T any](value T) *T { return &value }
