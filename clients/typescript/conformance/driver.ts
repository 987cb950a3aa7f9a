// Does what the conformance session asks for, with the typed client. protocol/conformance/README.md has the form.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { PostroomClient, PostroomError, PostroomExchange } from "../src/index.js";
import type { PostroomStream } from "../src/index.js";
import { plain } from "../src/values.js";
import { call, open, sent } from "./dispatch.js";

interface Order {
  step: number;
  do: "call" | "open" | "next" | "send" | "finish" | "cancel";
  method: string;
  params: Record<string, unknown>;
  timeoutMs?: number;
  idempotencyKey?: string;
  window?: number;
  progress?: boolean;
  value?: Record<string, unknown>;
}

const url = process.env["POSTROOM_URL"] ?? "";
const caFile = process.env["POSTROOM_CA_FILE"];
const client = new PostroomClient(url, {
  token: process.env["POSTROOM_TOKEN"],
  tls: caFile === undefined ? undefined : { ca: readFileSync(caFile, "utf8") },
});
const streams = new Map<number, PostroomStream<unknown>>();
const methods = new Map<number, string>();
const aborts = new Map<number, AbortController>();

function say(step: number, outcome: Record<string, unknown>): void {
  process.stdout.write(JSON.stringify({ step, ...outcome }) + "\n");
}

async function obey(order: Order): Promise<Record<string, unknown>> {
  const { step, method, params, timeoutMs, idempotencyKey, window } = order;
  if (order.do === "call") {
    const abort = new AbortController();
    aborts.set(step, abort);
    const onProgress = order.progress ? (progress: unknown): void => say(step, { progress }) : undefined;
    const options = { timeoutMs, idempotencyKey, signal: abort.signal, onProgress };
    return { result: plain(await call(client, method, params, options)) ?? {} };
  }
  if (order.do === "open") {
    methods.set(step, method);
    streams.set(step, open(client, method, params, { timeoutMs, window }));
    return { opened: true };
  }
  const stream = streams.get(step);
  if (order.do === "cancel") {
    aborts.get(step)?.abort();
    stream?.cancel();
    return { cancelled: true };
  }
  if (stream instanceof PostroomExchange && order.do === "send") {
    await stream.send(sent(methods.get(step) ?? "", order.value ?? {}));
    return { sent: true };
  }
  if (stream instanceof PostroomExchange && order.do === "finish") {
    await stream.finish();
    return { finished: true };
  }
  const next = await stream?.next();
  return next === undefined || next.done ? { end: true } : { value: plain(next.value) };
}

async function answer(order: Order): Promise<void> {
  try {
    say(order.step, await obey(order));
  } catch (error) {
    if (!(error instanceof PostroomError)) throw error;
    const { code, status, reason, message, details, retryAfterMs } = error;
    say(order.step, { error: { code, status, reason, message, details, retryAfterMs } });
  }
}

for await (const line of createInterface({ input: process.stdin })) void answer(JSON.parse(line) as Order);
client.close();
