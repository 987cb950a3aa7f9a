"""What goes over a connection, without the connection: addresses, frames, and who waits for which message."""

from __future__ import annotations

import dataclasses
import json
import random
import struct
import threading
import time
import urllib.parse
import zlib
from typing import Any, Callable, Generic, Optional, TypeVar

from ._errors import (
    PostroomError, bad_answer, bad_url, cancelled, deadline_exceeded, stream_gap, stream_overrun,
)

# The server's own limit for one message.
MESSAGE_OCTETS_MAX = 64 << 20

# Flag and length, before each message.
HEAD_OCTETS = 5

# A call that may be repeated is made this often at most.
ATTEMPTS_MAX = 4

# The longest wait before a call or a connection is tried again.
PAUSE_SECONDS_MAX = 10.0


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a server is: a Unix socket's path, or host and port."""

    path: Optional[str] = None
    host: str = ""
    port: int = 0
    is_tls: bool = False

    @classmethod
    def read(cls, url: str) -> Place:
        """From `unix:///path`, `postroom://host:port` (or `tcp://`), `postrooms://host:port` (or `tls://`)."""
        if url.startswith("unix:///"):
            return cls(path=url[len("unix://"):])
        try:
            parts = urllib.parse.urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise bad_url(f"the address cannot be read: {error}") from error
        if parts.scheme not in ("postroom", "tcp", "postrooms", "tls"):
            raise bad_url("the address must begin with unix:///, postroom:// or postrooms://")
        if not host or not port or parts.username is not None or parts.path not in ("", "/") or parts.query:
            raise bad_url("the address must be host and port, like postroom://host:7625")
        return cls(host=host, port=port, is_tls=parts.scheme in ("postrooms", "tls"))


def frame(message: dict[str, Any]) -> bytes:
    """The octets of a message. Raises ValueError or TypeError for what JSON cannot say."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    if len(text) > MESSAGE_OCTETS_MAX:
        raise ValueError(f"the message has {len(text)} octets, more than {MESSAGE_OCTETS_MAX}")
    return struct.pack(">BI", 0, len(text)) + text


def read_head(head: bytes) -> tuple[bool, int]:
    """Whether the message behind `head` is compressed, and how many octets it has."""
    flag, length = struct.unpack(">BI", head)
    if flag > 1 or length > MESSAGE_OCTETS_MAX:
        raise ValueError("a frame that is none")
    return flag == 1, length


def read_message(is_compressed: bool, text: bytes) -> Any:
    if is_compressed:
        inflater = zlib.decompressobj()
        text = inflater.decompress(text, MESSAGE_OCTETS_MAX + 1)
        if len(text) > MESSAGE_OCTETS_MAX or not inflater.eof:
            raise ValueError("a message that is too long when inflated")
    return json.loads(text)


# What reading a message may raise when the server breaks its rules.
BROKEN = (ValueError, RecursionError, zlib.error)


class Waiting:
    """A call or a stream: what came for it and was not taken yet. How one waits is the subclass's."""

    def __init__(self, credit: Optional[int], on_progress: Optional[Callable[[Any], Any]]) -> None:
        self.number = 0
        self.subscription: Optional[str] = None
        self.on_progress = on_progress
        self.is_stream = credit is not None
        # Values that the server may still send.
        self.credit = credit or 0
        self.sequence = 0
        # Values that may still be sent into the stream, and how many were.
        self.room = 0
        self.sent = 0

    def put(self, item: Any) -> None:
        raise NotImplementedError

    def allow(self, more: int) -> None:
        """So many values more may be sent into the stream."""
        raise NotImplementedError

    def end(self, error: Optional[PostroomError]) -> None:
        """Nothing more comes. What came before can still be taken."""
        raise NotImplementedError

    def _turn(self) -> Optional[int]:
        """The number of the value that may be sent now; None when there is no room."""
        if self.room == 0:
            return None
        self.room -= 1
        self.sent += 1
        return self.sent


class Progress:
    """A value of `$/progress`, among the things that came for a call."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


W = TypeVar("W", bound=Waiting)


class Switchboard(Generic[W]):
    """Brings each message to whoever waits for it. May be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self._calls: dict[int, W] = {}
        self._streams: dict[str, W] = {}
        self.ended: Optional[PostroomError] = None
        self.is_going_away = False

    @property
    def is_usable(self) -> bool:
        return self.ended is None and not self.is_going_away

    def enter(self, waiting: W) -> None:
        """Gives `waiting` its number; raises when the connection has ended."""
        with self._lock:
            if self.ended is not None:
                raise self.ended
            self._number += 1
            waiting.number = self._number
            self._calls[waiting.number] = waiting

    def leave(self, waiting: W) -> bool:
        """Forgets `waiting`. True when the server still works on it."""
        with self._lock:
            known = self._calls.pop(waiting.number, None) is not None
            if waiting.subscription is not None:
                known = self._streams.pop(waiting.subscription, None) is not None or known
            known = known and self.ended is None
        waiting.end(cancelled())
        return known

    def grant(self, waiting: W, credit: int) -> None:
        with self._lock:
            waiting.credit += credit

    def end(self, error: PostroomError) -> bool:
        """Ends all that wait. False when it had ended before."""
        with self._lock:
            if self.ended is not None:
                return False
            self.ended = error
            waiting = [*self._calls.values(), *self._streams.values()]
            self._calls.clear()
            self._streams.clear()
        for each in waiting:
            each.end(error)
        return True

    def receive(self, message: Any) -> Optional[W]:
        """Takes a message in. Answers a stream that broke its rules: it has ended here, not on the server."""
        if not isinstance(message, dict):
            raise ValueError("not an object")
        if "method" in message:
            params = message.get("params")
            return self._notified(message["method"], params) if isinstance(params, dict) else None
        number = message.get("id")
        with self._lock:
            waiting = self._calls.pop(number, None) if isinstance(number, int) else None
        if "error" in message:
            error = PostroomError._read(message["error"])
            if waiting is not None:
                waiting.end(error)
            elif number is None:
                # The server could not read what we sent, and cannot say which call it was.
                self.end(error)
        elif waiting is not None:
            self._answered(waiting, message.get("result"))
        return None

    def _answered(self, waiting: W, result: Any) -> None:
        if not waiting.is_stream:
            waiting.put(result)
            waiting.end(None)
            return
        subscription = result.get("subscription") if isinstance(result, dict) else None
        if not isinstance(subscription, str):
            waiting.end(bad_answer("a stream without a subscription", "stream.malformed"))
            return
        # Before the next message is read: its values may be right behind.
        with self._lock:
            waiting.subscription = subscription
            self._streams[subscription] = waiting
        waiting.allow(credit_of(result))
        waiting.put(result)

    def _notified(self, method: Any, params: dict[str, Any]) -> Optional[W]:
        if method == "rpc.goaway":
            self.is_going_away = True
        elif method == "$/progress":
            with self._lock:
                token = params.get("token")
                waiting = self._calls.get(token) if isinstance(token, int) else None
            if waiting is not None and waiting.on_progress is not None:
                waiting.put(Progress(params.get("value")))
        elif method == "rpc.next":
            return self._next(params)
        elif method == "rpc.credit":
            with self._lock:
                stream = self._streams.get(str(params.get("subscription")))
            if stream is not None:
                stream.allow(credit_of(params))
        elif method == "rpc.end":
            with self._lock:
                stream = self._streams.pop(str(params.get("subscription")), None)
            if stream is not None:
                error = params.get("error")
                stream.end(None if error is None else PostroomError._read(error))
        return None

    def _next(self, params: dict[str, Any]) -> Optional[W]:
        with self._lock:
            stream = self._streams.get(str(params.get("subscription")))
            if stream is None:
                return None
            stream.sequence += 1
            stream.credit -= 1
            has_gap = params.get("seq") != stream.sequence
            is_overrun = stream.credit < 0
        if has_gap or is_overrun:
            stream.end(stream_gap() if has_gap else stream_overrun())
            return stream
        stream.put(params.get("value"))
        return None


def credit_of(members: dict[str, Any]) -> int:
    """What the server grants; 0 when it says nothing of it, or something that is no credit."""
    credit = members.get("credit")
    return credit if isinstance(credit, int) and credit > 0 else 0


# Deadlines and repeating


def deadline_after(timeout: Optional[float]) -> Optional[float]:
    return None if timeout is None else time.monotonic() + timeout


def with_meta(params: dict[str, Any], meta: dict[str, Any], deadline: Optional[float]) -> dict[str, Any]:
    """`params` with `_meta`; raises when the deadline has passed already."""
    if deadline is not None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise deadline_exceeded()
        meta = {**meta, "timeoutMs": max(1, int(left * 1000))}
    return {**params, "_meta": meta} if meta else params


def pause_before(attempt: int) -> float:
    """Seconds to wait before the attempt behind number `attempt`, counted from 1: longer each time, and not
    the same for all clients that lost their connections together."""
    return min(PAUSE_SECONDS_MAX, 0.1 * 2.0 ** (attempt - 1)) * random.uniform(0.5, 1.0)


def pause_to_repeat(
    error: PostroomError, attempt: int, is_safe: bool, deadline: Optional[float]
) -> Optional[float]:
    """Seconds after which a call that failed may be made again; None when it must not be.

    `is_safe`: doing it twice is like doing it once. Without that only what was not begun is repeated.
    """
    was_not_begun = error.reason == "server.goingAway"
    is_passing = error.status == "UNAVAILABLE" and (
        error.reason in ("connection.lost", "connection.failed") or error.retry_after is not None)
    if attempt >= ATTEMPTS_MAX or not (was_not_begun or (is_safe and is_passing)):
        return None
    seconds = max(pause_before(attempt), error.retry_after or 0.0)
    if seconds > PAUSE_SECONDS_MAX or (deadline is not None and time.monotonic() + seconds >= deadline):
        return None
    return seconds


def request(
    waiting: Waiting, method: str, params: dict[str, Any], meta: dict[str, Any], deadline: Optional[float]
) -> bytes:
    """The frame that asks for what `waiting` waits for."""
    if waiting.on_progress is not None:
        meta = {**meta, "progressToken": waiting.number}
    if waiting.is_stream:
        meta = {**meta, "credit": waiting.credit}
    return frame({
        "jsonrpc": "2.0", "id": waiting.number, "method": method, "params": with_meta(params, meta, deadline)})


def notification(method: str, params: dict[str, Any]) -> bytes:
    return frame({"jsonrpc": "2.0", "method": method, "params": params})
