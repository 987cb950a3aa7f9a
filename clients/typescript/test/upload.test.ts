import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import test from "node:test";

import { PostroomError } from "../src/index.js";
import type { Message, Peer } from "./server.js";
import { FakeServer } from "./server.js";

const piece = 10;
const file = new Uint8Array(Array.from({ length: 35 }, (_, i) => i));

/** Keeps one upload; hangs up at the calls whose numbers are in `breaks`, before or after doing them. */
class UploadServer {
  content = new Uint8Array(0);
  isCommitted = false;
  opened: Record<string, unknown> | undefined;
  calls = 0;

  constructor(private readonly breaks: Record<number, "before" | "after"> = {}) {}

  readonly handle = (peer: Peer, message: Message): void => {
    this.calls += 1;
    const how = this.breaks[this.calls];
    if (how === "before") return peer.hangUp();
    const problem = this.do(message);
    if (how === "after") return peer.hangUp();
    if (problem !== undefined) {
      return peer.fail(message, -32009, "no", { status: "FAILED_PRECONDITION", reason: problem });
    }
    peer.answer(message, {
      id: "up1", name: "x", type: "a/b", received: this.content.length, pieceOctetsMax: piece,
      state: this.isCommitted ? "committed" : "open", createdAt: "2025-03-04T09:30:00.000Z",
      expiresAt: "2025-03-05T09:30:00.000Z",
    });
  };

  private do({ method, params }: Message): string | undefined {
    const { _meta, ...given } = params;
    if (method === "upload.open") this.opened = given;
    if (method === "upload.write") {
      const data = Buffer.from(given["data"] as string, "base64");
      const offset = given["offset"] as number;
      const known = this.content.subarray(offset);
      if (data.length > piece || offset > this.content.length || known.some((octet, i) => octet !== data[i])) {
        return "test.wrongPiece";
      }
      this.content = new Uint8Array([...this.content.subarray(0, offset), ...data]);
    }
    if (method === "upload.commit") {
      const digest = createHash("sha256");
      digest.update(this.content);
      if (given["sha256"] !== digest.digest("hex")) return "upload.digest";
      this.isCommitted = true;
    }
    return undefined;
  }
}

function* slowly(octets: Uint8Array): Generator<Uint8Array> {
  for (const octet of octets) yield new Uint8Array([octet]);
}

async function fails(work: Promise<unknown>, reason: string): Promise<void> {
  await assert.rejects(work, (error) => error instanceof PostroomError && error.reason === reason);
}

for (const size of [0, 1, 9, 10, 11, 35]) {
  void test(`upload of ${size} octets: goes up by pieces and its digest is compared`, async () => {
    const folder = mkdtempSync(`${tmpdir()}/postroom-`);
    const server = new UploadServer();
    const seen: unknown[] = [];
    try {
      writeFileSync(`${folder}/offer.pdf`, file.subarray(0, size));
      await FakeServer.run(server.handle, async (client) => {
        const upload = await client.uploadFile(`${folder}/offer.pdf`, {
          type: "application/pdf", onProgress: (done, of) => { seen.push([done, of]); },
        });
        assert.equal(upload.state, "committed");
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
    assert.deepEqual(server.content, file.slice(0, size));
    assert.deepEqual(server.opened, { name: "offer.pdf", type: "application/pdf", size });
    assert.deepEqual([seen[0], seen[seen.length - 1]], [[0, size], [size, size]]);
  });
}

void test("upload: a lost connection is gone on after", async () => {
  for (const how of ["before", "after"] as const) {
    for (let number = 2; number < 7; number += 1) {
      const server = new UploadServer({ [number]: how });
      await FakeServer.run(server.handle, async (client) => {
        await client.uploadFrom(slowly(file));
      });
      assert.deepEqual(server.content, file);
      assert.ok(server.isCommitted);
    }
  }
});

void test("upload: a server that stays away is waited for a while", async () => {
  const away = (last: number): Record<number, "before"> =>
    Object.fromEntries(Array.from({ length: last - 3 }, (_, i) => [i + 3, "before" as const]));
  const server = new UploadServer(away(9));
  await FakeServer.run(server.handle, async (client) => {
    await client.uploadFrom([file]);
  });
  assert.deepEqual(server.content, file);
  await FakeServer.run(new UploadServer(away(99)).handle, async (client) => {
    await fails(client.uploadFrom([file], { patienceMs: 0 }), "connection.lost");
  });
});

void test("upload: one that was begun is gone on with, and compared", async () => {
  const server = new UploadServer();
  server.content = file.slice(0, 17);
  await FakeServer.run(server.handle, async (client) => {
    await client.uploadFrom([file], { uploadId: "up1" });
    assert.deepEqual(server.content, file);
    assert.equal(server.opened, undefined);
    server.content = new Uint8Array([9, 9]);
    await fails(client.uploadFrom([file], { uploadId: "up1" }), "upload.digest");
  });
});
