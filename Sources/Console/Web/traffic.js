// What the server does, sampled every two seconds from `server.stats` and `/metrics`, for as long as the page is open.

const EVERY_MS = 2000;
const KEPT = 160;

export class Traffic {
  #rpc;
  #allowed;
  #timer = 0;
  #last = null;
  /** Ascending: {at, calls, errors, in, out, resident, p50, p95, p99}, per second and in milliseconds. */
  samples = [];
  stats = null;
  /** By method since the server's start: {calls, errors, isStream, p50, p95, seconds}. */
  methods = new Map();
  error = null;
  onsample = null;

  /** Methods that last as long as their caller likes: they say nothing about how fast the server is. */
  #streams = new Set();

  /** `allowed`: the token has scope admin; without it there is nothing to ask. */
  constructor(rpc, allowed, discover) {
    this.#rpc = rpc;
    this.#allowed = allowed;
    discover().then((found) => {
      this.#streams = new Set(found.methods.filter((one) => one["x-stream"]).map((one) => one.name));
    }, () => {});
  }

  get allowed() { return this.#allowed; }

  start() {
    if (!this.#allowed) return;
    const turn = async () => {
      try {
        await this.#sample();
        this.error = null;
      } catch (error) {
        this.error = error;
        this.#last = null;
      }
      this.onsample?.();
      this.#timer = setTimeout(turn, document.hidden ? EVERY_MS * 5 : EVERY_MS);
    };
    turn();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#allowed = false;
    this.onsample = null;
  }

  async #sample() {
    const [stats, page] = await Promise.all([
      this.#rpc.call("server.stats"),
      fetch("/metrics", { headers: { Authorization: `Bearer ${this.#rpc.token}` } }).then((answer) => {
        if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
        return answer.text();
      }),
    ]);
    const at = Date.now();
    const now = { at, stats, histograms: histograms(page), errors: errorsByMethod(page) };
    this.stats = stats;
    this.methods = new Map([...now.histograms].map(([method, one]) => [method, {
      calls: one.count, errors: now.errors.get(method) ?? 0, seconds: one.sum,
      isStream: this.#streams.has(method), p50: quantile(one.buckets, 0.5), p95: quantile(one.buckets, 0.95),
    }]));
    const before = this.#last;
    this.#last = now;
    if (!before || stats.uptimeSeconds < before.stats.uptimeSeconds) return;
    const seconds = (at - before.at) / 1000;
    const rate = (name) => Math.max(0, (stats[name] - before.stats[name]) / seconds);
    const buckets = difference(now.histograms, before.histograms, this.#streams);
    this.samples.push({
      at, calls: rate("calls"), errors: rate("errors"), in: rate("octetsIn"), out: rate("octetsOut"),
      resident: stats.process?.residentOctets ?? null, events: Number(stats.latestEvent),
      p50: quantile(buckets, 0.5), p95: quantile(buckets, 0.95), p99: quantile(buckets, 0.99),
    });
    if (this.samples.length > KEPT) this.samples.shift();
  }
}

/** By method: {buckets: [[upper bound in seconds, count so far]], sum, count}. */
function histograms(page) {
  const found = new Map();
  const of = (method) => {
    if (!found.has(method)) found.set(method, { buckets: [], sum: 0, count: 0 });
    return found.get(method);
  };
  const line = /^postroom_rpc_call_duration_seconds_(bucket|sum|count)\{(.*)\} (\S+)$/gm;
  for (const [, kind, labels, value] of page.matchAll(line)) {
    const method = labels.match(/method="([^"]*)"/)?.[1] ?? "";
    if (kind === "bucket") {
      const bound = labels.match(/le="([^"]*)"/)?.[1];
      of(method).buckets.push([bound === "+Inf" ? Infinity : Number(bound), Number(value)]);
    } else of(method)[kind] = Number(value);
  }
  return found;
}

function errorsByMethod(page) {
  const found = new Map();
  for (const [, labels, value] of page.matchAll(/^postroom_rpc_call_errors_total\{(.*)\} (\S+)$/gm)) {
    const method = labels.match(/method="([^"]*)"/)?.[1] ?? "";
    found.set(method, (found.get(method) ?? 0) + Number(value));
  }
  return found;
}

/** The buckets of all methods together, of the calls between two samples. */
function difference(now, before, streams) {
  const sums = new Map();
  for (const [method, one] of now) {
    // The console's own look at the numbers is no traffic.
    if (method === "server.stats" || streams.has(method)) continue;
    const old = new Map(before.get(method)?.buckets ?? []);
    for (const [bound, count] of one.buckets) {
      sums.set(bound, (sums.get(bound) ?? 0) + count - (old.get(bound) ?? 0));
    }
  }
  return [...sums].sort((a, b) => a[0] - b[0]);
}

/** In milliseconds, linear inside a bucket as Prometheus does it; null without calls. */
export function quantile(buckets, part) {
  const total = buckets.length ? buckets[buckets.length - 1][1] : 0;
  if (!total) return null;
  let [low, below] = [0, 0];
  for (const [bound, count] of buckets) {
    if (count >= total * part) {
      if (bound === Infinity) return low * 1000;
      return (low + (bound - low) * ((total * part - below) / Math.max(1, count - below))) * 1000;
    }
    [low, below] = [bound, count];
  }
  return low * 1000;
}
