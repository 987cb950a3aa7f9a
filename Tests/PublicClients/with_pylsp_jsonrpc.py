"""python-lsp-jsonrpc: Content-Length over TCP, also with its Content-Type field. needs: pip python-lsp-jsonrpc"""
import os, socket, threading
from pylsp_jsonrpc.endpoint import Endpoint
from pylsp_jsonrpc.exceptions import JsonRpcException
from pylsp_jsonrpc.streams import JsonRpcStreamReader, JsonRpcStreamWriter

connection = socket.create_connection((os.environ["POSTROOM_HOST"], int(os.environ["POSTROOM_PORT"])), 10)
reader, writer = JsonRpcStreamReader(connection.makefile("rb")), JsonRpcStreamWriter(connection.makefile("wb"))
pushed, came = [], threading.Event()


def said(params):
    pushed.append(params)
    came.set()


endpoint = Endpoint({"rpc.end": said}, writer.write)
threading.Thread(target=reader.listen, args=(endpoint.consume,), daemon=True).start()
ask = lambda method, params=None: endpoint.request(method, params).result(10)
assert "admin" in ask("session.open", {"token": os.environ["POSTROOM_TOKEN"]})["scopes"]
assert ask("rpc.ping", {"data": "Zoë"}) == {"data": "Zoë"}
assert ask("health.check")["status"] == "SERVING"
futures = [endpoint.request("rpc.ping", {"data": n}) for n in range(200)]
assert [f.result(10)["data"] for f in futures] == list(range(200))
try:
    ask("mailbox.get", {"colour": "red"})
    raise AssertionError("params that are unknown are refused")
except JsonRpcException as error:
    assert error.code == -32602, error
# A stream that is cancelled the way an editor cancels: its end is told.
stream = endpoint.request("events.subscribe", {"after": "0"})
subscription = stream.result(10)["subscription"]
endpoint.notify("rpc.cancel", {"subscription": subscription})
assert came.wait(10) and pushed[0]["subscription"] == subscription, pushed
endpoint.shutdown()
connection.shutdown(socket.SHUT_RDWR)
