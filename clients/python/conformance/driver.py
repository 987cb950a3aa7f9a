"""Does what the conformance session asks for, with `Client`. protocol/conformance/README.md has the form."""

from __future__ import annotations

import json
import os
import ssl
import sys
import threading
from typing import Any, Optional

from postroom import Cancel, Client, Exchange, PostroomError, Stream
from postroom._runtime import plain

from .names import arguments, typed_call, with_octets


class Driver:
    def __init__(self, client: Client) -> None:
        self._client = client
        self._output = threading.Lock()
        self._cancels: dict[int, Cancel] = {}
        self._streams: dict[int, Stream[Any]] = {}

    def run(self) -> None:
        for line in sys.stdin:
            order = json.loads(line)
            if order["do"] == "call":
                self._cancels[order["step"]] = Cancel()
            # A stream waits for its first answer when it is opened, and for each value.
            threading.Thread(target=self._obey, args=(order,), daemon=True).start()

    def _obey(self, order: dict[str, Any]) -> None:
        step = order["step"]
        try:
            outcome = getattr(self, "_" + order["do"])(order)
        except PostroomError as error:
            outcome = {"error": error_members(error)}
        self._say(step, outcome)

    def _say(self, step: int, outcome: dict[str, Any]) -> None:
        with self._output:
            print(json.dumps({"step": step, **outcome}), flush=True)

    def _call(self, order: dict[str, Any]) -> dict[str, Any]:
        call = typed_call(self._client, order["method"])
        given = arguments(order)
        if order.get("idempotencyKey"):
            given["idempotency_key"] = order["idempotencyKey"]
        if order.get("progress"):
            given["on_progress"] = lambda value: self._say(order["step"], {"progress": plain(value)})
        result = call(**given, cancel=self._cancels[order["step"]])
        return {"result": {} if result is None else plain(result)}

    def _open(self, order: dict[str, Any]) -> dict[str, Any]:
        call = typed_call(self._client, order["method"])
        self._streams[order["step"]] = call(**arguments(order), window=order.get("window", 32))
        return {"opened": True}

    def _next(self, order: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"value": plain(next(self._streams[order["step"]]))}
        except StopIteration:
            return {"end": True}

    def _send(self, order: dict[str, Any]) -> dict[str, Any]:
        self._exchange(order).send(with_octets(order["value"]))
        return {"sent": True}

    def _finish(self, order: dict[str, Any]) -> dict[str, Any]:
        self._exchange(order).finish()
        return {"finished": True}

    def _exchange(self, order: dict[str, Any]) -> Exchange[Any, Any]:
        stream = self._streams[order["step"]]
        assert isinstance(stream, Exchange), order
        return stream

    def _cancel(self, order: dict[str, Any]) -> dict[str, Any]:
        if order["step"] in self._cancels:
            self._cancels[order["step"]].cancel()
        if order["step"] in self._streams:
            self._streams[order["step"]].cancel()
        return {"cancelled": True}


def error_members(error: PostroomError) -> dict[str, Any]:
    members = {
        "code": error.code, "status": error.status, "reason": error.reason, "message": error.message,
        "details": error.details, "retryAfterMs": error.retry_after and round(error.retry_after * 1000)}
    return {name: value for name, value in members.items() if value is not None}


def trusted() -> Optional[ssl.SSLContext]:
    file = os.environ.get("POSTROOM_CA_FILE")
    return ssl.create_default_context(cafile=file) if file else None


if __name__ == "__main__":
    with Client(os.environ["POSTROOM_URL"], token=os.environ.get("POSTROOM_TOKEN"), ssl_context=trusted()) as client:
        Driver(client).run()
