/** What of an `AbortSignal` is used. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How one call is made. */
export interface CallOptions {
  /** How long the call may take, here and on the server; the client's usual time when left out. */
  timeoutMs?: number | undefined;
  /** Ends the call, here and on the server: `new AbortController().signal`. */
  signal?: Signal | undefined;
  /** Told of progress, by the calls that report it. What it throws ends the call. */
  onProgress?: ((value: unknown) => void) | undefined;
}

/** How one call is made that may have an idempotency key. */
export interface KeyedCallOptions extends CallOptions {
  /** Makes repeats harmless: the same key with the same parameters has the first answer again. */
  idempotencyKey?: string | undefined;
}

/** How a stream is read. */
export interface StreamOptions {
  /** How long the stream may last; for as long as the server has values when left out. */
  timeoutMs?: number | undefined;
  /** Ends the stream, here and on the server. */
  signal?: Signal | undefined;
  /** How many values the server may send ahead of the reader, 1 to 65,536; 32 when left out. */
  window?: number | undefined;
}
