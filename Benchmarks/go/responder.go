// Go's own JSON-RPC server, echoing: what net/rpc/jsonrpc costs. Prints "ready PORT".
package main

import (
	"fmt"
	"log"
	"net"
	"net/rpc"
	"net/rpc/jsonrpc"
)

type Message struct {
	Data string `json:"data"`
}

type Echo struct{}

func (Echo) Ping(sent *Message, answer *Message) error {
	*answer = *sent
	return nil
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	if err := rpc.RegisterName("rpc", Echo{}); err != nil {
		log.Fatal(err)
	}
	fmt.Println("ready", listener.Addr().(*net.TCPAddr).Port)
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go jsonrpc.ServeConn(connection)
	}
}
