"""What the generated calls for asyncio stand on."""

from __future__ import annotations

import asyncio
import time
from typing import Any, AsyncIterator, Callable, Generic, Mapping, Optional, Protocol, TypeVar, Union

from ._async_connection import AsyncWaiting, EndOfStream
from ._errors import PostroomError, stream_ended
from ._runtime import RESUME_ATTEMPTS_MAX, WINDOW_MAX, plain, read
from ._wire import deadline_after, pause_before

S = TypeVar("S")
T = TypeVar("T")


class AsyncCaller(Protocol):
    """What the client gives to its generated parts."""

    async def call(
        self, method: str, params: dict[str, Any], timeout: Optional[float], idempotency_key: Optional[str],
        on_progress: Optional[Callable[[Any], Any]], repeatable: bool,
    ) -> Any: ...

    async def open_stream(
        self, method: str, params: dict[str, Any], deadline: Optional[float], credit: int
    ) -> AsyncWaiting: ...

    async def wait(self, seconds: float) -> bool: ...


class AsyncCalls:
    """The calls of one noun."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def _call(
        self, method: str, params: dict[str, Any], timeout: Optional[float],
        idempotency_key: Optional[str], on_progress: Optional[Callable[[Any], Any]], *, repeatable: bool,
    ) -> Any:
        return await self._caller.call(method, params, timeout, idempotency_key, on_progress, repeatable)

    def _read(self, reader: Callable[[Any], T], answer: Any) -> T:
        return read(reader, answer)

    def _stream(
        self, method: str, params: dict[str, Any], reader: Callable[[Any], T], *, timeout: Optional[float],
        window: int, resume: Optional[tuple[str, str]] = None,
    ) -> AsyncStream[T]:
        return AsyncStream(self._caller, method, params, reader, timeout, window, resume)

    def _exchange(
        self, method: str, params: dict[str, Any], reader: Callable[[Any], T], *, timeout: Optional[float],
        window: int,
    ) -> AsyncExchange[Any, T]:
        return AsyncExchange(self._caller, method, params, reader, timeout, window, None)


class AsyncStream(Generic[T], AsyncIterator[T]):
    """The values of a stream, in order; ends when the server ends it, raises what it failed with.

    It is opened when the first value is asked for, or by `async with`. The server sends no more than `window`
    values ahead of the reader. Leaving the `async with` block, or `cancel()`, ends the stream on the server
    too. A stream that can be resumed goes on over a new connection when its own is lost, behind the last
    value that was taken.
    """

    def __init__(
        self, caller: AsyncCaller, method: str, params: dict[str, Any], reader: Callable[[Any], T],
        timeout: Optional[float], window: int, resume: Optional[tuple[str, str]],
    ) -> None:
        self._caller = caller
        self._method = method
        self._params = params
        self._reader = reader
        self._resume = resume
        self._window = max(1, min(window, WINDOW_MAX))
        self._deadline = deadline_after(timeout)
        self._taken = 0
        self._attempt = 0
        self._ended = False
        self._waiting: Optional[AsyncWaiting] = None
        self._opening = asyncio.Lock()

    def __aiter__(self) -> AsyncStream[T]:
        return self

    async def __anext__(self) -> T:
        while not self._ended:
            waiting = await self._opened()
            try:
                value = await waiting.take(self._deadline)
            except EndOfStream:
                break
            except PostroomError as error:
                if self._ended:
                    break
                if not await self._goes_on(error):
                    self.cancel()
                    raise
                continue
            except BaseException:
                self.cancel()
                raise
            self._attempt = 0
            if self._resume is not None and isinstance(value, Mapping):
                self._params[self._resume[0]] = value.get(self._resume[1])
            self._count(waiting)
            return read(self._reader, value)
        self._ended = True
        raise StopAsyncIteration

    def cancel(self) -> None:
        """Ends the stream, here and on the server. May be called by any task of the loop, and again."""
        self._ended = True
        if self._waiting is not None:
            self._waiting.connection.forget(self._waiting)

    async def __aenter__(self) -> AsyncStream[T]:
        await self._opened()
        return self

    async def __aexit__(self, *exception: Any) -> None:
        self.cancel()

    async def _opened(self) -> AsyncWaiting:
        # Who sends and who reads are two tasks, and either may be the first.
        async with self._opening:
            if self._waiting is None:
                self._waiting = await self._caller.open_stream(
                    self._method, self._params, self._deadline, self._window)
                self._taken = 0
                if self._ended:
                    # By another task, while this one opened.
                    self.cancel()
            return self._waiting

    def _count(self, waiting: AsyncWaiting) -> None:
        """Grants what was taken, half a window at a time."""
        self._taken += 1
        if self._taken * 2 >= self._window:
            waiting.connection.grant(waiting, self._taken)
            self._taken = 0

    async def _goes_on(self, error: PostroomError) -> bool:
        """Opens the stream again after its connection was lost; False when that cannot be or did not help."""
        if self._resume is None or error.status != "UNAVAILABLE":
            return False
        while self._attempt < RESUME_ATTEMPTS_MAX and not self._ended:
            self._attempt += 1
            seconds = pause_before(self._attempt)
            if self._deadline is not None and time.monotonic() + seconds >= self._deadline:
                return False
            if not await self._caller.wait(seconds):
                return False
            self._waiting = None
            try:
                await self._opened()
                return not self._ended
            except PostroomError as again:
                if again.status != "UNAVAILABLE":
                    raise
        return False


class AsyncExchange(AsyncStream[T], Generic[S, T]):
    """A stream into which values are sent while its own come.

    It is opened by the first `send` or value, or by `async with`. The server says how many values it has room
    for, and `send` waits for that. It may stop reading while what it sends is not taken: take values between,
    or in another task. Not resumed.
    """

    _finished = False

    async def send(self, value: Union[S, Mapping[str, Any]]) -> None:
        """Sends a value when the server has room for it: one task sends.

        Raises what the stream ended with; after its good end and after `finish` that is `stream.ended`."""
        if self._finished:
            raise stream_ended()
        waiting = await self._opened()
        number = await waiting.turn(self._deadline)
        await waiting.connection.give(waiting, number, plain(value), self._deadline)

    async def finish(self) -> None:
        """Says that there are no more values; those of the server go on. May be called again."""
        if not self._finished:
            self._finished = True
            waiting = await self._opened()
            waiting.connection.finish(waiting)
