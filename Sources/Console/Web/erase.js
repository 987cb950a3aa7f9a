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
