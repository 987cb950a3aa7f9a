"""A server of a few lines that speaks the length-prefixed framing and answers from a script."""

from __future__ import annotations

import json
import os
import socket
import struct
import tempfile
import threading
import zlib
from typing import Any, Callable, Optional


class Peer:
    """One connection, as the server sees it."""

    def __init__(self, server: FakeServer, sock: socket.socket) -> None:
        self.server = server
        self._socket = sock
        self._sending = threading.Lock()

    def send(self, message: Any, deflate: bool = False) -> None:
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        if deflate:
            text = zlib.compress(text)
        with self._sending:
            self._socket.sendall(struct.pack(">BI", int(deflate), len(text)) + text)

    def answer(self, call: dict[str, Any], result: Any, deflate: bool = False) -> None:
        self.send({"id": call["id"], "result": result}, deflate)

    def fail(self, call: dict[str, Any], code: int, message: str, data: Any = None) -> None:
        error = {"code": code, "message": message}
        self.send({"id": call["id"], "error": error if data is None else {**error, "data": data}})

    def next(self, subscription: str, seq: int, value: Any) -> None:
        self.send({"method": "rpc.next", "params": {"subscription": subscription, "seq": seq, "value": value}})

    def end(self, subscription: str, error: Any = None) -> None:
        params = {"subscription": subscription}
        self.send({"method": "rpc.end", "params": params if error is None else {**params, "error": error}})

    def hang_up(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def read(self) -> Optional[dict[str, Any]]:
        head = self._exactly(5)
        if head is None:
            return None
        _, length = struct.unpack(">BI", head)
        text = self._exactly(length)
        return None if text is None else json.loads(text)

    def _exactly(self, count: int) -> Optional[bytes]:
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                return None
            data += part
        return data

    def close(self) -> None:
        self._socket.close()


class FakeServer:
    """`handle(peer, message)` runs on the connection's thread for each message that comes in."""

    def __init__(self, handle: Callable[[Peer, dict[str, Any]], None], tcp: bool = False) -> None:
        self._handle = handle
        self._folder = tempfile.TemporaryDirectory(prefix="postroom-")
        self.messages: list[dict[str, Any]] = []
        self.connections = 0
        self._changed = threading.Condition()
        if tcp:
            self._listener = socket.create_server(("127.0.0.1", 0))
            self.url = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        else:
            path = os.path.join(self._folder.name, "socket")
            self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._listener.bind(path)
            self._listener.listen()
            self.url = f"unix://{path}"
        self._peers: list[Peer] = []
        self._threads: list[threading.Thread] = []
        self._spawn(self._accept)

    def wait_for(self, method: str, count: int = 1, seconds: float = 10) -> list[dict[str, Any]]:
        """The messages of this method, once there are `count` of them."""
        def found() -> list[dict[str, Any]]:
            return [m for m in self.messages if m.get("method") == method]
        with self._changed:
            if not self._changed.wait_for(lambda: len(found()) >= count, seconds):
                raise AssertionError(f"{count} x {method} did not come; there came {self.messages}")
            return found()

    def __enter__(self) -> FakeServer:
        return self

    def __exit__(self, *exception: Any) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for peer in self._peers:
            peer.hang_up()
        for thread in self._threads:
            thread.join(timeout=10)
        self._folder.cleanup()

    def _spawn(self, body: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=body, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            peer = Peer(self, sock)
            self._peers.append(peer)
            self.connections += 1
            self._spawn(self._serve, peer)

    def _serve(self, peer: Peer) -> None:
        try:
            while (message := peer.read()) is not None:
                with self._changed:
                    self.messages.append(message)
                    self._changed.notify_all()
                self._handle(peer, message)
        except OSError:
            pass
        finally:
            peer.close()
