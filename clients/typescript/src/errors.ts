/** gRPC's canonical codes. A newer server may say another. */
export type Status =
  | "CANCELLED" | "UNKNOWN" | "INVALID_ARGUMENT" | "DEADLINE_EXCEEDED" | "NOT_FOUND" | "ALREADY_EXISTS"
  | "PERMISSION_DENIED" | "RESOURCE_EXHAUSTED" | "FAILED_PRECONDITION" | "ABORTED" | "OUT_OF_RANGE"
  | "UNIMPLEMENTED" | "INTERNAL" | "UNAVAILABLE" | "DATA_LOSS" | "UNAUTHENTICATED" | (string & {});

/** Why a call failed. */
export class PostroomError extends Error {
  override readonly name = "PostroomError";

  constructor(
    /** JSON-RPC's number. */
    readonly code: number,
    /** What kind of failure it is, in gRPC's words. */
    readonly status: Status,
    /** What happened, as a stable word, one of `Reason`: tell errors apart by this. */
    readonly reason: string,
    /** For people. */
    message: string,
    /** Facts; what they are depends on `reason`. */
    readonly details?: unknown,
    /** The call may be tried again after so many milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(`${message} (${reason})`);
  }

  /** The error object of an answer, as it came. */
  static read(error: unknown): PostroomError {
    if (!isObject(error)) return badAnswer("the error is not an object");
    const data = isObject(error["data"]) ? error["data"] : {};
    const { status, reason, details, retryAfterMs } = data;
    return new PostroomError(
      typeof error["code"] === "number" ? error["code"] : -32002,
      typeof status === "string" ? status : "UNKNOWN",
      typeof reason === "string" ? reason : "unknown",
      typeof error["message"] === "string" ? error["message"] : "no message",
      details,
      typeof retryAfterMs === "number" ? retryAfterMs : undefined,
    );
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function connectionLost(message: string): PostroomError {
  return new PostroomError(-32014, "UNAVAILABLE", "connection.lost", message);
}

export function connectionFailed(message: string): PostroomError {
  return new PostroomError(-32014, "UNAVAILABLE", "connection.failed", message);
}

export function badCertificate(message: string): PostroomError {
  return new PostroomError(-32009, "FAILED_PRECONDITION", "connection.certificate", message);
}

export function deadlineExceeded(): PostroomError {
  return new PostroomError(
    -32004, "DEADLINE_EXCEEDED", "call.deadline", "the deadline passed before the answer came");
}

export function cancelled(): PostroomError {
  return new PostroomError(-32001, "CANCELLED", "call.cancelled", "the call was cancelled");
}

export function closed(): PostroomError {
  return new PostroomError(-32001, "CANCELLED", "client.closed", "the client was closed");
}

export function streamEnded(): PostroomError {
  return new PostroomError(
    -32009, "FAILED_PRECONDITION", "stream.ended", "the stream has ended; open another one");
}

export function streamGap(): PostroomError {
  return new PostroomError(-32015, "DATA_LOSS", "stream.gap", "values of the stream are missing");
}

export function streamOverrun(): PostroomError {
  return new PostroomError(
    -32603, "INTERNAL", "stream.overrun", "the server sent more values than it was granted");
}

export function badAnswer(message: string, reason = "client.badAnswer"): PostroomError {
  return new PostroomError(-32603, "INTERNAL", reason, `the server's answer cannot be read: ${message}`);
}

export function badURL(message: string): PostroomError {
  return new PostroomError(-32003, "INVALID_ARGUMENT", "client.badURL", message);
}
