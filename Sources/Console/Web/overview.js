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
