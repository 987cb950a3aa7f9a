"""Uploads against a scripted server."""

from __future__ import annotations

import base64
import hashlib
import io
import pathlib
import tempfile
import threading
import unittest
from typing import Any, Optional

from postroom import AsyncClient, Client, PostroomError, Upload

from .fake_server import FakeServer, Peer


class UploadServer:
    """Keeps one upload; hangs up at the calls whose numbers are in `breaks`, before or after doing them."""

    def __init__(self, breaks: Optional[dict[int, str]] = None, piece: int = 10) -> None:
        self.content = b""
        self.piece = piece
        self.is_committed = False
        self.opened: Optional[dict[str, Any]] = None
        self.calls = 0
        self._breaks = breaks or {}
        self._lock = threading.Lock()

    def __call__(self, peer: Peer, message: dict[str, Any]) -> None:
        with self._lock:
            self.calls += 1
            how = self._breaks.get(self.calls)
            if how == "before":
                return peer.hang_up()
            problem = self.do(message["method"], message["params"])
            if how == "after":
                return peer.hang_up()
        if problem is not None:
            return peer.fail(message, -32009, "no", {"status": "FAILED_PRECONDITION", "reason": problem})
        peer.answer(message, {
            "id": "up1", "name": "x", "type": "a/b", "received": len(self.content),
            "state": "committed" if self.is_committed else "open", "pieceOctetsMax": self.piece,
            "createdAt": "2025-03-04T09:30:00.000Z", "expiresAt": "2025-03-05T09:30:00.000Z"})

    def do(self, method: str, params: dict[str, Any]) -> Optional[str]:
        if method == "upload.open":
            self.opened = {k: v for k, v in params.items() if k != "_meta"}
        if method == "upload.write":
            data, offset = base64.b64decode(params["data"]), params["offset"]
            assert len(data) <= self.piece and offset <= len(self.content)
            assert self.content[offset:offset + len(data)] == data[:len(self.content) - offset]
            self.content = self.content[:offset] + data
        if method == "upload.commit":
            if params["sha256"] != hashlib.sha256(self.content).hexdigest():
                return "upload.digest"
            self.is_committed = True
        return None


class Uploads(unittest.TestCase):
    def upload(self, handle: UploadServer, source: Any, **options: Any) -> Upload:
        with FakeServer(handle) as server, Client(server.url) as client:
            return client.upload_file(source, **options)

    def test_a_file_goes_up_by_pieces_and_its_digest_is_compared(self) -> None:
        for size in (0, 1, 9, 10, 11, 35):
            with self.subTest(size), tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "offer.pdf"
                path.write_bytes(bytes(range(size)))
                handle, seen = UploadServer(), []
                upload = self.upload(handle, path, on_progress=lambda *at: seen.append(at))
                self.assertEqual((handle.content, upload.state), (bytes(range(size)), "committed"))
                self.assertEqual(
                    handle.opened, {"name": "offer.pdf", "type": "application/pdf", "size": size})
                self.assertEqual((seen[0], seen[-1]), ((0, size), (size, size)))

    def test_a_lost_connection_is_gone_on_after(self) -> None:
        for how in ("before", "after"):
            for number in range(2, 7):
                with self.subTest(how, number=number):
                    handle = UploadServer({number: how})
                    self.upload(handle, io.BytesIO(bytes(35)), name="x", type="a/b")
                    self.assertEqual((handle.content, handle.is_committed), (bytes(35), True))

    def test_a_server_that_stays_away_for_longer_is_waited_for(self) -> None:
        handle = UploadServer({n: "before" for n in range(3, 9)})
        self.upload(handle, io.BytesIO(bytes(35)))
        self.assertEqual(handle.content, bytes(35))
        handle = UploadServer({n: "before" for n in range(3, 99)})
        with self.assertRaises(PostroomError) as caught:
            self.upload(handle, io.BytesIO(bytes(35)), patience=0.0)
        self.assertEqual(caught.exception.reason, "connection.lost")

    def test_an_upload_that_was_begun_is_gone_on_with(self) -> None:
        handle = UploadServer()
        handle.content = bytes(range(17))
        self.upload(handle, io.BytesIO(bytes(range(35))), upload_id="up1")
        self.assertEqual(handle.content, bytes(range(35)))
        self.assertIsNone(handle.opened)

    def test_what_came_must_be_what_was_given(self) -> None:
        handle = UploadServer()
        handle.content = b"other"
        with self.assertRaises(PostroomError) as caught:
            self.upload(handle, io.BytesIO(bytes(range(35))), upload_id="up1")
        self.assertEqual(caught.exception.reason, "upload.digest")

    def test_a_source_that_cannot_seek_is_read_once(self) -> None:
        class Pipe(io.RawIOBase):
            left = 25

            def readable(self) -> bool:
                return True

            def readinto(self, buffer: Any) -> int:
                count = min(self.left, len(buffer), 4)
                buffer[:count] = b"y" * count
                self.left -= count
                return count

        handle = UploadServer()
        self.upload(handle, Pipe())
        self.assertEqual(handle.content, b"y" * 25)
        self.assertEqual(handle.opened, {"name": "file", "type": "application/octet-stream"})


class AsyncUploads(unittest.IsolatedAsyncioTestCase):
    async def test_a_lost_connection_is_gone_on_after(self) -> None:
        for breaks in ({}, {3: "before"}, {4: "after"}):
            handle = UploadServer(breaks)
            with FakeServer(handle) as server:
                async with AsyncClient(server.url) as client:
                    upload = await client.upload_file(io.BytesIO(bytes(range(35))), name="a.png")
            self.assertEqual((handle.content, upload.state), (bytes(range(35)), "committed"))
            self.assertEqual(handle.opened, {"name": "a.png", "type": "image/png", "size": 35})
