import { PostroomExchange } from "./exchange.js";
import type { CallOptions, KeyedCallOptions, StreamOptions } from "./options.js";
import type { Resume, StreamCaller } from "./stream.js";
import { PostroomStream } from "./stream.js";
import { plain } from "./values.js";

/** What the client gives to its generated parts. */
export interface Caller extends StreamCaller {
  call(
    method: string, params: Record<string, unknown>, options: KeyedCallOptions, isIdempotent: boolean,
  ): Promise<unknown>;
}

/** The calls of one noun. */
export class Calls {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  protected async call(
    method: string, params: object, options: CallOptions, isIdempotent: boolean,
  ): Promise<unknown> {
    return await this.#caller.call(method, plain(params) as Record<string, unknown>, options, isIdempotent);
  }

  protected stream<T>(
    method: string, params: object, read: (value: unknown) => T, options: StreamOptions, resume?: Resume,
  ): PostroomStream<T> {
    return new PostroomStream(
      this.#caller, method, plain(params) as Record<string, unknown>, read, options, resume);
  }

  protected exchange<S, T>(
    method: string, params: object, read: (value: unknown) => T, options: StreamOptions,
  ): PostroomExchange<S, T> {
    return new PostroomExchange(
      this.#caller, method, plain(params) as Record<string, unknown>, read, options, undefined);
  }
}
