# nc: lines over the Unix socket and TCP. needs: nc
set -eu
fail() { echo "$1"; exit 1; }
ping() { printf '{"jsonrpc":"2.0","id":%s,"method":"rpc.ping","params":{"data":%s}}' "$1" "$1"; }

one=$(printf '%s\n' "$(ping 1)" | nc -N -w 10 -U "$POSTROOM_UNIX")
[ "$one" = '{"jsonrpc":"2.0","id":1,"result":{"data":1}}' ] || fail "one call: $one"
# Without newlines, and with white space in front.
three=$(printf ' \n%s%s %s' "$(ping 1)" "$(ping 2)" "$(ping 3)" | nc -N -w 10 -U "$POSTROOM_UNIX" | wc -l)
[ "$three" = 3 ] || fail "three values back to back: $three"
opened=$( { printf '{"jsonrpc":"2.0","id":0,"method":"session.open","params":{"token":"%s"}}\n' "$POSTROOM_TOKEN"; ping 7; } |
  nc -N -w 10 "$POSTROOM_HOST" "$POSTROOM_PORT" | tail -n 1)
[ "$opened" = '{"jsonrpc":"2.0","id":7,"result":{"data":7}}' ] || fail "over TCP: $opened"
stranger=$(ping 1 | nc -N -w 10 "$POSTROOM_HOST" "$POSTROOM_PORT")
case "$stranger" in *session.required*) ;; *) fail "nobody is known before session.open: $stranger" ;; esac
# A handler that takes a task answers before the end too.
info=$(printf '{"jsonrpc":"2.0","id":1,"method":"server.info"}' | nc -N -w 10 -U "$POSTROOM_UNIX")
case "$info" in *'"result"'*) ;; *) fail "server.info: $info" ;; esac
