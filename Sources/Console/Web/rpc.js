// JSON-RPC 2.0 over one WebSocket: calls, streams by credit, and connecting again after a break.
// protocol/README.md says how; the console can do only what any caller can.

const RETRY_MS = [500, 1000, 2000, 5000, 10000];
const CREDIT = 64;

/** An error the server answered: `reason` is the stable word, `message` is for people. */
export class CallError extends Error {
  constructor(error) {
    super(error.message);
    this.code = error.code;
    this.status = error.data?.status ?? "";
    this.reason = error.data?.reason ?? "";
    this.details = error.data?.details ?? {};
    this.raw = error;
  }
}

export class Connection {
  #socket = null;
  #token = "";
  #id = 0;
  #calls = new Map();
  #streams = new Map();
  #early = new Map();
  #progress = new Map();
  #retries = 0;
  #timer = 0;
  #closed = false;
  /** Called with "open", "waiting" (for the next attempt) or "closed", and the reason. */
  onstate = () => {};
  /** Who the token is: {tenantId, name, scopes}. */
  session = null;
  /** Milliseconds that each answered call took; the page's own view of latency. */
  ontime = () => {};

  get token() { return this.#token; }

  /** Resolves when the session is open; rejects with CallError when the token is refused. */
  open(token) {
    this.#token = token;
    this.#closed = false;
    return new Promise((resolve, reject) => this.#connect(resolve, reject));
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect(resolve, reject) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/rpc`, "jsonrpc");
    this.#socket = socket;
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onopen = async () => {
      try {
        this.session = await this.call("session.open", { token: this.#token });
        this.#retries = 0;
        this.onstate("open");
        resolve?.(this.session);
        resolve = reject = null;
      } catch (error) {
        if (error instanceof CallError) this.#closed = true;
        if (reject) reject(error);
        else if (this.#closed) this.onstate("closed", error);
        socket.close();
      }
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      const broken = new CallError({ code: 0, message: "The connection was lost.", data: { reason: "connection.lost" } });
      for (const call of this.#calls.values()) call.reject(broken);
      for (const stream of this.#streams.values()) stream.end(broken);
      this.#calls.clear();
      this.#streams.clear();
      this.#early.clear();
      if (this.#closed) return;
      if (reject) {
        this.#closed = true;
        return reject(broken);
      }
      this.onstate("waiting");
      const wait = RETRY_MS[Math.min(this.#retries++, RETRY_MS.length - 1)];
      this.#timer = setTimeout(() => this.#connect(), wait);
    };
  }

  #send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify({ jsonrpc: "2.0", ...message }));
    return true;
  }

  /** The result of a call. `onprogress` gets what the method reports meanwhile. */
  call(method, params = {}, { onprogress, timeoutMs } = {}) {
    const id = ++this.#id;
    const meta = {};
    if (onprogress) {
      meta.progressToken = id;
      this.#progress.set(id, onprogress);
    }
    if (timeoutMs) meta.timeoutMs = timeoutMs;
    if (Object.keys(meta).length) params = { ...params, _meta: meta };
    const began = performance.now();
    return new Promise((resolve, reject) => {
      this.#calls.set(id, {
        resolve: (result) => { this.ontime(performance.now() - began); resolve(result); },
        reject,
      });
      if (!this.#send({ id, method, params })) {
        this.#calls.delete(id);
        reject(new CallError({ code: 0, message: "There is no connection.", data: { reason: "connection.lost" } }));
      }
    }).finally(() => this.#progress.delete(id));
  }

  /**
   * A stream: `onvalue` for each value. Returns {stop, ended}; `ended` resolves when the server ends it or it is
   * stopped, and rejects when it ends with an error.
   */
  stream(method, params, onvalue) {
    let subscription = null;
    let stopped = false;
    let settle;
    const ended = new Promise((resolve, reject) => { settle = { resolve, reject }; });
    const stop = () => {
      if (stopped) return;
      stopped = true;
      if (subscription) {
        this.#streams.delete(subscription);
        this.#send({ method: "rpc.cancel", params: { subscription } });
      }
      settle.resolve();
    };
    this.call(method, { ...params, _meta: { credit: CREDIT } }).then((answer) => {
      subscription = answer.subscription;
      if (stopped) return this.#send({ method: "rpc.cancel", params: { subscription } });
      let left = CREDIT;
      const stream = {
        next: (value) => {
          if (--left <= CREDIT / 2) {
            this.#send({ method: "rpc.credit", params: { subscription, credit: CREDIT - left } });
            left = CREDIT;
          }
          onvalue(value);
        },
        end: (error) => {
          stopped = true;
          this.#streams.delete(subscription);
          if (error) settle.reject(error);
          else settle.resolve();
        },
      };
      this.#streams.set(subscription, stream);
      for (const early of this.#early.get(subscription) ?? []) early(stream);
      this.#early.delete(subscription);
    }, (error) => settle.reject(error));
    return { stop, ended };
  }

  #receive(message) {
    if (Array.isArray(message)) return message.forEach((one) => this.#receive(one));
    if (message.method) return this.#hear(message.method, message.params ?? {});
    const call = this.#calls.get(message.id);
    if (!call) return;
    this.#calls.delete(message.id);
    if (message.error) call.reject(new CallError(message.error));
    else call.resolve(message.result);
  }

  #hear(method, params) {
    if (method === "$/progress") return this.#progress.get(params.token)?.(params.value);
    let act;
    if (method === "rpc.next") act = (stream) => stream.next(params.value);
    if (method === "rpc.end") act = (stream) => stream.end(params.error ? new CallError(params.error) : null);
    if (!act) return;
    const stream = this.#streams.get(params.subscription);
    if (stream) return act(stream);
    // A value may come right behind the answer, before its promise has run.
    const waiting = this.#early.get(params.subscription) ?? [];
    if (waiting.length < CREDIT + 1) waiting.push(act);
    this.#early.set(params.subscription, waiting);
  }
}
