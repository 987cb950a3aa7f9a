// What this client uses of Node.js, and no more: @types/node is not needed to build it.

declare module "node:net" {
  export interface Socket {
    readonly destroyed: boolean;
    write(data: Uint8Array): boolean;
    destroy(): void;
    setNoDelay(on: boolean): void;
    on(event: "data", listener: (data: Uint8Array) => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "close" | "connect" | "secureConnect" | "end" | "drain", listener: () => void): this;
    off(event: string, listener: (...values: never[]) => void): this;
  }
  export interface Server {
    listen(port: number, host: string, listening: () => void): this;
    listen(path: string, listening: () => void): this;
    address(): { port: number } | string | null;
    close(done?: () => void): this;
  }
  export function connect(options: { path: string } | { host: string; port: number; autoSelectFamily?: boolean }): Socket;
  export function createServer(listener: (socket: Socket) => void): Server;
  export function isIP(text: string): number;
}

declare module "node:tls" {
  import type { Socket } from "node:net";
  export function connect(options: {
    host: string;
    port: number;
    autoSelectFamily?: boolean;
    servername?: string | undefined;
    ca?: string | Uint8Array | undefined;
    cert?: string | Uint8Array | undefined;
    key?: string | Uint8Array | undefined;
  }): Socket;
}

declare module "node:zlib" {
  export function inflateSync(data: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
  export function deflateSync(data: Uint8Array): Uint8Array;
}

declare module "node:buffer" {
  export interface Buffer extends Uint8Array {
    toString(encoding?: "utf8" | "base64"): string;
    readUInt32BE(offset: number): number;
    writeUInt32BE(value: number, offset: number): number;
    copy(target: Uint8Array, at: number): number;
    subarray(start?: number, end?: number): Buffer;
  }
  export const Buffer: {
    from(data: string, encoding?: "utf8" | "base64"): Buffer;
    from(data: ArrayBufferLike, offset: number, length: number): Buffer;
    allocUnsafe(size: number): Buffer;
    concat(parts: readonly Uint8Array[]): Buffer;
  };
}

declare module "node:perf_hooks" {
  export const performance: { now(): number };
}

declare function setTimeout(callback: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;

// For the tests and the conformance program.

declare module "node:test" {
  export default function test(name: string, body: () => Promise<void> | void): Promise<void>;
}

declare module "node:assert/strict" {
  interface Assert {
    (value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    ok(value: unknown, message?: string): asserts value;
    fail(message: string): never;
    rejects(work: Promise<unknown>, check: (error: Error) => boolean): Promise<void>;
    throws(work: () => unknown, check: (error: Error) => boolean): void;
  }
  const assert: Assert;
  export default assert;
}

declare module "node:util" {
  export function inspect(value: unknown, options?: { depth: number }): string;
}

declare module "node:crypto" {
  export function createHash(name: "sha256"): {
    update(data: Uint8Array): unknown;
    digest(encoding: "hex"): string;
  };
}

declare module "node:path" {
  export function basename(path: string): string;
}

declare module "node:fs/promises" {
  export function open(path: string, flags: "r"): Promise<{
    read(buffer: Uint8Array, offset: number, length: number, position: null): Promise<{ bytesRead: number }>;
    stat(): Promise<{ size: number }>;
    close(): Promise<void>;
  }>;
}

declare module "node:fs" {
  export function readFileSync(path: string | URL, encoding: "utf8"): string;
  export function mkdtempSync(prefix: string): string;
  export function rmSync(path: string, options: { recursive: boolean }): void;
  export function writeFileSync(path: string, data: Uint8Array): void;
}

declare module "node:os" {
  export function tmpdir(): string;
}

declare module "node:readline" {
  export function createInterface(options: { input: unknown }): AsyncIterable<string>;
}

declare class URL {
  constructor(path: string, base: string);
}

interface ImportMeta {
  url: string;
}

declare const process: {
  env: Record<string, string | undefined>;
  stdin: unknown;
  stdout: { write(text: string): boolean };
};

declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}

interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

declare function structuredClone<T>(value: T): T;
