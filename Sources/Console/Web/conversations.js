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
