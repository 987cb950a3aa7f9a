import { Buffer } from "node:buffer";
import * as net from "node:net";
import * as tls from "node:tls";
import { inflateSync } from "node:zlib";

import type { Address } from "./address.js";
import {
  PostroomError, badAnswer, badCertificate, cancelled, closed, connectionFailed, connectionLost,
  deadlineExceeded, isObject, streamEnded, streamGap, streamOverrun,
} from "./errors.js";
import type { Signal } from "./options.js";
import { now } from "./retry.js";

/** The server's own limit for one message. */
const messageOctetsMax = 64 << 20;

/** Flag and length, before each message. */
const headOctets = 5;

/** The longest that a timer can wait. */
const timerMsMax = 2 ** 31 - 1;

/** For TLS; the text or octets of PEM files. */
export interface TLSOptions {
  /** Authorities to trust instead of the usual ones. */
  ca?: string | Uint8Array | undefined;
  /** A certificate of the client, and its key. */
  cert?: string | Uint8Array | undefined;
  key?: string | Uint8Array | undefined;
}

/** What comes at the end of a stream's values. */
export const end = Symbol("end");

/** A call or a stream: what came for it and was not taken yet. */
export class Waiting {
  number = 0;
  subscription: string | undefined;
  sequence = 0;
  /** Values that the server may still send. */
  credit: number;
  /** Values that may still be sent into the stream, and how many were. */
  private room = 0;
  private sent = 0;
  readonly isStream: boolean;
  private readonly items: unknown[] = [];
  private outcome: { error: unknown } | undefined;
  private readonly wake = new Set<() => void>();

  constructor(
    readonly connection: Connection, credit?: number, readonly onProgress?: (value: unknown) => void,
  ) {
    this.isStream = credit !== undefined;
    this.credit = credit ?? 0;
  }

  put(item: unknown): void {
    this.items.push(item);
    this.changed();
  }

  /** Nothing more comes. What came before can still be taken. */
  end(error?: unknown): void {
    this.outcome ??= { error };
    this.changed();
  }

  /** The next item, or `end` at a good end; throws what the call ended with. */
  async take(deadline: number, signal: Signal | undefined): Promise<unknown> {
    while (this.items.length === 0 && this.outcome === undefined) {
      if (signal?.aborted) throw cancelled();
      if (now() >= deadline) throw deadlineExceeded();
      await this.change(deadline, signal);
    }
    if (this.items.length > 0) return this.items.shift();
    if (this.outcome?.error !== undefined) throw this.outcome.error;
    return end;
  }

  /** So many values more may be sent into the stream. */
  allow(more: unknown): void {
    if (typeof more !== "number" || more <= 0) return;
    this.room += more;
    this.changed();
  }

  /** Waits until the server has room for a value: its number. Throws what the stream ended with. */
  async turn(deadline: number, signal: Signal | undefined): Promise<number> {
    while (this.room === 0 && this.outcome === undefined) {
      if (signal?.aborted) throw cancelled();
      if (now() >= deadline) throw deadlineExceeded();
      await this.change(deadline, signal);
    }
    if (this.outcome !== undefined) throw this.outcome.error ?? streamEnded();
    this.room -= 1;
    this.sent += 1;
    return this.sent;
  }

  private changed(): void {
    for (const wake of [...this.wake]) wake();
  }

  private async change(deadline: number, signal: Signal | undefined): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.wake.delete(done);
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const left = Math.min(timerMsMax, Math.ceil(deadline - now()));
      const timer = deadline === Infinity ? undefined : setTimeout(done, left);
      signal?.addEventListener("abort", done);
      this.wake.add(done);
    });
  }
}

/** One connection, and the calls that wait for it. */
export class Connection {
  private lastNumber = 0;
  private readonly calls = new Map<number, Waiting>();
  private readonly streams = new Map<string, Waiting>();
  private ended: PostroomError | undefined;
  private isGoingAway = false;
  private chunks: Uint8Array[] = [];
  private size = 0;
  private needed = headOctets;

  private constructor(private readonly socket: net.Socket) {
    socket.on("data", (data) => this.received(data));
    socket.on("error", (error) => this.finish(connectionLost(`the connection ended: ${error.message}`)));
    socket.on("close", () =>
      this.finish(connectionLost("the server ended the connection before the answer came")));
  }

  static async open(address: Address, url: string, deadline: number, options: TLSOptions): Promise<Connection> {
    const isTLS = "host" in address && address.isTLS;
    const socket = isTLS
      ? tls.connect({
          host: address.host, port: address.port, ca: options.ca, cert: options.cert, key: options.key,
          autoSelectFamily: true, servername: net.isIP(address.host) === 0 ? address.host : undefined,
        })
      : net.connect("path" in address ? address : { host: address.host, port: address.port, autoSelectFamily: true });
    return await new Promise<Connection>((resolve, reject) => {
      const timer = setTimeout(
        () => {
          socket.destroy();
          reject(connectionFailed(`cannot connect to ${url}: no answer in time`));
        },
        Math.min(timerMsMax, Math.max(0, deadline - now())));
      const failed = (error: Error): void => {
        clearTimeout(timer);
        socket.destroy();
        reject(cannotConnect(url, error));
      };
      socket.on("error", failed);
      socket.on(isTLS ? "secureConnect" : "connect", () => {
        clearTimeout(timer);
        socket.off("error", failed);
        if (!("path" in address)) socket.setNoDelay(true);
        resolve(new Connection(socket));
      });
    });
  }

  get isUsable(): boolean {
    return this.ended === undefined && !this.isGoingAway;
  }

  close(): void {
    this.finish(closed());
  }

  // Sending

  begin(waiting: Waiting, method: string, params: Record<string, unknown>, meta: Record<string, unknown>,
        deadline: number): void {
    if (this.ended !== undefined) throw this.ended;
    const left = deadline - now();
    if (left <= 0) throw deadlineExceeded();
    const id = this.lastNumber + 1;
    const whole = {
      ...meta,
      ...(deadline === Infinity ? {} : { timeoutMs: Math.max(1, Math.floor(left)) }),
      ...(waiting.onProgress === undefined ? {} : { progressToken: id }),
      ...(waiting.isStream ? { credit: waiting.credit } : {}),
    };
    const isBare = Object.keys(whole).length === 0;
    const frame = framed({
      jsonrpc: "2.0", id, method, params: isBare ? params : { ...params, _meta: whole } });
    this.lastNumber = id;
    waiting.number = id;
    this.calls.set(id, waiting);
    this.socket.write(frame);
  }

  /** Cancels a call or stream that nobody waits for any longer. */
  forget(waiting: Waiting): void {
    const isKnown = this.leave(waiting);
    waiting.end(cancelled());
    if (isKnown) this.notify("rpc.cancel", { id: waiting.number });
  }

  grant(waiting: Waiting, credit: number): void {
    waiting.credit += credit;
    this.notify("rpc.credit", { subscription: waiting.subscription, credit });
  }

  /** Sends a value into a stream; answers when the socket has room for more. */
  async give(waiting: Waiting, seq: number, value: unknown): Promise<void> {
    if (this.ended !== undefined) throw this.ended;
    const frame = framed({
      jsonrpc: "2.0", method: "rpc.next", params: { subscription: waiting.subscription, seq, value } });
    if (this.socket.write(frame)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.socket.off("drain", done);
        this.socket.off("close", done);
        resolve();
      };
      this.socket.on("drain", done);
      this.socket.on("close", done);
    });
  }

  /** Says that no more values come; those of the server go on. */
  finishInput(waiting: Waiting): void {
    this.notify("rpc.end", { subscription: waiting.subscription });
  }

  private leave(waiting: Waiting): boolean {
    const wasCall = this.calls.delete(waiting.number);
    return (waiting.subscription !== undefined && this.streams.delete(waiting.subscription)) || wasCall;
  }

  private notify(method: string, params: Record<string, unknown>): void {
    // A connection that has ended needs it no more.
    if (this.ended === undefined) this.socket.write(framed({ jsonrpc: "2.0", method, params }));
  }

  // Receiving

  private received(data: Uint8Array): void {
    this.chunks.push(data);
    this.size += data.length;
    try {
      while (this.ended === undefined && this.size >= this.needed) this.unframe();
    } catch (error) {
      this.finish(error instanceof PostroomError ? error : badAnswer(String(error)));
    }
  }

  private unframe(): void {
    const first = this.chunks[0];
    // Most often all of it came at once: then nothing is copied.
    const whole = this.chunks.length === 1 && first !== undefined ? view(first) : Buffer.concat(this.chunks);
    const flag = whole[0] ?? 0;
    const length = whole.readUInt32BE(1);
    if (flag > 1 || length > messageOctetsMax) throw badAnswer("a frame that is none");
    this.needed = headOctets + length;
    if (whole.length >= this.needed) {
      const body = whole.subarray(headOctets, this.needed);
      const rest = whole.subarray(this.needed);
      this.chunks = [rest];
      this.size = rest.length;
      this.needed = headOctets;
      const text = flag === 1 ? inflateSync(body, { maxOutputLength: messageOctetsMax }) : body;
      this.receive(JSON.parse(view(text).toString("utf8")));
    } else {
      this.chunks = [whole];
    }
  }

  private receive(message: unknown): void {
    if (!isObject(message)) throw badAnswer("not an object");
    if ("method" in message) {
      if (isObject(message["params"])) this.notified(message["method"], message["params"]);
      return;
    }
    const id = message["id"];
    const waiting = typeof id === "number" ? this.calls.get(id) : undefined;
    if (waiting !== undefined) this.calls.delete(waiting.number);
    if ("error" in message) {
      const error = PostroomError.read(message["error"]);
      if (waiting !== undefined) waiting.end(error);
      // The server could not read what we sent, and cannot say which call it was.
      else if (id === null || id === undefined) this.finish(error);
    } else if (waiting !== undefined) {
      this.answered(waiting, message["result"]);
    }
  }

  private answered(waiting: Waiting, result: unknown): void {
    if (!waiting.isStream) {
      waiting.put(result);
      waiting.end();
      return;
    }
    const subscription = isObject(result) ? result["subscription"] : undefined;
    if (typeof subscription !== "string") {
      waiting.end(badAnswer("a stream without a subscription", "stream.malformed"));
      return;
    }
    waiting.subscription = subscription;
    this.streams.set(subscription, waiting);
    if (isObject(result)) waiting.allow(result["credit"]);
    waiting.put(result);
  }

  private notified(method: unknown, params: Record<string, unknown>): void {
    if (method === "rpc.goaway") {
      this.isGoingAway = true;
    } else if (method === "$/progress") {
      const waiting = this.calls.get(params["token"] as number);
      try {
        waiting?.onProgress?.(params["value"]);
      } catch (error) {
        waiting?.end(error);
      }
    } else if (method === "rpc.next") {
      this.next(params);
    } else if (method === "rpc.credit") {
      this.streams.get(String(params["subscription"]))?.allow(params["credit"]);
    } else if (method === "rpc.end") {
      const subscription = String(params["subscription"]);
      const error = params["error"];
      this.streams.get(subscription)?.end(
        error === undefined || error === null ? undefined : PostroomError.read(error));
      this.streams.delete(subscription);
    }
  }

  private next(params: Record<string, unknown>): void {
    const stream = this.streams.get(String(params["subscription"]));
    if (stream === undefined) return;
    stream.sequence += 1;
    stream.credit -= 1;
    if (params["seq"] === stream.sequence && stream.credit >= 0) {
      stream.put(params["value"]);
      return;
    }
    stream.end(params["seq"] === stream.sequence ? streamOverrun() : streamGap());
    this.forget(stream);
  }

  private finish(error: PostroomError): void {
    if (this.ended !== undefined) return;
    this.ended = error;
    const waiting = [...this.calls.values(), ...this.streams.values()];
    this.calls.clear();
    this.streams.clear();
    for (const each of waiting) each.end(error);
    this.socket.destroy();
  }
}

function view(octets: Uint8Array): Buffer {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
}

function framed(message: Record<string, unknown>): Uint8Array {
  const text = Buffer.from(JSON.stringify(message), "utf8");
  if (text.length > messageOctetsMax) {
    throw new RangeError(`the message has ${text.length} octets, more than ${messageOctetsMax}`);
  }
  const frame = Buffer.allocUnsafe(headOctets + text.length);
  frame[0] = 0;
  frame.writeUInt32BE(text.length, 1);
  text.copy(frame, headOctets);
  return frame;
}

function cannotConnect(url: string, error: Error & { code?: string }): PostroomError {
  const code = error.code ?? "";
  const isCertificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code);
  return isCertificate
    ? badCertificate(`the certificate of ${url} is not acceptable: ${error.message}`)
    : connectionFailed(`cannot connect to ${url}: ${error.message || code}`);
}
