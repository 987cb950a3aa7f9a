package postroom

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

const (
	// The server's own limit for one message.
	messageOctetsMax = 64 << 20
	// Flag and length, before each message.
	headOctets = 5
	// Messages that wait to be written before calls wait for it.
	outgoingMax = 64
)

// errEnd is a stream's good end, behind its values.
var errEnd = errors.New("the stream has ended")

type item struct {
	value      json.RawMessage
	isProgress bool
}

// waiting is a call or a stream: what came for it and was not taken yet. One goroutine takes.
type waiting struct {
	conn       *connection
	onProgress func(json.RawMessage)
	isStream   bool
	// The connection's lock guards these.
	id           int64
	subscription string
	sequence     int64
	credit       int

	// Values that may still be sent into the stream, and how many were; has a value when there may be room.
	room  int
	sent  int64
	roomy chan struct{}

	mu    sync.Mutex
	items []item
	ended bool
	err   error
	wake  chan struct{}
}

func newWaiting(conn *connection) *waiting {
	return &waiting{conn: conn, wake: make(chan struct{}, 1), roomy: make(chan struct{}, 1)}
}

func (w *waiting) put(i item) {
	w.mu.Lock()
	w.items = append(w.items, i)
	w.mu.Unlock()
	w.signal()
}

// end says that nothing more comes. What came before can still be taken.
func (w *waiting) end(err error) {
	w.mu.Lock()
	if !w.ended {
		w.ended, w.err = true, err
	}
	w.mu.Unlock()
	w.signal()
	w.signalRoom()
}

func (w *waiting) signal() {
	select {
	case w.wake <- struct{}{}:
	default: // It is awake already.
	}
}

func (w *waiting) signalRoom() {
	select {
	case w.roomy <- struct{}{}:
	default:
	}
}

// allow says that so many values more may be sent into the stream.
func (w *waiting) allow(more int) {
	if more <= 0 {
		return
	}
	w.mu.Lock()
	w.room += more
	w.mu.Unlock()
	w.signalRoom()
}

// turn waits until the server has room for a value, and returns its number; or what the stream ended with, errEnd at a
// good end. One goroutine sends.
func (w *waiting) turn(ctx context.Context) (int64, error) {
	for {
		w.mu.Lock()
		ended, err, hasRoom := w.ended, w.err, w.room > 0
		if !ended && hasRoom {
			w.room--
			w.sent++
			number := w.sent
			w.mu.Unlock()
			return number, nil
		}
		w.mu.Unlock()
		if ended && err == nil {
			return 0, errEnd
		} else if ended {
			return 0, err
		}
		select {
		case <-w.roomy:
		case <-ctx.Done():
			return 0, contextError(ctx)
		}
	}
}

// take returns the next value, or what the call ended with; errEnd at a good end. It tells of progress meanwhile.
func (w *waiting) take(ctx context.Context) (json.RawMessage, error) {
	for {
		w.mu.Lock()
		if len(w.items) > 0 {
			next := w.items[0]
			w.items = w.items[1:]
			w.mu.Unlock()
			if !next.isProgress {
				return next.value, nil
			}
			w.onProgress(next.value)
			continue
		}
		ended, err := w.ended, w.err
		w.mu.Unlock()
		if ended && err == nil {
			return nil, errEnd
		} else if ended {
			return nil, err
		}
		select {
		case <-w.wake:
		case <-ctx.Done():
			return nil, contextError(ctx)
		}
	}
}

// connection is one connection, and the calls that wait for it.
type connection struct {
	socket   net.Conn
	outgoing chan []byte
	// Closed when the connection has ended.
	done chan struct{}

	mu          sync.Mutex
	last        int64
	calls       map[int64]*waiting
	streams     map[string]*waiting
	ended       error
	isGoingAway bool
}

func dial(ctx context.Context, place address, url string, config *tls.Config) (*connection, error) {
	var dialer interface {
		DialContext(ctx context.Context, network, target string) (net.Conn, error)
	} = &net.Dialer{}
	if place.tlsName != "" {
		config = config.Clone()
		if config == nil {
			config = &tls.Config{}
		}
		if config.ServerName == "" {
			config.ServerName = place.tlsName
		}
		dialer = &tls.Dialer{Config: config}
	}
	socket, err := dialer.DialContext(ctx, place.network, place.target)
	if err != nil {
		return nil, cannotConnect(url, err)
	}
	c := &connection{
		socket: socket, outgoing: make(chan []byte, outgoingMax), done: make(chan struct{}),
		calls: map[int64]*waiting{}, streams: map[string]*waiting{},
	}
	go c.write()
	go c.read()
	return c, nil
}

func cannotConnect(url string, err error) error {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	if errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid) {
		return badCertificate(fmt.Sprintf("the certificate of %s is not acceptable: %v", url, err))
	}
	return connectionFailed(fmt.Sprintf("cannot connect to %s: %v", url, err))
}

func (c *connection) isUsable() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ended == nil && !c.isGoingAway
}

// Sending

type meta struct {
	TimeoutMs      int64  `json:"timeoutMs,omitempty"`
	IdempotencyKey string `json:"idempotencyKey,omitempty"`
	ProgressToken  int64  `json:"progressToken,omitempty"`
	Credit         int    `json:"credit,omitempty"`
}

// begin sends the call that w waits for. params is a JSON object.
func (c *connection) begin(ctx context.Context, w *waiting, method string, params json.RawMessage, m meta) error {
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	if deadline, ok := ctx.Deadline(); ok {
		m.TimeoutMs = int64(time.Until(deadline) / time.Millisecond)
		if m.TimeoutMs < 1 {
			m.TimeoutMs = 1
		}
	}
	c.mu.Lock()
	if c.ended != nil {
		defer c.mu.Unlock()
		return c.ended
	}
	c.last++
	w.id = c.last
	m.Credit = w.credit
	if w.onProgress != nil {
		m.ProgressToken = w.id
	}
	c.calls[w.id] = w
	c.mu.Unlock()
	frame, err := request(w.id, method, params, m)
	if err != nil {
		c.leave(w)
		return err
	}
	select {
	case c.outgoing <- frame:
	case <-c.done: // What waits has been told.
	case <-ctx.Done():
		c.leave(w)
		return contextError(ctx)
	}
	return nil
}

func request(id int64, method string, params json.RawMessage, m meta) ([]byte, error) {
	name, err := json.Marshal(method)
	if err != nil {
		return nil, err
	}
	if m != (meta{}) {
		text, err := json.Marshal(m)
		if err != nil {
			return nil, err
		}
		rest := bytes.TrimSpace(params)[1:]
		separator := ","
		if bytes.HasPrefix(bytes.TrimSpace(rest), []byte("}")) {
			separator = ""
		}
		params = append([]byte(`{"_meta":`+string(text)+separator), rest...)
	}
	return framed([]byte(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%s,"params":%s}`, id, name, params)))
}

func framed(text []byte) ([]byte, error) {
	if len(text) > messageOctetsMax {
		return nil, fmt.Errorf("the message has %d octets, more than %d", len(text), messageOctetsMax)
	}
	frame := make([]byte, headOctets, headOctets+len(text))
	binary.BigEndian.PutUint32(frame[1:], uint32(len(text)))
	return append(frame, text...), nil
}

// notify sends what has no answer. It does not wait: a connection that has ended needs it no more.
func (c *connection) notify(method string, params interface{}) {
	text, err := json.Marshal(map[string]interface{}{"jsonrpc": "2.0", "method": method, "params": params})
	if err != nil {
		return
	}
	frame, err := framed(text)
	if err != nil {
		return
	}
	select {
	case c.outgoing <- frame:
	default:
		go func() {
			select {
			case c.outgoing <- frame:
			case <-c.done:
			}
		}()
	}
}

// give sends a value into a stream when there is room for it.
func (c *connection) give(ctx context.Context, w *waiting, value json.RawMessage) error {
	number, err := w.turn(ctx)
	if err != nil {
		return err
	}
	c.mu.Lock()
	subscription := w.subscription
	c.mu.Unlock()
	return c.tell(ctx, "rpc.next", map[string]interface{}{"subscription": subscription, "seq": number, "value": value})
}

// finish says that no more values come into a stream; those of the server go on.
func (c *connection) finish(ctx context.Context, w *waiting) error {
	c.mu.Lock()
	subscription := w.subscription
	c.mu.Unlock()
	return c.tell(ctx, "rpc.end", map[string]string{"subscription": subscription})
}

// tell sends a notification behind all that its goroutine told before.
func (c *connection) tell(ctx context.Context, method string, params interface{}) error {
	text, err := json.Marshal(map[string]interface{}{"jsonrpc": "2.0", "method": method, "params": params})
	if err != nil {
		return err
	}
	frame, err := framed(text)
	if err != nil {
		return err
	}
	select {
	case c.outgoing <- frame:
		return nil
	case <-c.done:
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.ended
	case <-ctx.Done():
		return contextError(ctx)
	}
}

// forget cancels a call or stream that nobody waits for any longer.
func (c *connection) forget(w *waiting, err error) {
	isKnown := c.leave(w)
	w.end(err)
	if isKnown {
		c.notify("rpc.cancel", map[string]int64{"id": w.id})
	}
}

// leave forgets w; true when the server still works on it.
func (c *connection) leave(w *waiting) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	isCall, isStream := c.calls[w.id] == w, c.streams[w.subscription] == w
	if isCall {
		delete(c.calls, w.id)
	}
	if isStream {
		delete(c.streams, w.subscription)
	}
	return isCall || isStream
}

func (c *connection) grant(w *waiting, credit int) {
	c.mu.Lock()
	w.credit += credit
	subscription := w.subscription
	c.mu.Unlock()
	c.notify("rpc.credit", map[string]interface{}{"subscription": subscription, "credit": credit})
}

func (c *connection) write() {
	out := bufio.NewWriterSize(c.socket, 32<<10)
	for {
		var frame []byte
		select {
		case frame = <-c.outgoing:
		case <-c.done:
			return
		}
		_, err := out.Write(frame)
		if err == nil && len(c.outgoing) == 0 {
			err = out.Flush()
		}
		if err != nil {
			c.end(connectionLost(fmt.Sprintf("the connection ended: %v", err)))
			return
		}
	}
}

// Receiving

func (c *connection) read() {
	in := bufio.NewReaderSize(c.socket, 32<<10)
	for {
		text, err := readMessage(in)
		if err == nil {
			err = c.receive(text)
		}
		if err == nil {
			continue
		}
		failed, ok := err.(*Error)
		if !ok {
			failed = connectionLost(fmt.Sprintf("the connection ended before the answer came: %v", err))
		}
		c.end(failed)
		return
	}
}

// readMessage reads one frame. What it answers as *Error is the server's fault, all else the network's.
func readMessage(in io.Reader) ([]byte, error) {
	var head [headOctets]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	length := int64(binary.BigEndian.Uint32(head[1:]))
	if head[0] > 1 || length > messageOctetsMax {
		return nil, badAnswer("a frame that is none")
	}
	// Grows with what comes, not with what is announced.
	var text bytes.Buffer
	if _, err := io.CopyN(&text, in, length); err != nil {
		return nil, err
	}
	if head[0] == 0 {
		return text.Bytes(), nil
	}
	inflater, err := zlib.NewReader(&text)
	if err != nil {
		return nil, badAnswer(err.Error())
	}
	inflated, err := io.ReadAll(io.LimitReader(inflater, messageOctetsMax+1))
	if err != nil {
		return nil, badAnswer(err.Error())
	}
	if len(inflated) > messageOctetsMax {
		return nil, badAnswer("a message that is too long when inflated")
	}
	return inflated, nil
}

type notice struct {
	Subscription string          `json:"subscription"`
	Seq          int64           `json:"seq"`
	Value        json.RawMessage `json:"value"`
	Error        json.RawMessage `json:"error"`
	Token        json.RawMessage `json:"token"`
	Credit       int             `json:"credit"`
}

func (c *connection) receive(text []byte) error {
	var message struct {
		ID     json.RawMessage `json:"id"`
		Method *string         `json:"method"`
		Params json.RawMessage `json:"params"`
		Result json.RawMessage `json:"result"`
		Error  json.RawMessage `json:"error"`
	}
	if err := json.Unmarshal(text, &message); err != nil {
		return badAnswer(err.Error())
	}
	if message.Method != nil {
		c.notified(*message.Method, message.Params)
		return nil
	}
	isError := len(message.Error) > 0 && string(message.Error) != "null"
	var id int64
	if len(message.ID) == 0 || json.Unmarshal(message.ID, &id) != nil || id == 0 {
		if isError {
			// The server could not read what we sent, and cannot say which call it was.
			return readError(message.Error)
		}
		return nil
	}
	c.mu.Lock()
	w := c.calls[id]
	delete(c.calls, id)
	c.mu.Unlock()
	if w == nil {
		return nil
	}
	if isError {
		w.end(readError(message.Error))
		return nil
	}
	c.answered(w, message.Result)
	return nil
}

func (c *connection) answered(w *waiting, result json.RawMessage) {
	if !w.isStream {
		w.put(item{value: result})
		w.end(nil)
		return
	}
	var opened struct {
		Subscription string `json:"subscription"`
		Credit       int    `json:"credit"`
	}
	if json.Unmarshal(result, &opened) != nil || opened.Subscription == "" {
		w.end(streamMalformed())
		return
	}
	// Before the next message is read: its values may be right behind.
	c.mu.Lock()
	w.subscription = opened.Subscription
	c.streams[w.subscription] = w
	c.mu.Unlock()
	w.allow(opened.Credit)
	w.put(item{value: result})
}

// notified takes a notification in. What is not understood is dropped: a stream notices the gap in its sequence.
func (c *connection) notified(method string, params json.RawMessage) {
	var n notice
	if len(params) > 0 && json.Unmarshal(params, &n) != nil {
		return
	}
	switch method {
	case "rpc.goaway":
		c.mu.Lock()
		c.isGoingAway = true
		c.mu.Unlock()
	case "$/progress":
		var token int64
		if json.Unmarshal(n.Token, &token) != nil {
			return
		}
		c.mu.Lock()
		w := c.calls[token]
		c.mu.Unlock()
		if w != nil && w.onProgress != nil {
			w.put(item{value: n.Value, isProgress: true})
		}
	case "rpc.next":
		c.next(n)
	case "rpc.credit":
		c.mu.Lock()
		w := c.streams[n.Subscription]
		c.mu.Unlock()
		if w != nil {
			w.allow(n.Credit)
		}
	case "rpc.end":
		c.mu.Lock()
		w := c.streams[n.Subscription]
		delete(c.streams, n.Subscription)
		c.mu.Unlock()
		if w == nil {
			return
		}
		if len(n.Error) > 0 && string(n.Error) != "null" {
			w.end(readError(n.Error))
		} else {
			w.end(nil)
		}
	}
}

func (c *connection) next(n notice) {
	c.mu.Lock()
	w := c.streams[n.Subscription]
	if w == nil {
		c.mu.Unlock()
		return
	}
	w.sequence++
	w.credit--
	hasGap, isOverrun := n.Seq != w.sequence, w.credit < 0
	c.mu.Unlock()
	switch {
	case hasGap:
		c.forget(w, streamGap())
	case isOverrun:
		c.forget(w, streamOverrun())
	default:
		w.put(item{value: n.Value})
	}
}

// end ends the connection, and all that waits for it with err.
func (c *connection) end(err error) {
	c.mu.Lock()
	if c.ended != nil {
		c.mu.Unlock()
		return
	}
	c.ended = err
	var all []*waiting
	for _, w := range c.calls {
		all = append(all, w)
	}
	for _, w := range c.streams {
		all = append(all, w)
	}
	c.calls, c.streams = map[int64]*waiting{}, map[string]*waiting{}
	c.mu.Unlock()
	close(c.done)
	_ = c.socket.Close()
	for _, w := range all {
		w.end(err)
	}
}
