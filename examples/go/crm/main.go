// crm show ADDRESS: the person's timeline. crm erase ADDRESS [--yes]: erases the person.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"sort"
	"strings"
	"time"

	"postroom"
)

func show(ctx context.Context, client *postroom.Client, address string) error {
	var mails []postroom.Mail
	params := postroom.MailListParams{Contact: &address}
	for {
		page, err := client.Mail.List(ctx, params)
		if err != nil {
			return err
		}
		mails = append(mails, page.Mails...)
		if page.Cursor == nil {
			break
		}
		params.Cursor = page.Cursor
	}
	sort.Slice(mails, func(i, j int) bool { return mails[i].ReceivedAt < mails[j].ReceivedAt })
	for _, mail := range mails {
		way := "->"
		if mail.Direction == postroom.DirectionIncoming {
			way = "<-"
		}
		fmt.Println(mail.ReceivedAt[:16], way, mail.Subject)
		detail, err := client.Mail.Get(ctx, postroom.MailGetParams{MailID: mail.ID})
		if err != nil {
			return err
		}
		if detail.Body != nil {
			fmt.Println("    " + strings.ReplaceAll(strings.TrimSpace(detail.Body.ReplyText), "\n", "\n    "))
		}
	}
	fmt.Println(len(mails), "mails")
	return nil
}

func erase(ctx context.Context, client *postroom.Client, address string, isSure bool) error {
	scope := postroom.PurgeScope{Kind: postroom.PurgeKindContact, Email: &address}
	counts, err := client.Purge.Preview(ctx, postroom.PurgePreviewParams{Scope: scope})
	if err != nil {
		return err
	}
	fmt.Printf("%d mails in %d conversations would go\n", counts.Mails, counts.Threads)
	if !isSure {
		return nil
	}
	purge, err := client.Purge.Run(ctx, postroom.PurgeRunParams{Scope: scope})
	for err == nil && purge.State != postroom.PurgeStateDone {
		time.Sleep(100 * time.Millisecond)
		purge, err = client.Purge.Status(ctx, postroom.PurgeStatusParams{PurgeID: purge.ID})
	}
	if err == nil {
		fmt.Printf("%d mails are gone, %d are left\n", purge.Counts.Mails, purge.Remaining)
	}
	return err
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("crm show ADDRESS, or crm erase ADDRESS [--yes]")
	}
	options := postroom.Options{Token: postroom.Secret(os.Getenv("POSTROOM_TOKEN"))}
	client, err := postroom.New(os.Getenv("POSTROOM_URL"), options)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	if os.Args[1] == "erase" {
		err = erase(context.Background(), client, os.Args[2], len(os.Args) > 3 && os.Args[3] == "--yes")
	} else {
		err = show(context.Background(), client, os.Args[2])
	}
	if err != nil {
		log.Fatal(err)
	}
}
