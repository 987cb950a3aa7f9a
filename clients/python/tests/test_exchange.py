"""Streams into which both clients send values, against the scripted server."""

from __future__ import annotations

import asyncio
import threading
import unittest
from typing import Any, Optional

from postroom import (
    AsyncClient, Client, ConnectProgress, PostroomError, Reason, SyncStatus, Upload, UploadPiece,
)

from .fake_server import FakeServer, Peer
from .test_client import METHODS, example, meta


def upload(received: int) -> dict[str, Any]:
    return {**METHODS["upload.fill"]["x-streamExample"], "received": received}


class Receiver:
    """The server's side of `upload.fill`: room for two values, and for one more after each."""

    def __init__(self, fail_at: Optional[int] = None, hold: bool = False) -> None:
        self.fail_at = fail_at
        self.hold = hold
        self.room = 2
        self.seen: list[Any] = []
        self.problems: list[str] = []
        self.peer: Optional[Peer] = None

    def __call__(self, peer: Peer, message: dict[str, Any]) -> None:
        self.peer = peer
        params = message.get("params", {})
        if message["method"] == "upload.fill":
            peer.answer(message, {"subscription": "s1", "credit": 2})
        elif message["method"] == "rpc.next":
            self.seen.append(params["value"])
            if params["seq"] != len(self.seen) or len(self.seen) > self.room:
                self.problems.append(f"{params} is out of turn")
            if len(self.seen) == self.fail_at:
                data = {"status": "OUT_OF_RANGE", "reason": "upload.gap"}
                peer.end("s1", {"code": -32011, "message": "octets are missing", "data": data})
            elif not self.hold:
                peer.next("s1", len(self.seen), upload(len(self.seen)))
                self.grant(1)
        elif message["method"] == "rpc.end":
            peer.end("s1")

    def grant(self, credit: int) -> None:
        self.room += credit
        assert self.peer is not None
        self.peer.send({"method": "rpc.credit", "params": {"subscription": "s1", "credit": credit}})


PIECES = [UploadPiece(offset=n, data=bytes([n])) for n in range(20)]


class Threads(unittest.TestCase):
    def test_values_go_both_ways_within_the_credit_and_end(self) -> None:
        receiver = Receiver()
        with FakeServer(receiver) as server, Client(server.url) as client:
            exchange = client.upload.fill(upload_id="up1", window=len(PIECES))
            taken: list[Upload] = []
            reader = threading.Thread(target=lambda: taken.extend(exchange))
            reader.start()
            for piece in PIECES:
                exchange.send(piece)
            exchange.finish()
            exchange.finish()
            reader.join(10)
            self.assertEqual([each.received for each in taken], list(range(1, 21)))
            self.assertEqual(receiver.seen[:2], [{"offset": 0, "data": "AA=="}, {"offset": 1, "data": "AQ=="}])
            self.assertEqual(receiver.problems, [])
            self.assertEqual(len(server.wait_for("rpc.end")), 1)
            with self.assertRaises(PostroomError) as caught:
                exchange.send(PIECES[0])
            self.assertEqual(caught.exception.reason, Reason.STREAM_ENDED)

    def test_a_value_waits_for_room(self) -> None:
        receiver = Receiver(hold=True)
        with FakeServer(receiver) as server, Client(server.url) as client:
            exchange = client.upload.fill(upload_id="up1")
            exchange.send({"offset": 0, "data": b"x"})
            exchange.send(PIECES[1])
            third = threading.Thread(target=exchange.send, args=(PIECES[2],))
            third.start()
            third.join(0.2)
            self.assertTrue(third.is_alive())
            receiver.grant(1)
            third.join(10)
            self.assertFalse(third.is_alive())
            self.assertEqual(len(server.wait_for("rpc.next", 3)), 3)

    def test_a_deadline_counts_while_waiting_for_room(self) -> None:
        with FakeServer(Receiver(hold=True)) as server, Client(server.url) as client:
            exchange = client.upload.fill(upload_id="up1", timeout=0.3)
            exchange.send(PIECES[0])
            exchange.send(PIECES[1])
            with self.assertRaises(PostroomError) as caught:
                exchange.send(PIECES[2])
            self.assertEqual(caught.exception.status, "DEADLINE_EXCEEDED")

    def test_what_ends_the_stream_reaches_who_sends(self) -> None:
        with FakeServer(Receiver(fail_at=2, hold=True)) as server, Client(server.url) as client:
            exchange = client.upload.fill(upload_id="up1")
            with self.assertRaises(PostroomError) as caught:
                for piece in PIECES:
                    exchange.send(piece)
            self.assertEqual(caught.exception.reason, Reason.UPLOAD_GAP)
            with self.assertRaises(PostroomError) as caught:
                next(exchange)
            self.assertEqual(caught.exception.reason, Reason.UPLOAD_GAP)

    def test_leaving_it_or_losing_the_connection_ends_it(self) -> None:
        with FakeServer(Receiver(hold=True)) as server, Client(server.url) as client:
            with client.upload.fill(upload_id="up1") as exchange:
                exchange.send(PIECES[0])
            self.assertEqual(len(server.wait_for("rpc.cancel")), 1)
            with self.assertRaises(PostroomError) as caught:
                exchange.send(PIECES[1])
            self.assertEqual(caught.exception.status, "CANCELLED")
        receiver = Receiver(hold=True)
        with FakeServer(receiver) as server, Client(server.url) as client:
            exchange = client.upload.fill(upload_id="up1")
            exchange.send(PIECES[0])
            exchange.send(PIECES[1])
            assert receiver.peer is not None
            receiver.peer.hang_up()
            with self.assertRaises(PostroomError) as caught:
                exchange.send(PIECES[2])
            self.assertEqual(caught.exception.reason, Reason.CONNECTION_LOST)


class Loops(unittest.IsolatedAsyncioTestCase):
    async def test_values_go_both_ways_within_the_credit_and_end(self) -> None:
        receiver = Receiver()
        with FakeServer(receiver) as server:
            async with AsyncClient(server.url) as client:
                exchange = client.upload.fill(upload_id="up1", window=len(PIECES))

                async def give() -> None:
                    for piece in PIECES:
                        await exchange.send(piece)
                    await exchange.finish()

                # Both are the first to open it: it is opened once.
                giving = asyncio.create_task(give())
                taken = [each.received async for each in exchange]
                await giving
                self.assertEqual(taken, list(range(1, 21)))
                self.assertEqual(receiver.problems, [])
                self.assertEqual(len(server.wait_for("upload.fill")), 1)
                with self.assertRaises(PostroomError) as caught:
                    await exchange.send(PIECES[0])
                self.assertEqual(caught.exception.reason, Reason.STREAM_ENDED)

    async def test_a_value_waits_for_room_and_hears_of_the_end(self) -> None:
        receiver = Receiver(hold=True)
        with FakeServer(receiver) as server:
            async with AsyncClient(server.url) as client:
                exchange = client.upload.fill(upload_id="up1")
                await exchange.send(PIECES[0])
                await exchange.send({"offset": 1, "data": b"x"})
                third = asyncio.create_task(exchange.send(PIECES[2]))
                await asyncio.sleep(0.2)
                self.assertFalse(third.done())
                receiver.grant(1)
                await asyncio.wait_for(third, 10)
                fourth = asyncio.create_task(exchange.send(PIECES[3]))
                await asyncio.sleep(0.05)
                assert receiver.peer is not None
                receiver.peer.hang_up()
                with self.assertRaises(PostroomError) as caught:
                    await fourth
                self.assertEqual(caught.exception.reason, Reason.CONNECTION_LOST)

    async def test_leaving_it_ends_it(self) -> None:
        with FakeServer(Receiver(hold=True)) as server:
            async with AsyncClient(server.url) as client:
                async with client.upload.fill(upload_id="up1") as exchange:
                    await exchange.send(PIECES[0])
                await asyncio.to_thread(server.wait_for, "rpc.cancel")
                with self.assertRaises(PostroomError) as caught:
                    await exchange.send(PIECES[1])
                self.assertEqual(caught.exception.status, "CANCELLED")


class TypedProgress(unittest.IsolatedAsyncioTestCase):
    """What `$/progress` tells is of the method's type; what is not of that type is passed over."""

    @staticmethod
    def handle(peer: Peer, message: dict[str, Any]) -> None:
        values = [{"nonsense": 1}, {"server": "imap", "step": "login", "host": "h", "port": 993}]
        if message["method"] == "sync.run":
            values = ["nonsense", example("sync.run")]
        for value in values:
            peer.send({"method": "$/progress", "params": {"token": meta(message)["progressToken"], "value": value}})
        peer.answer(message, example(message["method"]))

    async def test_progress_has_the_type_that_the_document_names(self) -> None:
        servers = {"imap": {"host": "h"}, "smtp": {"host": "h"}}
        step = ConnectProgress(server="imap", step="login", host="h", port=993)
        status = SyncStatus._read(example("sync.run"))
        with FakeServer(self.handle) as server:
            with Client(server.url) as client:
                told: list[Any] = []
                await asyncio.to_thread(
                    lambda: client.mailbox.connect(email="a@b.c", password="x", on_progress=told.append, **servers))
                await asyncio.to_thread(lambda: client.sync.run(mailbox_id="mb1", on_progress=told.append))
                self.assertEqual(told, [step, status])
            async with AsyncClient(server.url) as other:
                told = []

                async def tell(value: ConnectProgress) -> None:
                    told.append(value)

                await other.mailbox.connect(email="a@b.c", password="x", on_progress=tell, **servers)
                self.assertEqual(told, [step])
