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
