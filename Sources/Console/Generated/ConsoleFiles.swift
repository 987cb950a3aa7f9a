// Generated from Sources/Console/Web by stubgen. Do not edit.
// swift-format-ignore-file

/// What stands in `Web`, by name.
enum ConsoleFiles {
  static let all: [String: String] = [
    "app.js": #"""
// Signing in, the frame around the views, and keys.

import { Connection, CallError } from "./rpc.js";
import { h, icon, dialog, notice } from "./ui.js";
import { Traffic } from "./traffic.js";
import { overview } from "./overview.js";
import { mailboxes } from "./mailboxes.js";
import { conversations } from "./conversations.js";
import { events } from "./events.js";
import { erase } from "./erase.js";
import { explorer } from "./explorer.js";

const VIEWS = [
  { name: "overview", title: "Overview", key: "o", make: overview },
  { name: "mailboxes", title: "Mailboxes", key: "m", make: mailboxes },
  { name: "conversations", title: "Conversations", short: "Threads", key: "c", make: conversations },
  { name: "events", title: "Events", key: "e", make: events },
  { name: "erase", title: "Erase", key: "x", make: erase },
  { name: "api", title: "API", key: "a", make: explorer },
];
const THEMES = ["system", "light", "dark"];
const root = document.getElementById("app");

/** What the views share. */
const desk = {
  rpc: new Connection(),
  traffic: null,
  /** The OpenRPC document; asked for once. */
  document: null,
  has: (scope) => desk.rpc.session?.scopes.includes(scope) ?? false,
  go: (...parts) => { location.hash = "#/" + parts.map(encodeURIComponent).join("/"); },
  discover: async () => (desk.document ??= await desk.rpc.call("rpc.discover")),
};

let view = null;
let pendingKey = "";

// MARK: signing in

/** A link `…/console/#token=…` signs in; the token leaves the address at once. */
function tokenFromAddress() {
  const match = location.hash.match(/^#token=(.+)$/);
  if (!match) return null;
  history.replaceState(null, "", location.pathname + "#/overview");
  return decodeURIComponent(match[1]);
}

async function start() {
  applyTheme();
  const token = tokenFromAddress() ?? sessionStorage.getItem("postroom.token");
  if (!token) return showSignIn();
  try {
    await signIn(token);
  } catch (error) {
    showSignIn(error);
  }
}

async function signIn(token) {
  await desk.rpc.open(token);
  // Gone when the tab is closed, and no other tab has it.
  sessionStorage.setItem("postroom.token", token);
  desk.document = null;
  desk.traffic = new Traffic(desk.rpc, desk.has("admin"), desk.discover);
  desk.traffic.start();
  showFrame();
}

function signOut() {
  sessionStorage.removeItem("postroom.token");
  desk.traffic?.stop();
  view?.leave?.();
  view = null;
  desk.rpc.onstate = () => {};
  desk.rpc.close();
  desk.rpc = new Connection();
  showSignIn();
}

function showSignIn(error) {
  const input = h("input", {
    id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true, placeholder: "pr_…",
  });
  const problem = h("div");
  if (error) problem.append(notice(error));
  const button = h("button.primary", { type: "submit" }, "Sign in");
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    problem.replaceChildren();
    try {
      await signIn(input.value.trim());
    } catch (failure) {
      problem.replaceChildren(notice(failure));
      button.disabled = false;
      input.select();
    }
  };
  root.className = "signin";
  root.replaceChildren(h("main", h("form.card", { onsubmit: submit },
    h("img", { src: "icon.svg", alt: "", width: 40, height: 40 }),
    h("h1", "Postroom"),
    h("label", { for: "token" }, "Token"), input, button, problem,
    h("p.muted", "The console’s own token is in ", h("code", "console.token"), " in the data folder, and ",
      h("code", "postroom console"), " prints a link that signs in. Any other token works, and shows what its scopes allow."),
  )));
  input.focus();
}

// MARK: the frame

function showFrame() {
  const status = h("span.connection", { role: "status" });
  const setStatus = (word, tone) => status.replaceChildren(h(`span.state.${tone}`, word));
  setStatus("connected", "good");
  desk.rpc.onstate = (state, error) => {
    if (state === "open") {
      setStatus("connected", "good");
      route();
    } else if (state === "waiting") setStatus("connecting again", "warn");
    else {
      signOut();
      showSignIn(error);
    }
  };
  const { name, tenantId, scopes } = desk.rpc.session;
  const nav = h("nav", { "aria-label": "Views" }, VIEWS.map((one) => h("a", {
    href: `#/${one.name}`, "data-view": one.name, title: `${one.title} (g ${one.key})`,
  }, icon(one.name), h("span.long", one.title), h("span.short", one.short ?? one.title))));
  root.className = "frame";
  root.replaceChildren(
    h("a.skip", { href: "#view", onclick: (event) => { event.preventDefault(); document.getElementById("view").focus(); } },
      "To the content"),
    h("aside",
      h("a.brand", { href: "#/overview" }, h("img", { src: "icon.svg", alt: "", width: 22, height: 22 }), h("b", "Postroom")),
      nav,
      h("footer", status,
        h("span.who", { title: `Scopes: ${scopes.join(", ")}` }, `${name} · ${tenantId}`),
        h("div.tools",
          h("button.quiet", { type: "button", title: "Light or dark (t)", "aria-label": "Light or dark", onclick: turnTheme }, icon("theme")),
          h("button.quiet", { type: "button", title: "Keys (?)", "aria-label": "Keys", onclick: showKeys }, icon("help")),
          h("button.quiet", { type: "button", title: "Sign out", "aria-label": "Sign out", onclick: signOut }, icon("leave"))))),
    h("main", { id: "view", tabindex: -1 }));
  route();
}

function route() {
  if (!desk.rpc.session || !document.getElementById("view")) return;
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const chosen = VIEWS.find((one) => one.name === name);
  if (!chosen) return desk.go("overview");
  for (const link of root.querySelectorAll("nav a")) {
    if (link.dataset.view === chosen.name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${chosen.title} – Postroom`;
  const main = document.getElementById("view");
  if (view?.name === chosen.name && view.move?.(rest)) return;
  view?.leave?.();
  main.replaceChildren();
  main.className = `view-${chosen.name}`;
  main.scrollTop = 0;
  view = { name: chosen.name, ...chosen.make(desk, main, rest) };
}

// MARK: theme and keys

function applyTheme() {
  const theme = localStorage.getItem("postroom.theme") ?? "system";
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function turnTheme() {
  const now = localStorage.getItem("postroom.theme") ?? "system";
  localStorage.setItem("postroom.theme", THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
  applyTheme();
}

function showKeys() {
  const rows = [
    ...VIEWS.map((one) => [["g", one.key], one.title]),
    [["j"], "Next row"], [["k"], "Row before"], [["Enter"], "Open the row"], [["/"], "Search"],
    [["Ctrl", "Enter"], "Make the call (API)"], [["t"], "Light or dark"], [["Esc"], "Close, go back"], [["?"], "These keys"],
  ];
  dialog("Keys", h("dl.keys", rows.map(([keys, words]) => [h("dt", keys.map((key) => h("kbd", key))), h("dd", words)])));
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  if (event.key === "Escape" && event.target.matches?.("input, textarea")) return event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !desk.rpc.session) return;
  if (pendingKey === "g") {
    pendingKey = "";
    const chosen = VIEWS.find((one) => one.key === event.key);
    if (chosen) return desk.go(chosen.name);
  }
  const acts = {
    g: () => { pendingKey = "g"; setTimeout(() => { pendingKey = ""; }, 1500); },
    "/": () => document.querySelector("#view input[type=search]")?.focus(),
    t: turnTheme,
    "?": showKeys,
    j: () => view?.walk?.("j"),
    k: () => view?.walk?.("k"),
    Escape: () => view?.back?.(),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
window.addEventListener("hashchange", () => {
  const token = tokenFromAddress();
  if (token) {
    if (desk.rpc.session) signOut();
    signIn(token).catch(showSignIn);
  } else route();
});
window.addEventListener("unhandledrejection", (event) => {
  // Calls that a break has cut off are made again by the view when the connection is back.
  if (event.reason instanceof CallError && event.reason.reason === "connection.lost") event.preventDefault();
});

start();

"""#,
    "charts.js": #"""
// Lines over time, as SVG: `series` are drawn over the same minutes, newest at the right.

import { h, svg } from "./ui.js";

const WIDTH = 600;
const HEIGHT = 150;
const LEFT = 58;
const BOTTOM = 20;
const TOP = 8;

/** The next round number at or above `value`: 1, 2, 5 times a power of ten, or a power of two for octets. */
function ceiling(value, binary) {
  if (!(value > 0)) return 1;
  if (binary) return 2 ** Math.ceil(Math.log2(value));
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

export class Chart {
  #series;
  #format;
  #figure;
  #plot = h("div.plot");
  #legend = h("div.legend");
  #binary;

  /**
   * `series`: [{name, tone, of: sample => number | null}]; `format` turns a number into words; `binary` for octets.
   */
  constructor(title, series, format, binary = false) {
    this.#binary = binary;
    this.#series = series;
    this.#format = format;
    this.#figure = h("figure.chart", h("figcaption", h("h3", title), this.#legend), this.#plot);
  }

  get element() { return this.#figure; }

  /** `samples` have `at` in milliseconds, ascending. */
  draw(samples, seconds = 300) {
    const end = samples.length ? samples[samples.length - 1].at : Date.now();
    const begin = end - seconds * 1000;
    const shown = samples.filter((sample) => sample.at >= begin);
    const values = shown.flatMap((sample) => this.#series.map((one) => one.of(sample) ?? 0));
    const top = ceiling(Math.max(...values, 0), this.#binary);
    const x = (at) => LEFT + ((at - begin) / (end - begin)) * (WIDTH - LEFT);
    const y = (value) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
    const root = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": this.#spoken(shown) });
    for (const part of [0, 0.5, 1]) {
      const at = y(top * part);
      root.append(svg("line", { x1: LEFT, x2: WIDTH, y1: at, y2: at, class: part ? "grid" : "axis" }));
      root.append(label(LEFT - 6, at + 3.5, this.#format(top * part), "end"));
    }
    for (let minute = 0; minute <= seconds / 60; minute++) {
      const anchor = minute === 0 ? "end" : minute === seconds / 60 ? "start" : "middle";
      root.append(label(x(end - minute * 60000), HEIGHT - 4, minute ? `−${minute} min` : "now", anchor));
    }
    this.#series.forEach((one, i) => {
      const points = shown.map((sample) => [x(sample.at), one.of(sample)]).filter(([, value]) => value !== null)
        .map(([at, value]) => `${at.toFixed(1)},${y(value).toFixed(1)}`);
      if (points.length < 2) return;
      const first = points[0].split(",")[0];
      const last = points[points.length - 1].split(",")[0];
      if (i === 0) {
        root.append(svg("polygon", { points: `${first},${y(0)} ${points.join(" ")} ${last},${y(0)}`, class: `area ${one.tone}` }));
      }
      root.append(svg("polyline", { points: points.join(" "), class: `line ${one.tone}` }));
    });
    const newest = shown[shown.length - 1];
    this.#legend.replaceChildren(...this.#series.map((one) => {
      const value = newest ? one.of(newest) : null;
      return h("span", h(`i.${one.tone}`), one.name, h("b", value === null ? "–" : this.#format(value)));
    }));
    this.#plot.replaceChildren(root, ...(shown.length < 2 ? [h("p.muted.center", "Collecting…")] : []));
  }

  #spoken(shown) {
    const newest = shown[shown.length - 1];
    return this.#series.map((one) => `${one.name} ${newest ? this.#format(one.of(newest) ?? 0) : "unknown"}`).join(", ");
  }
}

function label(x, y, text, anchor) {
  return svg("text", { x, y, "text-anchor": anchor }, text);
}

"""#,
    "conversations.js": #"""
// Tracked conversations, and each as a timeline: what was new in a mail, and behind a fold what it quotes.

import { h, icon, when, number, octets, person, notice, empty, openable, walkRows } from "./ui.js";

const PAGE = 50;

export function conversations(desk, main, [chosen]) {
  const list = h("div.rows", { "aria-label": "Conversations" });
  const reader = h("section.reader", { "aria-label": "Conversation", tabindex: -1 });
  const search = h("input", {
    type: "search", placeholder: "Address, Message-ID or subject…", "aria-label": "Search",
    onkeydown: (event) => { if (event.key === "Enter") load(); }, onsearch: () => load(),
  });
  const kind = h("select", { "aria-label": "What to list", onchange: () => load() },
    h("option", { value: "threads" }, "Conversations"), h("option", { value: "mails" }, "All mail that was seen"));
  const count = h("span.sub");
  let current = "";
  let stopped = false;
  main.append(h("div.panes", h("section.list", h("header.head", h("h1", "Conversations"), count),
    h("div.filters", search, kind), list), reader));

  async function load(cursor) {
    const text = search.value.trim();
    if (!cursor) list.replaceChildren();
    list.querySelector(".more")?.remove();
    try {
      const page = kind.value === "mails" ? await mails(text, cursor) : await threads(text, cursor);
      if (stopped) return;
      list.append(...page.rows);
      const all = list.querySelectorAll("[data-row]").length;
      count.textContent = all ? `${all}${page.cursor ? "+" : ""}` : "";
      if (page.cursor) list.append(h("button.more", { type: "button", onclick: () => load(page.cursor) }, "More"));
      if (!all) {
        list.append(text ? empty("Nothing is found.", `Nothing here has “${text}”.`)
          : empty("No conversation is tracked yet.", "One begins with a mail sent by ", h("code", "mail.send"),
            ", or when a mail is tracked from “All mail that was seen”."));
      }
      mark();
    } catch (error) {
      if (error.reason !== "connection.lost") list.replaceChildren(notice(error));
    }
  }

  async function threads(text, cursor) {
    const params = { limit: PAGE };
    if (cursor) params.cursor = cursor;
    let method = "thread.list";
    if (text) {
      method = "thread.lookup";
      if (/^th\d+$/.test(text)) params.threadId = text;
      else if (/^<.*>$/.test(text)) params.messageId = text.slice(1, -1);
      else if (text.includes("@") && !text.includes(" ")) params.contact = text;
      else params.subject = text;
    }
    const page = await desk.rpc.call(method, params);
    return { cursor: page.cursor, rows: page.threads.map((thread) => h("article.row", openable(() => desk.go("conversations", thread.id)), {
      "data-id": thread.id,
    }, h("div.line", h("b.subject", thread.subject || "(no subject)"), when(thread.lastMailAt)),
    h("div.line.muted", h("span", `${number(thread.mailCount)} ${thread.mailCount === 1 ? "mail" : "mails"}`),
      thread.tracked ? null : h("span.tag", "not tracked")))) };
  }

  async function mails(text, cursor) {
    const params = { limit: PAGE, loggedOnly: false };
    if (cursor) params.cursor = cursor;
    if (text.includes("@")) params.contact = text;
    const page = await desk.rpc.call("mail.list", params);
    return { cursor: page.cursor, rows: page.mails.map((mail) => h("article.row", openable((event) => {
      if (!event.target.closest("button") && mail.threadId) desk.go("conversations", mail.threadId);
    }), { "data-id": mail.threadId ?? "" },
    h("div.line", h("b.subject", mail.subject || "(no subject)"), when(mail.receivedAt)),
    h("div.line.muted", h("span", mail.direction === "incoming" ? person(mail.from[0]) : `to ${person(mail.to[0])}`),
      mail.threadId ? h("span.tag.good", "tracked") : desk.has("manage") ? h("button.small", {
        type: "button", onclick: async (event) => {
          event.target.disabled = true;
          try {
            const answer = await desk.rpc.call("thread.track", { mailId: mail.id });
            desk.go("conversations", answer.threadId ?? answer.id);
          } catch (error) { event.target.replaceWith(notice(error)); }
        },
      }, "Track") : null))) };
  }

  function mark() {
    for (const row of list.querySelectorAll("[data-id]")) row.classList.toggle("chosen", row.dataset.id === current && current !== "");
  }

  async function open(id) {
    current = id ?? "";
    mark();
    main.classList.toggle("reading", Boolean(id));
    if (!id) {
      reader.replaceChildren(empty("No conversation is chosen.", "j and k go through the list, Enter opens one."));
      return;
    }
    try {
      const detail = await desk.rpc.call("thread.get", { threadId: id });
      if (current !== id || stopped) return;
      reader.replaceChildren(...timeline(desk, detail, () => open(id)));
    } catch (error) {
      reader.replaceChildren(h("header", back(desk)), notice(error));
    }
  }

  load();
  open(chosen);
  // What happens in the conversation that is shown is shown.
  const news = follow(desk, (event) => { if (event.threadId && event.threadId === current) open(current); });
  return {
    walk: walkRows(list),
    back: () => { if (current) desk.go("conversations"); },
    move: ([id]) => { open(id); return true; },
    leave: () => { stopped = true; news.stop(); },
  };
}

function follow(desk, onevent) {
  let stream = null;
  let stopped = false;
  desk.rpc.call("events.read", { after: "0", limit: 1 }).then(({ latest }) => {
    if (stopped) return;
    stream = desk.rpc.stream("events.subscribe", { after: latest }, onevent);
    stream.ended.catch(() => {});
  }, () => {});
  return { stop: () => { stopped = true; stream?.stop(); } };
}

const back = (desk) => h("button.quiet.back", { type: "button", onclick: () => desk.go("conversations"), "aria-label": "Back to the list" }, icon("back"));

function timeline(desk, { thread, mails, records }, again) {
  const turn = async (event) => {
    event.target.disabled = true;
    const method = thread.tracked ? "thread.untrack" : "thread.track";
    const params = thread.tracked ? { threadId: thread.id } : { mailId: mails[0].mail.id };
    try { await desk.rpc.call(method, params); again(); } catch (error) { event.target.replaceWith(notice(error)); }
  };
  return [
    h("header.threadhead", back(desk), h("div",
      h("h2", thread.subject || "(no subject)"),
      h("p.muted", `${number(thread.mailCount)} ${thread.mailCount === 1 ? "mail" : "mails"} · `, h("code", thread.id),
        (records ?? []).map((record) => h("span.tag", `${record.type}:${record.id}`)))),
    h("div.buttons",
      desk.has("manage") && mails.length ? h("button", { type: "button", onclick: turn }, thread.tracked ? "Stop tracking" : "Track") : null,
      desk.has("purge") ? h("a.button", { href: `#/erase/thread/${thread.id}` }, "Erase…") : null)),
    h("ol.timeline", mails.map((detail) => h("li", mailCard(desk, detail)))),
  ];
}

function mailCard(desk, detail) {
  const { mail, body, attachments, kind, report, deliveries } = detail;
  const incoming = mail.direction === "incoming";
  const names = (list) => list.map((one) => h("span", { title: one.email }, person(one))).flatMap((one, i) => (i ? [", ", one] : [one]));
  const card = h(`article.mail.${incoming ? "incoming" : "outgoing"}`,
    h("header", h("span.way", { title: incoming ? "Received" : "Sent" }, icon(incoming ? "incoming" : "outgoing")),
      h("span.people", h("b", { title: mail.from[0]?.email ?? "" }, person(mail.from[0])),
        h("span.muted", " to ", names([...mail.to, ...mail.cc]))),
      when(mail.sentAt ?? mail.receivedAt)),
    kind || (mail.matchedBy && mail.matchedBy !== "sent") || mail.origin === "sequence" ? h("div.tags",
      kind ? h(`span.tag.${kind === "bounce" ? "bad" : "warn"}`, KINDS[kind] ?? kind) : null,
      mail.origin === "sequence" ? h("span.tag", "sequence") : null,
      mail.matchedBy && mail.matchedBy !== "sent" ? h("span.tag", { title: "How it was found to belong here" }, `by ${mail.matchedBy}`) : null) : null);
  if (report) {
    card.append(h("div.report", report.recipients.map((one) => h("p",
      h("b", one.email ?? one.originalEmail ?? ""), ` ${one.action}`, one.cause ? h("span.tag.bad", one.cause) : null,
      one.diagnostic ? h("code", one.diagnostic) : null))));
  }
  for (const news of deliveries ?? []) {
    card.append(h("p.report", h(`span.tag.${news.action === "failed" ? "bad" : "warn"}`, news.action), " ", news.email ?? "",
      news.cause ? ` (${news.cause})` : ""));
  }
  if (!body) {
    card.append(h("p.muted", mail.state === "envelope" ? "Not tracked: only its header is known." : "Its content is not here."));
    return card;
  }
  card.append(content(body));
  const list = attachments.filter((one) => one.disposition !== "inline" || !one.cid);
  if (list.length) card.append(h("div.files", list.map((one) => file(desk, one))));
  return card;
}

const KINDS = {
  bounce: "bounce", delay: "delayed", delivery: "delivered", readReceipt: "read receipt", autoReply: "automatic reply",
  invitation: "invitation", list: "mailing list",
};

/** What was written, with quotation and signature folded; as HTML when asked. */
function content(body) {
  const box = h("div.content");
  const showText = () => box.replaceChildren(
    h("div.text", (body.replyText || body.text || "(empty)").trim()),
    body.signature?.trim() ? h("details", h("summary", "Signature"), h("div.text.muted", body.signature.trim())) : null,
    body.quotedText?.trim() ? h("details", h("summary", `Quoted text, ${number(body.quotedText.trim().split("\n").length)} lines`),
      h("div.text.quoted", body.quotedText.trim())) : null,
    body.html ? h("button.small", { type: "button", onclick: showHTML }, "Show as HTML") : null);
  const showHTML = () => box.replaceChildren(frame(body.html),
    h("button.small", { type: "button", onclick: showText }, "Show as text"));
  const replace = box.replaceChildren.bind(box);
  box.replaceChildren = (...nodes) => replace(...nodes.filter(Boolean));
  showText();
  return box;
}

/** HTML that the server has made harmless, in a frame where besides no script runs and nothing is fetched. */
function frame(html) {
  const element = h("iframe.html", { sandbox: "allow-same-origin", src: "mail.html", title: "The mail as HTML", referrerpolicy: "no-referrer" });
  element.addEventListener("load", () => {
    const page = element.contentDocument;
    if (!page || page.body.childNodes.length > 1) return;
    page.body.innerHTML = html;
    // The sandbox has no leave to open anything: links are words with an address behind the pointer.
    for (const link of page.querySelectorAll("a[href]")) {
      link.title = link.getAttribute("href");
      link.removeAttribute("href");
    }
    element.style.height = `${Math.min(1200, page.documentElement.scrollHeight + 2)}px`;
  }, { once: true });
  return element;
}

function file(desk, one) {
  const button = h("button.file", { type: "button", title: `${one.type}, ${number(one.size)} octets` },
    icon("file"), h("span", one.name), h("span.muted", octets(one.size)));
  button.addEventListener("click", () => {
    const pieces = [];
    button.disabled = true;
    const stream = desk.rpc.stream("attachment.get", { blobId: one.blobId }, (chunk) => {
      const text = atob(chunk.data);
      pieces.push(Uint8Array.from(text, (c) => c.charCodeAt(0)));
    });
    stream.ended.then(() => {
      // Whatever it says it is, it is saved and not shown.
      const link = h("a", { href: URL.createObjectURL(new Blob(pieces, { type: "application/octet-stream" })), download: one.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }, (error) => button.after(notice(error))).finally(() => { button.disabled = false; });
  });
  return button;
}

"""#,
    "erase.js": #"""
// Erasing: a preview that counts, a question, a receipt.

import { h, number, octets, when, notice, empty, state, walkRows } from "./ui.js";

const KINDS = [
  { name: "contact", title: "A person", label: "E-mail address", member: "email", placeholder: "dana@customer.example" },
  { name: "thread", title: "A conversation", label: "Thread id", member: "threadId", placeholder: "th1" },
  { name: "mail", title: "A mail", label: "Mail id", member: "mailId", placeholder: "m1" },
  { name: "record", title: "A record", label: "Record, as type:id", member: "record", placeholder: "deal:4711" },
  { name: "mailbox", title: "A mailbox", label: "Mailbox id", member: "mailboxId", placeholder: "mb1" },
  { name: "age", title: "Older than", label: "Everything before", member: "before", placeholder: "", type: "date" },
];
const COUNTS = [
  ["mails", "mails"], ["bodies", "bodies"], ["octets", "on disk"], ["threads", "conversations"], ["mailboxes", "mailboxes"],
  ["submissions", "submissions"], ["uploads", "uploads"],
];

export function erase(desk, main, [kindName, value]) {
  main.append(h("header.head", h("h1", "Erase")));
  if (!desk.has("purge")) {
    main.append(empty("Erasing is for tokens with scope purge.", "This token has: ", (desk.rpc.session.scopes ?? []).join(", ")));
    return {};
  }
  const input = h("input", { id: "what", required: true, spellcheck: "false", autocomplete: "off" });
  const label = h("label", { for: "what" });
  const result = h("div");
  const receipts = h("div.rows");
  let kind = KINDS.find((one) => one.name === kindName) ?? KINDS[0];
  const choices = h("div.segments", { role: "radiogroup", "aria-label": "What to erase" }, KINDS.map((one) => h("button", {
    type: "button", role: "radio", onclick: () => choose(one),
  }, one.title)));

  function choose(next) {
    if (next !== kind) input.value = "";
    kind = next;
    [...choices.children].forEach((button, i) => button.setAttribute("aria-checked", String(KINDS[i] === kind)));
    label.textContent = kind.label;
    input.type = kind.type ?? "text";
    input.placeholder = kind.placeholder;
    result.replaceChildren();
  }

  function scope() {
    const text = input.value.trim();
    if (kind.name === "record") {
      const [type, ...id] = text.split(":");
      return { kind: "record", record: { type, id: id.join(":") } };
    }
    if (kind.name === "age") return { kind: "age", before: `${text}T00:00:00.000Z` };
    return { kind: kind.name, [kind.member]: text };
  }

  async function preview(event) {
    event?.preventDefault();
    result.replaceChildren(h("p.muted", "Counting…"));
    try {
      const wanted = scope();
      const counts = await desk.rpc.call("purge.preview", { scope: wanted });
      result.replaceChildren(h("div.card.preview", h("h3", "This would be erased"), figures(counts), confirm(wanted, counts)));
    } catch (error) {
      result.replaceChildren(notice(error));
    }
  }

  function confirm(wanted, counts) {
    if (!COUNTS.some(([name]) => counts[name])) return h("p.muted", "Nothing: there is nothing of it here.");
    const word = String(counts.mails);
    const answer = h("input", { id: "sure", inputmode: "numeric", autocomplete: "off", oninput: () => { go.disabled = answer.value.trim() !== word; } });
    const go = h("button.danger", { type: "submit", disabled: true }, "Erase for good");
    return h("form.confirm", { onsubmit: (event) => { event.preventDefault(); run(wanted); } },
      h("label", { for: "sure" }, "Erased is erased, from the database, its log and every index. Type the number of mails, ",
        h("b", word), ", to go on."), h("div.line", answer, go));
  }

  async function run(wanted) {
    try {
      let purge = await desk.rpc.call("purge.run", { scope: wanted });
      while (purge.state !== "done") {
        result.replaceChildren(h("div.card.preview", h("h3", purge.state === "running" ? "Erasing…" : "Looking for what is left…"), figures(purge.counts)));
        await new Promise((resolve) => setTimeout(resolve, 300));
        purge = await desk.rpc.call("purge.status", { purgeId: purge.id });
      }
      result.replaceChildren(h("div.card.preview.done", h("h3", "Erased"), figures(purge.counts), h("p",
        purge.remaining === 0 ? "Nothing of it is left. " : `${number(purge.remaining)} are left. `, "Receipt ", h("code", purge.id), ".")));
      load();
    } catch (error) {
      result.replaceChildren(notice(error));
    }
  }

  async function load(cursor) {
    try {
      const page = await desk.rpc.call("purge.receipts", cursor ? { cursor, limit: 50 } : { limit: 50 });
      if (!cursor) receipts.replaceChildren();
      receipts.querySelector(".more")?.remove();
      receipts.append(...page.receipts.map((one) => h("article.receipt", { "data-row": true, tabindex: 0 },
        h("code", one.id), h("span", KINDS.find((kind) => kind.name === one.kind)?.title ?? one.kind),
        h("span", `${number(one.counts.mails)} mails, ${octets(one.counts.octets)}`),
        state(one.state === "done" ? (one.remaining ? "left over" : "done") : one.state, one.state !== "done" ? "busy" : one.remaining ? "bad" : "good"),
        h("span.muted", "by ", one.requestedBy), when(one.startedAt))));
      if (page.cursor) receipts.append(h("button.more", { type: "button", onclick: () => load(page.cursor) }, "More"));
      if (!receipts.childElementCount) receipts.append(empty("Nothing was erased yet.", "Receipts hold counts, and nobody’s name."));
    } catch (error) {
      if (error.reason !== "connection.lost") receipts.replaceChildren(notice(error));
    }
  }

  main.append(h("section.first", choices,
    h("form.eraseform", { onsubmit: preview }, label, h("div.line", input, h("button.primary", { type: "submit" }, "Preview"))), result),
  h("section", h("h2", "Receipts"), receipts));
  choose(kind);
  if (value) {
    input.value = value;
    preview();
  } else input.focus({ preventScroll: true });
  load();
  return { walk: walkRows(receipts) };
}

const figures = (counts) => h("div.figures", COUNTS.filter(([name]) => counts[name] || name === "mails")
  .map(([name, words]) => h("div", h("b", name === "octets" ? octets(counts[name]) : number(counts[name])), h("span", words))));

"""#,
    "events.js": #"""
// Events as they happen, from the last few hundred on.

import { h, clock, notice, empty, openable, walkRows } from "./ui.js";

const SHOWN = 500;
const BEFORE = 200;
const TONES = {
  "mail.bounced": "bad", "mail.delayed": "warn", "mail.gone": "warn", "mail.autoReplied": "warn", "purge.done": "warn",
  "mailbox.deleted": "warn", "mail.logged": "good", "mailbox.connected": "good", "thread.tracked": "good",
};

export function events(desk, main) {
  const list = h("div.rows.eventlist");
  const problem = h("div");
  const count = h("span.sub");
  const search = h("input", { type: "search", placeholder: "Type, id, address or fact…", "aria-label": "Filter", oninput: filter });
  const pause = h("button", { type: "button", onclick: turn, "aria-pressed": "false" }, "Pause");
  const held = [];
  let paused = false;
  let stream = null;
  let stopped = false;
  main.append(h("header.head", h("h1", "Events"), count), h("div.filters", search, pause), problem, list);

  function turn() {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    pause.textContent = paused ? "Go on" : "Pause";
    if (!paused) while (held.length) show(held.shift());
  }

  function filter() {
    const text = search.value.trim().toLowerCase();
    for (const row of list.querySelectorAll(".event")) row.hidden = text !== "" && !row.dataset.text.includes(text);
  }

  function show(event) {
    list.querySelector(".empty")?.remove();
    const open = event.threadId ? () => desk.go("conversations", event.threadId)
      : event.mailboxId && event.type !== "mailbox.deleted" ? () => desk.go("mailboxes", event.mailboxId) : () => {};
    const ids = ["mailboxId", "threadId", "mailId", "submissionId", "purgeId"].map((name) => event[name]).filter(Boolean);
    const facts = Object.entries(event.facts ?? {});
    const who = event.mail ? (event.mail.direction === "incoming" ? event.mail.from[0] : event.mail.to[0])?.email ?? "" : "";
    const row = h("article.event", openable(open),
      h("time.num", { datetime: event.at, title: event.at }, clock(event.at)),
      h(`span.tag.type.${TONES[event.type] ?? "usual"}`, event.type),
      h("span.what", event.mail ? h("b", event.mail.subject || "(no subject)") : null, who ? h("span", who) : null,
        facts.map(([name, value]) => h("span.fact", h("i", name), value))),
      h("span.ids", ids.join(" ")), h("span.seq.num", event.seq));
    row.dataset.text = [event.type, who, event.mail?.subject, ...ids, ...facts.flat()].join(" ").toLowerCase();
    const text = search.value.trim().toLowerCase();
    row.hidden = text !== "" && !row.dataset.text.includes(text);
    list.prepend(row);
    while (list.childElementCount > SHOWN) list.lastElementChild.remove();
    count.textContent = `up to ${event.seq}`;
  }

  async function begin() {
    try {
      const { latest } = await desk.rpc.call("events.read", { after: "0", limit: 1 });
      if (stopped) return;
      const after = String(Math.max(0, Number(latest) - BEFORE));
      if (latest === "0") list.append(empty("Nothing has happened yet.", "Events come here by themselves."));
      stream = desk.rpc.stream("events.subscribe", { after }, (event) => {
        if (!paused) show(event);
        else if (held.push(event) > SHOWN) held.shift();
        if (paused) pause.textContent = `Go on (${held.length})`;
      });
      await stream.ended;
    } catch (error) {
      // After a break the view is made anew.
      if (error.reason !== "connection.lost") problem.replaceChildren(notice(error));
    }
  }

  begin();
  return { walk: walkRows(list), leave: () => { stopped = true; stream?.stop(); } };
}

"""#,
    "explorer.js": #"""
// Every method of the OpenRPC document, with what it takes and answers, to be tried.

import { h, prose, json, millis, notice, openable, walkRows } from "./ui.js";

// What changes or takes away something is asked about before it is done.
const ASKS = new Set(["purge", "admin", "manage", "send"]);
const VALUES_SHOWN = 50;

export function explorer(desk, main, [chosen]) {
  const list = h("div.rows.methods");
  const page = h("section.reader", { tabindex: -1 });
  const search = h("input", { type: "search", placeholder: "Method…", "aria-label": "Filter", oninput: () => filter() });
  const count = h("span.sub");
  let document_ = null;
  let running = null;
  main.append(h("div.panes", h("section.list", h("header.head", h("h1", "API"), count), h("div.filters", search), list), page));

  function filter() {
    const text = search.value.trim().toLowerCase();
    for (const row of list.querySelectorAll("[data-id]")) {
      row.hidden = !(row.dataset.id.toLowerCase().includes(text) || row.dataset.text.includes(text));
    }
    for (const title of list.querySelectorAll("h3")) {
      title.hidden = !list.querySelector(`[data-noun="${title.dataset.noun}"]:not([hidden])`);
    }
  }

  function show(name) {
    running?.stop();
    running = null;
    main.classList.toggle("reading", Boolean(name));
    for (const row of list.querySelectorAll("[data-id]")) row.classList.toggle("chosen", row.dataset.id === name);
    const method = document_.methods.find((one) => one.name === name);
    if (!method) {
      page.replaceChildren(h("div.empty", h("strong", `${document_.info.title} ${document_.info.version}`),
        h("p", `${document_.methods.length} methods. Choose one to read about it and to try it.`),
        h("p", h("a", { href: "/openrpc.json", target: "_blank", rel: "noopener" }, "openrpc.json"))));
      return;
    }
    page.replaceChildren(...describe(document_, method), tryIt(method));
    page.scrollTop = 0;
  }

  function tryIt(method) {
    const first = method.examples?.[0]?.params ?? [];
    const params = Object.fromEntries(first.map(({ name, value }) => [name, value]));
    const editor = h("textarea", { spellcheck: "false", "aria-label": "Params", rows: Math.min(16, JSON.stringify(params, null, 2).split("\n").length + 1) });
    editor.value = JSON.stringify(params, null, 2);
    const output = h("div.output", { "aria-live": "polite" });
    const run = h("button.primary", { type: "button" }, "Call");
    const scope = method["x-scope"];
    const allowed = !scope || desk.has(scope);

    async function call() {
      running?.stop();
      let value;
      try {
        value = editor.value.trim() ? JSON.parse(editor.value) : {};
      } catch (error) {
        return output.replaceChildren(notice(new Error(`The params are not JSON: ${error.message}`)));
      }
      if (ASKS.has(scope) && !READS.test(method.name) && !window.confirm(`${method.name} changes something. Make the call?`)) return;
      const began = performance.now();
      if (method["x-stream"]) return follow(value, began);
      run.disabled = true;
      try {
        const result = await desk.rpc.call(method.name, value, { onprogress: (step) => output.append(json(step)) });
        output.replaceChildren(h("p.answered", h("span.tag.good", "result"), millis(performance.now() - began)), json(result));
      } catch (error) {
        output.replaceChildren(h("p.answered", h("span.tag.bad", "error"), millis(performance.now() - began)), json(error.raw ?? error.message));
      }
      run.disabled = false;
    }

    function follow(value, began) {
      let count = 0;
      const values = h("div");
      const line = h("p.answered", h("span.tag.good", "stream"), h("span", "waiting"));
      const stop = h("button.small", { type: "button", onclick: () => running?.stop() }, "Stop");
      output.replaceChildren(h("div.line", line, stop), values);
      running = desk.rpc.stream(method.name, value, (one) => {
        count++;
        line.lastChild.textContent = `${count} values, the newest first`;
        values.prepend(json(one));
        if (values.childElementCount > VALUES_SHOWN) values.lastElementChild.remove();
      });
      running.ended.then(() => { line.append(" · ended"); stop.remove(); }, (error) => {
        stop.remove();
        output.append(h("p.answered", h("span.tag.bad", "error"), millis(performance.now() - began)), json(error.raw ?? error.message));
      });
    }

    run.addEventListener("click", call);
    editor.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) call(); });
    run.disabled = !allowed;
    return h("section.try", h("h3", "Try it"), editor,
      h("div.line", run, h("span.muted", allowed ? "Ctrl Enter" : `This token has no scope ${scope}.`)), output);
  }

  desk.discover().then((found) => {
    document_ = found;
    count.textContent = `${found.methods.length} methods`;
    let noun = "";
    for (const method of found.methods) {
      const own = method.name.split(".")[0];
      if (own !== noun) list.append(h("h3", { "data-noun": own }, own));
      noun = own;
      const row = h("article.row", openable(() => desk.go("api", method.name)), { "data-id": method.name, "data-noun": own },
        h("div.line", h("code", method.name), method["x-stream"] ? h("span.tag", "stream") : null), h("div.muted", method.summary));
      row.dataset.text = `${method.summary} ${method.description ?? ""}`.toLowerCase();
      list.append(row);
    }
    show(chosen);
    list.querySelector(".chosen")?.scrollIntoView({ block: "center" });
  }, (error) => page.replaceChildren(notice(error)));

  return {
    walk: walkRows(list),
    back: () => desk.go("api"),
    move: ([name]) => { if (document_) show(name); return true; },
    leave: () => running?.stop(),
  };
}

const READS = /\.(get|list|status|stats|info|read|preview|receipts|lookup|timeline|probe|watch|check|discover|audit)$/;

function describe(document_, method) {
  const scope = method["x-scope"];
  return [
    h("header.threadhead", h("button.quiet.back", { type: "button", onclick: () => { location.hash = "#/api"; }, "aria-label": "Back to the list" }, "‹"),
      h("div", h("h2", h("code", method.name)), h("p.muted", method.summary)),
      h("div.tags", h("span.tag", scope ? `scope ${scope}` : "no scope"), method["x-stream"] ? h("span.tag", "stream") : null,
        method["x-idempotent"] ? h("span.tag", "may be repeated") : method["x-idempotencyKey"] ? h("span.tag", "idempotencyKey") : null)),
    method.description ? h("p.prose", prose(method.description)) : null,
    h("section", h("h3", "Params"), method.params.length ? members(document_, Object.fromEntries(method.params.map((one) => [one.name, { ...one.schema, description: one.description ?? one.schema.description }])),
      method.params.filter((one) => one.required).map((one) => one.name)) : h("p.muted", "None.")),
    h("section", h("h3", method["x-stream"] ? "Values" : "Result"), schema(document_, method["x-stream"] ?? method.result.schema)),
    method["x-reasons"]?.length ? h("section", h("h3", "Reasons of errors"), h("p.reasons", method["x-reasons"].map((one) => h("code", one)))) : null,
  ].filter(Boolean);
}

const resolve = (document_, one) => (one?.$ref ? document_.components.schemas[one.$ref.split("/").pop()] : one) ?? {};

function typeName(one) {
  if (one.$ref) return one.$ref.split("/").pop();
  if (one.type === "array") return `${typeName(one.items ?? {})}[]`;
  return one.type ?? "any";
}

function schema(document_, one) {
  const found = resolve(document_, one);
  const title = h("p.muted", h("code", typeName(one)), " ", prose(found.description ?? ""));
  return found.properties ? h("div", title, members(document_, found.properties, found.required ?? [])) : title;
}

function members(document_, properties, required) {
  return h("div.scroll", h("table.members", h("tbody", Object.entries(properties).map(([name, one]) => {
    const found = resolve(document_, one);
    const words = one.description ?? found.description ?? "";
    const nested = resolve(document_, found.type === "array" ? found.items : one);
    return h("tr", h("td", h("code", name), required.includes(name) ? h("span.need", { title: "Must be there" }, "*") : null),
      h("td.type", typeName(one)), h("td", prose(words),
        found.enum ? h("p.reasons", found.enum.map((word) => h("code", word))) : null,
        nested.properties && nested !== one ? h("details", h("summary", "Members"), members(document_, nested.properties, nested.required ?? [])) : null));
  }))));
}

"""#,
    "icon.svg": #"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#20639b"/><path d="M7 11.5h18v10.2a1.3 1.3 0 0 1-1.3 1.3H8.3A1.3 1.3 0 0 1 7 21.700z" fill="#fff" fill-opacity=".25"/><path d="M7 10.300A1.3 1.3 0 0 1 8.300 9h15.400A1.300 1.300 0 0 1 25 10.300V12l-9 6-9-6z" fill="#fff"/></svg>

"""#,
    "index.html": #"""
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Postroom</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="style.css">
<script type="module" src="app.js"></script>
</head>
<body>
<noscript><p>The console needs JavaScript. Everything it does, <code>postroom</code> does in a terminal.</p></noscript>
<div id="app"></div>
</body>
</html>

"""#,
    "mail.html": #"""
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light">
<title>A mail</title>
<style>
html { background: #fff; color: #1c2127; }
body { margin: 0; padding: 12px 14px; font: 14px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
table { max-width: 100%; }
blockquote { margin: 8px 0; padding-left: 12px; border-left: 3px solid #d5dae0; color: #565f6b; }
a { color: #1f5f8b; }
</style>
</head>
<body></body>
</html>

"""#,
    "mailboxes.js": #"""
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

"""#,
    "overview.js": #"""
// What the server does now: figures, charts of traffic and latency, calls by method.

import { h, number, octets, span, millis, notice, empty } from "./ui.js";
import { Chart } from "./charts.js";

export function overview(desk, main) {
  const traffic = desk.traffic;
  const tiles = h("div.tiles");
  const problem = h("div");
  const charts = [
    new Chart("Calls a second", [
      { name: "calls", tone: "one", of: (s) => s.calls }, { name: "errors", tone: "bad", of: (s) => s.errors },
    ], (n) => (n < 10 ? n.toFixed(1) : number(n))),
    new Chart("Latency", [
      { name: "95 %", tone: "one", of: (s) => s.p95 }, { name: "99 %", tone: "two", of: (s) => s.p99 },
      { name: "median", tone: "three", of: (s) => s.p50 },
    ], millis),
    new Chart("Octets a second", [
      { name: "out", tone: "one", of: (s) => s.out }, { name: "in", tone: "two", of: (s) => s.in },
    ], octets, true),
    new Chart("Memory", [{ name: "resident", tone: "one", of: (s) => s.resident }], octets, true),
  ];
  const body = h("tbody");
  const version = h("span.sub");
  main.append(h("header.head", h("h1", "Overview"), version), problem);
  if (!traffic.allowed) {
    main.append(empty("Numbers are for tokens with scope admin.", "Everything else in the console works without."));
  } else {
    main.append(tiles, h("div.charts", charts.map((chart) => chart.element)),
      h("section", h("h2", "Calls since the start"), h("div.scroll", h("table.methods", h("thead", h("tr",
        h("th", "Method"), h("th.num", "Calls"), h("th.num", "Errors"), h("th.num", "Median"), h("th.num", "95 %"),
        h("th.num", "Time spent"))), body))));
  }
  desk.rpc.call("server.info").then((info) => {
    version.append(
      `${info.version}${info.commit ? ` (${info.commit.slice(0, 12)})` : ""} · protocol ${info.protocolVersion}`);
  }, () => {});

  const draw = () => {
    problem.replaceChildren(...(traffic.error && traffic.error.reason !== "connection.lost" ? [notice(traffic.error)] : []));
    if (!traffic.stats) return;
    const s = traffic.stats;
    const newest = traffic.samples[traffic.samples.length - 1];
    const waiting = s.outbox ? s.outbox.queued + s.outbox.sending + s.outbox.dataOpen + s.outbox.deferred : 0;
    tiles.replaceChildren(
      tile("Mailboxes live", `${s.mailboxesLive} / ${s.mailboxes}`, s.mailboxesLive < s.mailboxes ? "warn" : "good",
        s.sync ? `${s.sync.reading} reading, ${s.sync.waiting} waiting` : ""),
      tile("Calls a second", newest ? (newest.calls < 10 ? newest.calls.toFixed(1) : number(newest.calls)) : "–", "",
        `${number(s.calls)} since the start`),
      tile("Latency, 95 %", newest ? millis(newest.p95) : "–", "", newest?.p50 != null ? `median ${millis(newest.p50)}` : "no calls just now"),
      tile("Errors", number(s.errors), s.errors && newest?.errors > 0 ? "warn" : "", `${s.authenticationFailures} refused tokens`),
      tile("Mail to be sent", number(waiting), s.outbox?.unknown ? "bad" : "", s.outbox?.unknown ? `${s.outbox.unknown} in doubt` : "none in doubt"),
      tile("Connections", number(s.connectionsOpen), "", `${s.streamsOpen ?? 0} streams`),
      tile("Memory", s.process ? octets(s.process.residentOctets) : "–", "", s.process ? `${s.process.descriptors} files open` : ""),
      tile("Up for", span(s.uptimeSeconds), "", `event ${s.latestEvent}`));
    for (const chart of charts) chart.draw(traffic.samples);
    const rows = [...traffic.methods].filter(([, one]) => one.calls).sort((a, b) => a[1].isStream - b[1].isStream || b[1].seconds - a[1].seconds).slice(0, 20);
    body.replaceChildren(...rows.map(([method, one]) => h("tr",
      h("td", h("a", { href: `#/api/${method}` }, method)), h("td.num", number(one.calls)),
      h(`td.num${one.errors ? ".warn" : ""}`, number(one.errors)),
      one.isStream ? h("td.num.muted", { colspan: 3 }, "a stream")
        : [h("td.num", millis(one.p50)), h("td.num", millis(one.p95)), h("td.num", millis(one.seconds * 1000))])));
  };
  traffic.onsample = draw;
  draw();
  return { leave: () => { traffic.onsample = null; } };
}

const tile = (name, value, tone, more) => h(`div.tile${tone && "." + tone}`, h("span", name), h("b", value), h("small", more));

"""#,
    "rpc.js": #"""
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

"""#,
    "style.css": #"""
/* Calm and dense: one accent, thin lines, figures in columns. Both palettes stand side by side in light-dark(). */

:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f7f9, #14171b);
  --card: light-dark(#ffffff, #1b1f24);
  --raised: light-dark(#eef1f4, #242a31);
  --line: light-dark(#dfe3e8, #2e353d);
  --strong-line: light-dark(#c5ccd4, #424b55);
  --text: light-dark(#1a2027, #e3e7eb);
  --muted: light-dark(#5c6672, #98a3ae);
  --accent: light-dark(#20639b, #6cb0e6);
  --accent-soft: light-dark(#e3eef7, #1f3446);
  --on-accent: light-dark(#ffffff, #0d1c29);
  --good: light-dark(#1d7a4c, #5cc28d);
  --good-soft: light-dark(#e2f3ea, #1a3527);
  --warn: light-dark(#93600a, #e0b054);
  --warn-soft: light-dark(#fbf0d9, #3a2f17);
  --bad: light-dark(#b3312c, #f0857e);
  --bad-soft: light-dark(#fbe6e4, #42211f);
  --two: light-dark(#c2702a, #e59c5c);
  --three: light-dark(#7a8794, #8592a0);
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
  --radius: 6px;
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }

* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; margin: 0; }
body { background: var(--paper); color: var(--text); -webkit-text-size-adjust: 100%; }
h1, h2, h3, p, dl, dd, figure, ol { margin: 0; }
h1 { font-size: 19px; font-weight: 650; letter-spacing: -0.01em; }
h2 { font-size: 15px; font-weight: 650; }
h3 { font-size: 13px; font-weight: 650; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre, .num { font-variant-numeric: tabular-nums; }
code, pre, textarea, kbd { font-family: var(--mono); font-size: 0.9em; }
.muted { color: var(--muted); }
.icon { width: 18px; height: 18px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; flex: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; border-radius: 4px; }
main:focus-visible, .reader:focus-visible { outline: none; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; z-index: 9; background: var(--card); padding: 6px 10px; }

/* Controls */
button, .button, input, select, textarea { font: inherit; color: inherit; }
code, textarea { font-size: 12.5px; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; height: 32px; padding: 0 12px; white-space: nowrap;
  background: var(--card); border: 1px solid var(--strong-line); border-radius: var(--radius); cursor: pointer;
}
button:hover, .button:hover { background: var(--raised); text-decoration: none; }
button:disabled { opacity: 0.5; cursor: default; }
.button { color: var(--text); }
.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.primary:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)); }
.danger { background: var(--bad); border-color: var(--bad); color: var(--on-accent); font-weight: 600; }
.danger:hover { background: color-mix(in srgb, var(--bad) 88%, var(--text)); }
.quiet { border-color: transparent; background: none; padding: 0 7px; color: var(--muted); }
.quiet:hover { color: var(--text); }
.small { height: 26px; padding: 0 9px; font-size: 12.5px; }
input, select, textarea {
  width: 100%; height: 32px; padding: 0 10px; background: var(--card); border: 1px solid var(--strong-line); border-radius: var(--radius);
}
textarea { height: auto; padding: 8px 10px; line-height: 1.5; resize: vertical; font-family: var(--mono); tab-size: 2; }
input::placeholder { color: var(--muted); opacity: 0.8; }
select { width: auto; }
label { font-size: 12.5px; font-weight: 600; color: var(--muted); }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; }
.line { display: flex; align-items: center; gap: 10px; }
.line > time, .line > .tag { margin-left: auto; flex: none; }
kbd { display: inline-block; min-width: 22px; padding: 1px 6px; text-align: center; border: 1px solid var(--strong-line); border-bottom-width: 2px; border-radius: 4px; }

.tag { display: inline-block; padding: 0 6px; border-radius: 4px; background: var(--raised); color: var(--muted); font-size: 11.5px; line-height: 18px; font-weight: 550; white-space: nowrap; }
.tag.good { background: var(--good-soft); color: var(--good); }
.tag.warn { background: var(--warn-soft); color: var(--warn); }
.tag.bad { background: var(--bad-soft); color: var(--bad); }
.state { display: inline-flex; align-items: center; gap: 7px; white-space: nowrap; }
.state::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--three); flex: none; }
.state.good::before { background: var(--good); }
.state.warn::before { background: var(--warn); }
.state.bad::before { background: var(--bad); }
.state.busy::before { background: var(--accent); animation: breathe 1.6s ease-in-out infinite; }
@keyframes breathe { 50% { opacity: 0.35; } }
@media (prefers-reduced-motion: reduce) { .state.busy::before { animation: none; } }
.notice { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; padding: 8px 12px; border-radius: var(--radius); background: var(--bad-soft); color: var(--bad); margin: 8px 0; }
.empty { padding: 36px 20px; text-align: center; color: var(--muted); }
.empty strong { display: block; color: var(--text); font-weight: 600; margin-bottom: 4px; }
.center { text-align: center; }
.bar { display: block; height: 6px; border-radius: 3px; background: var(--raised); overflow: hidden; min-width: 60px; }
.bar i { display: block; height: 100%; border-radius: 3px; background: var(--accent); transition: width 0.3s; }
.bar.done i { background: var(--good); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; }
noscript p { padding: 24px; }

/* Signing in */
.signin { display: grid; min-height: 100%; place-items: center; padding: 16px; }
.signin form { width: min(380px, 100vw - 32px); display: grid; gap: 10px; padding: 28px; }
.signin h1 { font-size: 22px; margin-bottom: 8px; }
.signin p.muted { font-size: 12.5px; margin-top: 6px; }
.signin .notice { margin: 0; }

/* The frame */
.frame { display: grid; grid-template-columns: 196px minmax(0, 1fr); height: 100%; }
aside { display: flex; flex-direction: column; padding: 14px 10px 10px; border-right: 1px solid var(--line); background: var(--card); }
.brand { display: flex; align-items: center; gap: 9px; padding: 2px 8px 14px; color: var(--text); font-size: 15px; }
.brand:hover { text-decoration: none; }
nav { display: grid; gap: 2px; }
nav a { display: flex; align-items: center; gap: 10px; padding: 7px 9px; border-radius: var(--radius); color: var(--muted); font-weight: 550; }
nav a:hover { background: var(--raised); color: var(--text); text-decoration: none; }
nav a[aria-current] { background: var(--accent-soft); color: var(--accent); }
nav .short { display: none; }
aside footer { margin-top: auto; display: grid; gap: 4px; padding: 0 8px; font-size: 12.5px; color: var(--muted); }
aside .who { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
aside .tools { display: flex; margin: 4px -7px 0; }
#view { overflow: auto; padding: 20px 24px 40px; }
#view > section { margin-top: 24px; max-width: 1180px; }
#view > .first { margin-top: 0; }
#view > section > h2 { margin-bottom: 10px; }
.head { display: flex; align-items: baseline; gap: 12px; margin-bottom: 16px; max-width: 1180px; }
.head .sub { white-space: nowrap; color: var(--muted); font-size: 13px; font-variant-numeric: tabular-nums; }
.head button, .head .button { margin-left: auto; align-self: center; }
.filters { display: flex; gap: 8px; margin-bottom: 12px; max-width: 1180px; }
.rows { border: 1px solid var(--line); border-radius: 8px; background: var(--card); overflow: hidden; max-width: 1180px; }
.rows > * + * { border-top: 1px solid var(--line); }
.rows [data-row] { cursor: pointer; }
.rows [data-row]:hover { background: color-mix(in srgb, var(--raised) 55%, transparent); }
.rows [data-row]:focus-visible { outline-offset: -2px; }
.rows > .more { width: 100%; border-radius: 0; border-width: 1px 0 0; color: var(--accent); }

/* Overview */
.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1px; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--line); max-width: 1180px; }
.tile { background: var(--card); padding: 10px 14px 9px; display: grid; gap: 1px; }
.tile span { color: var(--muted); font-size: 12.5px; }
.tile b { font-size: 20px; font-weight: 600; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.tile small { color: var(--muted); font-size: 12px; min-height: 17px; }
.tile.good b { color: var(--good); }
.tile.warn b { color: var(--warn); }
.tile.bad b { color: var(--bad); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 14px; margin-top: 14px; max-width: 1180px; }
.chart { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px 6px; min-width: 0; }
.chart figcaption { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; margin-bottom: 6px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin-left: auto; font-size: 12px; color: var(--muted); }
.legend span { display: inline-flex; align-items: center; gap: 5px; }
.legend i { width: 10px; height: 3px; border-radius: 2px; background: currentColor; }
.legend b { color: var(--text); font-weight: 550; font-variant-numeric: tabular-nums; }
.plot { position: relative; }
.plot svg { display: block; width: 100%; height: auto; overflow: visible; }
.plot .center { position: absolute; inset: 40% 0 auto; font-size: 12.5px; }
.plot text { fill: var(--muted); font-size: 11px; font-variant-numeric: tabular-nums; }
.plot .grid { stroke: var(--line); }
.plot .axis { stroke: var(--strong-line); }
.plot .line { display: inline; fill: none; stroke-width: 1.6; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.plot .area { opacity: 0.13; }
.plot .line.one { stroke: var(--accent); } .plot .area.one { fill: var(--accent); } .legend i.one { color: var(--accent); }
.plot .line.two { stroke: var(--two); } .legend i.two { color: var(--two); }
.plot .line.three { stroke: var(--three); } .legend i.three { color: var(--three); }
.plot .line.bad { stroke: var(--bad); } .legend i.bad { color: var(--bad); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
table.methods { background: var(--card); border: 1px solid var(--line); border-radius: 8px; border-collapse: separate; border-spacing: 0; }
th, td { padding: 5px 12px; text-align: left; vertical-align: top; }
th { font-size: 12px; color: var(--muted); font-weight: 600; border-bottom: 1px solid var(--line); }
tr + tr td { border-top: 1px solid var(--line); }
td.num, th.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.warn { color: var(--warn); }

/* Mailboxes */
.box { padding: 10px 14px; }
.boxline { display: grid; grid-template-columns: minmax(180px, 1.2fr) 124px minmax(180px, 1fr); align-items: center; gap: 6px 16px; }
.boxline .name { display: flex; flex-wrap: wrap; gap: 0 10px; min-width: 0; }
.boxline .name b { font-weight: 600; overflow: hidden; text-overflow: ellipsis; }
.meter { display: grid; gap: 3px; font-size: 12.5px; font-variant-numeric: tabular-nums; }
.why { display: flex; flex-wrap: wrap; gap: 2px 12px; margin-top: 4px; font-size: 13px; color: var(--warn); }
.why code { color: var(--muted); }
.box.open { background: color-mix(in srgb, var(--raised) 30%, transparent); }
.boxdetail { display: grid; gap: 14px; margin-top: 12px; padding-top: 12px; border-top: 1px solid var(--line); cursor: auto; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 14px; font-size: 13px; }
.facts dt { color: var(--muted); }
.facts dd { overflow-wrap: anywhere; }
.folder { display: grid; grid-template-columns: minmax(120px, 1fr) minmax(80px, 2fr) 130px; gap: 12px; align-items: center; padding: 2px 0; font-size: 13px; }
.folder .name { display: flex; gap: 8px; align-items: center; overflow-wrap: anywhere; }
.folder .num { text-align: right; }

/* Two panes */
.view-conversations, .view-api { padding: 0 !important; overflow: hidden !important; }
.panes { display: grid; grid-template-columns: minmax(270px, 350px) minmax(0, 1fr); height: 100%; }
.panes .list { display: flex; flex-direction: column; min-height: 0; padding: 20px 0 0; border-right: 1px solid var(--line); }
.panes .head, .panes .filters { padding: 0 16px; }
.panes .filters { flex-wrap: wrap; }
.panes .filters select { width: 100%; }
.panes .rows { flex: 1; overflow: auto; border-radius: 0; border-width: 1px 0 0; background: none; }
.panes .row { padding: 9px 16px; }
.panes .row .muted { font-size: 12.5px; }
.panes .row time { font-size: 12.5px; color: var(--muted); }
.panes .chosen, .panes .chosen:hover { background: var(--accent-soft) !important; }
.subject { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.rows.methods h3 { padding: 12px 16px 4px; color: var(--muted); font-size: 12px; border: 0; }
.rows.methods .row { border: 0; padding: 5px 16px; }
.rows.methods h3 + .row { border: 0; }
.reader { overflow: auto; padding: 20px 24px 40px; min-width: 0; }
.reader > * { max-width: 860px; }
.threadhead { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: flex-start; margin-bottom: 16px; }
.threadhead h2 { font-size: 18px; overflow-wrap: anywhere; }
.threadhead h2 code { font-size: 17px; }
.threadhead > div:first-of-type { flex: 1 1 260px; min-width: 0; }
.threadhead p .tag { margin-left: 8px; }
.threadhead .back { display: none; }
.timeline { list-style: none; padding: 0; display: grid; gap: 12px; }
.timeline li { position: relative; padding-left: 30px; }
.timeline li::before { content: ""; position: absolute; left: 10px; top: 26px; bottom: -22px; width: 1px; background: var(--strong-line); }
.timeline li:last-child::before { display: none; }
.mail { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px 12px; display: grid; gap: 8px; }
.mail > header { display: flex; align-items: baseline; gap: 10px; }
.mail .people { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.mail time { color: var(--muted); font-size: 12.5px; white-space: nowrap; }
.mail .way { position: absolute; left: 0; top: 10px; width: 22px; height: 22px; border-radius: 50%; display: grid; place-items: center; background: var(--raised); color: var(--muted); }
.mail .way .icon { width: 13px; height: 13px; stroke-width: 2.2; }
.mail.incoming .way { background: var(--accent-soft); color: var(--accent); }
.tags { display: flex; flex-wrap: wrap; gap: 6px; }
.content { display: grid; gap: 8px; justify-items: start; min-width: 0; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 74ch; }
details { width: 100%; min-width: 0; }
summary { cursor: pointer; color: var(--muted); font-size: 12.5px; width: max-content; max-width: 100%; }
summary:hover { color: var(--text); }
details[open] summary { margin-bottom: 6px; }
.quoted { color: var(--muted); border-left: 2px solid var(--strong-line); padding-left: 12px; font-size: 13px; }
iframe.html { width: 100%; height: 120px; border: 1px solid var(--line); border-radius: var(--radius); background: #fff; color-scheme: light; }
.files { display: flex; flex-wrap: wrap; gap: 8px; }
.file { max-width: 100%; }
.file span:first-of-type { overflow: hidden; text-overflow: ellipsis; }
.report { padding: 8px 12px; border-radius: var(--radius); background: var(--raised); display: grid; gap: 4px; overflow-wrap: anywhere; }
.report p { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; }

/* Events */
.event { display: grid; grid-template-columns: 66px 150px minmax(0, 1fr) auto 56px; gap: 12px; align-items: baseline; padding: 5px 14px; font-size: 13px; }
.event time, .event .seq, .event .ids { color: var(--muted); font-size: 12.5px; }
.event .ids { font-family: var(--mono); font-size: 12px; white-space: nowrap; }
.event .seq { text-align: right; }
.event .type { justify-self: start; }
.what { display: flex; flex-wrap: wrap; gap: 0 12px; min-width: 0; overflow-wrap: anywhere; }
.what b { font-weight: 550; }
.fact i { font-style: normal; color: var(--muted); margin-right: 5px; }

/* Erasing */
.segments { display: inline-flex; flex-wrap: wrap; gap: 2px; padding: 3px; border-radius: 8px; background: var(--raised); margin-bottom: 14px; }
.segments button { border: 0; background: none; height: 28px; color: var(--muted); }
.segments button[aria-checked="true"] { background: var(--card); color: var(--text); box-shadow: 0 1px 2px rgb(0 0 0 / 0.14); font-weight: 600; }
.eraseform, .confirm { display: grid; gap: 6px; max-width: 560px; }
.preview { margin-top: 16px; display: grid; gap: 14px; max-width: 720px; }
.preview.done { border-color: var(--good); }
.confirm { border-top: 1px solid var(--line); padding-top: 14px; }
.confirm label { font-weight: 400; color: var(--text); }
.confirm input { max-width: 140px; }
.figures { display: flex; flex-wrap: wrap; gap: 8px 32px; }
.figures div { display: grid; }
.figures b { font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures span { color: var(--muted); font-size: 12.5px; }
.receipt { display: grid; grid-template-columns: 48px 120px minmax(0, 1fr) 90px minmax(0, 120px) 60px; gap: 12px; padding: 7px 14px; align-items: baseline; font-size: 13px; }
.receipt time { text-align: right; color: var(--muted); }

/* API */
.view-api .reader { display: grid; gap: 20px; align-content: start; }
.view-api .reader section { min-width: 0; }
.view-api .reader h3 { margin-bottom: 6px; }
.view-api .threadhead { margin: 0; }
.prose { max-width: 74ch; }
.members { font-size: 13px; }
.members td:first-child { padding-left: 0; white-space: nowrap; }
.members td:last-child { padding-right: 0; width: 100%; }
.type { color: var(--muted); }
.members .type { white-space: nowrap; }
.need { color: var(--bad); margin-left: 2px; }
.reasons { display: flex; flex-wrap: wrap; gap: 4px 8px; }
.reasons code { padding: 0 6px; border-radius: 4px; background: var(--raised); font-size: 12px; line-height: 20px; }
.try { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: 14px 16px; display: grid; gap: 10px; }
.output { display: grid; gap: 8px; min-width: 0; }
.output:empty { display: none; }
.answered { display: flex; gap: 10px; align-items: center; font-size: 12.5px; color: var(--muted); }
.json { margin: 0; padding: 10px 12px; border-radius: var(--radius); background: var(--paper); overflow: auto; max-height: 60vh; line-height: 1.5; }
.json .key { color: var(--accent); } .json .string { color: var(--good); } .json .number { color: var(--two); } .json .word { color: var(--bad); }

/* Dialogs */
dialog { width: min(460px, 100vw - 24px); padding: 0; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--text); box-shadow: 0 12px 40px rgb(0 0 0 / 0.25); }
dialog::backdrop { background: rgb(10 14 18 / 0.45); }
dialog header { display: flex; align-items: center; justify-content: space-between; padding: 12px 10px 8px 18px; }
dialog .content { display: block; padding: 0 18px 18px; }
dialog form { display: grid; gap: 12px; }
.field { display: grid; gap: 4px; }
.steps { font-size: 12.5px; color: var(--muted); font-variant-numeric: tabular-nums; }
.keys { display: grid; grid-template-columns: max-content 1fr; gap: 7px 18px; }
.keys dt { display: flex; gap: 4px; }

/* Narrow: the views go to the bottom, two panes become one. */
@media (max-width: 760px) {
  .frame { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto minmax(0, 1fr) auto; }
  aside { display: contents; }
  .brand { grid-row: 1; grid-column: 1; padding: 10px 16px; background: var(--card); border-bottom: 1px solid var(--line); }
  aside footer { grid-row: 1; grid-column: 1; display: flex; justify-self: end; align-self: center; align-items: center; gap: 4px; padding: 0 8px 0 0; margin: 0; }
  aside .who { display: none; }
  aside .tools { margin: 0 0 0 6px; }
  nav { grid-row: 3; grid-column: 1; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 0; background: var(--card); border-top: 1px solid var(--line); padding: 4px 4px calc(4px + env(safe-area-inset-bottom)); }
  nav a { flex-direction: column; gap: 2px; padding: 6px 0 4px; font-size: 10.5px; letter-spacing: -0.01em; }
  nav .long { display: none; }
  nav .short { display: inline; }
  #view { grid-row: 2; grid-column: 1; min-width: 0; padding: 14px 14px 28px; }
  input, select, textarea { font-size: 16px; height: 38px; }
  textarea { height: auto; font-size: 13px; }
  button, .button { height: 38px; }
  .small { height: 32px; }
  .segments button { height: 34px; }
  .panes { grid-template-columns: minmax(0, 1fr); }
  .panes .list { border: 0; padding-top: 14px; }
  .reader { padding: 14px 14px 28px; }
  main:not(.reading) .reader, main.reading .list { display: none; }
  .threadhead .back { display: inline-flex; margin-left: -8px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .boxline { grid-template-columns: minmax(0, 1fr) auto; }
  .meter { grid-column: 1 / -1; }
  .folder { grid-template-columns: minmax(0, 1fr) auto; gap: 2px 10px; }
  .folder .bar { grid-column: 1 / -1; grid-row: 2; }
  .event { grid-template-columns: auto minmax(0, 1fr) auto; gap: 2px 10px; padding: 8px 14px; }
  .event .seq { grid-row: 1; grid-column: 3; }
  .plot text { font-size: 17px; }
  .event .what { grid-column: 1 / -1; }
  .event .ids { display: none; }
  .receipt { grid-template-columns: auto minmax(0, 1fr) auto; gap: 2px 10px; }
  .timeline li { padding-left: 0; }
  .timeline li::before { display: none; }
  .mail .way { position: static; align-self: center; }
  .mail > header { flex-wrap: wrap; }
  .mail .people { flex: 1 1 60%; }
  .members td { display: block; padding: 1px 0; border: 0; }
  .members td:first-child { padding-top: 8px; }
  .members tr + tr td { border: 0; }
  .members tr + tr td:first-child { border-top: 1px solid var(--line); }
}

"""#,
    "traffic.js": #"""
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

"""#,
    "ui.js": #"""
// Small pieces every view is made of. Nothing here turns a string into markup.

/** An element: `h("p.note", {title: "x"}, "text", child)`; event handlers are functions named on…. */
export function h(name, ...rest) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const item of rest.flat(Infinity)) {
    if (item === null || item === undefined || item === false) continue;
    if (item instanceof Node) element.append(item);
    else if (typeof item === "object") {
      for (const [key, value] of Object.entries(item)) {
        if (value === null || value === undefined || value === false) continue;
        if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
        else if (key === "value" || key === "checked" || key === "hidden" || key === "disabled") element[key] = value;
        else element.setAttribute(key, value === true ? "" : value);
      }
    } else element.append(String(item));
  }
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const ICONS = {
  overview: "M4 19V10M10 19V5M16 19v-6M3 19h18",
  mailboxes: "M3 13l3-8h12l3 8v6H3zM3 13h5l1.500 3h5l1.500-3h5",
  conversations: "M4 5h16v11H9l-5 4z",
  events: "M12 3a9 9 0 1 0 .01 0M12 7v5l3.500 2",
  erase: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5",
  api: "M8 7l-5 5 5 5M16 7l5 5-5 5M14 5l-4 14",
  theme: "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z",
  help: "M9 9a3 3 0 1 1 4 2.800c-.7.3-1 .9-1 1.700M12 17v.01M12 3a9 9 0 1 0 .01 0",
  leave: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
  incoming: "M19 5L6 18M6 9v9h9",
  outgoing: "M5 19L18 6M9 6h9v9",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  back: "M15 5l-7 7 7 7",
};
export function icon(name) {
  const path = svg("path", { d: ICONS[name] });
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, path);
}

export const number = (n) => Math.round(n).toLocaleString("en-US");

export function octets(n) {
  for (const unit of ["B", "KiB", "MiB", "GiB", "TiB"]) {
    if (n < 1024 || unit === "TiB") return `${n < 10 && unit !== "B" ? n.toFixed(1) : Math.round(n)} ${unit}`;
    n /= 1024;
  }
}

export function span(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} days`;
}

export function millis(ms) {
  if (ms === null || ms === undefined || Number.isNaN(ms)) return "–";
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A time as people say it, with the whole of it behind the pointer. */
export function when(text) {
  if (!text) return h("span.muted", "–");
  const date = new Date(text);
  const now = new Date();
  const day = { month: "short", day: "numeric" };
  if (date.getFullYear() !== now.getFullYear()) day.year = "numeric";
  const clock = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const shown = date.toDateString() === now.toDateString() ? clock : date.toLocaleDateString("en-GB", day);
  return h("time", { datetime: text, title: `${date.toLocaleString("en-GB")} (${text})` }, shown);
}

export const clock = (text) => new Date(text).toLocaleTimeString("en-GB");

export const person = (address) => (address ? address.name || address.email : "nobody");

/** A state as a dot and a word. */
export const state = (word, tone) => h(`span.state.${tone}`, word);

export function notice(error) {
  const words = error?.message ?? String(error);
  return h("p.notice.bad", { role: "alert" }, words, error?.reason ? h("code", error.reason) : null);
}

export const empty = (title, ...words) => h("div.empty", h("strong", title), h("p", ...words));

export function bar(part, tone = "") {
  const fill = h("i");
  fill.style.width = `${Math.max(0, Math.min(100, part * 100))}%`;
  return h(`span.bar${tone && "." + tone}`, {
    role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": Math.round(part * 100),
  }, fill);
}

/** A dialog that closes by Escape, its button, or what it was made for. */
export function dialog(title, ...content) {
  const close = h("button.quiet", { type: "button", "aria-label": "Close", onclick: () => box.close() }, "Esc");
  const box = h("dialog", h("header", h("h2", title), close), h("div.content", ...content));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

/** Words with `code` in them, as the OpenRPC document writes them. */
export function prose(text) {
  return (text ?? "").split("`").map((piece, i) => (i % 2 ? h("code", piece) : piece));
}

/** JSON, indented and coloured. */
export function json(value) {
  const text = JSON.stringify(value, null, 2) ?? "null";
  const out = h("pre.json");
  const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  let last = 0;
  for (const match of text.matchAll(token)) {
    out.append(text.slice(last, match.index));
    const kind = match[2] ? "key" : match[1] ? "string" : match[3] ? "word" : "number";
    out.append(h(`span.${kind}`, match[1] ?? match[0]), match[2] ?? "");
    last = match.index + match[0].length;
  }
  out.append(text.slice(last));
  return out;
}

/** j and k go through the `[data-row]` of `root`, Enter opens what has the focus. */
export function walkRows(root) {
  return (key) => {
    const rows = [...root.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + (key === "j" ? 1 : -1)));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };
}

/** A row that is opened by a click or Enter. */
export const openable = (open) => ({
  "data-row": true, tabindex: 0, onclick: open,
  onkeydown: (event) => { if (event.key === "Enter" && event.target === event.currentTarget) open(event); },
});

"""#,
  ]
}
