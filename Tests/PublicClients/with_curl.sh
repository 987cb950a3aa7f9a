# curl: HTTP over TCP and the Unix socket, keep-alive, chunked, 100-continue. needs: curl
set -eu
url="http://$POSTROOM_HOST:$POSTROOM_PORT"
json='Content-Type: application/json'
bearer="Authorization: Bearer $POSTROOM_TOKEN"
ping='{"jsonrpc":"2.0","id":1,"method":"rpc.ping","params":{"data":"here"}}'
answer='{"jsonrpc":"2.0","id":1,"result":{"data":"here"}}'
fail() { echo "$1"; exit 1; }
ask() { curl --silent --show-error --max-time 10 "$@"; }

[ "$(ask "$url/rpc" -H "$json" -H "$bearer" -d "$ping")" = "$answer" ] || fail "a post"
[ "$(ask "$url/rpc" -H "$json" -H "$bearer" -H 'Transfer-Encoding: chunked' -d "$ping")" = "$answer" ] || fail "chunked"
[ "$(ask "$url/rpc" -H "$json" -H "$bearer" -H 'Expect: 100-continue' -d "$ping")" = "$answer" ] || fail "100-continue"
[ "$(ask --http1.0 "$url/rpc" -H "$json" -H "$bearer" -d "$ping")" = "$answer" ] || fail "HTTP/1.0"
[ "$(ask --unix-socket "$POSTROOM_UNIX" http://localhost/rpc -H "$json" -d "$ping")" = "$answer" ] || fail "the Unix socket"
# Two requests, one connection.
[ "$(ask "$url/healthz" "$url/readyz" -w '%{num_connects}')" = "ok
1ready
0" ] || fail "keep-alive"
# A body that is larger than one read, from a file with a list of 100 calls.
{ printf '['; for n in $(seq 99); do printf '%s,' "$ping"; done; printf '%s]' "$ping"; } >curl-batch
[ "$(ask "$url/rpc" -H "$json" -H "$bearer" --data-binary @curl-batch | grep -o '"here"' | wc -l)" = 100 ] || fail "a batch"
status() { ask -o /dev/null -w '%{http_code}' "$@"; }
[ "$(status "$url/rpc" -H "$json" -d '{"jsonrpc":"2.0","id":1,"method":"mailbox.list"}')" = 401 ] || fail "no token"
[ "$(status "$url/rpc" -H "$bearer" -d "$ping")" = 415 ] || fail "a form's content type"
[ "$(status "$url/rpc" -H "$json" -H "$bearer" -H 'Origin: https://evil.example' -d "$ping")" = 403 ] || fail "an Origin"
[ "$(status "$url/rpc" -H "$json" -H "$bearer" -H 'Host: evil.example' -d "$ping")" = 421 ] || fail "a Host"
[ "$(status "$url/other")" = 404 ] || fail "another path"
ask "$url/metrics" | grep -q '^postroom_' || fail "metrics"
