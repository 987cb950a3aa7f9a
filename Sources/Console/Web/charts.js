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
