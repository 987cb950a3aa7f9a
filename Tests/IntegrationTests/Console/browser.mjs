// Drives Debian's Chromium through the DevTools protocol over a pipe: descriptors 3 and 4, a NUL behind each message.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHROMIUM = "/usr/bin/chromium";
const WAIT_MS = 15000;

export class Browser {
  #process;
  #profile;
  #id = 0;
  #calls = new Map();
  #rest = "";
  #listeners = [];

  constructor() {
    this.#profile = mkdtempSync(join(tmpdir(), "console-browser-"));
    this.#process = spawn(CHROMIUM, [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
      "--disable-extensions", "--hide-scrollbars", "--remote-debugging-pipe", `--user-data-dir=${this.#profile}`,
      "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.#process.stdio[4].setEncoding("utf8").on("data", (data) => {
      const messages = (this.#rest + data).split("\0");
      this.#rest = messages.pop();
      for (const message of messages) this.#receive(JSON.parse(message));
    });
  }

  #receive(message) {
    if (!message.id) return this.#listeners.forEach((listener) => listener(message));
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
    if (message.error) call?.reject(new Error(message.error.message));
    else call?.resolve(message.result);
  }

  send(method, params = {}, sessionId) {
    const id = ++this.#id;
    this.#process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    return new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
  }

  async page() {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId);
    this.#listeners.push((message) => { if (message.sessionId === sessionId) page.hear(message); });
    for (const domain of ["Page", "Runtime", "Network", "Log"]) await page.send(`${domain}.enable`);
    return page;
  }

  async close() {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.send("Browser.close").catch(() => {});
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), 3000);
    await ended;
    clearTimeout(timer);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

class Page {
  /** URLs that were asked for, errors of scripts, and complaints of the browser. */
  requests = [];
  problems = [];
  /** URLs that a policy of the page has kept from being fetched. */
  blocked = new Set();
  #urls = new Map();

  constructor(browser, session) {
    this.browser = browser;
    this.session = session;
  }

  send(method, params) { return this.browser.send(method, params, this.session); }

  hear({ method, params }) {
    if (method === "Network.requestWillBeSent") {
      this.requests.push(params.request.url);
      this.#urls.set(params.requestId, params.request.url);
    }
    if (method === "Network.loadingFailed" && params.blockedReason) this.blocked.add(this.#urls.get(params.requestId));
    if (method === "Network.webSocketCreated") this.requests.push(params.url);
    if (method === "Runtime.exceptionThrown") {
      this.problems.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    }
    if (method === "Log.entryAdded" && params.entry.level === "error") this.problems.push(`${params.entry.text} ${params.entry.url ?? ""}`);
    if (method === "Page.javascriptDialogOpening") this.send("Page.handleJavaScriptDialog", { accept: true });
  }

  open(url) { return this.send("Page.navigate", { url }); }

  /** What `expression` is in the page, awaited. */
  async ask(expression) {
    const answer = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(`${expression}: ${answer.exceptionDetails.exception?.description}`);
    return answer.result.value;
  }

  /** Until `expression` is true in the page; what it is then. */
  async until(expression, what = expression) {
    const end = Date.now() + WAIT_MS;
    for (;;) {
      const value = await this.ask(`(() => { try { return ${expression}; } catch { return null; } })()`).catch(() => null);
      if (value) return value;
      if (Date.now() > end) {
        const shown = await this.ask("document.body.innerText").catch(() => "");
        throw new Error(`waited in vain for ${what}\n${this.problems.join("\n")}\n${shown}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Clicks the first element that `selector` finds and whose text has `text`, as a pointer does. */
  async click(selector, text = "") {
    const find = `[...document.querySelectorAll(${JSON.stringify(selector)})].find((e) => e.textContent.includes(${JSON.stringify(text)}) && e.getClientRects().length)`;
    await this.until(`!!${find}`, `${selector} “${text}”`);
    await this.ask(`${find}.scrollIntoView({block: "center"})`);
    const [x, y] = await this.ask(`(() => { const r = ${find}.getClientRects()[0]; return [r.x + Math.min(r.width / 2, 60), r.y + r.height / 2]; })()`);
    for (const type of ["mousePressed", "mouseReleased"]) {
      await this.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
    }
  }

  async type(text) { await this.send("Input.insertText", { text }); }

  async key(key, modifiers = 0) {
    const text = key.length === 1 ? key : key === "Enter" ? "\r" : undefined;
    const code = { Enter: 13, Escape: 27 }[key];
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, text, modifiers, windowsVirtualKeyCode: code });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, modifiers, windowsVirtualKeyCode: code });
  }

  size(width, height, mobile = false) {
    return this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile });
  }

  scheme(value) {
    return this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  }

  async picture(path) {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    writeFileSync(path, Buffer.from(data, "base64"));
  }
}
