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
