"""What a failed call raises."""

from __future__ import annotations

from typing import Any, Mapping, Optional


class PostroomError(Exception):
    """A call failed.

    `code`: JSON-RPC's number. `status`: gRPC's name of the kind, like `NOT_FOUND`.
    `reason`: a stable word, one of `Reason`, to tell errors apart by. `message`: for people.
    `details`: facts, whatever the reason has. `retry_after`: seconds, when the server named a time.
    """

    def __init__(
        self, code: int, status: str, reason: str, message: str, details: Any = None,
        retry_after: Optional[float] = None,
    ) -> None:
        super().__init__(f"{message} ({reason})")
        self.code = code
        self.status = status
        self.reason = reason
        self.message = message
        self.details = details
        self.retry_after = retry_after

    @classmethod
    def _read(cls, error: Any) -> PostroomError:
        """From the error object of an answer, as it came."""
        if not isinstance(error, Mapping):
            return bad_answer("the error is not an object")
        data = error.get("data")
        if not isinstance(data, Mapping):
            data = {}
        wait = data.get("retryAfterMs")
        code = error.get("code")
        return cls(
            code if isinstance(code, int) else -32002,
            str(data.get("status") or "UNKNOWN"), str(data.get("reason") or "unknown"),
            str(error.get("message") or "no message"), data.get("details"),
            wait / 1000 if isinstance(wait, (int, float)) else None,
        )

    @property
    def is_connection_lost(self) -> bool:
        """The connection ended before the answer came: whether the call was done is not known."""
        return self.reason == "connection.lost"


def connection_lost(message: str) -> PostroomError:
    return PostroomError(-32014, "UNAVAILABLE", "connection.lost", message)


def connection_failed(message: str) -> PostroomError:
    return PostroomError(-32014, "UNAVAILABLE", "connection.failed", message)


def bad_certificate(message: str) -> PostroomError:
    return PostroomError(-32009, "FAILED_PRECONDITION", "connection.certificate", message)


def deadline_exceeded() -> PostroomError:
    return PostroomError(
        -32004, "DEADLINE_EXCEEDED", "call.deadline", "the deadline passed before the answer came")


def stream_ended() -> PostroomError:
    return PostroomError(
        -32009, "FAILED_PRECONDITION", "stream.ended", "the stream has ended; open another one")


def stream_gap() -> PostroomError:
    return PostroomError(-32015, "DATA_LOSS", "stream.gap", "values of the stream are missing")


def stream_overrun() -> PostroomError:
    return PostroomError(-32603, "INTERNAL", "stream.overrun", "the server sent more values than it was granted")


def cancelled() -> PostroomError:
    return PostroomError(-32001, "CANCELLED", "call.cancelled", "the call was cancelled")


def closed() -> PostroomError:
    return PostroomError(-32001, "CANCELLED", "client.closed", "the client was closed")


def bad_answer(message: str, reason: str = "client.badAnswer") -> PostroomError:
    return PostroomError(-32603, "INTERNAL", reason, f"the server's answer cannot be read: {message}")


def bad_url(message: str) -> PostroomError:
    return PostroomError(-32003, "INVALID_ARGUMENT", "client.badURL", message)
