package postroom

import (
	"context"
	"math/rand"
	"time"
)

const (
	// A call that may be repeated is made this often at most.
	attemptsMax = 4
	// The longest wait before a call or a connection is tried again.
	pauseMax = 10 * time.Second
)

// pauseBefore is how long to wait before the attempt behind number attempt, counted from 1: longer each time, and not
// the same for all clients that lost their connections together.
func pauseBefore(attempt int) time.Duration {
	pause := pauseMax
	if attempt <= 7 {
		pause = 100 * time.Millisecond << (attempt - 1)
	}
	return pause/2 + time.Duration(rand.Int63n(int64(pause/2)))
}

// pauseToRepeat is after how long a call that failed may be made again; false when it must not be.
//
// isSafe: doing it twice is like doing it once. Without that only what was not begun is repeated.
func pauseToRepeat(ctx context.Context, err error, attempt int, isSafe bool) (time.Duration, bool) {
	failed, ok := err.(*Error)
	if !ok || attempt >= attemptsMax {
		return 0, false
	}
	wasNotBegun := failed.Reason == ReasonServerGoingAway
	isPassing := failed.Status == StatusUnavailable && (failed.Reason == ReasonConnectionLost ||
		failed.Reason == ReasonConnectionFailed || failed.RetryAfter > 0)
	if !wasNotBegun && !(isSafe && isPassing) {
		return 0, false
	}
	pause := pauseBefore(attempt)
	if failed.RetryAfter > pause {
		pause = failed.RetryAfter
	}
	return pause, pause <= pauseMax && fits(ctx, pause)
}

// fits says whether ctx leaves more time than pause.
func fits(ctx context.Context, pause time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > pause
}
