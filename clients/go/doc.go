// Package postroom is a client of Postroom's API, with nothing but the standard library.
//
// The calls and types in generated.go are written by stubgen from protocol/openrpc.json.
package postroom
