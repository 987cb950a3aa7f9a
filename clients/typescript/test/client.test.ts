import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import test from "node:test";
import { inspect } from "node:util";

import { call, open } from "../conformance/dispatch.js";
import { PostroomClient, PostroomError, Reason } from "../src/index.js";
import type { Event } from "../src/index.js";
import { plain } from "../src/values.js";
import type { Message, Peer } from "./server.js";
import { FakeServer } from "./server.js";

interface Method {
  name: string;
  "x-builtin"?: boolean;
  "x-stream"?: unknown;
  "x-streamExample"?: unknown;
  examples: { name: string; params: { name: string; value: unknown }[]; result: { value: unknown } }[];
}

const path = new URL("../../../../protocol/openrpc.json", import.meta.url);
const document = JSON.parse(readFileSync(path, "utf8")) as { methods: Method[] };
const methods = document.methods.filter((method) => !method["x-builtin"]);
const info = { name: "Postroom", version: "1", protocolVersion: "0.1.0" };

function example(name: string): unknown {
  return methods.find((method) => method.name === name)?.examples[0]?.result.value;
}

function streamExample(name: string): unknown {
  return methods.find((method) => method.name === name)?.["x-streamExample"];
}

function answering(results: Record<string, unknown>): (peer: Peer, message: Message) => void {
  return (peer, message) => {
    if (message.method in results) peer.answer(message, results[message.method]);
  };
}

function meta(message: Message | undefined): Record<string, unknown> {
  return message?.params._meta ?? {};
}

function params(message: Message | undefined): Record<string, unknown> {
  const { _meta, ...rest } = message?.params ?? {};
  return rest;
}

async function fails(work: Promise<unknown>, wanted: { reason?: string; status?: string }): Promise<PostroomError> {
  let found: PostroomError | undefined;
  await assert.rejects(work, (error) => {
    if (!(error instanceof PostroomError)) return false;
    found = error;
    return (
      (wanted.reason === undefined || error.reason === wanted.reason) &&
      (wanted.status === undefined || error.status === wanted.status));
  });
  assert(found);
  return found;
}

function event(seq: number): Event {
  return { seq: String(seq), type: "sync.completed", at: "2025-03-05T07:12:45.031Z", facts: {} };
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const values = [];
  for await (const value of stream) values.push(value);
  return values;
}

const sleep = (milliseconds: number): Promise<void> => new Promise((done) => { setTimeout(done, milliseconds); });

for (const method of methods) {
  for (const { name, params: given, result } of method.examples) {
    void test(`${method.name}, ${name}: is sent and read as it stands`, async () => {
      const wanted = Object.fromEntries(given.map((param) => [param.name, param.value]));
      const subscription = (result.value as { subscription?: string }).subscription ?? "";
      const handle = (peer: Peer, message: Message): void => {
        if (message.method !== method.name) return;
        peer.answer(message, result.value);
        if (method["x-stream"] === undefined) return;
        peer.next(subscription, 1, method["x-streamExample"]);
        peer.end(subscription);
      };
      await FakeServer.run(handle, async (client, server) => {
        if (method["x-stream"] === undefined) {
          const answer = await call(client, method.name, wanted, {});
          assert.deepEqual(plain(answer) ?? {}, result.value);
        } else {
          const values = await collect(open(client, method.name, wanted, {}));
          assert.deepEqual(plain(values), [method["x-streamExample"]]);
        }
        assert.deepEqual(params((await server.waitFor(method.name))[0]), wanted);
      });
    });
  }
}

void test("a token is shown once, before the first call, and is not printed", async () => {
  await FakeServer.run(answering({ "session.open": {}, "server.info": info }), async (client, server) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.server.info()));
    assert.deepEqual(answers, Array.from({ length: 20 }, () => info));
    assert.equal(server.connections, 1);
    assert.equal(server.messages[0]?.method, "session.open");
    assert.equal(server.messages.length, 21);
    assert(!inspect(client, { depth: 10 }).includes("hush-hush"));
  }, { token: "hush-hush" });
});

void test("a secret can be read but is not printed", async () => {
  const made = example("token.create") as { secret: string };
  await FakeServer.run(answering({ "token.create": made }), async (client) => {
    const token = await client.token.create({ name: "x", scopes: ["read"] });
    assert.equal(token.secret, made.secret);
    assert(!inspect(token, { depth: 10 }).includes(made.secret));
    assert(!JSON.stringify(token).includes(made.secret));
  });
});

void test("octets are base64 on the wire only", async () => {
  await FakeServer.run(answering({ "mail.send": example("mail.send") }), async (client, server) => {
    const data = new Uint8Array(Buffer.from("AP8=", "base64"));
    await client.mail.send({
      mailboxId: "mb1", to: [{ email: "a@b.c" }], subject: "", text: "x",
      attachments: [{ name: "a", type: "a/b", data }],
    });
    assert.deepEqual(params(server.messages[0])["attachments"], [{ name: "a", type: "a/b", data: "AP8=" }]);
  });
});

void test("an error has everything that the server said", async () => {
  const handle = (peer: Peer, message: Message): void => {
    peer.fail(message, -32005, "there is no mailbox mb9", {
      status: "NOT_FOUND", reason: "mailbox.unknown", details: { id: "mb9" }, retryAfterMs: 1500 });
  };
  await FakeServer.run(handle, async (client) => {
    const error = await fails(client.mailbox.get({ mailboxId: "mb9" }), { reason: Reason.mailboxUnknown });
    assert.deepEqual([error.code, error.status, error.details, error.retryAfterMs],
      [-32005, "NOT_FOUND", { id: "mb9" }, 1500]);
  });
  await FakeServer.run((peer, message) => peer.fail(message, -32601, "Method not found"), async (client) => {
    const error = await fails(client.server.info(), { status: "UNKNOWN" });
    assert.deepEqual([error.code, error.reason], [-32601, "unknown"]);
  });
});

void test("a deadline is sent, and ends the wait and the call", async () => {
  await FakeServer.run(answering({}), async (client, server) => {
    await fails(client.server.info({ timeoutMs: 100 }), { reason: Reason.callDeadline });
    const id = server.messages[0]?.id;
    const [ended] = await server.waitFor("rpc.cancel");
    assert.deepEqual(ended?.params, { id });
    const timeout = meta(server.messages[0])["timeoutMs"] as number;
    assert(timeout > 0 && timeout <= 100);
  });
});

void test("the client's own time is sent where a call names none", async () => {
  await FakeServer.run(answering({ "server.info": info }), async (client, server) => {
    await client.server.info();
    const timeout = meta(server.messages[0])["timeoutMs"] as number;
    assert(timeout > 25_000 && timeout <= 30_000);
  });
  await FakeServer.run(answering({ "server.info": info }), async (client, server) => {
    await client.server.info();
    assert.equal(server.messages[0]?.params._meta, undefined);
  }, { timeoutMs: null });
});

void test("a signal ends the call here and on the server", async () => {
  await FakeServer.run(answering({}), async (client, server) => {
    const abort = new AbortController();
    const calls = [client.server.info({ signal: abort.signal }), client.server.info({ signal: abort.signal })];
    const begun = await server.waitFor("server.info", 2);
    abort.abort();
    for (const each of calls) await fails(each, { status: "CANCELLED", reason: Reason.callCancelled });
    const ended = await server.waitFor("rpc.cancel", 2);
    assert.deepEqual(ended.map((message) => message.params["id"]), begun.map((message) => message.id));
    await fails(client.server.info({ signal: abort.signal }), { status: "CANCELLED" });
    assert.equal(server.messages.filter((message) => message.method === "server.info").length, 2);
  });
});

void test("progress is told in order, and what is thrown ends the call", async () => {
  const handle = (peer: Peer, message: Message): void => {
    const token = meta(message)["progressToken"];
    if (token === undefined) return;
    for (const value of [1, { done: 2 }]) peer.send({ method: "$/progress", params: { token, value } });
    peer.send({ method: "$/progress", params: { token: "another", value: 3 } });
    if (message.method === "server.info") peer.answer(message, info);
  };
  await FakeServer.run(handle, async (client, server) => {
    const told: unknown[] = [];
    await client.server.info({ onProgress: (value) => told.push(value) });
    assert.deepEqual(told, [1, { done: 2 }]);
    const fault = new Error("ours");
    const failing = client.server.stats({ onProgress: () => { throw fault; } });
    await assert.rejects(failing, (error) => error === fault);
    await server.waitFor("rpc.cancel");
  });
});

void test("frames are read compressed, in pieces and many at once", async () => {
  const handle = (peer: Peer, message: Message): void => {
    if (message.method === "server.info") peer.send({ id: message.id, result: info }, true);
    else peer.sendSlowly({ id: message.id, result: example(message.method) });
  };
  await FakeServer.run(handle, async (client) => {
    const [first, , third] = await Promise.all([client.server.info(), client.mailbox.list(), client.server.info()]);
    assert.deepEqual([first, third], [info, info]);
  });
});

void test("an answer or frame that is none is refused", async () => {
  for (const handle of [
    answering({ "server.info": { name: "Postroom" } }), answering({ "server.info": { ...info, name: 7 } }),
    answering({ "server.info": [] }), (peer: Peer) => peer.write(Buffer.from("HTTP/1.1 400 Bad Request\r\n")),
    (peer: Peer) => peer.write(Buffer.from("AAAAAAF7", "base64")),
  ]) {
    await FakeServer.run(handle, async (client) => {
      await fails(client.server.info({ timeoutMs: 5_000 }), { reason: Reason.clientBadAnswer });
    });
  }
});

void test("what a newer server adds is no harm", async () => {
  const mailbox = { ...(example("mailbox.get") as object), state: "hibernating", colour: "blue", reason: null };
  await FakeServer.run(answering({ "mailbox.get": mailbox }), async (client) => {
    const found = await client.mailbox.get({ mailboxId: "mb1" });
    assert.equal(found.state, "hibernating");
    assert(!("reason" in found));
  });
});

void test("a URL must say where to", () => {
  for (const url of ["", "http://localhost:1", "tcp://localhost", "tcp://:80", "tcp://h:port", "tcp://h:0",
    "tcp://h:65536", "tcp://u:p@h:80", "unix://relative", "tcp://h:80/path"]) {
    assert.throws(() => new PostroomClient(url),
      (error) => error instanceof PostroomError && error.reason === Reason.clientBadURL);
  }
  for (const url of ["unix:///s", "tcp://[::1]:80", "postrooms://host:7625/"]) new PostroomClient(url).close();
});

function hangingUp(times: number): (peer: Peer, message: Message) => void {
  let left = times;
  return (peer, message) => {
    if (left > 0) {
      left -= 1;
      peer.hangUp();
    } else peer.answer(message, message.method === "server.info" ? info : example(message.method));
  };
}

void test("a safe call is repeated a few times over new connections", async () => {
  for (const times of [1, 3, 4]) {
    await FakeServer.run(hangingUp(times), async (client, server) => {
      const began = Date.now();
      if (times < 4) assert.deepEqual(await client.server.info(), info);
      else await fails(client.server.info(), { reason: Reason.connectionLost });
      assert.equal(server.connections, Math.min(times + 1, 4));
      if (times > 2) assert(Date.now() - began >= 340);
    });
  }
});

void test("a mail is not sent again unless it has a key", async () => {
  const mail = { mailboxId: "mb1", to: [{ email: "a@b.c" }], subject: "", text: "x" };
  await FakeServer.run(hangingUp(1), async (client, server) => {
    await fails(client.mail.send(mail), { reason: Reason.connectionLost });
    assert.equal(server.messages.length, 1);
  });
  await FakeServer.run(hangingUp(1), async (client, server) => {
    await client.mail.send(mail, { idempotencyKey: "k" });
    assert.deepEqual(server.messages.map((message) => meta(message)["idempotencyKey"]), ["k", "k"]);
  });
});

void test("what was not begun is repeated when the server says", async () => {
  const handle = (peer: Peer, message: Message, server: FakeServer): void => {
    if (server.connections > 1) return peer.answer(message, example("mailbox.delete"));
    peer.send({ method: "rpc.goaway", params: { lastId: null } });
    peer.fail(message, -32014, "going", {
      status: "UNAVAILABLE", reason: "server.goingAway", retryAfterMs: 200 });
  };
  await FakeServer.run(handle, async (client, server) => {
    const began = Date.now();
    await client.mailbox.delete({ mailboxId: "mb1" });
    assert(Date.now() - began >= 195);
    assert.equal(server.connections, 2);
  });
});

void test("a server that goes away finishes what runs; new calls go elsewhere", async () => {
  let finish = (): void => undefined;
  const handle = (peer: Peer, message: Message): void => {
    if (message.method === "server.stats") {
      finish = () => peer.answer(message, example("server.stats"));
      peer.send({ method: "rpc.goaway", params: { lastId: message.id } });
      peer.send({ method: "rpc.other", params: {} });
    } else peer.answer(message, info);
  };
  await FakeServer.run(handle, async (client, server) => {
    const running = client.server.stats();
    await server.waitFor("server.stats");
    while (server.connections < 2) {
      await client.server.info();
      await sleep(1);
    }
    finish();
    assert((await running).calls >= 0);
  });
});

void test("a server that is not there cannot be connected to", async () => {
  for (const url of ["unix:///nonexistent/s", "tcp://127.0.0.1:1"]) {
    const client = new PostroomClient(url);
    await fails(client.token.create({ name: "x", scopes: [] }), { reason: Reason.connectionFailed });
  }
});

void test("close ends calls and streams, and later ones do not begin", async () => {
  await FakeServer.run(answering({ "sync.watch": { subscription: "s1" } }), async (client, server) => {
    const stream = client.sync.watch({ mailboxId: "mb1" }).next();
    const running = client.server.info();
    await server.waitFor("server.info");
    await server.waitFor("sync.watch");
    await sleep(10);
    client.close();
    for (const each of [stream, running, client.server.info()]) await fails(each, { reason: Reason.clientClosed });
  });
});

void test("the server never has more on its way than was granted", async () => {
  for (const window of [1, 2, 32]) {
    let credit = 0;
    let sent = 0;
    const handle = (peer: Peer, message: Message): void => {
      if (message.method === "events.subscribe") {
        credit = meta(message)["credit"] as number;
        peer.answer(message, { subscription: "s1" });
      } else if (message.method === "rpc.credit") {
        assert.equal(message.params["subscription"], "s1");
        credit += message.params["credit"] as number;
      }
      for (; credit > 0 && sent < 100; credit -= 1) {
        sent += 1;
        peer.next("s1", sent, event(sent));
        if (sent === 100) peer.end("s1");
      }
    };
    await FakeServer.run(handle, async (client) => {
      let seen = 0;
      for await (const each of client.events.subscribe({ after: "0" }, { window })) {
        seen += 1;
        assert.equal(each.seq, String(seen));
        assert(sent <= seen + window);
      }
      assert.equal(seen, 100);
    });
  }
});

void test("leaving the loop cancels the stream", async () => {
  const handle = (peer: Peer, message: Message): void => {
    if (message.method !== "events.subscribe") return;
    peer.answer(message, { subscription: "s1" });
    peer.next("s1", 1, event(1));
  };
  await FakeServer.run(handle, async (client, server) => {
    for await (const each of client.events.subscribe()) {
      assert.equal(each.seq, "1");
      break;
    }
    const [ended] = await server.waitFor("rpc.cancel");
    assert.deepEqual(ended?.params, { id: server.messages[0]?.id });
  });
});

void test("gaps and overruns are noticed and end the stream on the server", async () => {
  for (const [numbers, reason] of [[[1, 3], Reason.streamGap], [[1, 2, 3, 4], Reason.streamOverrun]] as const) {
    const handle = (peer: Peer, message: Message): void => {
      if (message.method !== "sync.watch") return;
      peer.answer(message, { subscription: "s1" });
      for (const seq of numbers) peer.next("s1", seq, streamExample("sync.watch"));
    };
    await FakeServer.run(handle, async (client, server) => {
      const stream = client.sync.watch({ mailboxId: "mb1" }, { window: 3 });
      // Nothing is granted for the first value alone: all has come before more is read.
      await stream.next();
      await server.waitFor("rpc.cancel");
      await fails(collect(stream), { reason });
      assert.deepEqual(await stream.next(), { done: true, value: undefined });
    });
  }
});

void test("events go on behind the last one over a new connection", async () => {
  const handle = (peer: Peer, message: Message): void => {
    if (message.method !== "events.subscribe") return;
    const after = Number(message.params["after"]);
    peer.answer(message, { subscription: `s${after}` });
    for (let seq = after + 1; seq <= Math.min(after + 3, 10); seq += 1) peer.next(`s${after}`, seq - after, event(seq));
    if (after + 3 >= 10) peer.end(`s${after}`);
    else setTimeout(() => peer.hangUp(), 20);
  };
  await FakeServer.run(handle, async (client, server) => {
    const seen = (await collect(client.events.subscribe({ after: "0" }))).map((each) => Number(each.seq));
    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert.equal(server.connections, 4);
  });
});

void test("other streams end with their connection, with an error, or with their time", async () => {
  const lost = (peer: Peer, message: Message): void => {
    peer.answer(message, { subscription: "s1" });
    setTimeout(() => peer.hangUp(), 20);
  };
  await FakeServer.run(lost, async (client) => {
    await fails(collect(client.sync.watch({ mailboxId: "mb1" })), { reason: Reason.connectionLost });
  });
  const failing = (peer: Peer, message: Message): void => {
    peer.answer(message, { subscription: "s1" });
    peer.next("s1", 1, streamExample("sync.watch"));
    peer.end("s1", { code: -32005, message: "gone", data: { status: "NOT_FOUND", reason: "mailbox.unknown" } });
  };
  await FakeServer.run(failing, async (client) => {
    const stream = client.sync.watch({ mailboxId: "mb1" });
    assert(!(await stream.next()).done);
    await fails(stream.next(), { reason: Reason.mailboxUnknown });
  });
  await FakeServer.run(answering({ "events.subscribe": { subscription: "s1" } }), async (client, server) => {
    await fails(collect(client.events.subscribe({}, { timeoutMs: 100 })), { status: "DEADLINE_EXCEEDED" });
    await server.waitFor("rpc.cancel");
  });
  await FakeServer.run(answering({ "events.subscribe": {} }), async (client) => {
    await fails(collect(client.events.subscribe()), { reason: Reason.streamMalformed });
  });
});

test("a deadline and an abort count while connecting", async () => {
  await FakeServer.run(() => {}, async (client) => {
    const began = Date.now();
    const abort = new AbortController();
    const calls = [
      client.server.info({ timeoutMs: 300 }), client.server.info({ timeoutMs: 200 }),
      client.server.info({ signal: abort.signal }),
    ];
    abort.abort();
    const wanted = ["DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED", "CANCELLED"];
    const found = await Promise.all(calls.map(async (each) => {
      try {
        await each;
        return "answered";
      } catch (error) {
        return error instanceof PostroomError ? error.status : String(error);
      }
    }));
    assert.deepEqual(found, wanted);
    assert.ok(Date.now() - began < 5000);
  }, { token: "x" });
});
