package postroom

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Status says what kind of failure an Error is, in gRPC's words. A newer server may say another.
type Status string

// The canonical codes of gRPC.
const (
	StatusCancelled          Status = "CANCELLED"
	StatusUnknown            Status = "UNKNOWN"
	StatusInvalidArgument    Status = "INVALID_ARGUMENT"
	StatusDeadlineExceeded   Status = "DEADLINE_EXCEEDED"
	StatusNotFound           Status = "NOT_FOUND"
	StatusAlreadyExists      Status = "ALREADY_EXISTS"
	StatusPermissionDenied   Status = "PERMISSION_DENIED"
	StatusResourceExhausted  Status = "RESOURCE_EXHAUSTED"
	StatusFailedPrecondition Status = "FAILED_PRECONDITION"
	StatusAborted            Status = "ABORTED"
	StatusOutOfRange         Status = "OUT_OF_RANGE"
	StatusUnimplemented      Status = "UNIMPLEMENTED"
	StatusInternal           Status = "INTERNAL"
	StatusUnavailable        Status = "UNAVAILABLE"
	StatusDataLoss           Status = "DATA_LOSS"
	StatusUnauthenticated    Status = "UNAUTHENTICATED"
)

// Error is why a call failed. Every call of this package that fails returns one, as *Error.
type Error struct {
	// Code is JSON-RPC's number.
	Code int
	// Status is the kind of failure.
	Status Status
	// Reason says what happened, as a stable word: tell errors apart by it.
	Reason Reason
	// Message is for people.
	Message string
	// Details are facts, as JSON text; what they are depends on Reason.
	Details json.RawMessage
	// RetryAfter is when the call may be tried again; 0 when the server named no time.
	RetryAfter time.Duration
}

func (e *Error) Error() string { return fmt.Sprintf("%s (%s)", e.Message, e.Reason) }

// Is makes errors.Is know context.DeadlineExceeded and context.Canceled, and errors with the same Reason.
func (e *Error) Is(target error) bool {
	switch target {
	case context.DeadlineExceeded:
		return e.Status == StatusDeadlineExceeded
	case context.Canceled:
		return e.Status == StatusCancelled
	}
	other, ok := target.(*Error)
	return ok && other.Reason == e.Reason
}

// readError reads the error object of an answer.
func readError(text json.RawMessage) *Error {
	var object struct {
		Code    *int   `json:"code"`
		Message string `json:"message"`
		Data    struct {
			Status       Status          `json:"status"`
			Reason       Reason          `json:"reason"`
			Details      json.RawMessage `json:"details"`
			RetryAfterMs float64         `json:"retryAfterMs"`
		} `json:"data"`
	}
	if err := json.Unmarshal(text, &object); err != nil {
		return badAnswer(err.Error())
	}
	found := &Error{
		Code: -32002, Status: object.Data.Status, Reason: object.Data.Reason, Message: object.Message,
		Details: object.Data.Details, RetryAfter: time.Duration(object.Data.RetryAfterMs * float64(time.Millisecond)),
	}
	if object.Code != nil {
		found.Code = *object.Code
	}
	if found.Status == "" {
		found.Status = StatusUnknown
	}
	if found.Reason == "" {
		found.Reason = "unknown"
	}
	return found
}

func connectionLost(message string) *Error {
	return &Error{Code: -32014, Status: StatusUnavailable, Reason: ReasonConnectionLost, Message: message}
}

func connectionFailed(message string) *Error {
	return &Error{Code: -32014, Status: StatusUnavailable, Reason: ReasonConnectionFailed, Message: message}
}

func badCertificate(message string) *Error {
	return &Error{
		Code: -32009, Status: StatusFailedPrecondition, Reason: ReasonConnectionCertificate, Message: message,
	}
}

func streamEnded() *Error {
	return &Error{
		Code: -32009, Status: StatusFailedPrecondition, Reason: ReasonStreamEnded,
		Message: "the stream has ended; open another one",
	}
}

func streamGap() *Error {
	return &Error{
		Code: -32015, Status: StatusDataLoss, Reason: ReasonStreamGap, Message: "values of the stream are missing",
	}
}

func streamOverrun() *Error {
	return &Error{
		Code: -32603, Status: StatusInternal, Reason: ReasonStreamOverrun,
		Message: "the server sent more values than it was granted",
	}
}

func streamMalformed() *Error {
	return &Error{
		Code: -32603, Status: StatusInternal, Reason: ReasonStreamMalformed,
		Message: "the server named no subscription",
	}
}

func badAnswer(message string) *Error {
	return &Error{
		Code: -32603, Status: StatusInternal, Reason: ReasonClientBadAnswer,
		Message: "the server's answer cannot be read: " + message,
	}
}

func badURL(message string) *Error {
	return &Error{Code: -32003, Status: StatusInvalidArgument, Reason: ReasonClientBadURL, Message: message}
}

func clientClosed() *Error {
	return &Error{Code: -32001, Status: StatusCancelled, Reason: ReasonClientClosed, Message: "the client was closed"}
}

// contextError is what the end of ctx means for a call.
func contextError(ctx context.Context) *Error {
	if ctx.Err() == context.DeadlineExceeded {
		return &Error{
			Code: -32004, Status: StatusDeadlineExceeded, Reason: ReasonCallDeadline,
			Message: "the deadline passed before the answer came",
		}
	}
	return &Error{
		Code: -32001, Status: StatusCancelled, Reason: ReasonCallCancelled, Message: "the call was cancelled",
	}
}
