import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { PostroomError, Reason } from "../src/index.js";
import type { UploadPiece } from "../src/index.js";
import { FakeServer } from "./server.js";
import type { Message, Peer } from "./server.js";

const path = new URL("../../../../protocol/openrpc.json", import.meta.url);
const document = JSON.parse(readFileSync(path, "utf8")) as {
  methods: { name: string; "x-streamExample"?: Record<string, unknown> }[];
};
const upload = document.methods.find((method) => method.name === "upload.fill")?.["x-streamExample"];
const pieces: UploadPiece[] = [...Array(20).keys()].map((n) => ({ offset: n, data: new Uint8Array([n]) }));

/** The server's side of `upload.fill`: room for two values, and for one more after each unless it holds. */
class Receiver {
  seen: unknown[] = [];
  problems: unknown[] = [];
  peer: Peer | undefined;
  #room = 2;

  constructor(private readonly holds = false, private readonly failAt?: number) {}

  readonly handle = (peer: Peer, message: Message): void => {
    this.peer = peer;
    if (message.method === "upload.fill") {
      peer.answer(message, { subscription: "s1", credit: 2 });
    } else if (message.method === "rpc.next") {
      this.seen.push(message.params["value"]);
      if (message.params["seq"] !== this.seen.length || this.seen.length > this.#room) this.problems.push(message);
      if (this.seen.length === this.failAt) {
        const data = { status: "OUT_OF_RANGE", reason: "upload.gap" };
        peer.end("s1", { code: -32011, message: "octets are missing", data });
      } else if (!this.holds) {
        peer.next("s1", this.seen.length, { ...upload, received: this.seen.length });
        this.grant(1);
      }
    } else if (message.method === "rpc.end") {
      peer.end("s1");
    }
  };

  grant(credit: number): void {
    this.#room += credit;
    this.peer?.send({ method: "rpc.credit", params: { subscription: "s1", credit } });
  }
}

function reason(wanted: string): (error: unknown) => boolean {
  return (error) => error instanceof PostroomError && error.reason === wanted;
}

test("values go both ways within the credit, and end", async () => {
  const receiver = new Receiver();
  await FakeServer.run(receiver.handle, async (client, server) => {
    const exchange = client.upload.fill({ uploadId: "up1" }, { window: 32 });
    const give = async (): Promise<void> => {
      for (const piece of pieces) await exchange.send(piece);
      await exchange.finish();
      await exchange.finish();
    };
    // Both are the first to open it: it is opened once.
    const giving = give();
    const received: number[] = [];
    for await (const each of exchange) received.push(each.received);
    await giving;
    assert.deepEqual(received, [...Array(20).keys()].map((n) => n + 1));
    assert.deepEqual(receiver.problems, []);
    assert.deepEqual(receiver.seen[1], { offset: 1, data: "AQ==" });
    assert.equal((await server.waitFor("upload.fill")).length, 1);
    assert.equal((await server.waitFor("rpc.end")).length, 1);
    await assert.rejects(exchange.send(pieces[0]!), reason(Reason.streamEnded));
  });
});

test("a value waits for room, and hears of the end of the connection", async () => {
  const receiver = new Receiver(true);
  await FakeServer.run(receiver.handle, async (client) => {
    const exchange = client.upload.fill({ uploadId: "up1" });
    await exchange.send(pieces[0]!);
    await exchange.send(pieces[1]!);
    let isDone = false;
    const third = exchange.send(pieces[2]!).then(() => (isDone = true));
    await new Promise<void>((resolve) => setTimeout(resolve, 200));
    assert.equal(isDone, false);
    receiver.grant(1);
    await third;
    const fourth = assert.rejects(exchange.send(pieces[3]!), reason(Reason.connectionLost));
    await new Promise<void>((resolve) => setTimeout(resolve, 50));
    receiver.peer?.hangUp();
    await fourth;
  });
});

test("what ends the stream reaches who sends and who reads", async () => {
  await FakeServer.run(new Receiver(true, 2).handle, async (client) => {
    const exchange = client.upload.fill({ uploadId: "up1" });
    await exchange.send(pieces[0]!);
    await exchange.send(pieces[1]!);
    await assert.rejects(exchange.send(pieces[2]!), reason(Reason.uploadGap));
    await assert.rejects(exchange.next(), reason(Reason.uploadGap));
  });
});

test("leaving an exchange, and its deadline, end it on the server", async () => {
  await FakeServer.run(new Receiver(true).handle, async (client, server) => {
    const exchange = client.upload.fill({ uploadId: "up1" });
    await exchange.send(pieces[0]!);
    exchange.cancel();
    await server.waitFor("rpc.cancel");
    await assert.rejects(exchange.send(pieces[1]!), (error) => error instanceof PostroomError && error.status === "CANCELLED");
    const late = client.upload.fill({ uploadId: "up1" }, { timeoutMs: 200 });
    await late.send(pieces[0]!);
    await late.send(pieces[1]!);
    await assert.rejects(late.send(pieces[2]!), reason(Reason.callDeadline));
  });
});
