"""Plays the conformance session with one or more drivers against a real server. README.md has the form.

usage: judge.py --server POSTROOMD --simulator POSTROOM NAME=COMMAND ...
"""

from __future__ import annotations

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import queue
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any, Optional

from matching import fill, mismatch, pick
from tap import Tap

HERE = pathlib.Path(__file__).parent

# How long an answer may take that names no time.
ANSWER_SECONDS = 40


class Failed(Exception):
    pass


class Driver:
    """A client's program: takes orders as lines of JSON, and says what came of them."""

    def __init__(self, command: str, url: str, environment: dict[str, Optional[str]], log: Any) -> None:
        whole = {**os.environ, "POSTROOM_URL": url, **{k: v for k, v in environment.items() if v is not None}}
        self._process = subprocess.Popen(
            shlex.split(command), env=whole, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        # A step's queue is made before its order goes out: whoever asks first finds the same one.
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()

    def order(self, **order: Any) -> None:
        text = json.dumps({k: v for k, v in order.items() if v is not None})
        try:
            with self._lock:
                self._answers.setdefault(order["step"], queue.Queue())
                self._process.stdin.write(text + "\n")
                self._process.stdin.flush()
        except BrokenPipeError:
            raise Failed("the driver has ended") from None

    def answer(self, step: int, seconds: float = ANSWER_SECONDS) -> Any:
        try:
            answer = self._answers[step].get(timeout=seconds)
        except queue.Empty:
            raise Failed(f"no answer within {seconds} s") from None
        if answer is None:
            raise Failed("the driver has ended")
        return answer

    def close(self) -> int:
        """Ends its input, and waits for its end."""
        self._process.stdin.close()
        try:
            return self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise Failed("the driver did not end when its input did") from None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        for line in self._process.stdout:
            answer = json.loads(line)
            self._answers[answer.pop("step")].put(answer)
        for answers in list(self._answers.values()):
            answers.put(None)


class Server:
    """A postroomd with a folder of its own."""

    def __init__(self, program: str, folder: pathlib.Path, mail_ca: str, certificate: dict[str, str]) -> None:
        self._program = program
        self._folder = folder
        self._arguments = [
            "--data", str(folder), "--listen", "127.0.0.1:0", "--mail-ca-file", mail_ca, "--allow-private-hosts", "--log-level", "info",
            "--tls-certificate", certificate["chain"], "--tls-key", certificate["key"], "--tls-client-ca", certificate["ca"]]
        self._log = open(f"{folder}.log", "w")
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._program, *self._arguments], stdout=subprocess.PIPE, stderr=self._log, text=True)
        words = dict(word.partition("=")[::2] for word in self._process.stdout.readline().split())
        if "tcp" not in words:
            raise Failed(f"postroomd did not start; see {self._log.name}")
        host, _, port = words["tcp"].rpartition(":")
        self.target = (host, int(port))
        self.token = (self._folder / "admin.token").read_text().strip()
        self.socket = self._folder / "postroom.sock"

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        if self._process.wait(timeout=30) != 0:
            raise Failed("postroomd did not stop as it should")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._log.close()


class Play:
    """One session with one driver."""

    def __init__(self, driver: Driver, kind: str, variables: dict[str, Any], tap: Optional[Tap], server: Server):
        self._driver = driver
        self._kind = kind
        self._variables = variables
        self._tap = tap
        self._server = server
        self._numbers = iter(range(1, 1 << 30))
        self._streams: dict[str, dict[str, Any]] = {}

    def run(self, steps: list[dict[str, Any]]) -> int:
        count = 0
        for step in steps:
            if self._kind not in step.get("drivers", [self._kind]):
                continue
            try:
                self._step(step)
            except (Failed, KeyError, IndexError) as error:
                raise Failed(f"{step.get('name') or json.dumps(step)[:100]}: {error!r}") from error
            count += 1
        self._check_credit()
        return count

    def _step(self, step: dict[str, Any]) -> None:
        (kind,) = KINDS.intersection(step)
        getattr(self, {"finish": "_half_close"}.get(kind, "_" + kind))(step)

    # Calls

    def _call(self, step: dict[str, Any]) -> None:
        began, since = time.monotonic(), self._told()
        self._finish(step, self._begin(step), began, since)

    def _begin(self, step: dict[str, Any]) -> int:
        number = next(self._numbers)
        self._driver.order(
            step=number, do="call", method=step["call"], params=fill(step.get("params", {}), self._variables),
            timeoutMs=step.get("timeoutMs"), idempotencyKey=fill(step.get("idempotencyKey"), self._variables),
            progress="progress" in step or None)
        return number

    def _finish(self, step: dict[str, Any], number: int, began: float, since: int) -> None:
        if "cancelAfterMs" in step:
            time.sleep(step["cancelAfterMs"] / 1000)
            self._driver.order(step=number, do="cancel")
            answers = [self._driver.answer(number), self._driver.answer(number)]
            (answer,) = [each for each in answers if "cancelled" not in each]
        else:
            answer = self._driver.answer(number)
            told = []
            while "progress" in answer:
                told.append(answer["progress"])
                answer = self._driver.answer(number)
            if "progress" in step:
                self._hold(step["progress"], told, "progress")
        self._check(step, answer)
        milliseconds = (time.monotonic() - began) * 1000
        if "takesMs" in step:
            self._hold(step["takesMs"], milliseconds, "time")
        self._check_sent(step, since)

    def _check(self, step: dict[str, Any], answer: dict[str, Any], member: str = "result") -> None:
        wanted = "error" if "error" in step else member
        if wanted not in answer:
            raise Failed(f"{json.dumps(answer)[:600]} instead of {wanted}")
        self._hold(step.get(wanted, {"$any": True}), answer[wanted], wanted)
        for name, path in step.get("save", {}).items():
            self._variables[name] = pick(answer[wanted], path)

    def _hold(self, wanted: Any, found: Any, what: str) -> None:
        problem = mismatch(fill(wanted, self._variables), found)
        if problem:
            raise Failed(f"{what}{problem}")

    def _together(self, step: dict[str, Any]) -> None:
        """All begin before the first answer is looked at."""
        began, since = time.monotonic(), self._told()
        numbers = [self._begin(each) for each in step["together"]]
        for each, number in zip(step["together"], numbers):
            self._finish(each, number, began, since)

    def _batch(self, step: dict[str, Any]) -> None:
        number = next(self._numbers)
        calls = [
            {"method": c["call"], "params": fill(c.get("params", {}), self._variables)} for c in step["batch"]]
        self._driver.order(step=number, do="batch", calls=calls)
        answers = self._driver.answer(number)["result"]
        for each, answer in zip(step["batch"], answers):
            self._check(each, answer)

    def _http(self, step: dict[str, Any]) -> None:
        """One request over HTTP, with a body as it stands."""
        number = next(self._numbers)
        self._driver.order(step=number, do="http", **fill(step["http"], self._variables))
        self._check(step, self._driver.answer(number))

    def _until(self, step: dict[str, Any]) -> None:
        """The same call, until it is answered as wanted."""
        end = time.monotonic() + step.get("withinMs", 20_000) / 1000
        while True:
            try:
                return self._call(step["until"])
            except Failed:
                if time.monotonic() > end:
                    raise
            time.sleep(0.1)

    # Streams

    def _open(self, step: dict[str, Any]) -> None:
        number = next(self._numbers)
        since = self._told()
        stream = {"number": number, "window": step.get("window", 32), "values": [], "step": step, "since": since}
        self._streams[step["as"]] = stream
        self._driver.order(
            step=number, do="open", method=step["open"], params=fill(step.get("params", {}), self._variables),
            window=stream["window"], timeoutMs=step.get("timeoutMs"))
        answer = self._driver.answer(number)
        # Some clients open a stream when its first value is asked for, others at once: both may tell an error.
        if "error" in answer:
            stream["early"] = answer
        else:
            self._check({}, answer, "opened")

    def _next(self, step: dict[str, Any]) -> None:
        since = self._streams[step["next"]]["since"]
        self._check(step, self._take(step["next"]), "end" if "end" in step else "value")
        self._check_sent(step, since)

    def _take(self, name: str) -> Any:
        stream = self._streams[name]
        if "early" in stream:
            return stream.pop("early")
        self._driver.order(step=stream["number"], do="next")
        answer = self._driver.answer(stream["number"])
        if "value" in answer:
            stream["values"].append(answer["value"])
        return answer

    def _send(self, step: dict[str, Any]) -> None:
        """A value into a stream."""
        number = self._streams[step["send"]]["number"]
        self._driver.order(step=number, do="send", value=fill(step["value"], self._variables))
        self._check({k: v for k, v in step.items() if k != "value"}, self._driver.answer(number), "sent")

    def _half_close(self, step: dict[str, Any]) -> None:
        """No more values into a stream."""
        stream = self._streams[step["finish"]]
        since = stream["since"]
        self._driver.order(step=stream["number"], do="finish")
        self._check({}, self._driver.answer(stream["number"]), "finished")
        self._check_sent(step, since)

    def _nextUntil(self, step: dict[str, Any]) -> None:
        """Values, until one is as wanted; all others are passed over."""
        problem: Optional[str] = "none came"
        for _ in range(step.get("most", 1000)):
            try:
                answer = self._take(step["nextUntil"])
            except Failed as error:
                raise Failed(f"{error}; the last value: {problem}") from error
            if "value" not in answer:
                raise Failed(f"{json.dumps(answer)[:600]} instead of a value")
            problem = mismatch(fill(step["value"], self._variables), answer["value"])
            if problem is None:
                return self._check(step, answer, "value")
        raise Failed(f"no such value; the last: {problem}")

    def _streamed(self, step: dict[str, Any]) -> None:
        """What came of a stream so far is the beginning of a list: nothing is missing, nothing came twice."""
        found = [pick(value, step["member"]) for value in self._streams[step["streamed"]]["values"]]
        wanted = fill(step["beginningOf"], self._variables)[:len(found)]
        if not found or found != wanted:
            raise Failed(f"{found} instead of {wanted}")

    def _cancel(self, step: dict[str, Any]) -> None:
        stream = self._streams[step["cancel"]]
        since = self._told()
        self._driver.order(step=stream["number"], do="cancel")
        self._check({}, self._driver.answer(stream["number"]), "cancelled")
        self._check_sent(step, since)

    # Around it

    def _do(self, step: dict[str, Any]) -> None:
        if step["do"] == "cut":
            self._tap.cut()
        elif step["do"] == "restart":
            # The new one has another port: the tap hides that.
            self._server.stop()
            self._server.start()
            self._tap.target = self._server.target
        else:
            raise Failed("no such thing to do")

    def _told(self) -> int:
        return len(self._tap.messages) if self._tap else 0

    def _check_sent(self, step: dict[str, Any], since: int) -> None:
        """What the client must have said meanwhile."""
        if self._tap is None:
            return
        for wanted in step.get("sent", []):
            filled = fill(wanted, self._variables)
            if self._tap.wait_for("client", lambda m: not mismatch(filled, m), since) is None:
                said = [m for _, who, m in self._tap.messages[since:] if who == "client"]
                raise Failed(f"it did not send {json.dumps(filled)}, but {json.dumps(said)[:1000]}")

    def _check_credit(self) -> None:
        """No stream had more granted than its window ahead of what was read, and none was sent more than that."""
        if self._tap is None:
            return
        by_connection: dict[tuple[int, Any], dict[str, Any]] = {}
        for connection, who, message in self._tap.messages:
            params, result = message.get("params") or {}, message.get("result")
            if who == "client" and "credit" in params.get("_meta", {}):
                by_connection[connection, message["id"]] = {"granted": params["_meta"]["credit"], "sent": 0, "room": 0, "given": 0}
            elif who == "server" and isinstance(result, dict) and "subscription" in result:
                stream = by_connection.get((connection, message.get("id")))
                if stream is not None:
                    stream["room"] += result.get("credit", 0)
                by_connection[connection, "s" + result["subscription"]] = stream
            elif message.get("method") in ("rpc.credit", "rpc.next"):
                stream = by_connection[connection, "s" + params["subscription"]]
                # What one side grants, the other sends.
                grants = message["method"] == "rpc.credit"
                name = {"client": ("given", "granted"), "server": ("sent", "room")}[who][grants]
                stream[name] += params["credit"] if grants else 1
                if stream["sent"] > stream["granted"]:
                    raise Failed("the server sent more than it was granted")
                if stream["given"] > stream["room"]:
                    raise Failed("the client sent more than it was granted")
        windows = {each["window"] for each in self._streams.values()}
        streams = [s for (_, name), s in by_connection.items() if str(name).startswith("s")]
        if not streams:
            raise Failed("no stream was seen")
        for stream in streams:
            if stream["granted"] > stream["sent"] + max(windows):
                raise Failed(f"more was granted than its window: {stream}")


KINDS = {
    "call", "together", "batch", "http", "until", "open", "next", "nextUntil", "streamed", "send", "finish", "cancel", "do"}


def certificate(folder: pathlib.Path) -> dict[str, str]:
    """An authority, and a certificate of it for localhost."""
    paths = {name: str(folder / f"{name}.pem") for name in ("ca", "cakey", "chain", "key", "request", "names", "client", "clientkey")}
    pathlib.Path(paths["names"]).write_text("subjectAltName=DNS:localhost\n")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *key, "-keyout", paths["cakey"], "-out", paths["ca"], "-days", "2", "-subj", "/CN=Test CA")
    openssl("req", *key, "-keyout", paths["key"], "-out", paths["request"], "-subj", "/CN=localhost")
    openssl(
        "x509", "-req", "-in", paths["request"], "-CA", paths["ca"], "-CAkey", paths["cakey"], "-CAcreateserial",
        "-days", "2", "-extfile", paths["names"], "-out", paths["chain"])
    pathlib.Path(paths["names"]).write_text("extendedKeyUsage=clientAuth\n")
    openssl("req", *key, "-keyout", paths["clientkey"], "-out", paths["request"], "-subj", "/CN=crm")
    openssl(
        "x509", "-req", "-in", paths["request"], "-CA", paths["ca"], "-CAkey", paths["cakey"], "-CAcreateserial",
        "-days", "2", "-extfile", paths["names"], "-out", paths["client"])
    os.chmod(paths["key"], 0o600)
    return paths


def conform(name: str, command: str, options: Any, folder: pathlib.Path, shared: dict[str, Any]) -> str:
    """The whole session over TCP, and a short one over the Unix socket and TLS."""
    began = time.monotonic()
    home = folder / name
    home.mkdir()
    log = open(home / "driver.log", "w")
    server = Server(options.server, home / "data", shared["mailCA"], shared["certificate"])
    tap = Tap(server.target)
    drivers: list[Driver] = []
    count = 0
    try:
        url = f"postroom://127.0.0.1:{tap.port}"
        places = [
            ("session.json", url, server.token, None, tap),
            ("short.json", f"unix://{server.socket}", None, None, None),
            ("short.json", "postrooms://localhost:{port}", server.token, shared["certificate"]["ca"], None),
            ("untrusted.json", "postrooms://localhost:{port}", server.token, None, None),
        ]
        for file, url, token, ca, tapped in places:
            session = json.loads((HERE / file).read_text(encoding="utf-8"))
            url = url.replace("{port}", str(server.target[1]))
            driver = Driver(command, url, {"POSTROOM_TOKEN": token, "POSTROOM_CA_FILE": ca}, log)
            drivers.append(driver)
            variables = {**shared["variables"], "user": name, "adminToken": server.token}
            try:
                count += Play(driver, name, variables, tapped, server).run(session["steps"])
                status = driver.close()
                if status != 0:
                    raise Failed(f"the driver ended with {status}")
            except Failed as error:
                raise Failed(f"{name}, {file} at {url.partition(':')[0]}: {error}") from error
        for file in (home / "driver.log", home / "data.log"):
            words = file.read_text(errors="replace")
            if server.token in words or "secret" in words:
                raise Failed(f"{name}: {file.name} has a secret in it")
        server.stop()
        return f"{name:<14} {count:4} steps  after {time.monotonic() - began:.1f} seconds"
    except Failed as error:
        log.flush()
        said = (home / "driver.log").read_text(errors="replace")[-2000:]
        raise Failed(f"{error}\n{said}") from error
    finally:
        for driver in drivers:
            driver.kill()
        tap.close()
        server.kill()
        log.close()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True)
    parser.add_argument("--simulator", required=True)
    parser.add_argument("drivers", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    drivers = dict(each.split("=", 1) for each in options.drivers)
    failed = False
    with tempfile.TemporaryDirectory(prefix="postroom-") as name, socket.create_server(("127.0.0.1", 0)) as silent:
        folder = pathlib.Path(name)
        users = [word for user in drivers for word in ("--user", user)]
        simulator = subprocess.Popen(
            [options.simulator, "sim", "--json", "--messages", "20", "--folder", str(folder / "sim"), *users],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            ports = json.loads(simulator.stdout.readline())
            chain = certificate(folder)
            client = pathlib.Path(chain["client"]).read_text()
            shared = {
                "mailCA": str(folder / "sim" / "ca.pem"), "certificate": chain,
                "variables": {
                    "imapPort": ports["imapsPort"], "smtpPort": ports["smtpsPort"],
                    "silentPort": silent.getsockname()[1], "certificate": client,
                    "certificateSha256": hashlib.sha256(ssl.PEM_cert_to_DER_cert(client)).hexdigest()}}
            with concurrent.futures.ThreadPoolExecutor(len(drivers)) as pool:
                plays = [pool.submit(conform, *each, options, folder, shared) for each in drivers.items()]
                for play in plays:
                    try:
                        print(play.result(), flush=True)
                    except Exception as error:
                        failed = True
                        print(f"failed: {error if isinstance(error, Failed) else repr(error)}", flush=True)
        finally:
            simulator.kill()
            simulator.wait()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
