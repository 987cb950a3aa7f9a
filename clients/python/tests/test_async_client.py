"""The asyncio client against the scripted server."""

from __future__ import annotations

import asyncio
import inspect
import time
import unittest
from typing import Any

from postroom import Address, AsyncClient, Client, PostroomError, Reason

from .fake_server import FakeServer, Peer
from .test_client import INFO, METHODS, answering, event, example, meta, params, parameter, snake


async def arrived(server: FakeServer, method: str, count: int = 1) -> list[dict[str, Any]]:
    return await asyncio.to_thread(server.wait_for, method, count)


class SilentServers(unittest.IsolatedAsyncioTestCase):
    async def test_a_deadline_counts_while_connecting(self) -> None:
        with FakeServer(lambda peer, message: None) as server:
            async with AsyncClient(server.url, token="x") as client:
                began = time.monotonic()
                calls = (client.server.info(timeout=timeout) for timeout in (0.3, 0.4, 0.2))
                failures = await asyncio.gather(*calls, return_exceptions=True)
                self.assertEqual([getattr(each, "status", each) for each in failures], ["DEADLINE_EXCEEDED"] * 3)
                self.assertLess(time.monotonic() - began, 5)


class Generated(unittest.TestCase):
    def test_both_clients_have_the_same_calls(self) -> None:
        sync, other = Client("unix:///s"), AsyncClient("unix:///s")
        for name in METHODS:
            noun, verb = name.split(".")
            ours = inspect.signature(getattr(getattr(sync, noun), snake(verb))).parameters
            theirs = inspect.signature(getattr(getattr(other, noun), snake(verb))).parameters
            self.assertEqual(
                {k: p.annotation for k, p in ours.items() if k != "cancel"},
                {k: p.annotation for k, p in theirs.items()}, name)


class Examples(unittest.IsolatedAsyncioTestCase):
    async def test_every_example_of_the_document_is_sent_and_read_as_it_stands(self) -> None:
        for method in METHODS.values():
            for case in method["examples"]:
                with self.subTest(method["name"], case=case["name"]):
                    await self.check(method, case)

    async def check(self, method: dict[str, Any], case: dict[str, Any]) -> None:
        given = {p["name"]: p["value"] for p in case["params"]}
        result = case["result"]["value"]

        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == method["name"]:
                peer.answer(message, result)
                if "x-stream" in method:
                    peer.next(result["subscription"], 1, method["x-streamExample"])
                    peer.end(result["subscription"])

        noun, verb = method["name"].split(".")
        with FakeServer(handle) as server:
            async with AsyncClient(server.url) as client:
                call = getattr(getattr(client, noun), snake(verb))(**{parameter(k): v for k, v in given.items()})
                if "x-stream" in method:
                    self.assertEqual(len([value async for value in call]), 1)
                else:
                    self.assertEqual((await call) is None, result == {})
            defaults = {p["name"]: p["schema"]["default"] for p in method["params"] if "default" in p["schema"]}
            self.assertEqual(params(server.wait_for(method["name"])[0]), {**defaults, **given})


class Calls(unittest.IsolatedAsyncioTestCase):
    async def test_a_token_is_shown_before_the_first_call_once(self) -> None:
        with FakeServer(answering({"session.open": {}, "server.info": INFO}), tcp=True) as server:
            async with AsyncClient(server.url, token="secret") as client:
                answers = await asyncio.gather(*(client.server.info() for _ in range(20)))
                self.assertEqual([a.name for a in answers], ["Postroom"] * 20)
            self.assertEqual([m["method"] for m in server.messages], ["session.open"] + ["server.info"] * 20)
            self.assertEqual(server.connections, 1)

    async def test_a_refused_token_raises(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.fail(message, -32016, "not known", {"status": "UNAUTHENTICATED", "reason": "token.invalid"})

        with FakeServer(handle) as server:
            async with AsyncClient(server.url, token="wrong") as client:
                with self.assertRaises(PostroomError) as raised:
                    await client.server.info()
                self.assertEqual(raised.exception.reason, Reason.TOKEN_INVALID)

    async def test_a_deadline_ends_the_wait_and_cancels_the_call(self) -> None:
        with FakeServer(answering({})) as server:
            async with AsyncClient(server.url) as client:
                began = time.monotonic()
                with self.assertRaises(PostroomError) as raised:
                    await client.server.info(timeout=0.2)
                self.assertLess(time.monotonic() - began, 5)
                self.assertEqual(raised.exception.status, "DEADLINE_EXCEEDED")
                (call,) = await arrived(server, "server.info")
                self.assertLessEqual(meta(call)["timeoutMs"], 200)
                self.assertEqual((await arrived(server, "rpc.cancel"))[0]["params"], {"id": call["id"]})

    async def test_cancelling_the_task_cancels_the_call(self) -> None:
        with FakeServer(answering({})) as server:
            async with AsyncClient(server.url) as client:
                task = asyncio.create_task(client.server.info())
                (call,) = await arrived(server, "server.info")
                task.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await task
                self.assertEqual((await arrived(server, "rpc.cancel"))[0]["params"], {"id": call["id"]})

    async def test_progress_is_told_to_functions_and_coroutines(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            for value in (1, 2):
                peer.send({"method": "$/progress", "params": {"token": meta(message)["progressToken"], "value": value}})
            peer.answer(message, INFO)

        with FakeServer(handle) as server:
            async with AsyncClient(server.url) as client:
                told: list[Any] = []

                async def slowly(value: Any) -> None:
                    await asyncio.sleep(0)
                    told.append(value)

                await client.server.info(on_progress=told.append)
                await client.server.info(on_progress=slowly)
                self.assertEqual(told, [1, 2, 1, 2])

    async def test_an_answer_that_is_none_is_refused(self) -> None:
        with FakeServer(answering({"server.info": {"name": "Postroom"}})) as server:
            async with AsyncClient(server.url) as client:
                with self.assertRaises(PostroomError) as raised:
                    await client.server.info()
                self.assertEqual(raised.exception.reason, Reason.CLIENT_BAD_ANSWER)


class LostConnections(unittest.IsolatedAsyncioTestCase):
    def hanging_up(self, times: int) -> Any:
        left = [times]

        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if left[0] > 0:
                left[0] -= 1
                peer.hang_up()
            else:
                peer.answer(message, INFO if message["method"] == "server.info" else example(message["method"]))
        return handle

    async def test_a_safe_call_is_repeated_a_few_times(self) -> None:
        for times, is_answered in ((1, True), (3, True), (4, False)):
            with self.subTest(times), FakeServer(self.hanging_up(times)) as server:
                async with AsyncClient(server.url) as client:
                    if is_answered:
                        self.assertEqual((await client.server.info()).name, "Postroom")
                    else:
                        with self.assertRaises(PostroomError) as raised:
                            await client.server.info()
                        self.assertTrue(raised.exception.is_connection_lost)
                    self.assertEqual(server.connections, min(times + 1, 4))

    async def test_a_mail_is_not_sent_again_unless_it_has_a_key(self) -> None:
        for key, count in ((None, 1), ("k", 2)):
            with self.subTest(key), FakeServer(self.hanging_up(1)) as server:
                async with AsyncClient(server.url) as client:
                    call = client.mail.send(
                        mailbox_id="mb1", to=[Address(email="a@b.c")], subject="", text="x", idempotency_key=key)
                    if key:
                        await call
                    else:
                        with self.assertRaises(PostroomError) as raised:
                            await call
                        self.assertEqual(raised.exception.reason, Reason.CONNECTION_LOST)
                self.assertEqual(len(server.messages), count)

    async def test_a_server_that_goes_away_is_left_but_finishes_what_runs(self) -> None:
        held: list[Any] = []

        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "server.stats":
                held.append((peer, message))
                peer.send({"method": "rpc.goaway", "params": {"lastId": message["id"]}})
                return
            peer.answer(message, INFO)
            for old, call in held:
                old.answer(call, example("server.stats"))

        with FakeServer(handle) as server:
            async with AsyncClient(server.url) as client:
                running = asyncio.create_task(client.server.stats())
                while server.connections == 0 or not held:
                    await asyncio.sleep(0.01)
                while (await client.server.info()) and server.connections < 2:
                    await asyncio.sleep(0.01)
                self.assertGreaterEqual((await running).calls, 0)

    async def test_a_server_that_is_not_there_cannot_be_connected_to(self) -> None:
        for url in ("unix:///nonexistent/postroom.sock", "tcp://127.0.0.1:1"):
            with self.assertRaises(PostroomError) as raised:
                await AsyncClient(url).token.create(name="x", scopes=["read"])
            self.assertEqual(raised.exception.reason, Reason.CONNECTION_FAILED)

    async def test_close_ends_calls_and_streams(self) -> None:
        with FakeServer(answering({"sync.watch": {"subscription": "s1"}})) as server:
            client = AsyncClient(server.url)
            stream = client.sync.watch(mailbox_id="mb1")
            tasks = [asyncio.create_task(client.server.info()), asyncio.create_task(stream.__anext__())]
            await arrived(server, "server.info")
            await arrived(server, "sync.watch")
            await client.close()
            for task in tasks:
                with self.assertRaises(PostroomError) as raised:
                    await task
                self.assertEqual(raised.exception.reason, Reason.CLIENT_CLOSED)
            with self.assertRaises(PostroomError):
                await client.server.info()


class Streams(unittest.IsolatedAsyncioTestCase):
    async def test_the_server_never_has_more_on_its_way_than_was_granted(self) -> None:
        for window in (1, 2, 32):
            with self.subTest(window):
                await self.check_credit(window)

    async def check_credit(self, window: int) -> None:
        state = {"credit": 0, "sent": 0}

        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "events.subscribe":
                state["credit"] = meta(message)["credit"]
                peer.answer(message, {"subscription": "s1"})
            elif message["method"] == "rpc.credit":
                state["credit"] += message["params"]["credit"]
            while state["credit"] > 0 and state["sent"] < 100:
                state["credit"] -= 1
                state["sent"] += 1
                peer.next("s1", state["sent"], event(state["sent"]))
                if state["sent"] == 100:
                    peer.end("s1")

        with FakeServer(handle) as server:
            async with AsyncClient(server.url) as client:
                seen = 0
                async for each in client.events.subscribe(after="0", window=window):
                    seen += 1
                    self.assertEqual(each.seq, str(seen))
                    self.assertLessEqual(state["sent"], seen + window)
                self.assertEqual(seen, 100)

    async def test_leaving_the_block_cancels_the_stream(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "events.subscribe":
                peer.answer(message, {"subscription": "s1"})
                peer.next("s1", 1, event(1))

        with FakeServer(handle) as server:
            async with AsyncClient(server.url) as client:
                async with client.events.subscribe() as stream:
                    await stream.__anext__()
                (ended,) = await arrived(server, "rpc.cancel")
                self.assertEqual(ended["params"], {"id": server.messages[0]["id"]})
                self.assertEqual([value async for value in stream], [])

    async def test_gaps_and_overruns_are_noticed(self) -> None:
        for numbers, reason in (((1, 3), Reason.STREAM_GAP), ((1, 2, 3), Reason.STREAM_OVERRUN)):
            def handle(peer: Peer, message: dict[str, Any]) -> None:
                if message["method"] == "sync.watch":
                    peer.answer(message, {"subscription": "s1"})
                    for seq in numbers:
                        peer.next("s1", seq, METHODS["sync.watch"]["x-streamExample"])

            with self.subTest(reason), FakeServer(handle) as server:
                async with AsyncClient(server.url) as client:
                    async with client.sync.watch(mailbox_id="mb1", window=2) as stream:
                        await arrived(server, "rpc.cancel")
                        with self.assertRaises(PostroomError) as raised:
                            async for _ in stream:
                                pass
                        self.assertEqual(raised.exception.reason, reason)

    async def test_events_go_on_behind_the_last_one_over_a_new_connection(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] != "events.subscribe":
                return
            after = int(params(message)["after"])
            name = f"s{after}"
            peer.answer(message, {"subscription": name})
            for seq in range(after + 1, min(after + 3, 10) + 1):
                peer.next(name, seq - after, event(seq))
            if after + 3 < 10:
                peer.hang_up()
            else:
                peer.end(name)

        with FakeServer(handle) as server:
            async with AsyncClient(server.url) as client:
                seen = [int(e.seq) async for e in client.events.subscribe(after="0")]
                self.assertEqual(seen, list(range(1, 11)))
                self.assertEqual(server.connections, 4)

    async def test_other_streams_end_with_their_connection(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.answer(message, {"subscription": "s1"})
            peer.hang_up()

        with FakeServer(handle) as server:
            async with AsyncClient(server.url) as client:
                with self.assertRaises(PostroomError) as raised:
                    async for _ in client.sync.watch(mailbox_id="mb1"):
                        pass
                self.assertTrue(raised.exception.is_connection_lost)

    async def test_a_stream_has_a_deadline_and_an_error_ends_it(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "sync.watch":
                peer.answer(message, {"subscription": "s1"})
                peer.end("s1", {"code": -32005, "message": "gone", "data": {
                    "status": "NOT_FOUND", "reason": "mailbox.unknown"}})
            elif message["method"] == "events.subscribe":
                peer.answer(message, {"subscription": "s2"})

        with FakeServer(handle) as server:
            async with AsyncClient(server.url) as client:
                with self.assertRaises(PostroomError) as raised:
                    [value async for value in client.sync.watch(mailbox_id="mb1")]
                self.assertEqual(raised.exception.reason, Reason.MAILBOX_UNKNOWN)
                with self.assertRaises(PostroomError) as raised:
                    [value async for value in client.events.subscribe(timeout=0.2)]
                self.assertEqual(raised.exception.status, "DEADLINE_EXCEEDED")
                await arrived(server, "rpc.cancel")


if __name__ == "__main__":
    unittest.main()
