import type { Waiting } from "./connection.js";
import { end } from "./connection.js";
import { PostroomError, isObject } from "./errors.js";
import type { Signal, StreamOptions } from "./options.js";
import { deadlineAfter, now, pauseBefore } from "./retry.js";

/** What the server takes as credit at one time. */
const windowMax = 65_536;

/** How often a stream that is resumed looks for a new connection before it gives up, without a value between. */
const resumeAttemptsMax = 8;

/** What a stream needs of the client. */
export interface StreamCaller {
  open(
    method: string, params: Record<string, unknown>, deadline: number, signal: Signal | undefined, credit: number,
  ): Promise<Waiting>;
  /** Waits; false when the client was closed meanwhile. */
  pause(milliseconds: number, signal: Signal | undefined): Promise<boolean>;
}

/** `param` of the new call is `member` of the last value seen. */
export interface Resume {
  readonly param: string;
  readonly member: string;
}

/**
 * The values of a stream, in order; ends when the server ends it, throws what it failed with.
 *
 * It is opened when the first value is asked for. The server sends no more than the window ahead of the reader.
 * Leaving the loop, or `cancel()`, ends the stream on the server too. A stream that can be resumed goes on over
 * a new connection when its own is lost, behind the last value that was read. One reader at a time.
 */
export class PostroomStream<T> implements AsyncIterableIterator<T> {
  readonly #caller: StreamCaller;
  readonly #method: string;
  readonly #params: Record<string, unknown>;
  readonly #read: (value: unknown) => T;
  readonly #resume: Resume | undefined;
  readonly #signal: Signal | undefined;
  readonly #window: number;
  readonly #deadline: number;
  #waiting: Waiting | undefined;
  #opening: Promise<Waiting> | undefined;
  #taken = 0;
  #attempt = 0;
  #hasEnded = false;

  constructor(
    caller: StreamCaller, method: string, params: Record<string, unknown>, read: (value: unknown) => T,
    options: StreamOptions, resume: Resume | undefined,
  ) {
    this.#caller = caller;
    this.#method = method;
    this.#params = params;
    this.#read = read;
    this.#resume = resume;
    this.#signal = options.signal;
    this.#window = Math.max(1, Math.min(options.window ?? 32, windowMax));
    this.#deadline = deadlineAfter(options.timeoutMs);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    try {
      while (!this.#hasEnded) {
        const waiting = await this.opened();
        let value: unknown;
        try {
          value = await waiting.take(this.#deadline, this.#signal);
        } catch (error) {
          if (this.#hasEnded) break;
          if (!(await this.#goesOn(error))) throw error;
          continue;
        }
        if (value === end) break;
        this.#attempt = 0;
        if (this.#resume !== undefined && isObject(value)) {
          this.#params[this.#resume.param] = value[this.#resume.member];
        }
        this.#count(waiting);
        return { done: false, value: this.#read(value) };
      }
    } catch (error) {
      this.cancel();
      throw error;
    }
    this.#hasEnded = true;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.cancel();
    return { done: true, value: undefined };
  }

  /** Ends the stream, here and on the server. May be called at any time, and again. */
  cancel(): void {
    this.#hasEnded = true;
    this.#waiting?.connection.forget(this.#waiting);
  }

  /** What is open; who reads and who sends may both be the first to ask. */
  protected async opened(): Promise<Waiting> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return await this.#opening;
  }

  /** Waits for the turn of the next value into the stream. */
  protected async turn(waiting: Waiting): Promise<number> {
    return await waiting.turn(this.#deadline, this.#signal);
  }

  async #open(): Promise<Waiting> {
    if (this.#waiting === undefined) {
      this.#waiting = await this.#caller.open(
        this.#method, this.#params, this.#deadline, this.#signal, this.#window);
      this.#taken = 0;
      // By somebody else, while it was opened.
      if (this.#hasEnded) this.cancel();
    }
    return this.#waiting;
  }

  /** Grants what was taken, half a window at a time. */
  #count(waiting: Waiting): void {
    this.#taken += 1;
    if (this.#taken * 2 >= this.#window) {
      waiting.connection.grant(waiting, this.#taken);
      this.#taken = 0;
    }
  }

  /** Opens the stream again after its connection was lost; false when that cannot be or did not help. */
  async #goesOn(error: unknown): Promise<boolean> {
    if (this.#resume === undefined || !isUnavailable(error)) return false;
    while (this.#attempt < resumeAttemptsMax && !this.#hasEnded) {
      this.#attempt += 1;
      const pause = pauseBefore(this.#attempt);
      if (now() + pause >= this.#deadline || !(await this.#caller.pause(pause, this.#signal))) return false;
      this.#waiting = undefined;
      try {
        await this.opened();
        return true;
      } catch (again) {
        if (!isUnavailable(again)) throw again;
      }
    }
    return false;
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof PostroomError && error.status === "UNAVAILABLE";
}
