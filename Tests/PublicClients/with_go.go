// Go's net/rpc/jsonrpc: JSON-RPC 1.0, lines over TCP and the Unix socket. needs: go
package main

import (
	"log"
	"net"
	"net/rpc"
	"net/rpc/jsonrpc"
	"os"
	"strings"
)

type object = map[string]interface{}

func session(client *rpc.Client) {
	var pong struct{ Data interface{} }
	if err := client.Call("rpc.ping", object{"data": "Zoë"}, &pong); err != nil || pong.Data != "Zoë" {
		log.Fatal("rpc.ping: ", pong, err)
	}
	var health struct{ Status string }
	if err := client.Call("health.check", object{}, &health); err != nil || health.Status != "SERVING" {
		log.Fatal("health.check: ", health, err)
	}
	var boxes struct{ Mailboxes []object }
	if err := client.Call("mailbox.list", object{}, &boxes); err != nil || len(boxes.Mailboxes) != 0 {
		log.Fatal("mailbox.list: ", boxes, err)
	}
	var none object
	err := client.Call("mailbox.get", object{"mailboxId": "mb99"}, &none)
	if _, ours := err.(rpc.ServerError); !ours || !strings.Contains(err.Error(), "mailbox") {
		log.Fatal("an error must be a text, which leaves the client usable: ", err)
	}
	if _, ours := client.Call("no.such", object{}, &none).(rpc.ServerError); !ours {
		log.Fatal("a method that is not there")
	}
	calls := make(chan *rpc.Call, 200)
	for n := 0; n < cap(calls); n++ {
		client.Go("rpc.ping", object{"data": n}, &struct{ Data int }{}, calls)
	}
	sum := 0
	for n := 0; n < cap(calls); n++ {
		call := <-calls
		if call.Error != nil {
			log.Fatal("one of many: ", call.Error)
		}
		sum += call.Reply.(*struct{ Data int }).Data
	}
	if sum != 199*200/2 {
		log.Fatal("the answers do not belong to the calls: ", sum)
	}
}

func main() {
	client, err := jsonrpc.Dial("tcp", net.JoinHostPort(os.Getenv("POSTROOM_HOST"), os.Getenv("POSTROOM_PORT")))
	if err != nil {
		log.Fatal(err)
	}
	var opened struct{ Scopes []string }
	if err := client.Call("session.open", object{"token": os.Getenv("POSTROOM_TOKEN")}, &opened); err != nil || len(opened.Scopes) == 0 {
		log.Fatal("session.open: ", opened, err)
	}
	session(client)
	client.Close()
	local, err := jsonrpc.Dial("unix", os.Getenv("POSTROOM_UNIX"))
	if err != nil {
		log.Fatal(err)
	}
	session(local)
	local.Close()
}
