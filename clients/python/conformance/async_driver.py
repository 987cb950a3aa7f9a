"""Does what the conformance session asks for, with `AsyncClient`. protocol/conformance/README.md has the form."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

from postroom import AsyncClient, AsyncExchange, AsyncStream, PostroomError
from postroom._runtime import plain

from .driver import error_members, trusted
from .names import arguments, typed_call, with_octets


class AsyncDriver:
    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._calls: dict[int, asyncio.Task[Any]] = {}
        self._streams: dict[int, AsyncStream[Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        while line := await asyncio.to_thread(sys.stdin.readline):
            task = asyncio.create_task(self._obey(json.loads(line)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _obey(self, order: dict[str, Any]) -> None:
        try:
            outcome = await getattr(self, "_" + order["do"])(order)
        except PostroomError as error:
            outcome = {"error": error_members(error)}
        print(json.dumps({"step": order["step"], **outcome}), flush=True)

    async def _call(self, order: dict[str, Any]) -> dict[str, Any]:
        given = arguments(order)
        if order.get("idempotencyKey"):
            given["idempotency_key"] = order["idempotencyKey"]
        if order.get("progress"):
            given["on_progress"] = lambda value: print(
                json.dumps({"step": order["step"], "progress": plain(value)}), flush=True)
        task = asyncio.create_task(typed_call(self._client, order["method"])(**given))
        self._calls[order["step"]] = task
        try:
            result = await task
        except asyncio.CancelledError:
            # asyncio's own word for it.
            return {"error": {"status": "CANCELLED", "reason": "call.cancelled", "code": -32001, "message": ""}}
        return {"result": {} if result is None else plain(result)}

    async def _open(self, order: dict[str, Any]) -> dict[str, Any]:
        call = typed_call(self._client, order["method"])
        self._streams[order["step"]] = call(**arguments(order), window=order.get("window", 32))
        return {"opened": True}

    async def _next(self, order: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"value": plain(await self._streams[order["step"]].__anext__())}
        except StopAsyncIteration:
            return {"end": True}

    async def _send(self, order: dict[str, Any]) -> dict[str, Any]:
        await self._exchange(order).send(with_octets(order["value"]))
        return {"sent": True}

    async def _finish(self, order: dict[str, Any]) -> dict[str, Any]:
        await self._exchange(order).finish()
        return {"finished": True}

    def _exchange(self, order: dict[str, Any]) -> AsyncExchange[Any, Any]:
        stream = self._streams[order["step"]]
        assert isinstance(stream, AsyncExchange), order
        return stream

    async def _cancel(self, order: dict[str, Any]) -> dict[str, Any]:
        if order["step"] in self._calls:
            self._calls[order["step"]].cancel()
        if order["step"] in self._streams:
            self._streams[order["step"]].cancel()
        return {"cancelled": True}


async def main() -> None:
    url, token = os.environ["POSTROOM_URL"], os.environ.get("POSTROOM_TOKEN")
    async with AsyncClient(url, token=token, ssl_context=trusted()) as client:
        await AsyncDriver(client).run()


if __name__ == "__main__":
    asyncio.run(main())
