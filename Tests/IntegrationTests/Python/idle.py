"""Opens connections, is answered once on each, and tells what the server holds for each of them while they are idle.

usage: idle.py PID HOST:PORT TOKEN COUNT; prints {"kib": ..., "answered": ...}
"""

import json
import resource
import socket
import sys
import time

pid, place, token, count = sys.argv[1], sys.argv[2].rsplit(":", 1), sys.argv[3], int(sys.argv[4])
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def held():
    """KiB of the process that come from no file."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon"))


def dial(number):
    plain = socket.socket()
    plain.bind((f"127.0.1.{number % 250 + 1}", 0))
    plain.connect((place[0], int(place[1])))
    return plain


def ask(plain, method, params):
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    plain.sendall(json.dumps(message, separators=(",", ":")).encode() + b"\n")
    return b'"result"' in plain.recv(4096)


# What the first callers make is there for all.
for number in range(200):
    with dial(number) as first:
        assert ask(first, "session.open", {"token": token}) and ask(first, "rpc.ping", {})
time.sleep(7)
before = held()
crowd = [dial(number) for number in range(count)]
assert all(ask(each, "session.open", {"token": token}) for each in crowd)
# Memory that is free is given back every five seconds.
least = min((time.sleep(1), held())[1] for _ in range(14))
answered = sum(ask(each, "rpc.ping", {}) for each in crowd)
print(json.dumps({"kib": (least - before) / count, "answered": answered}))
