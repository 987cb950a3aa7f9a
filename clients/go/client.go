package postroom

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"
)

// Client is a client of one Postroom server. Any number of goroutines may use it at the same time.
//
// The connection is made at the first call, shared by all, and made again after it was lost. A call that was under way
// then is repeated a few times, after longer and longer pauses, if that is safe (the document calls it idempotent, or
// it has an idempotency key); else it fails with ReasonConnectionLost.
type Client struct {
	Services

	url            string
	place          address
	token          func() string // Not a string: nothing that prints the client shows it.
	timeout        time.Duration
	connectTimeout time.Duration
	tls            *tls.Config
	closing        chan struct{}

	mu      sync.Mutex
	closed  bool
	current *connection
	dialing *dialing
}

// dialing is an attempt to connect that all calls wait for.
type dialing struct {
	done chan struct{}
	conn *connection
	err  error
}

// New makes a client that connects when it is first used.
//
// url is unix:///path/of/the/socket, postroom://host:port, or postrooms://host:port for TLS, whose certificate must be
// for host. The error has ReasonClientBadURL when it is none of these.
func New(url string, options Options) (*Client, error) {
	place, err := readAddress(url)
	if err != nil {
		return nil, err
	}
	token := string(options.Token)
	c := &Client{
		url: url, place: place, token: func() string { return token }, timeout: options.Timeout,
		connectTimeout: options.ConnectTimeout, tls: options.TLS, closing: make(chan struct{}),
	}
	if c.timeout == 0 {
		c.timeout = 30 * time.Second
	}
	if c.connectTimeout == 0 {
		c.connectTimeout = 10 * time.Second
	}
	c.Services = newServices(c)
	return c, nil
}

// Close ends the connection. Calls and streams under way fail with ReasonClientClosed; later ones too.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	close(c.closing)
	if c.current != nil {
		c.current.end(clientClosed())
	}
}

// Format implements fmt.Formatter: the server's address, and nothing else.
func (c *Client) Format(f fmt.State, verb rune) {
	_, _ = io.WriteString(f, "postroom.Client("+c.url+")")
}

// What the generated calls use

// call makes one call and reads its answer.
func call[T any](
	ctx context.Context, c *Client, method string, params interface{}, isIdempotent, takesKey bool, options []CallOption,
) (*T, error) {
	var o callOptions
	for _, option := range options {
		option.applyToCall(&o)
	}
	text, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	ctx, cancel := c.limited(ctx, o.timeout)
	defer cancel()
	m := meta{}
	if takesKey {
		m.IdempotencyKey = o.idempotencyKey
	}
	result, err := repeating(ctx, c, isIdempotent || m.IdempotencyKey != "", func() (json.RawMessage, error) {
		conn, err := c.connected(ctx)
		if err != nil {
			return nil, err
		}
		w := newWaiting(conn)
		w.onProgress = o.onProgress
		return answer(ctx, w, method, text, m)
	})
	if err != nil {
		return nil, err
	}
	value := new(T)
	if err := json.Unmarshal(result, value); err != nil {
		return nil, badAnswer(err.Error())
	}
	return value, nil
}

// open opens a stream.
func (c *Client) open(ctx context.Context, method string, params json.RawMessage, credit int) (*waiting, error) {
	return repeating(ctx, c, true, func() (*waiting, error) {
		conn, err := c.connected(ctx)
		if err != nil {
			return nil, err
		}
		w := newWaiting(conn)
		w.isStream, w.credit = true, credit
		_, err = answer(ctx, w, method, params, meta{})
		return w, err
	})
}

// pause waits; false when ctx or the client ended meanwhile.
func (c *Client) pause(ctx context.Context, duration time.Duration) bool {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
	case <-c.closing:
	}
	return false
}

// Inside

func (c *Client) limited(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if timeout == 0 {
		if _, ok := ctx.Deadline(); !ok {
			timeout = c.timeout
		}
	}
	if timeout > 0 {
		return context.WithTimeout(ctx, timeout)
	}
	return context.WithCancel(ctx)
}

// repeating makes attempts while that is safe and can help, over a new connection and after a while.
func repeating[T any](ctx context.Context, c *Client, isSafe bool, attempt func() (T, error)) (T, error) {
	for number := 1; ; number++ {
		value, err := attempt()
		if err == nil {
			return value, nil
		}
		pause, may := pauseToRepeat(ctx, err, number, isSafe)
		if !may {
			return value, err
		}
		if !c.pause(ctx, pause) {
			if ctx.Err() != nil {
				err = contextError(ctx)
			}
			return value, err
		}
	}
}

// answer waits for what w ends with. Whatever else ends the wait cancels the call on the server.
func answer(ctx context.Context, w *waiting, method string, params json.RawMessage, m meta) (json.RawMessage, error) {
	if err := w.conn.begin(ctx, w, method, params, m); err != nil {
		return nil, err
	}
	isDone := false
	// Also when onProgress panics.
	defer func() {
		if !isDone {
			w.conn.forget(w, contextError(ctx))
		}
	}()
	result, err := w.take(ctx)
	isDone = err == nil
	return result, err
}

// connected returns a connection that is signed in.
func (c *Client) connected(ctx context.Context) (*connection, error) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return nil, clientClosed()
	}
	// One that is going away still finishes what runs on it; it closes by itself.
	if c.current != nil && c.current.isUsable() {
		defer c.mu.Unlock()
		return c.current, nil
	}
	d := c.dialing
	if d == nil {
		d = &dialing{done: make(chan struct{})}
		c.dialing = d
		go c.dial(d)
	}
	c.mu.Unlock()
	select {
	case <-d.done:
		return d.conn, d.err
	case <-ctx.Done():
		return nil, contextError(ctx)
	}
}

func (c *Client) dial(d *dialing) {
	ctx, cancel := context.WithTimeout(context.Background(), c.connectTimeout)
	defer cancel()
	go func() {
		select {
		case <-c.closing:
			cancel()
		case <-ctx.Done():
		}
	}()
	conn, err := c.signedIn(ctx)
	c.mu.Lock()
	if c.closed {
		if conn != nil {
			conn.end(clientClosed())
		}
		conn, err = nil, clientClosed()
	}
	if err == nil {
		c.current = conn
	}
	d.conn, d.err = conn, err
	c.dialing = nil
	c.mu.Unlock()
	close(d.done)
}

func (c *Client) signedIn(ctx context.Context) (*connection, error) {
	conn, err := dial(ctx, c.place, c.url, c.tls)
	if err != nil || c.token() == "" {
		return conn, err
	}
	params, err := json.Marshal(map[string]string{"token": c.token()})
	if err == nil {
		_, err = answer(ctx, newWaiting(conn), "session.open", params, meta{})
	}
	if err != nil {
		conn.end(clientClosed())
		return nil, err
	}
	return conn, nil
}
