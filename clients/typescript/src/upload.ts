import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { basename } from "node:path";

import { PostroomError } from "./errors.js";
import type { Upload, UploadCalls } from "./generated.js";
import type { Signal } from "./options.js";
import { now, pauseBefore } from "./retry.js";

/** How a file is given. */
export interface UploadOptions {
  /** What receivers see; the path's last part when left out. */
  name?: string | undefined;
  /** The media type; `application/octet-stream` when left out. */
  type?: string | undefined;
  /** How many octets there are, where that is known. */
  size?: number | undefined;
  /** An upload that was begun before and is gone on with; the source is the same, from its beginning. */
  uploadId?: string | undefined;
  /** A server that cannot be reached is tried again for so long, for each piece; 60,000 when left out. */
  patienceMs?: number | undefined;
  /** Ends it, here and on the server. */
  signal?: Signal | undefined;
  /** Told how many octets the server has, and of how many. */
  onProgress?: ((done: number, size: number | undefined) => void) | undefined;
}

/** Octets in pieces of any length: an array of them, a generator, a stream of Node.js. */
export type UploadSource = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What of a client is used. */
export interface Uploader {
  readonly upload: UploadCalls;
  pause(milliseconds: number, signal: Signal | undefined): Promise<boolean>;
}

export async function uploadFrom(client: Uploader, source: UploadSource, options: UploadOptions): Promise<Upload> {
  const { signal, onProgress, size } = options;
  const end = options.patienceMs ?? 60_000;
  const first = options.uploadId === undefined
    ? await patiently(client, end, signal, false, async () =>
      await client.upload.open({ name: options.name ?? "file", type: options.type, size }, { signal }))
    : await patiently(client, end, signal, true, async () =>
      await client.upload.get({ uploadId: options.uploadId ?? "" }, { signal }));
  const uploadId = first.id;
  const digest = createHash("sha256");
  const pieces = new Pieces(source);
  let at = 0;
  try {
    // What is there already is read all the same: its digest counts.
    while (at < first.received) {
      const data = await pieces.next(Math.min(first.pieceOctetsMax, first.received - at));
      if (data.length === 0) break;
      digest.update(data);
      at += data.length;
    }
    onProgress?.(at, size);
    for (;;) {
      const data = await pieces.next(first.pieceOctetsMax);
      if (data.length === 0) break;
      digest.update(data);
      const offset = at;
      await patiently(client, end, signal, true, async () =>
        await client.upload.write({ uploadId, offset, data }, { signal }));
      at += data.length;
      onProgress?.(at, size);
    }
  } finally {
    await pieces.close();
  }
  const sha256 = digest.digest("hex");
  return await patiently(client, end, signal, true, async () =>
    await client.upload.commit({ uploadId, sha256 }, { signal }));
}

export async function uploadFile(client: Uploader, path: string, options: UploadOptions): Promise<Upload> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    return await uploadFrom(client, chunks(file), { ...options, name: options.name ?? basename(path), size });
  } finally {
    await file.close();
  }
}

interface Readable {
  read(buffer: Uint8Array, offset: number, length: number, position: null): Promise<{ bytesRead: number }>;
}

async function* chunks(file: Readable): AsyncGenerator<Uint8Array> {
  for (;;) {
    const buffer = new Uint8Array(1 << 16);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* each(source: UploadSource): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) yield chunk;
}

/** A source read in pieces of wanted lengths. */
class Pieces {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest = new Uint8Array(0);

  constructor(source: UploadSource) {
    this.#chunks = each(source);
  }

  /** As many as `count` unless the source ends before. */
  async next(count: number): Promise<Uint8Array> {
    const parts = [];
    let left = count;
    while (left > 0) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done === true) break;
        this.#rest = next.value;
      }
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      parts.push(part);
      left -= part.length;
    }
    const data = new Uint8Array(count - left);
    let at = 0;
    for (const part of parts) {
      data.set(part, at);
      at += part.length;
    }
    return data;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

/**
 * Calls again while the server cannot be reached.
 *
 * `isSafe`: doing it twice is like doing it once; else only what never reached a server is done again.
 */
async function patiently<T>(
  client: Uploader, patienceMs: number, signal: Signal | undefined, isSafe: boolean, call: () => Promise<T>,
): Promise<T> {
  const end = now() + patienceMs;
  for (let number = 3; ; number = Math.min(number + 1, 6)) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof PostroomError) || error.status !== "UNAVAILABLE") throw error;
      const wasNotBegun = error.reason === "connection.failed" || error.reason === "server.goingAway";
      const pause = pauseBefore(number);
      if (!(isSafe || wasNotBegun) || now() + pause >= end || !(await client.pause(pause, signal))) throw error;
    }
  }
}
