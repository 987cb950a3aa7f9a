"""jsonrpcclient, over a socket and over HTTP with requests. needs: pip jsonrpcclient requests"""
import os, socket
import requests
from jsonrpcclient import Error, Ok, notification_json, parse, parse_json, request, request_json, request_json_uuid

host, port, token = os.environ["POSTROOM_HOST"], int(os.environ["POSTROOM_PORT"]), os.environ["POSTROOM_TOKEN"]
with socket.create_connection((host, port), 10) as connection:
    lines = connection.makefile("r", encoding="utf-8")

    def ask(text):
        # No newline is needed: a value ends by itself.
        connection.sendall(text.encode())
        return parse_json(lines.readline())

    assert isinstance(ask(request_json("session.open", {"token": token})), Ok)
    assert ask(request_json_uuid("rpc.ping", {"data": "Zoë"})).result == {"data": "Zoë"}
    connection.sendall(notification_json("rpc.ping", {"data": 1}).encode())
    assert ask(request_json("health.check")).result["status"] == "SERVING"
    refused = ask(request_json("mailbox.get", {"mailboxId": "mb99"}))
    assert isinstance(refused, Error) and refused.data["reason"] == "mailbox.unknown", refused

web = requests.Session()
post = lambda body: web.post(f"http://{host}:{port}/rpc", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=10)
assert parse(post(request("rpc.ping", {"data": "Zoë"})).json()).result == {"data": "Zoë"}
answers = list(parse(post([request("rpc.ping", {"data": n}) for n in range(20)]).json()))
assert [a.result["data"] for a in answers] == list(range(20)), answers
assert post({"jsonrpc": "2.0", "method": "rpc.ping"}).status_code == 204
stranger = requests.post(f"http://{host}:{port}/rpc", json=request("mailbox.list"), timeout=10)
assert stranger.status_code == 401 and parse(stranger.json()).data["reason"] == "session.required", stranger.text
assert web.get(f"http://{host}:{port}/openrpc.json", timeout=10).json()["openrpc"] == "1.3.2"
assert "postroom" in web.get(f"http://{host}:{port}/metrics", timeout=10).text
