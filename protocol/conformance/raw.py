"""Does what the conformance session asks for with no client at all: lines of JSON over a plain socket.

README.md has the form. Everything that a client library does by itself is spelled out here.
"""

from __future__ import annotations

import http.client
import json
import os
import queue
import socket
import ssl
import sys
import threading
import time
from typing import Any, Optional
from urllib.parse import urlsplit

URL = os.environ["POSTROOM_URL"]
TOKEN = os.environ.get("POSTROOM_TOKEN")
# The calls that may be made again when the connection was lost.
with open(os.path.join(os.path.dirname(__file__), "..", "openrpc.json"), encoding="utf-8") as document:
    SAFE = {method["name"] for method in json.load(document)["methods"] if method["x-idempotent"]}
LOST = {"code": -32014, "status": "UNAVAILABLE", "reason": "connection.lost", "message": "lost"}


def problem(code: int, status: str, reason: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "status": status, "reason": reason, "message": message}}


def connect() -> socket.socket:
    if URL.startswith("unix://"):
        plain = socket.socket(socket.AF_UNIX)
        plain.connect(URL[len("unix://"):])
        return plain
    place = urlsplit(URL)
    plain = socket.create_connection((place.hostname, place.port))
    if place.scheme == "postrooms":
        context = ssl.create_default_context(cafile=os.environ.get("POSTROOM_CA_FILE"))
        return context.wrap_socket(plain, server_hostname=place.hostname)
    return plain


class Wire:
    """One connection: what comes goes to the queue of its call's number, or of its stream's name."""

    def __init__(self) -> None:
        self._socket = connect()
        self._sending = threading.Lock()
        self._inboxes: dict[Any, queue.Queue[Any]] = {}
        self._lock = threading.Lock()
        self._number = 0
        self.ended = False
        self.is_going_away = False
        threading.Thread(target=self._read, daemon=True).start()
        if TOKEN is not None:
            answer = self.inbox(self.call("session.open", {"token": TOKEN})).get(timeout=10)
            assert "result" in answer, answer

    def inbox(self, name: Any) -> queue.Queue[Any]:
        with self._lock:
            inbox = self._inboxes.setdefault(name, queue.Queue())
        if self.ended:
            inbox.put(None)
        return inbox

    def number(self) -> int:
        with self._lock:
            self._number += 1
            return self._number

    def call(self, method: str, params: dict[str, Any]) -> int:
        number = self.number()
        self.ask(number, method, params)
        return number

    def ask(self, number: int, method: str, params: dict[str, Any]) -> None:
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})

    def notify(self, method: str, params: dict[str, Any]) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def send(self, message: Any) -> None:
        try:
            with self._sending:
                self._socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            self._end()

    def _read(self) -> None:
        try:
            for line in self._socket.makefile("rb"):
                message = json.loads(line)
                if isinstance(message, list):
                    for answer in message:
                        self.inbox(answer["id"]).put(answer)
                elif message.get("method") == "rpc.goaway":
                    self.is_going_away = True
                elif message.get("method") == "$/progress":
                    self.inbox(message["params"]["token"]).put(message)
                elif message.get("method") == "rpc.credit":
                    self.inbox(("room", message["params"]["subscription"])).put(message["params"]["credit"])
                elif "method" in message:
                    self.inbox(message["params"].get("subscription")).put(message)
                else:
                    self.inbox(message["id"]).put(message)
        except OSError:
            pass
        self._end()

    def _end(self) -> None:
        self.ended = True
        with self._lock:
            inboxes = list(self._inboxes.values())
        for inbox in inboxes:
            inbox.put(None)


class Raw:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wire: Optional[Wire] = None
        self._output = threading.Lock()
        self._running: dict[int, tuple[Wire, int]] = {}
        self._streams: dict[int, dict[str, Any]] = {}

    def run(self) -> None:
        for line in sys.stdin:
            threading.Thread(target=self._obey, args=(json.loads(line),), daemon=True).start()

    def _obey(self, order: dict[str, Any]) -> None:
        outcome = getattr(self, "_" + order["do"])(order)
        self._say(order["step"], outcome)

    def _say(self, step: int, outcome: dict[str, Any]) -> None:
        with self._output:
            print(json.dumps({"step": step, **outcome}), flush=True)

    def _connected(self) -> Wire:
        with self._lock:
            while self._wire is None or self._wire.ended or self._wire.is_going_away:
                try:
                    self._wire = Wire()
                except (ConnectionError, FileNotFoundError):
                    time.sleep(0.1)
            return self._wire

    def _call(self, order: dict[str, Any]) -> dict[str, Any]:
        timeout = order.get("timeoutMs", 30_000)
        meta: dict[str, Any] = {"timeoutMs": timeout}
        if "idempotencyKey" in order:
            meta["idempotencyKey"] = order["idempotencyKey"]
        try:
            wire = self._connected()
        except ssl.SSLCertVerificationError as error:
            return problem(-32009, "FAILED_PRECONDITION", "connection.certificate", str(error))
        number = wire.number()
        if order.get("progress"):
            meta["progressToken"] = number
        wire.ask(number, order["method"], {**order["params"], "_meta": meta})
        self._running[order["step"]] = (wire, number)
        try:
            while True:
                answer = wire.inbox(number).get(timeout=timeout / 1000 + 5)
                if answer is None or "method" not in answer:
                    break
                self._say(order["step"], {"progress": answer["params"]["value"]})
        except queue.Empty:
            return problem(-32004, "DEADLINE_EXCEEDED", "call.deadline", "late")
        return self._call(order) if answer is None and order["method"] in SAFE else outcome(answer)

    def _batch(self, order: dict[str, Any]) -> dict[str, Any]:
        """Calls in one array: their answers in the order of the calls."""
        wire = self._connected()
        calls = [
            {"jsonrpc": "2.0", "id": wire.number(), "method": call["method"], "params": call["params"]}
            for call in order["calls"]]
        wire.send(calls)
        return {"result": [outcome(wire.inbox(call["id"]).get(timeout=10)) for call in calls]}

    def _open(self, order: dict[str, Any]) -> dict[str, Any]:
        stream = self._streams[order["step"]] = {"order": order, "params": order["params"]}
        return self._subscribe(stream)

    def _subscribe(self, stream: dict[str, Any]) -> dict[str, Any]:
        order = stream["order"]
        wire = self._connected()
        number = wire.call(
            order["method"], {**stream["params"], "_meta": {"credit": order.get("window", 16)}})
        answer = wire.inbox(number).get(timeout=10)
        if answer is None:
            return self._subscribe(stream)
        if "error" in answer:
            # As with the clients, what is wrong with a stream is told with its first value.
            stream["inbox"] = queue.Queue()
            stream["inbox"].put({"method": "rpc.end", "params": {"error": answer["error"]}})
            return {"opened": True}
        name = answer["result"]["subscription"]
        stream.update(wire=wire, number=number, name=name, seq=0, inbox=wire.inbox(name), given=0)
        stream["room"] = answer["result"].get("credit", 0)
        return {"opened": True}

    def _next(self, order: dict[str, Any]) -> dict[str, Any]:
        stream = self._streams[order["step"]]
        message = stream["inbox"].get(timeout=60)
        if message is None or is_going(message):
            if stream["order"]["method"] != "events.subscribe":
                return {"error": LOST}
            self._subscribe(stream)
            return self._next(order)
        params = message["params"]
        if message["method"] == "rpc.end":
            return outcome({"error": params["error"]}) if params.get("error") else {"end": True}
        stream["seq"] += 1
        assert params["seq"] == stream["seq"], params
        stream["wire"].notify("rpc.credit", {"subscription": stream["name"], "credit": 1})
        if stream["order"]["method"] == "events.subscribe":
            stream["params"] = {**stream["params"], "after": params["value"]["seq"]}
        return {"value": params["value"]}

    def _send(self, order: dict[str, Any]) -> dict[str, Any]:
        """A value into a stream, when there is room for it."""
        stream = self._streams[order["step"]]
        while stream["room"] == 0:
            more = stream["wire"].inbox(("room", stream["name"])).get(timeout=20)
            if more is None:
                return {"error": LOST}
            stream["room"] += more
        stream["room"] -= 1
        stream["given"] += 1
        stream["wire"].notify(
            "rpc.next", {"subscription": stream["name"], "seq": stream["given"], "value": order["value"]})
        return {"sent": True}

    def _finish(self, order: dict[str, Any]) -> dict[str, Any]:
        stream = self._streams[order["step"]]
        stream["wire"].notify("rpc.end", {"subscription": stream["name"]})
        return {"finished": True}

    def _http(self, order: dict[str, Any]) -> dict[str, Any]:
        """POST /rpc with the order's body, as it stands."""
        place = urlsplit(URL)
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
        try:
            fields = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}", **order.get("fields", {})}
            connection.request("POST", "/rpc", json.dumps(order["body"]), fields)
            response = connection.getresponse()
            text = response.read()
            return {"result": {"status": response.status, "body": json.loads(text) if text else None}}
        finally:
            connection.close()

    def _cancel(self, order: dict[str, Any]) -> dict[str, Any]:
        if order["step"] in self._running:
            wire, number = self._running[order["step"]]
            wire.notify("rpc.cancel", {"id": number})
        if order["step"] in self._streams:
            stream = self._streams[order["step"]]
            stream["wire"].notify("rpc.cancel", {"subscription": stream["name"]})
        return {"cancelled": True}


def is_going(message: Any) -> bool:
    error = message["params"].get("error") or {}
    return error.get("data", {}).get("reason") == "server.goingAway"


def outcome(answer: Any) -> dict[str, Any]:
    if answer is None:
        return {"error": LOST}
    if "result" in answer:
        return {"result": answer["result"]}
    error = answer["error"]
    return {"error": {"code": error["code"], "message": error["message"], **error.get("data", {})}}


if __name__ == "__main__":
    Raw().run()
