import type { Address } from "./address.js";
import { readAddress } from "./address.js";
import type { TLSOptions } from "./connection.js";
import { Connection, Waiting } from "./connection.js";
import { PostroomError, cancelled, closed, deadlineExceeded } from "./errors.js";
import type { Upload } from "./generated.js";
import { Services } from "./generated.js";
import type { KeyedCallOptions, Signal } from "./options.js";
import { deadlineAfter, now, pauseToRepeat, sleep } from "./retry.js";
import { uploadFile, uploadFrom } from "./upload.js";
import type { UploadOptions, UploadSource } from "./upload.js";

/** How a client connects. */
export interface ClientOptions {
  /** What `token.create` answered; not needed on a Unix socket whose user the server knows. */
  token?: string | undefined;
  /** How long a call may take that names no time of its own; null for as long as it takes. 30,000 when left out. */
  timeoutMs?: number | null | undefined;
  /** How long connecting and signing in may take, where a call's own time is longer. 10,000 when left out. */
  connectTimeoutMs?: number | undefined;
  /** For `postrooms://`. */
  tls?: TLSOptions | undefined;
}

/**
 * A client of one Postroom server.
 *
 * The connection is made at the first call, shared by all, and made again after it was lost. A call that was under
 * way then is repeated a few times, after longer and longer pauses, if that is safe (the document calls it
 * idempotent, or it has an idempotency key); else it throws a `PostroomError` with reason `connection.lost`.
 * `close()` lets the program end.
 */
export class PostroomClient extends Services {
  readonly #url: string;
  readonly #address: Address;
  readonly #token: string | undefined;
  readonly #tls: TLSOptions;
  readonly #timeoutMs: number | undefined;
  readonly #connectTimeoutMs: number;
  readonly #closing = new Closing();
  #connection: Connection | undefined;
  #connecting: Promise<Connection> | undefined;

  /**
   * `url`: `unix:///path/of/the/socket`, `postroom://host:port`, or `postrooms://host:port` for TLS, whose
   * certificate must be for `host`. Throws a `PostroomError` with reason `client.badURL` when it is none of these.
   */
  constructor(url: string, options: ClientOptions = {}) {
    super({
      call: (method, params, options, isIdempotent) => this.#call(method, params, options, isIdempotent),
      open: (method, params, deadline, signal, credit) => this.#open(method, params, deadline, signal, credit),
      pause: (milliseconds, signal) => this.#pause(milliseconds, signal),
    });
    this.#url = url;
    this.#address = readAddress(url);
    this.#token = options.token;
    this.#tls = options.tls ?? {};
    this.#timeoutMs = options.timeoutMs === null ? undefined : options.timeoutMs ?? 30_000;
    this.#connectTimeoutMs = options.connectTimeoutMs ?? 10_000;
  }

  /** Ends the connection. Calls and streams under way throw; later ones too. */
  close(): void {
    this.#closing.begin();
    this.#connection?.close();
  }

  /**
   * Gives a file by pieces, so that mails can carry it: `{ uploadId: upload.id }` in `attachments`.
   *
   * Never held as a whole. When the connection is lost, or the server restarts, it goes on with the piece that was
   * under way. What fails for good leaves the upload as it is: it can be gone on with for a day. The upload that comes
   * back is committed, and its SHA-256 was compared.
   */
  async uploadFile(path: string, options: UploadOptions = {}): Promise<Upload> {
    return await uploadFile(this.#uploader, path, options);
  }

  /** The same with what `source` gives. */
  async uploadFrom(source: UploadSource, options: UploadOptions = {}): Promise<Upload> {
    return await uploadFrom(this.#uploader, source, options);
  }

  get #uploader(): { upload: PostroomClient["upload"]; pause: (ms: number, signal: Signal | undefined) => Promise<boolean> } {
    return { upload: this.upload, pause: (milliseconds, signal) => this.#pause(milliseconds, signal) };
  }

  async #call(
    method: string, params: Record<string, unknown>, options: KeyedCallOptions, isIdempotent: boolean,
  ): Promise<unknown> {
    const { signal, onProgress, idempotencyKey } = options;
    const deadline = deadlineAfter(options.timeoutMs ?? this.#timeoutMs);
    const meta = idempotencyKey === undefined ? {} : { idempotencyKey };
    return await this.#repeating(isIdempotent || idempotencyKey !== undefined, deadline, signal, async () => {
      const connection = await this.#connected(deadline, signal);
      return await answer(new Waiting(connection, undefined, onProgress), method, params, meta, deadline, signal);
    });
  }

  async #open(
    method: string, params: Record<string, unknown>, deadline: number, signal: Signal | undefined, credit: number,
  ): Promise<Waiting> {
    return await this.#repeating(true, deadline, signal, async () => {
      const waiting = new Waiting(await this.#connected(deadline, signal), credit);
      await answer(waiting, method, params, {}, deadline, signal);
      return waiting;
    });
  }

  async #pause(milliseconds: number, signal: Signal | undefined): Promise<boolean> {
    await sleep(milliseconds, [signal, this.#closing]);
    return !this.#closing.aborted && !(signal?.aborted ?? false);
  }

  /** Again while that is safe and can help, over a new connection and after a while. */
  async #repeating<T>(
    isSafe: boolean, deadline: number, signal: Signal | undefined, attempt: () => Promise<T>,
  ): Promise<T> {
    for (let number = 1; ; number += 1) {
      if (signal?.aborted) throw cancelled();
      try {
        return await attempt();
      } catch (error) {
        const pause =
          error instanceof PostroomError ? pauseToRepeat(error, number, isSafe, deadline) : undefined;
        if (pause === undefined || !(await this.#pause(pause, signal))) throw signal?.aborted ? cancelled() : error;
      }
    }
  }

  async #connected(deadline: number, signal: Signal | undefined): Promise<Connection> {
    if (this.#closing.aborted) throw closed();
    if (this.#connection?.isUsable) return this.#connection;
    // One that is going away still finishes what runs on it; it closes by itself.
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return await within(this.#connecting, deadline, signal);
  }

  async #connect(): Promise<Connection> {
    const deadline = deadlineAfter(this.#connectTimeoutMs);
    const connection = await Connection.open(this.#address, this.#url, deadline, this.#tls);
    try {
      if (this.#token !== undefined) {
        await answer(new Waiting(connection), "session.open", { token: this.#token }, {}, deadline, this.#closing);
      }
      if (this.#closing.aborted) throw closed();
    } catch (error) {
      connection.close();
      throw error;
    }
    this.#connection = connection;
    return connection;
  }
}

/** What `work` answers; others may go on waiting for it when this one's time is over. */
async function within<T>(work: Promise<T>, deadline: number, signal: Signal | undefined): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const abort = (): void => {
      stop();
      reject(cancelled());
    };
    const left = Math.min(2 ** 31 - 1, Math.max(0, Math.ceil(deadline - now())));
    const timer = deadline === Infinity ? undefined : setTimeout(() => {
      stop();
      reject(deadlineExceeded());
    }, left);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    work.then((value) => { stop(); resolve(value); }, (error: unknown) => { stop(); reject(error); });
  });
}

/** The answer. Whatever else ends the wait cancels the call on the server. */
async function answer(
  waiting: Waiting, method: string, params: Record<string, unknown>, meta: Record<string, unknown>,
  deadline: number, signal: Signal | undefined,
): Promise<unknown> {
  waiting.connection.begin(waiting, method, params, meta, deadline);
  try {
    return await waiting.take(deadline, signal);
  } catch (error) {
    waiting.connection.forget(waiting);
    throw error;
  }
}

/** Tells those that wait that the client is closed. */
class Closing implements Signal {
  #listeners = new Set<() => void>();
  aborted = false;

  begin(): void {
    this.aborted = true;
    for (const listener of [...this.#listeners]) listener();
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
