export { PostroomClient } from "./client.js";
export type { ClientOptions } from "./client.js";
export type { TLSOptions } from "./connection.js";
export { PostroomError } from "./errors.js";
export type { Status } from "./errors.js";
export * from "./generated.js";
export type { CallOptions, KeyedCallOptions, Signal, StreamOptions } from "./options.js";
export { PostroomStream } from "./stream.js";
export type { UploadOptions, UploadSource } from "./upload.js";
