"""Stands between a client and the server: remembers what both say, and cuts them apart when it is asked to."""

from __future__ import annotations

import json
import socket
import threading
import zlib
from typing import Any, Callable, Iterator, Optional


class Tap:
    """Listens on a port of its own and passes everything on to `target`."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.changed = threading.Condition()
        # (connection, who, message): who is "client" or "server".
        self.messages: list[tuple[int, str, Any]] = []
        self._sockets: list[socket.socket] = []
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Ends all connections that there are, on both sides."""
        with self.changed:
            sockets, self._sockets = self._sockets, []
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # It has ended by itself.

    def wait_for(self, who: str, look: Callable[[Any], bool], since: int, seconds: float = 5.0) -> Any:
        """The first message of `who` behind number `since` that `look` finds; None when none came."""
        def found() -> Optional[Any]:
            return next((m for _, w, m in self.messages[since:] if w == who and look(m)), None)
        with self.changed:
            self.changed.wait_for(lambda: found() is not None, seconds)
            return found()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(self.target)
            except OSError:
                if self._listener.fileno() < 0:
                    return
                near.close()
                continue
            with self.changed:
                self.connections += 1
                self._sockets += [near, far]
            for who, source, sink in (("client", near, far), ("server", far, near)):
                threading.Thread(
                    target=self._pass, args=(self.connections, who, source, sink), daemon=True).start()

    def _pass(self, number: int, who: str, source: socket.socket, sink: socket.socket) -> None:
        reader = Reader()
        try:
            while data := source.recv(65536):
                # Remembered before it is passed on: whoever has the answer finds the call here.
                for message in reader.feed(data):
                    with self.changed:
                        for each in message if isinstance(message, list) else [message]:
                            self.messages.append((number, who, each))
                        self.changed.notify_all()
                sink.sendall(data)
        except OSError:
            pass
        for each in (source, sink):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Reader:
    """Takes the octets of one direction apart: length prefixes or lines, as the first octet says."""

    def __init__(self) -> None:
        self._data = b""

    def feed(self, data: bytes) -> Iterator[Any]:
        self._data += data
        # HTTP is not listened to.
        if self._data[:4] in (b"POST", b"HTTP"):
            return
        while self._data:
            if self._data[0] > 1:
                line, newline, rest = self._data.partition(b"\n")
                if not newline:
                    return
                text = line
            else:
                length = int.from_bytes(self._data[1:5], "big")
                if len(self._data) < 5 or len(self._data) < 5 + length:
                    return
                text, rest = self._data[5:5 + length], self._data[5 + length:]
                if self._data[0] == 1:
                    text = zlib.decompress(text)
            self._data = rest
            if text.strip():
                yield json.loads(text)
