"""One connection of an event loop: a task that reads it, and the calls that wait for it."""

from __future__ import annotations

import asyncio
import collections
import ssl
import time
from typing import Any, Callable, Coroutine, Optional, TypeVar

from ._connection import cannot_connect
from ._errors import PostroomError, bad_answer, closed, connection_lost, deadline_exceeded, stream_ended
from ._wire import (
    BROKEN, HEAD_OCTETS, Place, Progress, Switchboard, Waiting, notification, read_head, read_message,
    request,
)

T = TypeVar("T")


async def within(seconds: Optional[float], work: Coroutine[Any, Any, T]) -> T:
    """What `work` answers; TimeoutError when that takes longer.

    Not `asyncio.wait_for`: before Python 3.12 that forgets the cancellation of a task whose work has just
    ended (bpo-37658).
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if done:
        return task.result()
    task.cancel()
    raise asyncio.TimeoutError


class EndOfStream(Exception):
    """A stream came to its end, and all of it was taken."""


# So much may wait to be sent before calls wait for it.
WAITING_OCTETS_MAX = 64 << 10


class AsyncWaiting(Waiting):
    def __init__(
        self, connection: AsyncConnection, credit: Optional[int] = None,
        on_progress: Optional[Callable[[Any], Any]] = None,
    ) -> None:
        super().__init__(credit, on_progress)
        self.connection = connection
        self._items: collections.deque[Any] = collections.deque()
        self._error: Optional[PostroomError] = None
        self._ended = False
        self._changed = asyncio.Event()
        # Set when the server may have room for a value.
        self._roomy = asyncio.Event()

    def put(self, item: Any) -> None:
        self._items.append(item)
        self._changed.set()

    def allow(self, more: int) -> None:
        self.room += more
        self._roomy.set()

    async def turn(self, deadline: Optional[float]) -> int:
        """Waits until the server has room for a value, and answers its number. Raises what the stream ended with."""
        while True:
            if self._ended:
                raise self._error or stream_ended()
            number = self._turn()
            if number is not None:
                return number
            self._roomy.clear()
            try:
                await within(None if deadline is None else deadline - time.monotonic(), self._roomy.wait())
            except asyncio.TimeoutError:
                raise deadline_exceeded() from None

    def end(self, error: Optional[PostroomError]) -> None:
        if not self._ended:
            self._ended = True
            self._error = error
        self._changed.set()
        self._roomy.set()

    async def take(self, deadline: Optional[float]) -> Any:
        """The next item. Raises the error that the call ended with, or EndOfStream at a good end.

        Tells of progress meanwhile; a coroutine function is awaited."""
        while True:
            item = await self._take(deadline)
            if not isinstance(item, Progress):
                return item
            if self.on_progress is not None:
                told = self.on_progress(item.value)
                if asyncio.iscoroutine(told):
                    await told

    async def _take(self, deadline: Optional[float]) -> Any:
        alarm: Optional[asyncio.TimerHandle] = None
        try:
            while not self._items and not self._ended:
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    raise deadline_exceeded()
                self._changed.clear()
                if left is not None:
                    if alarm is not None:
                        alarm.cancel()
                    alarm = asyncio.get_running_loop().call_later(left, self._changed.set)
                await self._changed.wait()
        finally:
            if alarm is not None:
                alarm.cancel()
        if self._items:
            return self._items.popleft()
        raise self._error or EndOfStream()


class AsyncConnection:
    """Owns the socket. Belongs to the loop that it was opened in."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._board: Switchboard[AsyncWaiting] = Switchboard()
        self._task = asyncio.get_running_loop().create_task(self._read())

    @classmethod
    async def open(
        cls, place: Place, url: str, timeout: float, context: Optional[ssl.SSLContext]
    ) -> AsyncConnection:
        if place.path is not None:
            opening = asyncio.open_unix_connection(place.path)
        elif place.is_tls:
            opening = asyncio.open_connection(
                place.host, place.port, ssl=context or ssl.create_default_context(), server_hostname=place.host)
        else:
            opening = asyncio.open_connection(place.host, place.port)
        try:
            return cls(*await within(timeout, opening))
        except (OSError, asyncio.TimeoutError) as error:
            raise cannot_connect(url, error) from error

    @property
    def is_usable(self) -> bool:
        return self._board.is_usable

    async def close(self) -> None:
        self._end(closed())
        try:
            await self._task
        except asyncio.CancelledError:
            if not self._task.cancelled():
                raise

    # Sending

    async def begin(
        self, waiting: AsyncWaiting, method: str, params: dict[str, Any], meta: dict[str, Any],
        deadline: Optional[float],
    ) -> None:
        self._board.enter(waiting)
        try:
            text = request(waiting, method, params, meta, deadline)
        except BaseException:
            # Nothing was sent: the params are not JSON, or the time is up.
            self._board.leave(waiting)
            raise
        self._writer.write(text)
        await self._drained(deadline)

    async def _drained(self, deadline: Optional[float]) -> None:
        if self._writer.transport.get_write_buffer_size() < WAITING_OCTETS_MAX:
            return
        try:
            await within(None if deadline is None else deadline - time.monotonic(), self._writer.drain())
        except asyncio.TimeoutError:
            raise deadline_exceeded() from None
        except OSError as error:
            self._end(connection_lost(f"the connection ended: {error}"))
            # What waits has been told.

    def forget(self, waiting: AsyncWaiting) -> None:
        """Cancels a call or stream that nobody waits for any longer."""
        if self._board.leave(waiting):
            self._notify("rpc.cancel", {"id": waiting.number})

    def grant(self, waiting: AsyncWaiting, credit: int) -> None:
        self._board.grant(waiting, credit)
        self._notify("rpc.credit", {"subscription": waiting.subscription, "credit": credit})

    async def give(self, waiting: AsyncWaiting, number: int, value: Any, deadline: Optional[float]) -> None:
        """Sends a value into a stream."""
        self._notify("rpc.next", {"subscription": waiting.subscription, "seq": number, "value": value})
        await self._drained(deadline)

    def finish(self, waiting: AsyncWaiting) -> None:
        """Says that no more values come; those of the server go on."""
        self._notify("rpc.end", {"subscription": waiting.subscription})

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        """Sends what has no answer. A connection that has ended needs it no more."""
        if self._board.ended is None:
            self._writer.write(notification(method, params))

    # Receiving, in a task of its own

    async def _read(self) -> None:
        error = connection_lost("the server ended the connection before the answer came")
        try:
            while True:
                is_compressed, length = read_head(await self._reader.readexactly(HEAD_OCTETS))
                text = await self._reader.readexactly(length)
                broken = self._board.receive(read_message(is_compressed, text))
                if broken is not None:
                    self._board.leave(broken)
                    self._notify("rpc.cancel", {"id": broken.number})
        except asyncio.IncompleteReadError:
            pass
        except OSError as problem:
            error = connection_lost(f"the connection ended: {problem}")
        except BROKEN as problem:
            error = bad_answer(str(problem))
        finally:
            self._end(error)

    def _end(self, error: PostroomError) -> None:
        if not self._board.end(error):
            return
        self._writer.close()
        if asyncio.current_task() is not self._task:
            self._task.cancel()
