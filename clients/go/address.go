package postroom

import (
	"net"
	"strconv"
	"strings"
)

// address is where a server is.
type address struct {
	network string
	target  string
	// tlsName is the name that the certificate must be for; empty without TLS.
	tlsName string
}

// readAddress reads unix:///path, postroom://host:port (or tcp://), postrooms://host:port (or tls://).
func readAddress(url string) (address, error) {
	if path := strings.TrimPrefix(url, "unix://"); path != url && strings.HasPrefix(path, "/") {
		return address{network: "unix", target: path}, nil
	}
	scheme, rest, found := strings.Cut(url, "://")
	isTLS := scheme == "postrooms" || scheme == "tls"
	if !found || !(isTLS || scheme == "postroom" || scheme == "tcp") {
		return address{}, badURL("the address must begin with unix:///, postroom:// or postrooms://")
	}
	host, digits, err := net.SplitHostPort(strings.TrimSuffix(rest, "/"))
	if err != nil || host == "" || strings.ContainsAny(host, "/@?#[] ") {
		return address{}, badURL("the address must be host and port, like postroom://host:7625")
	}
	port, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || port == 0 {
		return address{}, badURL("the address needs a port, like postroom://host:7625")
	}
	place := address{network: "tcp", target: net.JoinHostPort(host, digits)}
	if isTLS {
		place.tlsName = host
	}
	return place, nil
}
