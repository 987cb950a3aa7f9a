// What the examples use of Node.js. A project of yours has @types/node instead.
declare const process: { readonly argv: string[]; readonly env: Record<string, string | undefined> };
declare const console: { log(text: string): void };
declare function setTimeout(callback: (value: unknown) => void, milliseconds: number): unknown;
