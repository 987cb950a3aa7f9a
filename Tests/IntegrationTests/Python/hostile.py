"""Drives hostile clients against a postroomd while one good client measures how it is served.

usage: hostile.py PID HOST:PORT UNIX TOKEN CLIENTS SECONDS CONNECTS full|small

CLIENTS behave badly at one time, from loopback addresses of their own, in two waves of SECONDS each; then, twice,
CONNECTS connections are opened as fast as they can be. small: texts that must be read through before they are refused
are short, for a server without optimisation; and no peer vanishes, which the server needs a minute to notice.

Prints one JSON object: what the good client saw ("calls", "errors", "p50", "p99", "worst" in milliseconds), the server's
memory in KiB before and behind each wave and each flood ("rss"), its descriptors before and at the end, how the hostile
clients fared ("outcomes", by kind), and "connectSeconds".
"""
import asyncio, collections, json, os, random, resource, socket, struct, subprocess, sys, time, zlib

PID, ADDRESS, UNIX, TOKEN = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
FULL = sys.argv[-1] == "full"
HOST, PORT = ADDRESS.rsplit(":", 1)[0], int(ADDRESS.rsplit(":", 1)[1])


# MARK: The good client, a process of its own


def good():
    """One call each two milliseconds on one connection, until standard input ends."""
    connection = socket.create_connection((HOST, PORT))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.settimeout(20)
    os.set_blocking(0, False)
    buffer, times, errors, number = b"", [], 0, 0
    kinds = [("rpc.ping", {"data": "x" * 40}), ("health.check", {}), ("mailbox.list", {}), ("server.info", {}), ("events.read", {"after": "0"})]

    def ask(method, params):
        nonlocal buffer, number
        number += 1
        connection.sendall(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n")
        while b"\n" not in buffer:
            more = connection.recv(1 << 16)
            if not more:
                raise OSError("the server ended the good connection")
            buffer += more
        line, buffer = buffer.split(b"\n", 1)
        answer = json.loads(line)
        return "result" in answer and answer["id"] == number

    try:
        ask("session.open", {"token": TOKEN})
        while True:
            try:
                if os.read(0, 1) == b"":
                    break
            except BlockingIOError:
                pass
            method, params = kinds[number % len(kinds)]
            began = time.monotonic()
            errors += not ask(method, params)
            times.append(time.monotonic() - began)
            time.sleep(0.002)
    except OSError as error:
        print(f"the good client: {error!r}", file=sys.stderr)
        errors += 1
    times.sort()
    at = lambda share: round(1000 * times[min(len(times) - 1, int(len(times) * share))], 2) if times else None
    print(json.dumps({"calls": len(times), "errors": errors, "p50": at(0.5), "p99": at(0.99), "worst": at(1)}))


# MARK: Hostile clients

outcomes = collections.defaultdict(collections.Counter)
running = False
call = lambda method, params="{}", id=1: b'{"jsonrpc":"2.0","id":%d,"method":"%s","params":%s}' % (id, method.encode(), params.encode())
DEPTH = b"[" * 1_000_000
BATCH = b"[" + b"1," * (100_000 if FULL else 200) + b"1]"
BOMB = zlib.compress(b" " * (8 << 20), 9)
KEYS = b"{" + b",".join(b'"k%d":0' % n for n in range(60_000 if FULL else 200)) + b"}"


async def dial(number, receive=None):
    """A connection from one of 250 loopback addresses."""
    connection = socket.socket()
    connection.setblocking(False)
    if receive:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    connection.bind((f"127.0.1.{number % 250 + 1}", 0))
    await asyncio.get_running_loop().sock_connect(connection, (HOST, PORT))
    return connection


async def local():
    connection = socket.socket(socket.AF_UNIX)
    connection.setblocking(False)
    await asyncio.get_running_loop().sock_connect(connection, UNIX)
    return connection


send = lambda connection, octets: asyncio.get_running_loop().sock_sendall(connection, octets)


async def receive(connection):
    return await asyncio.get_running_loop().sock_recv(connection, 1 << 16)


async def told(kind, connection, octets, word):
    """Sends; the first answer must hold `word`."""
    sender = asyncio.ensure_future(send(connection, octets))
    answer = b""
    try:
        while word not in answer:
            more = await receive(connection)
            if not more:
                break
            answer += more
    finally:
        sender.cancel()
        await asyncio.gather(sender, return_exceptions=True)
    outcomes[kind]["refused" if word in answer else "not told: " + answer[:80].decode(errors="replace")] += 1


async def slow_octets(kind, connection):
    for octet in call("health.check") + b"\n":
        await send(connection, bytes([octet]))
        await asyncio.sleep(0.01)
    outcomes[kind]["served" if b"SERVING" in await receive(connection) else "lost"] += 1


async def never_reading(kind, connection):
    # The kernel's buffers and the server's fill; then the server stops reading.
    try:
        await asyncio.wait_for(send(connection, (call("rpc.discover") + b"\n") * 200_000), 1.5)
        outcomes[kind]["all taken"] += 1
    except asyncio.TimeoutError:
        outcomes[kind]["held back"] += 1


async def half_open(kind, connection):
    await send(connection, random.choice([b'{"jsonrpc":"2.0","id":1,"meth', b"POST /rpc HTTP/1.1\r\nHost: loc", b"Content-Length: 100\r\n\r\n{", b"\0\0\0\0\x80{", b" "]))
    await asyncio.sleep(2)
    # Gone without a word, as when a cable is pulled: in repair mode close sends nothing.
    if FULL:
        connection.setsockopt(socket.IPPROTO_TCP, 19, 1)  # TCP_REPAIR; it takes an administrator
    outcomes[kind]["left"] += 1


async def silent(kind, connection):
    await asyncio.sleep(2)
    outcomes[kind]["left"] += 1


async def garbage(kind, connection):
    try:
        await send(connection, random.choice([b"{", b"[", b"\0", b"P", b"C", b"\x16", b"\xff"]) + os.urandom(20_000 if FULL else 500))
        while await receive(connection):
            pass
        outcomes[kind]["ended"] += 1
    except ConnectionError:
        outcomes[kind]["ended"] += 1


async def giant_prefix(kind, connection):
    await told(kind, connection, b"\0\xff\xff\xff\xff" + b"x" * 100_000, b"limit.message")


async def giant_header(kind, connection):
    await told(kind, connection, b"Content-Length: 99999999999\r\n\r\n" + b"x" * 100_000, b"limit.message")


async def giant_post(kind, connection):
    await told(kind, connection, b"POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 100_000, b"413")


async def giant_line(kind, connection):
    await told(kind, connection, b'{"a":"' + b"x" * (3 << 20), b"limit.message")


async def inflate_bomb(kind, connection):
    await told(kind, connection, b"\1" + struct.pack(">I", len(BOMB)) + BOMB, b"limit.message")


async def batch_bomb(kind, connection):
    await told(kind, connection, BATCH, b"limit.batch")


async def depth_bomb(kind, connection):
    await told(kind, connection, DEPTH, b"json.depth")


async def depth_in_a_call(kind, connection):
    await told(kind, connection, b'[{"jsonrpc":"2.0","id":1,"method":"health.check","params":' + DEPTH, b"json.depth")


async def many_keys(kind, connection):
    await told(kind, connection, b'{"jsonrpc":"2.0","id":1,"method":"health.check","params":' + KEYS + b"}", b"params.unknown")


async def token_guesser(kind, connection):
    await told(kind, connection, b"\n".join(call("session.open", '{"token":"pt_%d"}' % n, n) for n in range(5)) + b"\n", b"token.invalid")


async def pipeliner(kind, connection):
    request = b"POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(call("health.check"))
    await told(kind, connection, (request + call("health.check")) * 200, b"SERVING")


async def connector(kind, connection):
    outcomes[kind]["connected"] += 1


async def canceller(kind, connection):
    """Signed in by the Unix socket: begins calls and streams, cancels some, leaves the rest."""
    connection.close()
    connection = await local()
    try:
        for n in range(100):
            await send(connection, call("events.subscribe", '{"after":"0","_meta":{"credit":0}}', n) + b"\n" + call("server.info", "{}", n + 1000) + b"\n")
            if n % 2:
                await send(connection, call("rpc.cancel", '{"id":%d}' % n, n + 2000) + b"\n")
        outcomes[kind]["left"] += 1
    finally:
        connection.close()


async def signed_in_bomb(kind, connection):
    """The same bombs from who may send 64 MiB."""
    connection.close()
    connection = await local()
    try:
        await told(kind, connection, random.choice([DEPTH, BATCH.replace(b"1,", b"[],"), b"[" + b"{}," * (200_000 if FULL else 200)]), b"error")
    finally:
        connection.close()


async def websocket(kind, connection):
    await send(connection, b"GET /rpc HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
    await told(kind, connection, random.choice([
        b"\x89\x80\0\0\0\0" * 2000 + b"\x85\x80\0\0\0\0",  # many pings, then an opcode that is none
        b"\x01\x81\0\0\0\0 " + b"\x00\x81\0\0\0\0 " * 2000 + b"\x81\x80\0\0\0\0",  # a message in many pieces, another inside
        b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0",  # 2^63 - 1 octets
        b"\x82\xff\0\0\0\0\0\x10\0\0\0\0\0\0" + DEPTH + b"x" * (0x100000 - len(DEPTH)),
    ]), b'"error"')


KINDS = [
    slow_octets, never_reading, half_open, silent, garbage, giant_prefix, giant_header, giant_post, giant_line, inflate_bomb,
    batch_bomb, depth_bomb, depth_in_a_call, many_keys, token_guesser, pipeliner, connector, canceller, signed_in_bomb, websocket,
]
if not FULL:
    KINDS.remove(giant_line)
# What costs the driver or the kernel most is done by fewer, and not all the time: this machine drives all of them.
PAUSES = {"connector": 0.05, "garbage": 0.5, "token_guesser": 1, "pipeliner": 1, "canceller": 1}


async def hostile(number):
    behave = KINDS[number % len(KINDS)]
    kind = behave.__name__
    await asyncio.sleep(random.random() * 2)
    while running:
        try:
            connection = await dial(number, 4096 if kind == "never_reading" else None)
        except OSError as error:
            outcomes[kind][f"connect: {error.strerror}"] += 1
            await asyncio.sleep(0.2)
            continue
        try:
            await behave(kind, connection)
        except (ConnectionError, BrokenPipeError):
            outcomes[kind]["reset"] += 1
        finally:
            connection.close()
        await asyncio.sleep(PAUSES.get(kind, 2) * (0.5 + random.random()))


# MARK: What the server holds


def memory():
    return next(int(line.split()[1]) for line in open(f"/proc/{PID}/status") if line.startswith("VmRSS"))


def descriptors():
    return len(os.listdir(f"/proc/{PID}/fd"))


async def wave(clients, seconds):
    global running
    running = True
    tasks = [asyncio.create_task(hostile(n)) for n in range(clients)]
    await asyncio.sleep(seconds)
    running = False
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, Exception) and not isinstance(result, asyncio.CancelledError):
            raise result


async def connects(count):
    """Opens `count` connections and has each answered once; the seconds that opening took."""
    began = time.monotonic()
    opened = []
    for number in range(count):
        try:
            opened.append(await dial(number))
        except OSError as error:
            outcomes["connects"][f"connect: {error.strerror}"] += 1
    seconds = time.monotonic() - began
    for connection in opened:
        await send(connection, call("health.check") + b"\n")
    for connection in opened:
        try:
            outcomes["connects"]["served" if b"SERVING" in await receive(connection) else "ended"] += 1
        except ConnectionError:
            outcomes["connects"]["reset"] += 1
    for connection in opened:
        connection.close()
    return round(seconds, 2)


async def main():
    clients, seconds, count = int(sys.argv[5]), float(sys.argv[6]), int(sys.argv[7])
    child = subprocess.Popen([sys.executable, __file__, *sys.argv[1:5], "good", sys.argv[-1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    os.nice(5)  # Attackers have machines of their own: here they come after the server and the good client.
    await asyncio.sleep(1)
    open_before, rss, took = descriptors(), [memory()], []

    async def memory_at_rest():
        """What is held once the connections are gone, or a while has passed."""
        rest = time.monotonic() + 10
        await asyncio.sleep(1)
        while descriptors() > open_before + 8 and time.monotonic() < rest:
            await asyncio.sleep(0.5)
        return memory()

    # How far a wave gets on a busy machine differs: the first may have needed less than the second. What is lost with
    # each wave goes on growing, so two in a row that are alike are looked for.
    waves = []
    while len(waves) < 2 or (len(waves) < 5 and waves[-1] >= waves[-2] * 6 / 5 + 16_384):
        await wave(clients, seconds)
        waves.append(await memory_at_rest())
    rss += waves[-2:]
    for _ in range(2):
        took.append(await connects(count))
        await asyncio.sleep(1)
        rss.append(memory())
    # A message may take half a minute, and the kernel asks after a peer that vanished when a minute is over.
    end = time.monotonic() + (75 if FULL else 10)
    while descriptors() > open_before + 8 and time.monotonic() < end:
        await asyncio.sleep(0.5)
    child.stdin.close()
    report = json.loads(child.stdout.read())
    child.wait()
    report |= {"rss": rss, "descriptors": [open_before, descriptors()], "connectSeconds": took, "outcomes": outcomes}
    print(json.dumps(report))


if sys.argv[5] == "good":
    good()
else:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(main())
