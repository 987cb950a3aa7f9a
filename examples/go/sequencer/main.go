// sequencer ADDRESS...: sends each of them the steps below, and stops at a reply or a hard bounce.
//
// Everything it must remember is on the server: a step's idempotency key makes sending it again harmless, and the events
// are read from the beginning. SEQUENCER_WAIT is the time between steps in seconds; three days when it is not set.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"
	"time"

	"postroom"
)

const name = "spring-offer"

var steps = []struct{ subject, text string }{
	{"An offer", "Hello, we have an offer for you."},
	{"Re: An offer", "Did you have time to look at it?"},
	{"Re: An offer", "I will not write again. All the best."},
}

type contact struct {
	address string
	step    int
	due     time.Time
	first   *postroom.Mail
	end     string
}

func (c *contact) send(ctx context.Context, client *postroom.Client, mailbox string, wait time.Duration) error {
	if c.step == len(steps) {
		c.end = "no answer"
		return nil
	}
	params := postroom.MailSendParams{
		MailboxID: mailbox, To: []postroom.Address{{Email: c.address}}, Subject: steps[c.step].subject,
		Text: postroom.Ptr(steps[c.step].text), Origin: postroom.Ptr(postroom.SendOriginSequence),
	}
	if c.first != nil {
		params.InReplyToMailID = &c.first.ID
	}
	sent, err := client.Mail.Send(ctx, params, postroom.IdempotencyKey(fmt.Sprintf("%s/%s/%d", name, c.address, c.step)))
	if err != nil {
		return err
	}
	if c.first == nil {
		c.first = &sent.Mail
	}
	c.step++
	began, err := time.Parse(time.RFC3339, sent.Submission.CreatedAt)
	c.due = began.Add(wait)
	fmt.Printf("%s: step %d\n", c.address, c.step)
	return err
}

func (c *contact) hear(event postroom.Event) {
	if c.end != "" || c.first == nil || event.ThreadID == nil || *event.ThreadID != *c.first.ThreadID {
		return
	}
	_, isNotice := event.Facts["kind"]
	if event.Type == postroom.EventTypeMailLogged && event.Facts["direction"] == "incoming" && !isNotice {
		c.end = "replied"
	}
	if event.Type == postroom.EventTypeMailBounced && event.Facts["severity"] == "hard" {
		c.end = "bounced"
	}
}

func run(ctx context.Context, client *postroom.Client, contacts []*contact, wait time.Duration) error {
	boxes, err := client.Mailbox.List(ctx)
	if err != nil {
		return err
	}
	if len(boxes.Mailboxes) == 0 {
		return errors.New("no mailbox is connected")
	}
	mailbox := boxes.Mailboxes[0].ID
	for _, c := range contacts {
		if err := c.send(ctx, client, mailbox, wait); err != nil {
			return err
		}
	}
	after := "0"
	for {
		page, err := client.Events.Read(ctx, postroom.EventsReadParams{After: &after})
		if err != nil {
			return err
		}
		for _, event := range page.Events {
			for _, c := range contacts {
				c.hear(event)
			}
		}
		after = page.Cursor
		if len(page.Events) > 0 {
			continue // First everything that has happened, then the next step.
		}
		open := 0
		for _, c := range contacts {
			if c.end == "" && !time.Now().Before(c.due) {
				if err := c.send(ctx, client, mailbox, wait); err != nil {
					return err
				}
			}
			if c.end == "" {
				open++
			}
		}
		if open == 0 {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	for _, c := range contacts {
		fmt.Printf("%s: %s\n", c.address, c.end)
	}
	return nil
}

func main() {
	log.SetFlags(0)
	wait := 3 * 24 * time.Hour
	if text := os.Getenv("SEQUENCER_WAIT"); text != "" {
		seconds, err := strconv.ParseFloat(text, 64)
		if err != nil {
			log.Fatal(err)
		}
		wait = time.Duration(seconds * float64(time.Second))
	}
	var contacts []*contact
	for _, address := range os.Args[1:] {
		contacts = append(contacts, &contact{address: address})
	}
	if len(contacts) == 0 {
		log.Fatal("sequencer ADDRESS...")
	}
	options := postroom.Options{Token: postroom.Secret(os.Getenv("POSTROOM_TOKEN"))}
	client, err := postroom.New(os.Getenv("POSTROOM_URL"), options)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	if err := run(context.Background(), client, contacts, wait); err != nil {
		log.Fatal(err)
	}
}
