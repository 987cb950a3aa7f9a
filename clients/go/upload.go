package postroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// UploadOptions say how a file is given.
type UploadOptions struct {
	// Name and Type are what receivers see. UploadFile takes them from the path when they are empty; a type that is not
	// known is guessed from the beginning of the content.
	Name, Type string
	// Size is how many octets there are, where that is known.
	Size *int64
	// UploadID names an upload that was begun before and is gone on with; the source is the same, from its beginning.
	UploadID string
	// Patience is for how long a server that cannot be reached is tried again, for each piece; a minute when it is 0,
	// not at all when it is negative.
	Patience time.Duration
	// OnProgress is told how many octets the server has, and of how many; nil when that is not known.
	OnProgress func(done int64, size *int64)
}

// UploadFile gives a file by pieces, so that mails can carry it: OutgoingAttachment{UploadID: &upload.ID}.
func (c *Client) UploadFile(ctx context.Context, path string, options UploadOptions) (*Upload, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		size := info.Size()
		options.Size = &size
	}
	if options.Name == "" {
		options.Name = filepath.Base(path)
	}
	return c.UploadFrom(ctx, file, options)
}

// UploadFrom gives what r reads by pieces; it is never held as a whole.
//
// When the connection is lost, or the server restarts, it goes on with the piece that was under way. What fails for good
// leaves the upload as it is: it can be gone on with for a day. The upload that comes back is committed, and its SHA-256
// was compared.
func (c *Client) UploadFrom(ctx context.Context, r io.Reader, options UploadOptions) (*Upload, error) {
	if options.Patience == 0 {
		options.Patience = time.Minute
	}
	u := &uploading{r: r, digest: sha256.New(), options: options}
	var now *Upload
	var err error
	if options.UploadID == "" {
		if now, err = u.open(ctx, c); err != nil {
			return nil, err
		}
	} else {
		now, err = patiently(ctx, c, options.Patience, true, func() (*Upload, error) {
			return c.Upload.Get(ctx, UploadGetParams{UploadID: options.UploadID})
		})
		if err != nil {
			return nil, err
		}
		// What is there already is read all the same: its digest counts.
		for u.at < now.Received {
			data, err := u.next(min64(now.PieceOctetsMax, now.Received-u.at))
			if err != nil {
				return nil, err
			}
			if len(data) == 0 {
				break
			}
		}
	}
	u.tell()
	for {
		offset := u.at
		data, err := u.next(now.PieceOctetsMax)
		if err != nil {
			return nil, err
		}
		if len(data) == 0 {
			break
		}
		_, err = patiently(ctx, c, options.Patience, true, func() (*Upload, error) {
			return c.Upload.Write(ctx, UploadWriteParams{UploadID: now.ID, Offset: offset, Data: data})
		})
		if err != nil {
			return nil, err
		}
		u.tell()
	}
	digest := hex.EncodeToString(u.digest.Sum(nil))
	return patiently(ctx, c, options.Patience, true, func() (*Upload, error) {
		return c.Upload.Commit(ctx, UploadCommitParams{UploadID: now.ID, Sha256: &digest})
	})
}

// uploading is what was read of a source.
type uploading struct {
	r       io.Reader
	digest  hash.Hash
	options UploadOptions
	at      int64
	// What was read to guess a type and is not given yet.
	ahead []byte
}

func (u *uploading) open(ctx context.Context, c *Client) (*Upload, error) {
	name, media := u.options.Name, u.options.Type
	if name == "" {
		name = "file"
	}
	if media == "" {
		media = mime.TypeByExtension(filepath.Ext(name))
	}
	if media == "" {
		beginning := make([]byte, 512)
		n, err := io.ReadFull(u.r, beginning)
		if err != nil && !isEnd(err) {
			return nil, err
		}
		u.ahead = beginning[:n]
		media = http.DetectContentType(u.ahead)
	}
	return patiently(ctx, c, u.options.Patience, false, func() (*Upload, error) {
		return c.Upload.Open(ctx, UploadOpenParams{Name: name, Type: &media, Size: u.options.Size})
	})
}

// next reads as many octets as count unless the source ends before.
func (u *uploading) next(count int64) ([]byte, error) {
	data := make([]byte, count)
	n := copy(data, u.ahead)
	u.ahead = u.ahead[n:]
	if int64(n) < count {
		more, err := io.ReadFull(u.r, data[n:])
		if err != nil && !isEnd(err) {
			return nil, err
		}
		n += more
	}
	data = data[:n]
	_, _ = u.digest.Write(data)
	u.at += int64(n)
	return data, nil
}

func (u *uploading) tell() {
	if u.options.OnProgress != nil {
		u.options.OnProgress(u.at, u.options.Size)
	}
}

func isEnd(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }

func min64(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// patiently calls again while the server cannot be reached.
//
// isSafe: doing it twice is like doing it once; else only what never reached a server is done again.
func patiently[T any](
	ctx context.Context, c *Client, patience time.Duration, isSafe bool, call func() (T, error),
) (T, error) {
	end := time.Now().Add(patience)
	for number := 3; ; number++ {
		value, err := call()
		var failed *Error
		if err == nil || !errors.As(err, &failed) || failed.Status != StatusUnavailable {
			return value, err
		}
		wasNotBegun := failed.Reason == ReasonConnectionFailed || failed.Reason == ReasonServerGoingAway
		if number > 6 {
			number = 6
		}
		pause := pauseBefore(number)
		if !(isSafe || wasNotBegun) || time.Now().Add(pause).After(end) || !c.pause(ctx, pause) {
			return value, err
		}
	}
}
