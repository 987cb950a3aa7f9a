import { badURL } from "./errors.js";

/** Where a server is. */
export type Address =
  | { readonly path: string }
  | { readonly host: string; readonly port: number; readonly isTLS: boolean };

/** Reads `unix:///path`, `postroom://host:port` (or `tcp:`), `postrooms://host:port` (or `tls:`). */
export function readAddress(url: string): Address {
  if (url.startsWith("unix:///")) return { path: url.slice("unix://".length) };
  const parts = /^(postrooms?|tcp|tls):\/\/(\[[0-9A-Fa-f:.]+\]|[^/@?#[\] :]+):([0-9]{1,5})\/?$/.exec(url);
  const [, scheme, host, digits] = parts ?? [];
  const port = Number(digits);
  if (scheme === undefined || host === undefined || !(port > 0 && port < 65_536)) {
    throw badURL("the address must be unix:///path, postroom://host:port or postrooms://host:port");
  }
  return {
    host: host.startsWith("[") ? host.slice(1, -1) : host,
    port,
    isTLS: scheme === "postrooms" || scheme === "tls",
  };
}
