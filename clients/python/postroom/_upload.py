"""Files given by pieces, for mails to come."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import os
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, Awaitable, Callable, Iterator, Optional, TypeVar, Union

from ._errors import PostroomError
from ._generated import Upload
from ._wire import pause_before

if TYPE_CHECKING:
    from ._async_client import AsyncClient
    from ._client import Client

T = TypeVar("T")
Source = Union[str, "os.PathLike[str]", IO[bytes]]
Progress = Callable[[int, Optional[int]], Any]


def upload_file(
    client: Client, source: Source, name: Optional[str], type: Optional[str], upload_id: Optional[str],
    on_progress: Optional[Progress], patience: float,
) -> Upload:
    def patiently(call: Callable[[], T], is_safe: bool = True) -> T:
        pauses = _Pauses(patience, is_safe)
        while True:
            try:
                return call()
            except PostroomError as error:
                seconds = pauses.after(error)
                if seconds is None or not client.wait(seconds):
                    raise

    with _opened(source) as file:
        pieces = _Pieces(file, name or _name(source))
        if upload_id is None:
            media = type or pieces.guessed_type
            now = patiently(
                lambda: client.upload.open(name=pieces.name, type=media, size=pieces.size), is_safe=False)
        else:
            known = upload_id
            now = patiently(lambda: client.upload.get(upload_id=known))
        # What is there already is read all the same: its digest counts.
        pieces.skip(now.received, now.piece_octets_max)
        if on_progress:
            on_progress(pieces.position, pieces.size)
        while True:
            offset, data = pieces.position, pieces.next(now.piece_octets_max)
            if not data:
                break
            now = patiently(lambda: client.upload.write(upload_id=now.id, offset=offset, data=data))
            if on_progress:
                on_progress(pieces.position, pieces.size)
        return patiently(lambda: client.upload.commit(upload_id=now.id, sha256=pieces.sha256))


async def async_upload_file(
    client: AsyncClient, source: Source, name: Optional[str], type: Optional[str], upload_id: Optional[str],
    on_progress: Optional[Progress], patience: float,
) -> Upload:
    async def patiently(call: Callable[[], Awaitable[T]], is_safe: bool = True) -> T:
        pauses = _Pauses(patience, is_safe)
        while True:
            try:
                return await call()
            except PostroomError as error:
                seconds = pauses.after(error)
                if seconds is None or not await client.wait(seconds):
                    raise

    with _opened(source) as file:
        pieces = _Pieces(file, name or _name(source))
        if upload_id is None:
            media = type or pieces.guessed_type
            now = await patiently(
                lambda: client.upload.open(name=pieces.name, type=media, size=pieces.size), is_safe=False)
        else:
            known = upload_id
            now = await patiently(lambda: client.upload.get(upload_id=known))
        await asyncio.to_thread(pieces.skip, now.received, now.piece_octets_max)
        if on_progress:
            on_progress(pieces.position, pieces.size)
        while True:
            offset = pieces.position
            data = await asyncio.to_thread(pieces.next, now.piece_octets_max)
            if not data:
                break
            now = await patiently(lambda: client.upload.write(upload_id=now.id, offset=offset, data=data))
            if on_progress:
                on_progress(pieces.position, pieces.size)
        return await patiently(lambda: client.upload.commit(upload_id=now.id, sha256=pieces.sha256))


class _Pieces:
    """What is read of a file, and its digest."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.name = name
        self.position = 0
        self.size: Optional[int] = None
        if file.seekable():
            start = file.tell()
            self.size = file.seek(0, os.SEEK_END) - start
            file.seek(start)

    @property
    def guessed_type(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def next(self, count: int) -> bytes:
        """As many as `count` unless the file ends before."""
        parts = []
        while count > 0:
            part = self._file.read(count)
            if not part:
                break
            parts.append(part)
            count -= len(part)
        data = b"".join(parts)
        self._digest.update(data)
        self.position += len(data)
        return data

    def skip(self, count: int, at_most: int) -> None:
        while self.position < count and self.next(min(at_most, count - self.position)):
            pass


class _Pauses:
    """How long a server that cannot be reached is tried again."""

    def __init__(self, patience: float, is_safe: bool) -> None:
        self._end = time.monotonic() + patience
        self._is_safe = is_safe
        self._number = 3

    def after(self, error: PostroomError) -> Optional[float]:
        was_not_begun = error.reason in ("connection.failed", "server.goingAway")
        if error.status != "UNAVAILABLE" or not (self._is_safe or was_not_begun):
            return None
        seconds = pause_before(self._number)
        self._number = min(self._number + 1, 6)
        return seconds if time.monotonic() + seconds < self._end else None


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    """A path is opened here and closed; a file is the caller's."""
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            yield file
    else:
        yield source


def _name(source: Source) -> str:
    path = source if isinstance(source, (str, os.PathLike)) else getattr(source, "name", None)
    name = os.path.basename(os.fspath(path)) if isinstance(path, (str, os.PathLike)) else ""
    return name or "file"
