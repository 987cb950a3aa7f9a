"""Peers that vanish: their link goes down in the middle of a connection, and nothing of them is heard again.

usage: vanish.py PID PORT TOKEN SECONDS

PID is a postroomd in a network of its own (unshare --net). A caller in another network, on the other end of a cable,
opens connections; then the cable is cut. Tells as JSON how many seconds the server took to close each kind.
"""
import json, os, socket, subprocess, sys, time

pid, port, token, patience = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
HERE, THERE = "10.77.0.1", "10.77.0.2"


def sh(*words):
    subprocess.run(words, check=True)


def ns(number, *words):
    sh("nsenter", "-t", str(number), "-n", *words)


def line(sock, text):
    sock.sendall(text.encode() + b"\n")
    answer = b""
    while not answer.endswith(b"\n"):
        part = sock.recv(65536)
        assert part, "the server ended the connection"
        answer += part
    answer = json.loads(answer)
    assert "error" not in answer, answer
    return answer


def caller():
    """In its network: opens the connections, says so, and stays until it is told to go."""
    def connect(signed_in):
        s = socket.create_connection((HERE, port), 10)
        if signed_in:
            line(s, json.dumps({"jsonrpc": "2.0", "id": 1, "method": "session.open", "params": {"token": token}}))
        return s

    stream = connect(True)
    line(stream, '{"jsonrpc":"2.0","id":2,"method":"events.subscribe","params":{}}')
    # The server has much to write, and is not acknowledged.
    busy = connect(True)
    # A message that is never finished.
    half = connect(True)
    half.sendall(b'{"jsonrpc":"2.0","id":3,"meth')
    idle = connect(True)
    names = {s.getsockname()[1]: name for s, name in ((stream, "stream"), (busy, "busy"), (half, "half"), (idle, "idle"))}
    print(json.dumps(names), flush=True)
    if sys.stdin.readline().strip() == "ask":
        # The answers (the document, some hundred kilobytes each) do not fit what the kernels keep.
        busy.sendall(b'{"jsonrpc":"2.0","id":4,"method":"rpc.discover"}\n' * 64)
        print("asked", flush=True)
    sys.stdin.readline()


def open_ports():
    """The callers' ports that the server has connections with."""
    inodes = set()
    for fd in os.listdir(f"/proc/{pid}/fd"):
        try:
            name = os.readlink(f"/proc/{pid}/fd/{fd}")
        except FileNotFoundError:
            continue
        if name.startswith("socket:["):
            inodes.add(name[8:-1])
    ports = set()
    for row in open(f"/proc/{pid}/net/tcp").read().splitlines()[1:]:
        fields = row.split()
        if fields[9] in inodes and int(fields[1].split(":")[1], 16) == port and fields[3] != "0A":
            ports.add(int(fields[2].split(":")[1], 16))
    return ports


if len(sys.argv) > 5:
    caller()
    sys.exit()

# The caller's network must be there before its end of the cable can be put into it.
child = subprocess.Popen(
    ["unshare", "--net", "sh", "-c", 'echo; read go; exec "$@"', "sh", sys.executable, __file__, *sys.argv[1:5], "caller"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
try:
    child.stdout.readline()
    ns(pid, "ip", "link", "add", "here", "type", "veth", "peer", "name", "there")
    ns(pid, "ip", "link", "set", "there", "netns", str(child.pid))
    ns(pid, "ip", "address", "add", HERE + "/24", "dev", "here")
    ns(pid, "ip", "link", "set", "here", "up")
    ns(child.pid, "ip", "address", "add", THERE + "/24", "dev", "there")
    ns(child.pid, "ip", "link", "set", "there", "up")
    child.stdin.write("\n")
    child.stdin.flush()
    names = {int(port): name for port, name in json.loads(child.stdout.readline()).items()}
    assert set(names) <= open_ports(), (names, open_ports())
    child.stdin.write("ask\n")
    child.stdin.flush()
    assert child.stdout.readline().strip() == "asked"
    ns(child.pid, "ip", "link", "set", "there", "down")
    cut, closed = time.monotonic(), {}
    while len(closed) < len(names) and time.monotonic() - cut < patience:
        there = open_ports()
        for number, name in names.items():
            if number not in there and name not in closed:
                closed[name] = round(time.monotonic() - cut, 2)
        time.sleep(0.02)
    print(json.dumps(closed))
finally:
    child.kill()
    child.wait()
