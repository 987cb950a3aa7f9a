import { octets } from "../src/values.js";

/** What stands in JSON as the type of a call's params: octets, which stand at `paths`, are not base64 there. */
export function typed<T>(params: Record<string, unknown>, ...paths: string[]): T {
  const copy: unknown = structuredClone(params);
  for (const path of paths) decode(copy, path.split("."));
  return copy as T;
}

function decode(value: unknown, path: readonly string[]): void {
  const [name, ...rest] = path;
  if (typeof value !== "object" || value === null || name === undefined) return;
  const members = value as Record<string, unknown>;
  for (const key of name === "*" ? Object.keys(members) : [name]) {
    if (members[key] === undefined) continue;
    if (rest.length === 0) members[key] = octets(members[key], key);
    else decode(members[key], rest);
  }
}
