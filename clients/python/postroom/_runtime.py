"""What the generated calls stand on: reading and writing of values, and streams."""

from __future__ import annotations

import base64
import time
from typing import Any, Callable, Generic, Iterator, Mapping, Optional, Protocol, TypeVar, Union

from ._connection import Cancel, Waiting
from ._errors import PostroomError, bad_answer, stream_ended
from ._wire import deadline_after, pause_before

S = TypeVar("S")
T = TypeVar("T")

# What the server takes as credit at one time.
WINDOW_MAX = 65_536

# How often a stream that is resumed looks for a new connection before it gives up, without a value between.
RESUME_ATTEMPTS_MAX = 8


class Caller(Protocol):
    """What the client gives to its generated parts."""

    def call(
        self, method: str, params: dict[str, Any], timeout: Optional[float], idempotency_key: Optional[str],
        cancel: Optional[Cancel], on_progress: Optional[Callable[[Any], Any]], repeatable: bool,
    ) -> Any: ...

    def open_stream(self, method: str, params: dict[str, Any], deadline: Optional[float], credit: int) -> Waiting: ...

    def wait(self, seconds: float) -> bool: ...


class Calls:
    """The calls of one noun."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def _call(
        self, method: str, params: dict[str, Any], timeout: Optional[float],
        idempotency_key: Optional[str], cancel: Optional[Cancel], on_progress: Optional[Callable[[Any], Any]],
        *, repeatable: bool,
    ) -> Any:
        return self._caller.call(method, params, timeout, idempotency_key, cancel, on_progress, repeatable)

    def _read(self, reader: Callable[[Any], T], answer: Any) -> T:
        return read(reader, answer)

    def _stream(
        self, method: str, params: dict[str, Any], reader: Callable[[Any], T], *, timeout: Optional[float],
        window: int, resume: Optional[tuple[str, str]] = None,
    ) -> Stream[T]:
        return Stream(self._caller, method, params, reader, timeout, window, resume)

    def _exchange(
        self, method: str, params: dict[str, Any], reader: Callable[[Any], T], *, timeout: Optional[float],
        window: int,
    ) -> Exchange[Any, T]:
        return Exchange(self._caller, method, params, reader, timeout, window, None)


class Stream(Generic[T], Iterator[T]):
    """The values of a stream, in order; ends when the server ends it, raises what it failed with.

    The server sends no more than `window` values ahead of the reader. Leaving the `with` block, or
    `cancel()` from any thread, ends the stream on the server too. A stream that can be resumed goes on
    over a new connection when its own is lost, behind the last value that was taken.
    """

    def __init__(
        self, caller: Caller, method: str, params: dict[str, Any], reader: Callable[[Any], T],
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
        self._cancelled = False
        self._ended = False
        self._waiting = self._open()

    def __iter__(self) -> Stream[T]:
        return self

    def __next__(self) -> T:
        while not self._cancelled and not self._ended:
            try:
                value = self._waiting.take(self._deadline)
            except StopIteration:
                break
            except PostroomError as error:
                if self._cancelled:
                    break
                if not self._goes_on(error):
                    self.cancel()
                    raise
                continue
            except BaseException:
                self.cancel()
                raise
            self._attempt = 0
            if self._resume is not None and isinstance(value, Mapping):
                self._params[self._resume[0]] = value.get(self._resume[1])
            self._count()
            return read(self._reader, value)
        self._ended = True
        raise StopIteration

    def cancel(self) -> None:
        """Ends the stream, here and on the server. May be called from any thread, and again."""
        self._cancelled = True
        self._waiting.connection.forget(self._waiting)

    def __enter__(self) -> Stream[T]:
        return self

    def __exit__(self, *exception: Any) -> None:
        self.cancel()

    def _open(self) -> Waiting:
        waiting = self._caller.open_stream(self._method, self._params, self._deadline, self._window)
        self._taken = 0
        return waiting

    def _count(self) -> None:
        """Grants what was taken, half a window at a time."""
        self._taken += 1
        if self._taken * 2 >= self._window:
            self._waiting.connection.grant(self._waiting, self._taken)
            self._taken = 0

    def _goes_on(self, error: PostroomError) -> bool:
        """Opens the stream again after its connection was lost; False when that cannot be or did not help."""
        if self._resume is None or error.status != "UNAVAILABLE":
            return False
        while self._attempt < RESUME_ATTEMPTS_MAX:
            self._attempt += 1
            seconds = pause_before(self._attempt)
            if self._deadline is not None and time.monotonic() + seconds >= self._deadline:
                return False
            if not self._caller.wait(seconds) or self._cancelled:
                return False
            try:
                self._waiting = self._open()
            except PostroomError as again:
                if again.status != "UNAVAILABLE":
                    raise
                continue
            if self._cancelled:
                # From another thread, while this one opened.
                self._waiting.connection.forget(self._waiting)
                return False
            return True
        return False


class Exchange(Stream[T], Generic[S, T]):
    """A stream into which values are sent while its own come.

    The server says how many values it has room for, and `send` waits for that. It may stop reading while
    what it sends is not taken: take values between, or on another thread. Not resumed.
    """

    _finished = False

    def send(self, value: Union[S, Mapping[str, Any]]) -> None:
        """Sends a value when the server has room for it: one thread sends.

        Raises what the stream ended with; after its good end and after `finish` that is `stream.ended`."""
        if self._finished:
            raise stream_ended()
        number = self._waiting.turn(self._deadline)
        self._waiting.connection.give(self._waiting, number, plain(value))

    def finish(self) -> None:
        """Says that there are no more values; those of the server go on. May be called again."""
        if not self._finished:
            self._finished = True
            self._waiting.connection.finish(self._waiting)


def progress_of(
    reader: Callable[[Any], T], tell: Optional[Callable[[T], Any]]
) -> Optional[Callable[[Any], Any]]:
    """`tell`, told of values that `reader` reads. Progress is for people: what cannot be read is passed over."""
    if tell is None:
        return None

    def told(value: Any) -> Any:
        try:
            progress = read(reader, value)
        except PostroomError:
            return None
        return tell(progress)

    return told


def read(reader: Callable[[Any], T], value: Any) -> T:
    try:
        return reader(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise bad_answer(f"{type(error).__name__}: {error}") from error


def optional(reader: Callable[[Any], T], value: Any) -> Optional[T]:
    return None if value is None else reader(value)


def plain(value: Any) -> Any:
    """`value` as JSON can say it: octets as base64, and without members that are None."""
    if hasattr(value, "_plain"):
        return value._plain()
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items() if item is not None}
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
