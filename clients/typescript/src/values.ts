import { Buffer } from "node:buffer";

import { PostroomError, badAnswer, isObject } from "./errors.js";

/** Any other word: what a newer server may say. */
export type Word = string & {};

export type Members = Record<string, unknown>;

function wrong(name: string, wanted: string): PostroomError {
  return badAnswer(`"${name}" is not ${wanted}`);
}

export function object(value: unknown, name: string): Members {
  if (!isObject(value)) throw wrong(name, "an object");
  return value;
}

export function text(value: unknown, name: string): string {
  if (typeof value !== "string") throw wrong(name, "a string");
  return value;
}

export function number(value: unknown, name: string): number {
  if (typeof value !== "number") throw wrong(name, "a number");
  return value;
}

export function whole(value: unknown, name: string): number {
  if (!Number.isSafeInteger(value)) throw wrong(name, "a whole number");
  return value as number;
}

export function flag(value: unknown, name: string): boolean {
  if (typeof value !== "boolean") throw wrong(name, "true or false");
  return value;
}

export function octets(value: unknown, name: string): Uint8Array {
  const encoded = text(value, name);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) throw wrong(name, "base64");
  return new Uint8Array(Buffer.from(encoded, "base64"));
}

/** Names to strings. */
export function map(value: unknown, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(object(value, name)).map(([key, item]) => [key, text(item, key)]));
}

export function list<T>(read: (value: unknown, name: string) => T): (value: unknown, name: string) => T[] {
  return (value, name) => {
    if (!Array.isArray(value)) throw wrong(name, "an array");
    return value.map((item) => read(item, name));
  };
}

/** A member that must be there. */
export function member<T>(members: Members, name: string, read: (value: unknown, name: string) => T): T {
  const value = members[name];
  if (value === undefined || value === null) throw badAnswer(`"${name}" is missing`);
  return read(value, name);
}

/** A member that may be absent. */
export function optional<T>(
  members: Members, name: string, read: (value: unknown, name: string) => T,
): T | undefined {
  const value = members[name];
  return value === undefined || value === null ? undefined : read(value, name);
}

/** Without the members that are absent. */
export function present<T extends object>(value: T): T {
  for (const name of Object.keys(value) as (keyof T)[]) if (value[name] === undefined) delete value[name];
  return value;
}

/** A secret is not among what is printed of an object. */
export function hiding<T extends object>(value: T, ...names: (keyof T)[]): T {
  for (const name of names) Object.defineProperty(value, name, { enumerable: false });
  return value;
}

/** `value` as JSON can say it: octets as base64, without members that are undefined. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  }
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  // Also what is hidden from printing.
  const names = Object.getOwnPropertyNames(value).filter((name) => value[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, plain(value[name])]));
}
