"""The client: connects, signs in, calls, and connects again."""

from __future__ import annotations

import ssl
import threading
import time
from typing import Any, Callable, Optional, TypeVar

from ._connection import Cancel, Connection, Waiting, dial
from ._errors import PostroomError, cancelled, closed, deadline_exceeded
from ._generated import Services, Upload
from ._upload import Progress, Source, upload_file
from ._wire import Place, deadline_after, pause_to_repeat

T = TypeVar("T")


class Client(Services):
    """A client of one Postroom server. Safe to use from several threads.

    `url`: `unix:///run/postroom/postroom.sock`, `postroom://host:port` (or `tcp://`), or
    `postrooms://host:port` (or `tls://`) for TLS, whose certificate must be for `host`.
    `token`: what `token.create` answered; not needed on a Unix socket whose user the server knows.
    `timeout`: seconds that a call may take when it names no time of its own; None for as long as it takes.
    `ssl_context`: for TLS, instead of the system's roots.

    The connection is made at the first call, and again after it was lost. A call that was under way then
    is repeated a few times, after longer and longer pauses, if that is safe (the document calls it
    idempotent, or it has an idempotency key); else it raises `PostroomError` with reason
    `connection.lost`.
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

    def upload_file(
        self, source: Source, *, name: Optional[str] = None, type: Optional[str] = None,
        upload_id: Optional[str] = None, on_progress: Optional[Progress] = None, patience: float = 60.0,
    ) -> Upload:
        """Gives a file by pieces, so that mails can carry it: `{"uploadId": upload.id}` in `attachments`.

        `source`: a path, or a file open for reading octets; read by pieces, never held as a whole.
        `name`, `type`: what receivers see; by default from the path.
        `upload_id`: an upload that was begun before and is gone on with; the source is read from its
        beginning.
        `on_progress`: told how many octets the server has, and of how many (None when that is not known).
        `patience`: seconds for which a server that cannot be reached is tried again, for each piece.

        The upload that comes back is committed, and its SHA-256 was compared. What fails for good leaves the
        upload as it is: it can be gone on with for a day.
        """
        return upload_file(self, source, name, type, upload_id, on_progress, patience)

    # What the generated calls use (`Caller`)

    def call(
        self, method: str, params: dict[str, Any], timeout: Optional[float], idempotency_key: Optional[str],
        cancel: Optional[Cancel], on_progress: Optional[Callable[[Any], Any]], repeatable: bool,
    ) -> Any:
        deadline = deadline_after(self._timeout if timeout is None else timeout)
        meta = {} if idempotency_key is None else {"idempotencyKey": idempotency_key}

        def attempt() -> Any:
            connection = self._connected(deadline)
            waiting = Waiting(connection, on_progress=on_progress)
            connection.begin(waiting, method, params, meta, deadline)
            return _answer(waiting, deadline, cancel)

        return self._repeating(attempt, repeatable or idempotency_key is not None, deadline, cancel)

    def open_stream(
        self, method: str, params: dict[str, Any], deadline: Optional[float], credit: int
    ) -> Waiting:
        def attempt() -> Waiting:
            connection = self._connected(deadline)
            waiting = Waiting(connection, credit)
            connection.begin(waiting, method, params, {}, deadline)
            _answer(waiting, deadline, None)
            return waiting

        return self._repeating(attempt, True, deadline, None)

    def wait(self, seconds: float) -> bool:
        """False when the client was closed meanwhile."""
        return not self._closed.wait(seconds)

    # Inside

    def _repeating(
        self, attempt: Callable[[], T], is_safe: bool, deadline: Optional[float], cancel: Optional[Cancel]
    ) -> T:
        """Again while that is safe and can help, over a new connection and after a while."""
        number = 1
        while True:
            if cancel is not None and cancel.is_cancelled:
                raise cancelled()
            try:
                return attempt()
            except PostroomError as error:
                seconds = pause_to_repeat(error, number, is_safe, deadline)
                if seconds is None or not self.wait(seconds):
                    raise
                number += 1

    def _connected(self, deadline: Optional[float]) -> Connection:
        # One thread connects; the others wait for it, each as long as its call may take.
        if not self._lock.acquire(timeout=-1 if deadline is None else max(0.0, deadline - time.monotonic())):
            raise deadline_exceeded()
        try:
            if self._closed.is_set():
                raise closed()
            if self._connection is None or not self._connection.is_usable:
                # One that is going away still finishes what runs on it; it closes by itself.
                self._connection = self._connect(deadline)
            return self._connection
        finally:
            self._lock.release()

    def _connect(self, deadline: Optional[float]) -> Connection:
        end = time.monotonic() + self._connect_timeout
        if deadline is not None:
            end = min(end, deadline)
        try:
            # A timeout of 0 would be none.
            seconds = max(0.001, end - time.monotonic())
            connection = Connection(dial(self._place, self._url, seconds, self._ssl_context))
        except PostroomError:
            if deadline is not None and time.monotonic() >= deadline:
                raise deadline_exceeded() from None
            raise
        if self._token is None:
            return connection
        try:
            waiting = Waiting(connection)
            connection.begin(waiting, "session.open", {"token": self._token}, {}, end)
            _answer(waiting, end, None)
        except BaseException:
            connection.close()
            raise
        return connection


def _answer(waiting: Waiting, deadline: Optional[float], cancel: Optional[Cancel]) -> Any:
    """The answer. Whatever else ends the wait, Ctrl-C too, cancels the call on the server."""
    try:
        if cancel is None:
            return waiting.take(deadline)
        cancel._watch(waiting)
        try:
            return waiting.take(deadline)
        finally:
            cancel._leave(waiting)
    except BaseException:
        waiting.connection.forget(waiting)
        raise
