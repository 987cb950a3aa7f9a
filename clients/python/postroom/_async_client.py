"""The client for asyncio: connects, signs in, calls, and connects again."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import Any, Awaitable, Callable, Optional, TypeVar

from ._async_connection import AsyncConnection, AsyncWaiting, within
from ._errors import PostroomError, closed, deadline_exceeded
from ._generated import Upload
from ._generated_async import AsyncServices
from ._upload import Progress, Source, async_upload_file
from ._wire import Place, deadline_after, pause_to_repeat

T = TypeVar("T")


class AsyncClient(AsyncServices):
    """A client of one Postroom server, for the tasks of one event loop.

    Its arguments are those of `Client`, and so is what it does: connects at the first call and again after
    the connection was lost, and repeats a call that was under way if that is safe. A task that is cancelled
    while it waits cancels its call on the server too.
    """

    def __init__(
        self, url: str, *, token: Optional[str] = None, timeout: Optional[float] = 30.0,
        connect_timeout: float = 10.0, ssl_context: Optional[ssl.SSLContext] = None,
    ) -> None:
        super().__init__(self)
        self._place = Place.read(url)
        self._url = url
        self._token = token
        self._timeout = timeout
        self._connect_timeout = connect_timeout
        self._ssl_context = ssl_context
        self._connecting = asyncio.Lock()
        self._connection: Optional[AsyncConnection] = None
        self._closed = asyncio.Event()

    async def close(self) -> None:
        """Ends the connection. Calls and streams under way raise; later ones too."""
        self._closed.set()
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *exception: Any) -> None:
        await self.close()

    async def upload_file(
        self, source: Source, *, name: Optional[str] = None, type: Optional[str] = None,
        upload_id: Optional[str] = None, on_progress: Optional[Progress] = None, patience: float = 60.0,
    ) -> Upload:
        """Gives a file by pieces, as `Client.upload_file` does. The file is read on other threads."""
        return await async_upload_file(self, source, name, type, upload_id, on_progress, patience)

    # What the generated calls use (`AsyncCaller`)

    async def call(
        self, method: str, params: dict[str, Any], timeout: Optional[float], idempotency_key: Optional[str],
        on_progress: Optional[Callable[[Any], Any]], repeatable: bool,
    ) -> Any:
        deadline = deadline_after(self._timeout if timeout is None else timeout)
        meta = {} if idempotency_key is None else {"idempotencyKey": idempotency_key}

        async def attempt() -> Any:
            connection = await self._connected(deadline)
            waiting = AsyncWaiting(connection, on_progress=on_progress)
            return await _answer(waiting, method, params, meta, deadline)

        return await self._repeating(attempt, repeatable or idempotency_key is not None, deadline)

    async def open_stream(
        self, method: str, params: dict[str, Any], deadline: Optional[float], credit: int
    ) -> AsyncWaiting:
        async def attempt() -> AsyncWaiting:
            waiting = AsyncWaiting(await self._connected(deadline), credit)
            await _answer(waiting, method, params, {}, deadline)
            return waiting

        return await self._repeating(attempt, True, deadline)

    async def wait(self, seconds: float) -> bool:
        """False when the client was closed meanwhile."""
        try:
            await within(seconds, self._closed.wait())
            return False
        except asyncio.TimeoutError:
            return True

    # Inside

    async def _repeating(
        self, attempt: Callable[[], Awaitable[T]], is_safe: bool, deadline: Optional[float]
    ) -> T:
        """Again while that is safe and can help, over a new connection and after a while."""
        number = 1
        while True:
            try:
                return await attempt()
            except PostroomError as error:
                seconds = pause_to_repeat(error, number, is_safe, deadline)
                if seconds is None or not await self.wait(seconds):
                    raise
                number += 1

    async def _connected(self, deadline: Optional[float]) -> AsyncConnection:
        if self._connection is not None and self._connection.is_usable and not self._closed.is_set():
            return self._connection
        try:
            return await within(None if deadline is None else deadline - time.monotonic(), self._connect_once())
        except asyncio.TimeoutError:
            raise deadline_exceeded() from None

    async def _connect_once(self) -> AsyncConnection:
        # One task connects; the others wait for it.
        async with self._connecting:
            if self._closed.is_set():
                raise closed()
            if self._connection is None or not self._connection.is_usable:
                # One that is going away still finishes what runs on it; it closes by itself.
                self._connection = await self._connect()
                if self._closed.is_set():
                    await self._connection.close()
                    raise closed()
            return self._connection

    async def _connect(self) -> AsyncConnection:
        connection = await AsyncConnection.open(
            self._place, self._url, self._connect_timeout, self._ssl_context)
        if self._token is None:
            return connection
        try:
            await _answer(
                AsyncWaiting(connection), "session.open", {"token": self._token}, {},
                time.monotonic() + self._connect_timeout)
        except BaseException:
            await connection.close()
            raise
        return connection


async def _answer(
    waiting: AsyncWaiting, method: str, params: dict[str, Any], meta: dict[str, Any], deadline: Optional[float]
) -> Any:
    """The answer. Whatever else ends the wait, the task's own end too, cancels the call on the server."""
    try:
        await waiting.connection.begin(waiting, method, params, meta, deadline)
        return await waiting.take(deadline)
    except BaseException:
        waiting.connection.forget(waiting)
        raise
