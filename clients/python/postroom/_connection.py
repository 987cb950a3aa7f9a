"""One connection: a socket, a thread that reads it, and the calls that wait for it."""

from __future__ import annotations

import collections
import json
import socket
import ssl
import struct
import threading
import time
import urllib.parse
import zlib
from typing import Any, Callable, Optional

from ._errors import (
    PostroomError, bad_answer, bad_certificate, cancelled, closed, connection_failed, connection_lost,
    deadline_exceeded, stream_gap,
)

# The server's own limit for one message.
MESSAGE_OCTETS_MAX = 64 << 20


def dial(url: str, timeout: float, context: Optional[ssl.SSLContext]) -> socket.socket:
    """A connected socket. `unix:///path`, `postroom://host:port`, or `postrooms://host:port` for TLS."""
    parts = urllib.parse.urlsplit(url)
    scheme = {"postroom": "tcp", "postrooms": "tls"}.get(parts.scheme, parts.scheme)
    if scheme not in ("unix", "tcp", "tls"):
        raise ValueError(f"{url!r} must begin with unix://, postroom:// or postrooms://")
    if scheme != "unix" and not (parts.hostname and parts.port):
        raise ValueError(f"{url!r} must name host and port")
    plain: Optional[socket.socket] = None
    try:
        if scheme == "unix":
            plain = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            plain.settimeout(timeout)
            plain.connect(url[len("unix://"):])
        else:
            plain = socket.create_connection((parts.hostname or "", parts.port or 0), timeout)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if scheme == "tls":
                context = context or ssl.create_default_context()
                plain = context.wrap_socket(plain, server_hostname=parts.hostname)
        plain.settimeout(None)
        return plain
    except OSError as error:
        if plain is not None:
            plain.close()
        if isinstance(error, ssl.SSLCertVerificationError):
            raise bad_certificate(f"the certificate of {url} is not acceptable: {error.verify_message}") from error
        raise connection_failed(f"cannot connect to {url}: {error}") from error


class Waiting:
    """A call or a stream: what came for it and was not taken yet."""

    def __init__(self, connection: Connection, number: int, is_stream: bool) -> None:
        self.connection = connection
        self.number = number
        self.is_stream = is_stream
        self.subscription: Optional[str] = None
        self.sequence = 0
        self._items: collections.deque[Any] = collections.deque()
        self._error: Optional[PostroomError] = None
        self._ended = False
        self._changed = threading.Condition()

    def put(self, item: Any) -> None:
        with self._changed:
            self._items.append(item)
            self._changed.notify_all()

    def end(self, error: Optional[PostroomError]) -> None:
        """Nothing more comes. What came before can still be taken."""
        with self._changed:
            if not self._ended:
                self._ended = True
                self._error = error
            self._changed.notify_all()

    def take(self, deadline: Optional[float]) -> Any:
        """The next item. Raises the error that the call ended with, or StopIteration at a good end."""
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
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._number = 0
        self._waiting: dict[int, Waiting] = {}
        self._streams: dict[str, Waiting] = {}
        self._ended: Optional[PostroomError] = None
        self.is_going_away = False
        self._reader = threading.Thread(target=self._read, name="postroom-reader", daemon=True)
        self._reader.start()

    @property
    def is_usable(self) -> bool:
        return self._ended is None and not self.is_going_away

    def close(self, error: Optional[PostroomError] = None) -> None:
        self._end(error or closed())
        if threading.current_thread() is not self._reader:
            self._reader.join(timeout=5)

    # Sending

    def begin(self, method: str, params: dict[str, Any], is_stream: bool = False) -> Waiting:
        with self._lock:
            if self._ended is not None:
                raise self._ended
            self._number += 1
            waiting = Waiting(self, self._number, is_stream)
            self._waiting[waiting.number] = waiting
        try:
            self._send({"jsonrpc": "2.0", "id": waiting.number, "method": method, "params": params})
        except (TypeError, ValueError):
            # The params are not JSON: nothing was sent.
            with self._lock:
                del self._waiting[waiting.number]
            raise
        return waiting

    def notify(self, method: str, params: dict[str, Any]) -> None:
        """Sends what has no answer. A connection that has ended needs it no more."""
        try:
            self._send({"jsonrpc": "2.0", "method": method, "params": params})
        except PostroomError:
            pass

    def forget(self, waiting: Waiting) -> None:
        """Cancels a call or stream that nobody waits for any longer."""
        with self._lock:
            known = self._waiting.pop(waiting.number, None) is not None
            if waiting.subscription is not None:
                known = self._streams.pop(waiting.subscription, None) is not None or known
        waiting.end(cancelled())
        if known and self._ended is None:
            self.notify("rpc.cancel", {"id": waiting.number})

    def grant(self, subscription: str, credit: int) -> None:
        self.notify("rpc.credit", {"subscription": subscription, "credit": credit})

    def _send(self, message: dict[str, Any]) -> None:
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        if len(text) > MESSAGE_OCTETS_MAX:
            raise ValueError(f"the message has {len(text)} octets, more than {MESSAGE_OCTETS_MAX}")
        try:
            with self._sending:
                self._socket.sendall(struct.pack(">BI", 0, len(text)) + text)
        except OSError as error:
            lost = connection_lost(f"the connection ended: {error}")
            self._end(lost)
            raise self._ended or lost from error

    # Receiving, on a thread of its own

    def _read(self) -> None:
        error = connection_lost("the server ended the connection before the answer came")
        try:
            while (message := self._message()) is not None:
                self._receive(message)
        except OSError as problem:
            error = connection_lost(f"the connection ended: {problem}")
        except (ValueError, RecursionError, zlib.error) as problem:
            error = bad_answer(str(problem))
        self._end(error)

    def _message(self) -> Any:
        head = self._exactly(5)
        if head is None:
            return None
        compressed, length = struct.unpack(">BI", head)
        if compressed > 1 or length > MESSAGE_OCTETS_MAX:
            raise ValueError("a frame that is none")
        text = self._exactly(length)
        if text is None:
            return None
        if compressed:
            inflater = zlib.decompressobj()
            text = inflater.decompress(text, MESSAGE_OCTETS_MAX + 1)
            if len(text) > MESSAGE_OCTETS_MAX or not inflater.eof:
                raise ValueError("a message that is too long when inflated")
        return json.loads(text)

    def _exactly(self, count: int) -> Optional[bytes]:
        parts = []
        while count > 0:
            part = self._socket.recv(min(count, 1 << 20))
            if not part:
                return None
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _receive(self, message: Any) -> None:
        if not isinstance(message, dict):
            raise ValueError("not an object")
        if "method" in message:
            params = message.get("params")
            if isinstance(params, dict):
                self._notified(message["method"], params)
            return
        with self._lock:
            waiting = self._waiting.pop(message.get("id"), None)
        if "error" in message:
            error = PostroomError._read(message["error"])
            if waiting is not None:
                waiting.end(error)
            elif message.get("id") is None:
                # The server could not read what we sent, and cannot say which call it was.
                self._end(error)
            return
        if waiting is None:
            return
        result = message.get("result")
        if waiting.is_stream:
            subscription = result.get("subscription") if isinstance(result, dict) else None
            if not isinstance(subscription, str):
                waiting.end(bad_answer("a stream without a subscription"))
                return
            # Before the next message is read: its values may be right behind.
            waiting.subscription = subscription
            with self._lock:
                self._streams[subscription] = waiting
        waiting.put(result)
        if not waiting.is_stream:
            waiting.end(None)

    def _notified(self, method: Any, params: dict[str, Any]) -> None:
        if method == "rpc.goaway":
            self.is_going_away = True
            return
        if method not in ("rpc.next", "rpc.end"):
            return
        with self._lock:
            find: Callable[..., Any] = self._streams.get if method == "rpc.next" else self._streams.pop
            stream = find(params.get("subscription"), None)
        if stream is None:
            return
        if method == "rpc.next":
            stream.sequence += 1
            if params.get("seq") != stream.sequence:
                stream.end(stream_gap())
                self.forget(stream)
                return
            stream.put(params.get("value"))
        else:
            error = params.get("error")
            stream.end(None if error is None else PostroomError._read(error))

    def _end(self, error: PostroomError) -> None:
        with self._lock:
            if self._ended is not None:
                return
            self._ended = error
            waiting = [*self._waiting.values(), *self._streams.values()]
            self._waiting.clear()
            self._streams.clear()
        for each in waiting:
            each.end(error)
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # Not connected any more.
        self._socket.close()
