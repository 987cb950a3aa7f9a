"""One connection: a socket, a thread that reads it, and the calls that wait for it."""

from __future__ import annotations

import collections
import socket
import ssl
import threading
import time
from typing import Any, Callable, Optional

from ._errors import (
    PostroomError, bad_answer, bad_certificate, closed, connection_failed, connection_lost,
    deadline_exceeded, stream_ended,
)
from ._wire import (
    BROKEN, HEAD_OCTETS, Place, Progress, Switchboard, Waiting as WaitingBase, notification, read_head,
    read_message, request,
)


def dial(place: Place, url: str, timeout: float, context: Optional[ssl.SSLContext]) -> socket.socket:
    """A connected socket, which waits without end from then on."""
    plain: Optional[socket.socket] = None
    try:
        if place.path is not None:
            plain = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            plain.settimeout(timeout)
            plain.connect(place.path)
        else:
            plain = socket.create_connection((place.host, place.port), timeout)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if place.is_tls:
                context = context or ssl.create_default_context()
                plain = context.wrap_socket(plain, server_hostname=place.host)
        plain.settimeout(None)
        return plain
    except OSError as error:
        if plain is not None:
            plain.close()
        raise cannot_connect(url, error) from error


def cannot_connect(url: str, error: Exception) -> PostroomError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return bad_certificate(f"the certificate of {url} is not acceptable: {error.verify_message}")
    return connection_failed(f"cannot connect to {url}: {error or type(error).__name__}")


class Cancel:
    """Ends calls from another thread: give it to calls as `cancel`, then say `cancel()`.

    They end here with status `CANCELLED` at once, and on the server too. Calls that are made with it
    later do not begin.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: set[Waiting] = set()
        self.is_cancelled = False

    def cancel(self) -> None:
        with self._lock:
            self.is_cancelled = True
            waiting, self._waiting = self._waiting, set()
        for each in waiting:
            each.connection.forget(each)

    def _watch(self, waiting: Waiting) -> None:
        with self._lock:
            if not self.is_cancelled:
                self._waiting.add(waiting)
                return
        waiting.connection.forget(waiting)

    def _leave(self, waiting: Waiting) -> None:
        with self._lock:
            self._waiting.discard(waiting)


class Waiting(WaitingBase):
    def __init__(
        self, connection: Connection, credit: Optional[int] = None,
        on_progress: Optional[Callable[[Any], Any]] = None,
    ) -> None:
        super().__init__(credit, on_progress)
        self.connection = connection
        self._items: collections.deque[Any] = collections.deque()
        self._error: Optional[PostroomError] = None
        self._ended = False
        self._changed = threading.Condition()

    def put(self, item: Any) -> None:
        with self._changed:
            self._items.append(item)
            self._changed.notify_all()

    def allow(self, more: int) -> None:
        with self._changed:
            self.room += more
            self._changed.notify_all()

    def turn(self, deadline: Optional[float]) -> int:
        """Waits until the server has room for a value, and answers its number. Raises what the stream ended with."""
        with self._changed:
            while True:
                if self._ended:
                    raise self._error or stream_ended()
                number = self._turn()
                if number is not None:
                    return number
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    raise deadline_exceeded()
                self._changed.wait(left)

    def end(self, error: Optional[PostroomError]) -> None:
        with self._changed:
            if not self._ended:
                self._ended = True
                self._error = error
            self._changed.notify_all()

    def take(self, deadline: Optional[float]) -> Any:
        """The next item. Raises the error that the call ended with, or StopIteration at a good end.

        Tells of progress meanwhile, on this thread."""
        while True:
            item = self._take(deadline)
            if not isinstance(item, Progress):
                return item
            if self.on_progress is not None:
                self.on_progress(item.value)

    def _take(self, deadline: Optional[float]) -> Any:
        with self._changed:
            while not self._items and not self._ended:
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    raise deadline_exceeded()
                self._changed.wait(left)
            if self._items:
                return self._items.popleft()
            if self._error is not None:
                raise self._error
            raise StopIteration


class Connection:
    """Owns the socket. Calls may come from any thread."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._sending = threading.Lock()
        self._board: Switchboard[Waiting] = Switchboard()
        self._reader = threading.Thread(target=self._read, name="postroom-reader", daemon=True)
        self._reader.start()

    @property
    def is_usable(self) -> bool:
        return self._board.is_usable

    def close(self) -> None:
        self._end(closed())
        if threading.current_thread() is not self._reader:
            self._reader.join(timeout=5)

    # Sending

    def begin(
        self, waiting: Waiting, method: str, params: dict[str, Any], meta: dict[str, Any],
        deadline: Optional[float],
    ) -> None:
        self._board.enter(waiting)
        try:
            text = request(waiting, method, params, meta, deadline)
        except BaseException:
            # Nothing was sent: the params are not JSON, or the time is up.
            self._board.leave(waiting)
            raise
        self._send(text)

    def forget(self, waiting: Waiting) -> None:
        """Cancels a call or stream that nobody waits for any longer."""
        if self._board.leave(waiting):
            self._notify("rpc.cancel", {"id": waiting.number})

    def grant(self, waiting: Waiting, credit: int) -> None:
        self._board.grant(waiting, credit)
        self._notify("rpc.credit", {"subscription": waiting.subscription, "credit": credit})

    def give(self, waiting: Waiting, number: int, value: Any) -> None:
        """Sends a value into a stream."""
        self._send(notification("rpc.next", {"subscription": waiting.subscription, "seq": number, "value": value}))

    def finish(self, waiting: Waiting) -> None:
        """Says that no more values come; those of the server go on."""
        self._notify("rpc.end", {"subscription": waiting.subscription})

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        """Sends what has no answer. A connection that has ended needs it no more."""
        try:
            self._send(notification(method, params))
        except PostroomError:
            pass

    def _send(self, text: bytes) -> None:
        try:
            with self._sending:
                self._socket.sendall(text)
        except OSError as error:
            lost = connection_lost(f"the connection ended: {error}")
            self._end(lost)
            raise self._board.ended or lost from error

    # Receiving, on a thread of its own

    def _read(self) -> None:
        error = connection_lost("the server ended the connection before the answer came")
        try:
            while (message := self._message()) is not None:
                broken = self._board.receive(message)
                if broken is not None:
                    self._board.leave(broken)
                    self._notify("rpc.cancel", {"id": broken.number})
        except OSError as problem:
            error = connection_lost(f"the connection ended: {problem}")
        except BROKEN as problem:
            error = bad_answer(str(problem))
        self._end(error)

    def _message(self) -> Any:
        head = self._exactly(HEAD_OCTETS)
        if head is None:
            return None
        is_compressed, length = read_head(head)
        text = self._exactly(length)
        return None if text is None else read_message(is_compressed, text)

    def _exactly(self, count: int) -> Optional[bytes]:
        parts = []
        while count > 0:
            part = self._socket.recv(min(count, 1 << 20))
            if not part:
                return None
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _end(self, error: PostroomError) -> None:
        if not self._board.end(error):
            return
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # Not connected any more.
        self._socket.close()
