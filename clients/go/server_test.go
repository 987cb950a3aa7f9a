package postroom_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"postroom"
)

type message struct {
	ID     int64                      `json:"id"`
	Method string                     `json:"method"`
	Params map[string]json.RawMessage `json:"params"`
}

// meta is one member of _meta, as a number or a string.
func (m message) meta(name string) any {
	var members map[string]any
	_ = json.Unmarshal(m.Params["_meta"], &members)
	return members[name]
}

// peer is one connection, as the server sees it.
type peer struct {
	socket net.Conn
	mu     sync.Mutex
}

func (p *peer) write(octets []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, _ = p.socket.Write(octets)
}

func (p *peer) send(m map[string]any, isDeflated bool) {
	m["jsonrpc"] = "2.0"
	text, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	head := make([]byte, 5)
	if isDeflated {
		var deflated bytes.Buffer
		writer := zlib.NewWriter(&deflated)
		_, _ = writer.Write(text)
		_ = writer.Close()
		text, head[0] = deflated.Bytes(), 1
	}
	binary.BigEndian.PutUint32(head[1:], uint32(len(text)))
	p.write(append(head, text...))
}

func (p *peer) answer(m message, result any) {
	p.send(map[string]any{"id": m.ID, "result": result}, false)
}

func (p *peer) fail(m message, code int, text string, data any) {
	p.send(map[string]any{"id": m.ID, "error": map[string]any{"code": code, "message": text, "data": data}}, false)
}

func (p *peer) notify(method string, params map[string]any) {
	p.send(map[string]any{"method": method, "params": params}, false)
}

func (p *peer) next(subscription string, seq int, value any) {
	p.notify("rpc.next", map[string]any{"subscription": subscription, "seq": seq, "value": value})
}

func (p *peer) end(subscription string, problem any) {
	p.notify("rpc.end", map[string]any{"subscription": subscription, "error": problem})
}

func (p *peer) hangUp() { _ = p.socket.Close() }

// server speaks the length-prefixed framing and answers from a script.
type server struct {
	t      *testing.T
	url    string
	handle func(*server, *peer, message)

	mu          sync.Mutex
	messages    []message
	connections int
	changed     *sync.Cond
}

// serve starts a server, which ends with the test, and a client of it.
func serve(t *testing.T, handle func(*server, *peer, message), options postroom.Options) (*server, *postroom.Client) {
	t.Helper()
	// Not t.TempDir(): the test's name is in it, and a socket's path has room for 107 octets.
	folder, err := os.MkdirTemp("", "pr")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	path := folder + "/s"
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, url: "unix://" + path, handle: handle}
	s.changed = sync.NewCond(&s.mu)
	var running sync.WaitGroup
	var sockets []net.Conn
	running.Add(1)
	go func() {
		defer running.Done()
		for {
			socket, err := listener.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.connections++
			sockets = append(sockets, socket)
			s.mu.Unlock()
			running.Add(1)
			go func() {
				defer running.Done()
				s.read(&peer{socket: socket})
			}()
		}
	}()
	client, err := postroom.New(s.url, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.Close()
		_ = listener.Close()
		s.mu.Lock()
		for _, socket := range sockets {
			_ = socket.Close()
		}
		s.mu.Unlock()
		running.Wait()
	})
	return s, client
}

func (s *server) read(p *peer) {
	for {
		head := make([]byte, 5)
		if _, err := io.ReadFull(p.socket, head); err != nil {
			return
		}
		text := make([]byte, binary.BigEndian.Uint32(head[1:]))
		if _, err := io.ReadFull(p.socket, text); err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(text, &m); err != nil {
			s.t.Error(err)
			return
		}
		s.mu.Lock()
		s.messages = append(s.messages, m)
		s.changed.Broadcast()
		s.mu.Unlock()
		s.handle(s, p, m)
	}
}

// waitFor returns the messages of this method, once there are count of them.
func (s *server) waitFor(method string, count int) []message {
	s.t.Helper()
	timer := time.AfterFunc(10*time.Second, func() { s.changed.Broadcast() })
	defer timer.Stop()
	began := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		var found []message
		for _, m := range s.messages {
			if m.Method == method {
				found = append(found, m)
			}
		}
		if len(found) >= count {
			return found
		}
		if time.Since(began) > 10*time.Second {
			s.t.Fatalf("%d x %s did not come; there came %v", count, method, s.messages)
		}
		s.changed.Wait()
	}
}

func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connections
}

func answering(results map[string]any) func(*server, *peer, message) {
	return func(_ *server, p *peer, m message) {
		if result, ok := results[m.Method]; ok {
			p.answer(m, result)
		}
	}
}

// all returns the messages so far.
func (s *server) all() []message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]message(nil), s.messages...)
}
