"""The client against a scripted server."""

from __future__ import annotations

import keyword
import json
import pathlib
import re
import threading
import time
import typing
import unittest
from typing import Any

from postroom import Address, Cancel, Client, PostroomError, Reason, ServerChoice

from .fake_server import FakeServer, Peer

DOCUMENT = json.loads(
    (pathlib.Path(__file__).parents[3] / "protocol" / "openrpc.json").read_text(encoding="utf-8"))
METHODS = {m["name"]: m for m in DOCUMENT["methods"] if not m.get("x-builtin")}
INFO = {"name": "Postroom", "version": "0.1.0", "protocolVersion": "0.1.0"}


def snake(name: str) -> str:
    return re.sub("[A-Z]", lambda m: "_" + m[0].lower(), name)


def parameter(name: str) -> str:
    """What a member of the document is called as a parameter: no keyword of the language."""
    words = snake(name)
    return words + "_" if keyword.iskeyword(words) else words


def example(method: str) -> dict[str, Any]:
    return METHODS[method]["examples"][0]["result"]["value"]


def params(message: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in message["params"].items() if k != "_meta"}


def meta(message: dict[str, Any]) -> dict[str, Any]:
    return message["params"].get("_meta", {})


def answering(results: dict[str, Any]) -> Any:
    def handle(peer: Peer, message: dict[str, Any]) -> None:
        if message["method"] in results:
            peer.answer(message, results[message["method"]])
    return handle


class Examples(unittest.TestCase):
    def test_every_example_of_the_document_is_sent_and_read_as_it_stands(self) -> None:
        for method in METHODS.values():
            for case in method["examples"]:
                with self.subTest(method["name"], case=case["name"]):
                    self.check(method, case)

    def check(self, method: dict[str, Any], case: dict[str, Any]) -> None:
        given = {p["name"]: p["value"] for p in case["params"]}
        result = case["result"]["value"]

        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] != method["name"]:
                return
            peer.answer(message, result)
            if "x-stream" in method:
                peer.next(result["subscription"], 1, method["x-streamExample"])
                peer.end(result["subscription"])

        noun, verb = method["name"].split(".")
        with FakeServer(handle) as server, Client(server.url) as client:
            call = getattr(getattr(client, noun), snake(verb))
            answer = call(**{parameter(k): v for k, v in given.items()})
            if "x-stream" in method:
                answer = list(answer)
                self.assertEqual(len(answer), 1)
                answer, result = answer[0], method["x-streamExample"]
            sent = params(server.wait_for(method["name"])[0])
            defaults = {p["name"]: p["schema"]["default"] for p in method["params"] if "default" in p["schema"]}
            self.assertEqual(sent, {**defaults, **given})
            if result == {}:
                self.assertIsNone(answer)
                return
            for name, value in result.items():
                attribute = getattr(answer, snake(name) + ("_" if name == "from" else ""))
                if isinstance(value, (str, int, float, bool)) and not isinstance(attribute, bytes):
                    self.assertEqual(attribute, value, name)


class Calls(unittest.TestCase):
    def test_arguments_may_be_objects_or_mappings(self) -> None:
        results = {"mailbox.connect": example("mailbox.connect"), "mail.send": example("mail.send")}
        with FakeServer(answering(results)) as server, Client(server.url) as client:
            mailbox = client.mailbox.connect(
                email="ada@example.com", password="difference", imap=ServerChoice(host="imap.example.com"),
                smtp={"host": "smtp.example.com", "port": 465})
            self.assertEqual(mailbox.imap.port, 993)
            client.mail.send(
                mailbox_id=mailbox.id, to=[Address(email="charles@example.org")], subject="Hi", text="Hello",
                attachments=[{"name": "a.bin", "type": "application/octet-stream", "data": b"\x00\xff"}],
                idempotency_key="order-17")
            connect = server.wait_for("mailbox.connect")[0]
            self.assertEqual(params(connect)["imap"], {"host": "imap.example.com"})
            send = server.wait_for("mail.send")[0]
            self.assertEqual(params(send)["to"], [{"email": "charles@example.org"}])
            self.assertEqual(params(send)["attachments"][0]["data"], "AP8=")
            self.assertEqual(meta(send)["idempotencyKey"], "order-17")

    def test_a_token_is_shown_before_the_first_call(self) -> None:
        results = {"session.open": {}, "server.info": INFO}
        with FakeServer(answering(results), tcp=True) as server, Client(server.url, token="secret") as client:
            self.assertEqual(client.server.info().version, "0.1.0")
            self.assertEqual([m["method"] for m in server.messages], ["session.open", "server.info"])
            self.assertEqual(params(server.messages[0]), {"token": "secret"})

    def test_a_refused_token_raises_and_leaves_no_connection(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.fail(message, -32016, "not known", {"status": "UNAUTHENTICATED", "reason": "token.invalid"})

        with FakeServer(handle) as server, Client(server.url, token="wrong") as client:
            with self.assertRaises(PostroomError) as raised:
                client.server.info()
            self.assertEqual(raised.exception.reason, Reason.TOKEN_INVALID)
            self.assertEqual([m["method"] for m in server.messages], ["session.open"])

    def test_an_error_carries_what_the_server_said(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.fail(message, -32005, "there is no mailbox mb9", {
                "status": "NOT_FOUND", "reason": "mailbox.unknown", "details": {"id": "mb9"}, "retryAfterMs": 1500})

        with FakeServer(handle) as server, Client(server.url) as client:
            with self.assertRaises(PostroomError) as raised:
                client.mailbox.get(mailbox_id="mb9")
            error = raised.exception
            self.assertEqual((error.code, error.status, error.reason), (-32005, "NOT_FOUND", Reason.MAILBOX_UNKNOWN))
            self.assertEqual((error.message, error.details), ("there is no mailbox mb9", {"id": "mb9"}))
            self.assertEqual(error.retry_after, 1.5)

    def test_a_bare_error_is_an_error_too(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.fail(message, -32601, "Method not found")

        with FakeServer(handle) as server, Client(server.url) as client:
            with self.assertRaises(PostroomError) as raised:
                client.server.info()
            self.assertEqual((raised.exception.code, raised.exception.status), (-32601, "UNKNOWN"))

    def test_a_deadline_ends_the_wait_and_cancels_the_call(self) -> None:
        with FakeServer(answering({})) as server, Client(server.url) as client:
            began = time.monotonic()
            with self.assertRaises(PostroomError) as raised:
                client.server.info(timeout=0.2)
            self.assertLess(time.monotonic() - began, 5)
            self.assertEqual(raised.exception.status, "DEADLINE_EXCEEDED")
            call = server.wait_for("server.info")[0]
            self.assertLessEqual(meta(call)["timeoutMs"], 200)
            self.assertEqual(server.wait_for("rpc.cancel")[0]["params"], {"id": call["id"]})

    def test_what_a_newer_server_adds_is_no_harm(self) -> None:
        mailbox = {**example("mailbox.get"), "state": "hibernating", "colour": "blue"}
        with FakeServer(answering({"mailbox.get": mailbox})) as server, Client(server.url) as client:
            self.assertEqual(client.mailbox.get(mailbox_id="mb1").state, "hibernating")

    def test_an_answer_without_a_required_member_is_refused(self) -> None:
        with FakeServer(answering({"server.info": {"name": "Postroom"}})) as server, Client(server.url) as client:
            with self.assertRaises(PostroomError) as raised:
                client.server.info()
            self.assertEqual(raised.exception.reason, "client.badAnswer")

    def test_a_deflated_answer_is_read(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.answer(message, INFO, deflate=True)

        with FakeServer(handle) as server, Client(server.url) as client:
            self.assertEqual(client.server.info().name, "Postroom")

    def test_calls_of_many_threads_share_a_connection(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.answer(message, {**example("mailbox.get"), "id": message["params"]["mailboxId"]})

        with FakeServer(handle) as server, Client(server.url) as client:
            seen: list[str] = []

            def work(number: int) -> None:
                for i in range(20):
                    wanted = f"mb{number}{i + 1}"
                    seen.append(wanted if client.mailbox.get(mailbox_id=wanted).id == wanted else "wrong")

            threads = [threading.Thread(target=work, args=(n + 1,)) for n in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(len(seen), 160)
            self.assertNotIn("wrong", seen)
            self.assertEqual(server.connections, 1)

    def test_a_url_must_say_where_to(self) -> None:
        for url in ("", "http://localhost:1", "tcp://localhost", "tcp://:80", "tcp://h:port", "tcp://u:p@h:80",
                    "unix://relative", "tcp://h:80/path"):
            with self.subTest(url), self.assertRaises(PostroomError) as raised:
                Client(url)
            self.assertEqual(raised.exception.reason, Reason.CLIENT_BAD_URL)

    def test_a_call_can_be_cancelled_from_another_thread(self) -> None:
        with FakeServer(answering({})) as server, Client(server.url) as client:
            cancel = Cancel()
            raised: list[PostroomError] = []

            def work() -> None:
                try:
                    client.server.info(cancel=cancel)
                except PostroomError as error:
                    raised.append(error)

            threads = [threading.Thread(target=work) for _ in range(2)]
            for thread in threads:
                thread.start()
            calls = server.wait_for("server.info", 2)
            cancel.cancel()
            for thread in threads:
                thread.join(timeout=10)
            self.assertEqual([e.status for e in raised], ["CANCELLED"] * 2)
            ended = server.wait_for("rpc.cancel", 2)
            self.assertEqual(sorted(m["params"]["id"] for m in ended), [m["id"] for m in calls])
            with self.assertRaises(PostroomError):
                client.server.info(cancel=cancel)
            self.assertEqual(len(server.wait_for("server.info", 2)), 2)

    def test_progress_is_told_on_the_calling_thread_in_order(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            for value in (1, {"done": 2}):
                peer.send({"method": "$/progress", "params": {"token": meta(message)["progressToken"], "value": value}})
            peer.send({"method": "$/progress", "params": {"token": "another", "value": 3}})
            peer.answer(message, INFO)

        with FakeServer(handle) as server, Client(server.url) as client:
            told: list[Any] = []
            client.server.info(on_progress=lambda value: told.append((value, threading.current_thread())))
            self.assertEqual(told, [(1, threading.current_thread()), ({"done": 2}, threading.current_thread())])

    def test_secrets_are_not_printed(self) -> None:
        new = example("token.create")
        with FakeServer(answering({"token.create": new, "session.open": {}})) as server:
            with Client(server.url, token="hush-hush") as client:
                made = client.token.create(name="x", scopes=["read"])
                self.assertEqual(made.secret, new["secret"])
                self.assertNotIn(new["secret"], repr(made))
                self.assertNotIn("hush-hush", repr(client))


class SilentServers(unittest.TestCase):
    def test_a_deadline_counts_while_connecting(self) -> None:
        with FakeServer(lambda peer, message: None) as server, Client(server.url, token="x") as client:
            began = time.monotonic()
            failures: list[PostroomError] = []

            def call(timeout: float) -> None:
                try:
                    client.server.info(timeout=timeout)
                except PostroomError as error:
                    failures.append(error)

            # One connects, and the others wait for it.
            threads = [threading.Thread(target=call, args=(timeout,)) for timeout in (0.3, 0.4, 0.2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(10)
            self.assertEqual([each.status for each in failures], ["DEADLINE_EXCEEDED"] * 3)
            self.assertLess(time.monotonic() - began, 5)


class LostConnections(unittest.TestCase):
    def hanging_up(self, times: int) -> Any:
        left = [times]

        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if left[0] > 0:
                left[0] -= 1
                peer.hang_up()
            elif message["method"] == "server.info":
                peer.answer(message, INFO)
            else:
                peer.answer(message, example(message["method"]))
        return handle

    def test_a_safe_call_is_repeated_over_a_new_connection(self) -> None:
        with FakeServer(self.hanging_up(1)) as server, Client(server.url) as client:
            self.assertEqual(client.server.info().name, "Postroom")
            self.assertEqual(server.connections, 2)

    def test_it_is_repeated_a_few_times_only_with_pauses(self) -> None:
        with FakeServer(self.hanging_up(4)) as server, Client(server.url) as client:
            began = time.monotonic()
            with self.assertRaises(PostroomError) as raised:
                client.server.info()
            self.assertTrue(raised.exception.is_connection_lost)
            self.assertEqual(server.connections, 4)
            # Half of 0.1, 0.2 and 0.4 s at least.
            self.assertGreaterEqual(time.monotonic() - began, 0.35)
            self.assertEqual(client.server.info().name, "Postroom")

    def test_what_was_not_begun_is_repeated_when_the_server_says(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if server.connections == 1:
                peer.send({"method": "rpc.goaway", "params": {"lastId": None}})
                peer.fail(message, -32014, "going", {
                    "status": "UNAVAILABLE", "reason": "server.goingAway", "retryAfterMs": 200})
            else:
                peer.answer(message, example("mailbox.delete"))

        with FakeServer(handle) as server, Client(server.url) as client:
            began = time.monotonic()
            client.mailbox.delete(mailbox_id="mb1")
            self.assertGreaterEqual(time.monotonic() - began, 0.2)
            self.assertEqual(server.connections, 2)

    def test_a_repeat_that_would_come_too_late_is_not_made(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.fail(message, -32014, "later", {
                "status": "UNAVAILABLE", "reason": "connect.imap.busy", "retryAfterMs": 30_000})

        with FakeServer(handle) as server, Client(server.url) as client:
            with self.assertRaises(PostroomError) as raised:
                client.server.info(timeout=5)
            self.assertEqual((raised.exception.retry_after, len(server.messages)), (30, 1))

    def test_a_mail_is_not_sent_again_unless_it_has_a_key(self) -> None:
        with FakeServer(self.hanging_up(1)) as server, Client(server.url) as client:
            with self.assertRaises(PostroomError) as raised:
                client.mail.send(mailbox_id="mb1", to=[Address(email="a@b.c")], subject="", text="x")
            self.assertEqual(raised.exception.reason, Reason.CONNECTION_LOST)
            self.assertEqual(len(server.messages), 1)
        with FakeServer(self.hanging_up(1)) as server, Client(server.url) as client:
            client.mail.send(
                mailbox_id="mb1", to=[Address(email="a@b.c")], subject="", text="x", idempotency_key="k")
            self.assertEqual([meta(m)["idempotencyKey"] for m in server.messages], ["k", "k"])

    def test_a_server_that_goes_away_is_left_for_a_new_connection(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.send({"method": "rpc.goaway", "params": {"lastId": message["id"]}})
            peer.answer(message, INFO)

        with FakeServer(handle) as server, Client(server.url) as client:
            client.server.info()
            client.server.info()
            self.assertEqual(server.connections, 2)

    def test_a_server_that_is_not_there_cannot_be_connected_to(self) -> None:
        with self.assertRaises(PostroomError) as raised:
            Client("unix:///nonexistent/postroom.sock").server.info()
        self.assertEqual(raised.exception.reason, Reason.CONNECTION_FAILED)

    def test_close_ends_calls_and_streams(self) -> None:
        with FakeServer(answering({"sync.watch": {"subscription": "s1"}})) as server:
            client = Client(server.url)
            stream = client.sync.watch(mailbox_id="mb1")
            raised: list[PostroomError] = []

            def work(call: typing.Callable[[], Any]) -> None:
                try:
                    call()
                except PostroomError as error:
                    raised.append(error)

            threads = [
                threading.Thread(target=work, args=(client.server.info,)),
                threading.Thread(target=work, args=(lambda: next(stream),))]
            for thread in threads:
                thread.start()
            server.wait_for("server.info")
            client.close()
            for thread in threads:
                thread.join(timeout=10)
            self.assertEqual([e.reason for e in raised], ["client.closed"] * 2)
            with self.assertRaises(PostroomError):
                client.server.info()


def event(seq: int) -> dict[str, Any]:
    return {"seq": str(seq), "type": "sync.completed", "at": "2025-03-05T07:12:45.031Z", "facts": {}}


class Streams(unittest.TestCase):
    def test_the_server_never_has_more_on_its_way_than_was_granted(self) -> None:
        state = {"credit": 0, "sent": 0, "granted": 0}

        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "events.subscribe":
                state["granted"] = state["credit"] = meta(message)["credit"]
                peer.answer(message, {"subscription": "s1"})
            elif message["method"] == "rpc.credit":
                self.assertEqual(message["params"]["subscription"], "s1")
                state["credit"] += message["params"]["credit"]
                state["granted"] += message["params"]["credit"]
            while state["credit"] > 0 and state["sent"] < 200:
                state["credit"] -= 1
                state["sent"] += 1
                peer.next("s1", state["sent"], event(state["sent"]))
                if state["sent"] == 200:
                    peer.end("s1")

        with FakeServer(handle) as server, Client(server.url) as client:
            seen = 0
            for each in client.events.subscribe(after="0"):
                seen += 1
                self.assertEqual(each.seq, str(seen))
                self.assertLessEqual(state["sent"], seen + 32)
            self.assertEqual(seen, 200)

    def test_leaving_the_block_cancels_the_stream(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "events.subscribe":
                peer.answer(message, {"subscription": "s1"})
                peer.next("s1", 1, event(1))

        with FakeServer(handle) as server, Client(server.url) as client:
            with client.events.subscribe() as stream:
                next(stream)
            self.assertEqual(server.wait_for("rpc.cancel")[0]["params"], {"id": server.messages[0]["id"]})
            self.assertEqual(list(stream), [])

    def test_a_value_that_is_missing_is_noticed(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "sync.watch":
                peer.answer(message, {"subscription": "s1"})
                peer.next("s1", 1, METHODS["sync.watch"]["x-streamExample"])
                peer.next("s1", 3, METHODS["sync.watch"]["x-streamExample"])

        with FakeServer(handle) as server, Client(server.url) as client:
            stream = client.sync.watch(mailbox_id="mb1")
            next(stream)
            with self.assertRaises(PostroomError) as raised:
                next(stream)
            self.assertEqual(raised.exception.reason, Reason.STREAM_GAP)
            server.wait_for("rpc.cancel")

    def test_a_value_that_was_not_granted_is_noticed(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "sync.watch":
                peer.answer(message, {"subscription": "s1"})
                for seq in range(1, meta(message)["credit"] + 2):
                    peer.next("s1", seq, METHODS["sync.watch"]["x-streamExample"])

        with FakeServer(handle) as server, Client(server.url) as client:
            stream = client.sync.watch(mailbox_id="mb1", window=3)
            # Nothing is granted before all has come.
            server.wait_for("rpc.cancel")
            for _ in range(3):
                next(stream)
            with self.assertRaises(PostroomError) as raised:
                next(stream)
            self.assertEqual(raised.exception.reason, Reason.STREAM_OVERRUN)

    def test_another_thread_can_end_the_wait(self) -> None:
        with FakeServer(answering({"events.subscribe": {"subscription": "s1"}})) as server:
            with Client(server.url) as client:
                stream = client.events.subscribe()
                seen: list[Any] = []
                thread = threading.Thread(target=lambda: seen.extend(stream))
                thread.start()
                stream.cancel()
                thread.join(timeout=10)
                self.assertFalse(thread.is_alive())
                self.assertEqual(seen, [])

    def test_an_error_ends_it_behind_the_values_before(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            if message["method"] == "sync.watch":
                peer.answer(message, {"subscription": "s1"})
                peer.next("s1", 1, METHODS["sync.watch"]["x-streamExample"])
                peer.end("s1", {"code": -32005, "message": "gone", "data": {
                    "status": "NOT_FOUND", "reason": "mailbox.unknown"}})

        with FakeServer(handle) as server, Client(server.url) as client:
            stream = client.sync.watch(mailbox_id="mb1")
            self.assertEqual(next(stream).mailbox_id, "mb1")
            with self.assertRaises(PostroomError) as raised:
                next(stream)
            self.assertEqual(raised.exception.reason, Reason.MAILBOX_UNKNOWN)
            self.assertEqual(list(stream), [])

    def test_a_stream_that_is_refused_raises_at_once(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.fail(message, -32005, "no", {"status": "NOT_FOUND", "reason": "attachment.unknown"})

        with FakeServer(handle) as server, Client(server.url) as client:
            with self.assertRaises(PostroomError):
                client.attachment.get(blob_id="m1.2")

    def test_chunks_are_octets(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.answer(message, {"subscription": "s1"})
            peer.next("s1", 1, {"data": "AP8=", "offset": 0, "size": 2})
            peer.end("s1")

        with FakeServer(handle) as server, Client(server.url) as client:
            self.assertEqual(b"".join(c.data for c in client.mail.source(mail_id="m1")), b"\x00\xff")

    def test_events_go_on_behind_the_last_one_over_a_new_connection(self) -> None:
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

        with FakeServer(handle) as server, Client(server.url) as client:
            seen = [int(e.seq) for e in client.events.subscribe(after="0")]
            self.assertEqual(seen, list(range(1, 11)))
            self.assertEqual(server.connections, 4)

    def test_other_streams_end_with_their_connection(self) -> None:
        def handle(peer: Peer, message: dict[str, Any]) -> None:
            peer.answer(message, {"subscription": "s1"})
            peer.hang_up()

        with FakeServer(handle) as server, Client(server.url) as client:
            with self.assertRaises(PostroomError) as raised:
                list(client.sync.watch(mailbox_id="mb1"))
            self.assertTrue(raised.exception.is_connection_lost)

    def test_a_stream_has_a_deadline(self) -> None:
        with FakeServer(answering({"events.subscribe": {"subscription": "s1"}})) as server:
            with Client(server.url) as client:
                with self.assertRaises(PostroomError) as raised:
                    list(client.events.subscribe(timeout=0.2))
                self.assertEqual(raised.exception.status, "DEADLINE_EXCEEDED")
                server.wait_for("rpc.cancel")


if __name__ == "__main__":
    unittest.main()
