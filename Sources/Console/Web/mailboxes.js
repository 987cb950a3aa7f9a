// Mailboxes with state, reason and the progress of their sync, as it happens.

import { h, state, bar, number, span, when, notice, empty, dialog, openable, walkRows } from "./ui.js";

export const TONES = { live: "good", syncing: "busy", connecting: "busy", retrying: "warn", disconnected: "bad" };
// Streams are limited for each connection; beyond this many mailboxes the rows are asked for again now and then.
const WATCHED_MAX = 60;

const REASONS = {
  accessRevoked: "The provider has taken back the access. Sign in again.",
  passwordChanged: "The password is not right any more. Sign in again with the new one.",
  mailboxMigrated: "The mailbox has moved to another server. Sign in again with the new servers.",
  serverUnreachable: "The server has not answered for long. Check it, then connect again.",
  serverRevoked: "The server refuses this account. Ask who runs it.",
  certificateInvalid: "The server’s certificate is not valid. Whoever runs it must renew it.",
  quotaExceeded: "The mailbox is full. Make room in it.",
  throttled: "The provider limits this account for now. It is tried again by itself.",
  turnedOff: "Somebody has stopped it here.",
};

export function mailboxes(desk, main, [chosen]) {
  const list = h("div.rows");
  const problem = h("div");
  const streams = new Map();
  const rows = new Map();
  const count = h("span.sub");
  let timer = 0;
  let stopped = false;
  main.append(h("header.head", h("h1", "Mailboxes"), count,
    desk.has("manage") ? h("button.primary", { type: "button", onclick: () => connect(desk, refresh) }, "Connect a mailbox") : null),
  problem, list);

  async function refresh() {
    clearTimeout(timer);
    try {
      const { mailboxes: all } = await desk.rpc.call("mailbox.list");
      if (stopped) return;
      problem.replaceChildren();
      count.textContent = all.length ? `${all.filter((one) => one.state === "live").length} of ${all.length} live` : "";
      for (const [id, row] of rows) {
        if (all.some((one) => one.id === id)) continue;
        row.element.remove();
        rows.delete(id);
        streams.get(id)?.stop();
      }
      if (!all.length) {
        list.replaceChildren(empty("No mailbox is connected yet.", "Connect one here, or with ", h("code", "postroom connect"), "."));
      } else list.querySelector(".empty")?.remove();
      for (const box of all) {
        let row = rows.get(box.id);
        if (!row) {
          row = makeRow(desk, box, refresh);
          rows.set(box.id, row);
          list.append(row.element);
          if (box.id === chosen) row.open();
        }
        row.update(box);
        watch(box.id);
      }
    } catch (error) {
      if (error.reason !== "connection.lost") problem.replaceChildren(notice(error));
    }
    if (!stopped) timer = setTimeout(refresh, 5000);
  }

  function watch(id) {
    if (streams.has(id) || streams.size >= WATCHED_MAX) return;
    const stream = desk.rpc.stream("sync.watch", { mailboxId: id }, (status) => rows.get(id)?.progress(status));
    streams.set(id, stream);
    stream.ended.catch(() => {}).then(() => streams.delete(id));
  }

  refresh();
  return {
    walk: walkRows(list),
    leave: () => { stopped = true; clearTimeout(timer); for (const stream of streams.values()) stream.stop(); },
  };
}

function makeRow(desk, box, refresh) {
  const summary = h("div.boxline");
  const why = h("p.why", { hidden: true });
  const detail = h("div.boxdetail", { hidden: true });
  const meter = h("div.meter");
  let current = box;
  let status = null;
  const toggle = () => { detail.hidden = !detail.hidden; element.classList.toggle("open", !detail.hidden); showDetail(); };
  const element = h("article.box", openable((event) => { if (!event.target.closest("button, .boxdetail")) toggle(); }),
    summary, why, detail);
  element.dataset.id = box.id;

  function showProgress() {
    if (!status) return meter.replaceChildren();
    if (status.complete || !status.total) {
      return meter.replaceChildren(h("span.muted", `${number(status.stored)} messages${status.phase === "live" ? ", up to date" : ""}`));
    }
    meter.replaceChildren(bar(status.stored / status.total), h("span",
      `${number(status.stored)} of ${number(status.total)}${status.phase === "paused" ? ", paused" : ""}`,
      status.messagesPerSecond > 0 ? h("span.muted", ` · ${number(status.messagesPerSecond)}/s`) : null,
      status.secondsLeft != null ? h("span.muted", ` · ${span(status.secondsLeft)} left`) : null));
  }

  function showDetail() {
    if (detail.hidden) return;
    const act = (label, method, params = {}, danger = "") => h(`button${danger}`, {
      type: "button", onclick: async (event) => {
        event.target.disabled = true;
        try { await desk.rpc.call(method, { mailboxId: current.id, ...params }); } catch (error) { detail.prepend(notice(error)); }
        event.target.disabled = false;
        refresh();
      },
    }, label);
    const servers = (one) => `${one.host}:${one.port}, ${one.security === "tls" ? "TLS" : "STARTTLS"}`;
    detail.replaceChildren(
      h("dl.facts",
        h("dt", "Signs in as"), h("dd", current.userName), h("dt", "IMAP"), h("dd", servers(current.imap)),
        h("dt", "SMTP"), h("dd", servers(current.smtp)), h("dt", "Connected"), h("dd", when(current.createdAt)),
        h("dt", "Id"), h("dd", h("code", current.id))),
      h("div.folders", (status?.folders ?? []).map((folder) => h("div.folder",
        h("span.name", folder.name, folder.role ? h("span.tag", folder.role) : null),
        bar(folder.total ? folder.stored / folder.total : 1, folder.complete ? "done" : ""),
        h("span.num.muted", folder.complete ? number(folder.stored) : `${number(folder.stored)} / ${number(folder.total)}`)))),
      desk.has("manage") ? h("div.buttons",
        act("Sync now", "sync.run"),
        h("button", { type: "button", onclick: () => reconnect(desk, current, refresh) }, "Sign in again"),
        current.state === "disconnected" ? null : act("Disconnect", "mailbox.disconnect"),
        h("a.button", { href: `#/erase/mailbox/${current.id}` }, "Erase…")) : null);
  }

  return {
    element,
    open: toggle,
    update(next) {
      current = next;
      summary.replaceChildren(
        h("span.name", h("b", next.email), next.displayName ? h("span.muted", next.displayName) : null),
        state(next.state, TONES[next.state] ?? "busy"), meter);
      const words = next.reason ? REASONS[next.reason] ?? next.reason : "";
      why.hidden = !next.reason && !(next.state === "retrying" && next.detail);
      why.replaceChildren(words, next.reason ? h("code", next.reason) : null, next.detail ? h("span.muted", next.detail) : null,
        next.nextAttemptAt ? h("span.muted", "Next attempt ", when(next.nextAttemptAt)) : null);
      showProgress();
      if (!detail.contains(document.activeElement)) showDetail();
    },
    progress(next) {
      const moved = status?.phase !== next.phase || next.state !== current.state;
      status = next;
      showProgress();
      showDetail();
      if (moved) refresh();
    },
  };
}

// MARK: forms

function field(label, name, more = {}) {
  const input = h("input", { name, id: `field-${name}`, autocomplete: "off", spellcheck: "false", ...more });
  return h("div.field", h("label", { for: `field-${name}` }, label), input);
}

/** `host`, `host:port`, `starttls:host:port`, as `postroom connect` takes them. */
function server(text) {
  const match = text.trim().match(/^(?:(tls|starttls):)?([^:]+|\[[^\]]+\])(?::(\d+))?$/);
  if (!match) throw new Error(`“${text}” is no server: write HOST, HOST:PORT or starttls:HOST:PORT.`);
  const choice = { host: match[2] };
  if (match[3]) choice.port = Number(match[3]);
  if (match[1]) choice.security = match[1];
  return choice;
}

function form(desk, title, intro, fields, words, submit) {
  const log = h("div.steps", { role: "status" });
  const button = h("button.primary", { type: "submit" }, words);
  const box = dialog(title, h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      button.disabled = true;
      log.replaceChildren();
      try {
        await submit(new FormData(event.target), (step) => log.append(
          h("div", `${step.server.toUpperCase()} ${step.host}:${step.port}: ${step.step}`)));
        box.close();
      } catch (error) {
        log.append(notice(error));
        if (error.details?.serverWords) log.append(h("p.muted", `The server said: ${error.details.serverWords}`));
        if (error.details?.advice) log.append(h("p", error.details.advice));
        button.disabled = false;
      }
    },
  }, h("p.muted", intro), fields, h("div.buttons", button), log));
  box.querySelector("input")?.focus();
}

function connect(desk, refresh) {
  form(desk, "Connect a mailbox", "Both servers are tried before anything is stored.", [
    field("Address", "email", { type: "email", required: true }),
    field("Password, or an app password", "password", { type: "password", required: true, autocomplete: "new-password" }),
    field("IMAP server", "imap", { required: true, placeholder: "imap.example.org" }),
    field("Submission server", "smtp", { required: true, placeholder: "smtp.example.org" }),
    field("Name in From (may be empty)", "displayName"),
  ], "Connect", async (data, onprogress) => {
    const params = { email: data.get("email"), password: data.get("password"), imap: server(data.get("imap")), smtp: server(data.get("smtp")) };
    if (data.get("displayName")) params.displayName = data.get("displayName");
    await desk.rpc.call("mailbox.connect", params, { onprogress, timeoutMs: 120000 });
    refresh();
  });
}

function reconnect(desk, box, refresh) {
  form(desk, `Sign in again: ${box.email}`, "The sync goes on where it stopped. Leave the password empty to try the stored one.", [
    field("Password", "password", { type: "password", autocomplete: "new-password" }),
  ], "Sign in", async (data, onprogress) => {
    const params = { mailboxId: box.id };
    if (data.get("password")) params.password = data.get("password");
    await desk.rpc.call("mailbox.reconnect", params, { onprogress, timeoutMs: 120000 });
    refresh();
  });
}
