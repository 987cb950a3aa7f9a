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
