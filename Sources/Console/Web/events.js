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
