package postroom_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"postroom"
)

// uploadServer keeps one upload; it hangs up at the calls whose numbers are in breaks, before or after doing them.
type uploadServer struct {
	mu          sync.Mutex
	content     []byte
	isCommitted bool
	opened      map[string]any
	calls       int
	breaks      map[int]string
}

const uploadPiece = 10

func (s *uploadServer) handle(_ *server, p *peer, m message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	how := s.breaks[s.calls]
	if how == "before" {
		p.hangUp()
		return
	}
	problem := s.do(m)
	if how == "after" {
		p.hangUp()
		return
	}
	if problem != "" {
		p.fail(m, -32009, "no", map[string]any{"status": "FAILED_PRECONDITION", "reason": problem})
		return
	}
	state := "open"
	if s.isCommitted {
		state = "committed"
	}
	p.answer(m, map[string]any{
		"id": "up1", "name": "x", "type": "a/b", "received": len(s.content), "state": state,
		"pieceOctetsMax": uploadPiece, "createdAt": "2025-03-04T09:30:00.000Z",
		"expiresAt": "2025-03-05T09:30:00.000Z",
	})
}

func (s *uploadServer) do(m message) string {
	text, _ := json.Marshal(m.Params)
	var params struct {
		Offset int
		Data   []byte
		SHA256 string
	}
	_ = json.Unmarshal(text, &params)
	switch m.Method {
	case "upload.open":
		_ = json.Unmarshal(text, &s.opened)
		delete(s.opened, "_meta")
	case "upload.write":
		known := len(s.content) - params.Offset
		if len(params.Data) > uploadPiece || known < 0 ||
			(known > 0 && !bytes.HasPrefix(params.Data, s.content[params.Offset:])) {
			return "test.wrongPiece"
		}
		s.content = append(s.content[:params.Offset:params.Offset], params.Data...)
	case "upload.commit":
		digest := sha256.Sum256(s.content)
		if params.SHA256 != hex.EncodeToString(digest[:]) {
			return "upload.digest"
		}
		s.isCommitted = true
	}
	return ""
}

func octets(count int) []byte {
	out := make([]byte, count)
	for i := range out {
		out[i] = byte(i)
	}
	return out
}

func TestAFileGoesUpByPiecesAndItsDigestIsCompared(t *testing.T) {
	for _, size := range []int{0, 1, 9, 10, 11, 35} {
		path := filepath.Join(t.TempDir(), "offer.pdf")
		if err := os.WriteFile(path, octets(size), 0o600); err != nil {
			t.Fatal(err)
		}
		s := &uploadServer{}
		_, client := serve(t, s.handle, postroom.Options{})
		var last int64 = -1
		upload, err := client.UploadFile(ctx, path, postroom.UploadOptions{
			OnProgress: func(done int64, of *int64) {
				if *of != int64(size) || done < last {
					t.Errorf("%d of %d after %d", done, *of, last)
				}
				last = done
			},
		})
		if err != nil || upload.State != postroom.UploadStateCommitted {
			t.Fatalf("%d octets: %v", size, err)
		}
		want := map[string]any{"name": "offer.pdf", "type": "application/pdf", "size": float64(size)}
		if !bytes.Equal(s.content, octets(size)) || fmt.Sprint(s.opened) != fmt.Sprint(want) || last != int64(size) {
			t.Errorf("%d octets: %v, %v, %d", size, s.content, s.opened, last)
		}
	}
}

func TestALostConnectionIsGoneOnAfter(t *testing.T) {
	for _, how := range []string{"before", "after"} {
		for number := 2; number < 7; number++ {
			s := &uploadServer{breaks: map[int]string{number: how}}
			_, client := serve(t, s.handle, postroom.Options{})
			_, err := client.UploadFrom(ctx, iotest.OneByteReader(bytes.NewReader(octets(35))), postroom.UploadOptions{})
			if err != nil || !bytes.Equal(s.content, octets(35)) || !s.isCommitted {
				t.Errorf("%s call %d: %v, %v", how, number, err, s.content)
			}
		}
	}
}

func TestAServerThatStaysAwayIsWaitedForAWhile(t *testing.T) {
	s := &uploadServer{breaks: map[int]string{}}
	for n := 3; n < 9; n++ {
		s.breaks[n] = "before"
	}
	_, client := serve(t, s.handle, postroom.Options{})
	if _, err := client.UploadFrom(ctx, bytes.NewReader(octets(35)), postroom.UploadOptions{}); err != nil {
		t.Error(err)
	}
	s = &uploadServer{breaks: map[int]string{}}
	for n := 3; n < 99; n++ {
		s.breaks[n] = "before"
	}
	_, client = serve(t, s.handle, postroom.Options{})
	_, err := client.UploadFrom(ctx, bytes.NewReader(octets(35)), postroom.UploadOptions{Patience: -time.Second})
	var failed *postroom.Error
	if !errors.As(err, &failed) || failed.Reason != postroom.ReasonConnectionLost {
		t.Error(err)
	}
}

func TestAnUploadThatWasBegunIsGoneOnWith(t *testing.T) {
	s := &uploadServer{content: octets(17)}
	_, client := serve(t, s.handle, postroom.Options{})
	options := postroom.UploadOptions{UploadID: "up1"}
	if _, err := client.UploadFrom(ctx, bytes.NewReader(octets(35)), options); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(s.content, octets(35)) || s.opened != nil {
		t.Error(s.content, s.opened)
	}
	s.content, s.isCommitted = []byte("other"), false
	_, err := client.UploadFrom(ctx, bytes.NewReader(octets(35)), options)
	var failed *postroom.Error
	if !errors.As(err, &failed) || failed.Reason != postroom.ReasonUploadDigest {
		t.Error(err)
	}
}

func TestATypeIsGuessedAndASourceThatFailsIsTold(t *testing.T) {
	s := &uploadServer{}
	_, client := serve(t, s.handle, postroom.Options{})
	png := append([]byte("\x89PNG\r\n\x1a\n"), octets(600)...)
	if _, err := client.UploadFrom(ctx, bytes.NewReader(png), postroom.UploadOptions{}); err != nil {
		t.Error(err)
	}
	if s.opened["type"] != "image/png" || !bytes.Equal(s.content, png) {
		t.Error(s.opened, len(s.content))
	}
	s.content = nil
	broken := io.MultiReader(bytes.NewReader(octets(15)), iotest.ErrReader(io.ErrClosedPipe))
	options := postroom.UploadOptions{Name: "a.png"}
	if _, err := client.UploadFrom(ctx, broken, options); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
	if _, err := client.UploadFile(ctx, "/no/such/file", options); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
