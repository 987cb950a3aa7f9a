import { performance } from "node:perf_hooks";

import type { PostroomError } from "./errors.js";
import type { Signal } from "./options.js";

/** A call that may be repeated is made this often at most. */
const attemptsMax = 4;

/** The longest wait before a call or a connection is tried again. */
const pauseMsMax = 10_000;

/** Milliseconds from some beginning, which never go back. */
export function now(): number {
  return performance.now();
}

/** The moment `timeoutMs` from now; Infinity when there is no end. */
export function deadlineAfter(timeoutMs: number | undefined): number {
  return timeoutMs === undefined ? Infinity : now() + timeoutMs;
}

/**
 * Milliseconds to wait before the attempt behind number `attempt`, counted from 1: longer each time, and not
 * the same for all clients that lost their connections together.
 */
export function pauseBefore(attempt: number): number {
  return Math.min(pauseMsMax, 100 * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}

/**
 * Milliseconds after which a call that failed may be made again; undefined when it must not be.
 *
 * `isSafe`: doing it twice is like doing it once. Without that only what was not begun is repeated.
 */
export function pauseToRepeat(
  error: PostroomError, attempt: number, isSafe: boolean, deadline: number,
): number | undefined {
  const wasNotBegun = error.reason === "server.goingAway";
  const isPassing =
    error.status === "UNAVAILABLE" &&
    (error.reason === "connection.lost" || error.reason === "connection.failed" || error.retryAfterMs !== undefined);
  if (attempt >= attemptsMax || !(wasNotBegun || (isSafe && isPassing))) return undefined;
  const pause = Math.max(pauseBefore(attempt), error.retryAfterMs ?? 0);
  return pause > pauseMsMax || now() + pause >= deadline ? undefined : pause;
}

/** Waits; ends early when one of `signals` is aborted. */
export async function sleep(milliseconds: number, signals: readonly (Signal | undefined)[]): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    for (const signal of signals) signal?.addEventListener("abort", done);
    if (signals.some((signal) => signal?.aborted)) done();
  });
}
