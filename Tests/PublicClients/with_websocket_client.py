"""websocket-client: one JSON-RPC message a text message. needs: pip websocket-client"""
import json, os
import websocket

url, token = f"ws://{os.environ['POSTROOM_HOST']}:{os.environ['POSTROOM_PORT']}/rpc", os.environ["POSTROOM_TOKEN"]
connection = websocket.create_connection(url, timeout=10, header=[f"Authorization: Bearer {token}"], suppress_origin=True)


def ask(method, params):
    connection.send(json.dumps({"jsonrpc": "2.0", "id": "a", "method": method, "params": params}))
    return json.loads(connection.recv())


assert ask("rpc.ping", {"data": "Zoë"}) == {"jsonrpc": "2.0", "id": "a", "result": {"data": "Zoë"}}
assert ask("health.check", {})["result"]["status"] == "SERVING"
connection.ping("still there")
assert ask("mailbox.get", {"mailboxId": "mb99"})["error"]["data"]["reason"] == "mailbox.unknown"
connection.send_close()
# The server answers the closing handshake (RFC 6455, section 5.5.1).
assert connection.recv_frame().opcode in (websocket.ABNF.OPCODE_CLOSE, websocket.ABNF.OPCODE_PONG)
