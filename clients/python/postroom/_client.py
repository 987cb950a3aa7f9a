"""The client: connects, signs in, calls, and connects again."""

from __future__ import annotations

import random
import ssl
import threading
import time
from typing import Any, Callable, Optional, TypeVar

from ._connection import Connection, Waiting, dial
from ._errors import PostroomError, closed, deadline_exceeded
from ._generated import Services

T = TypeVar("T")


class Client(Services):
    """A client of one Postroom server. Safe to use from several threads.

    `url`: `unix:///run/postroom/postroom.sock`, `postroom://host:port` (or `tcp://`), or
    `postrooms://host:port` (or `tls://`) for TLS, whose certificate must be for `host`.
    `token`: what `token.create` answered; not needed on a Unix socket whose user the server knows.
    `timeout`: seconds that a call may take when it names no time of its own; None for as long as it takes.
    `ssl_context`: for TLS, instead of the system's roots.

    The connection is made at the first call, and again after it was lost. A call that was under way then
    is repeated once if that is safe (it changes nothing, or is a `mail.send` with a key); else it raises
    `PostroomError` with reason `connection.lost`.
    """

    def __init__(
        self, url: str, *, token: Optional[str] = None, timeout: Optional[float] = 30.0,
        connect_timeout: float = 10.0, ssl_context: Optional[ssl.SSLContext] = None,
    ) -> None:
        super().__init__(self)
        self._url = url
        self._token = token
        self._timeout = timeout
        self._connect_timeout = connect_timeout
        self._ssl_context = ssl_context
        self._lock = threading.Lock()
        self._connection: Optional[Connection] = None
        self._closed = threading.Event()

    def close(self) -> None:
        """Ends the connection. Calls and streams under way raise; later ones too."""
        self._closed.set()
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *exception: Any) -> None:
        self.close()

    # What the generated calls use (`Caller`)

    def call(
        self, method: str, params: dict[str, Any], timeout: Optional[float], idempotency_key: Optional[str],
        repeatable: bool,
    ) -> Any:
        deadline = _deadline(self._timeout if timeout is None else timeout)
        meta = {} if idempotency_key is None else {"idempotencyKey": idempotency_key}

        def attempt() -> Any:
            waiting = self._begin(method, params, meta, deadline)
            return _answer(waiting, deadline)

        return _twice(attempt, repeatable or idempotency_key is not None)

    def open_stream(
        self, method: str, params: dict[str, Any], deadline: Optional[float], credit: int
    ) -> Waiting:
        def attempt() -> Waiting:
            waiting = self._begin(method, params, {"credit": credit}, deadline, is_stream=True)
            _answer(waiting, deadline)
            return waiting

        return _twice(attempt, True)

    def wait_to_reconnect(self, attempt: int, deadline: Optional[float]) -> bool:
        """Waits longer each time, 0.1 to 10 s. False when the client was closed or time is up."""
        seconds = min(10.0, 0.1 * 2 ** (attempt - 1)) * random.uniform(0.5, 1.0)
        if deadline is not None and time.monotonic() + seconds >= deadline:
            return False
        return not self._closed.wait(seconds)

    # Inside

    def _begin(
        self, method: str, params: dict[str, Any], meta: dict[str, Any], deadline: Optional[float],
        is_stream: bool = False,
    ) -> Waiting:
        connection = self._connected()
        meta = _meta(meta, deadline)
        return connection.begin(method, {**params, "_meta": meta} if meta else params, is_stream)

    def _connected(self) -> Connection:
        with self._lock:
            if self._closed.is_set():
                raise closed()
            if self._connection is None or not self._connection.is_usable:
                # One that is going away still finishes what runs on it; it closes by itself.
                self._connection = self._connect()
            return self._connection

    def _connect(self) -> Connection:
        connection = Connection(dial(self._url, self._connect_timeout, self._ssl_context))
        if self._token is None:
            return connection
        try:
            waiting = connection.begin("session.open", {"token": self._token})
            _answer(waiting, time.monotonic() + self._connect_timeout)
        except BaseException:
            connection.close()
            raise
        return connection


def _deadline(timeout: Optional[float]) -> Optional[float]:
    return None if timeout is None else time.monotonic() + timeout


def _twice(attempt: Callable[[], T], is_safe: bool) -> T:
    """Once, and once more over a new connection when the old one was lost and repeating is safe."""
    try:
        return attempt()
    except PostroomError as error:
        # A server that is going away has not begun what it refuses.
        if error.reason == "server.goingAway" or (error.is_connection_lost and is_safe):
            return attempt()
        raise


def _meta(meta: dict[str, Any], deadline: Optional[float]) -> dict[str, Any]:
    if deadline is None:
        return meta
    left = deadline - time.monotonic()
    if left <= 0:
        raise deadline_exceeded()
    return {**meta, "timeoutMs": max(1, int(left * 1000))}


def _answer(waiting: Waiting, deadline: Optional[float]) -> Any:
    """The answer. Whatever else ends the wait, Ctrl-C too, cancels the call on the server."""
    try:
        return waiting.take(deadline)
    except BaseException:
        waiting.connection.forget(waiting)
        raise
