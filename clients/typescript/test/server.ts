import { Buffer } from "node:buffer";
import { mkdtempSync, rmSync } from "node:fs";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { deflateSync } from "node:zlib";

import { PostroomClient } from "../src/index.js";
import type { ClientOptions } from "../src/index.js";

export interface Message {
  id?: number;
  method: string;
  params: Record<string, unknown> & { _meta?: Record<string, unknown> };
}

/** One connection, as the server sees it. */
export class Peer {
  constructor(private readonly socket: net.Socket) {}

  send(message: Record<string, unknown>, isDeflated = false): void {
    const text = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    const body = isDeflated ? deflateSync(text) : text;
    const head = Buffer.allocUnsafe(5);
    head[0] = isDeflated ? 1 : 0;
    head.writeUInt32BE(body.length, 1);
    this.socket.write(Buffer.concat([head, body]));
  }

  /** As `send`, in pieces of one octet. */
  sendSlowly(message: Record<string, unknown>): void {
    const text = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    const head = Buffer.allocUnsafe(5);
    head[0] = 0;
    head.writeUInt32BE(text.length, 1);
    for (const octet of Buffer.concat([head, text])) this.socket.write(new Uint8Array([octet]));
  }

  write(octets: Uint8Array): void {
    this.socket.write(octets);
  }

  answer(call: Message, result: unknown): void {
    this.send({ id: call.id, result });
  }

  fail(call: Message, code: number, message: string, data?: unknown): void {
    this.send({ id: call.id, error: { code, message, data } });
  }

  next(subscription: string, seq: number, value: unknown): void {
    this.send({ method: "rpc.next", params: { subscription, seq, value } });
  }

  end(subscription: string, error?: unknown): void {
    this.send({ method: "rpc.end", params: { subscription, error } });
  }

  hangUp(): void {
    this.socket.destroy();
  }
}

/** A server of a few lines that speaks the length-prefixed framing and answers from a script. */
export class FakeServer {
  readonly messages: Message[] = [];
  connections = 0;
  readonly url: string;
  private readonly folder = mkdtempSync(`${tmpdir()}/postroom-`);
  private readonly sockets = new Set<net.Socket>();
  private readonly server: net.Server;
  private wake: (() => void)[] = [];

  private constructor(private readonly handle: (peer: Peer, message: Message, server: FakeServer) => void) {
    this.url = `unix://${this.folder}/s`;
    this.server = net.createServer((socket) => this.serve(socket));
  }

  /** Runs `body` with a server and a client of it. */
  static async run(
    handle: (peer: Peer, message: Message, server: FakeServer) => void,
    body: (client: PostroomClient, server: FakeServer) => Promise<void>, options: ClientOptions = {},
  ): Promise<void> {
    const server = new FakeServer(handle);
    await new Promise<void>((resolve) => server.server.listen(`${server.folder}/s`, resolve));
    const client = new PostroomClient(server.url, options);
    try {
      await body(client, server);
    } finally {
      client.close();
      for (const socket of server.sockets) socket.destroy();
      await new Promise<void>((resolve) => server.server.close(resolve));
      rmSync(server.folder, { recursive: true });
    }
  }

  /** The messages of this method, once there are `count` of them. */
  async waitFor(method: string, count = 1): Promise<Message[]> {
    for (;;) {
      const found = this.messages.filter((message) => message.method === method);
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => this.wake.push(resolve));
    }
  }

  private serve(socket: net.Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    const peer = new Peer(socket);
    let waiting = Buffer.from("");
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      waiting = Buffer.concat([waiting, data]);
      while (waiting.length >= 5 && waiting.length >= 5 + waiting.readUInt32BE(1)) {
        const end = 5 + waiting.readUInt32BE(1);
        const message = JSON.parse(waiting.subarray(5, end).toString("utf8")) as Message;
        waiting = waiting.subarray(end);
        this.messages.push(message);
        this.handle(peer, message, this);
        const wake = this.wake;
        this.wake = [];
        for (const each of wake) each();
      }
    });
  }
}
