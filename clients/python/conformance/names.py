"""The typed calls by the API's own names."""

from __future__ import annotations

import base64
import keyword
import re
from typing import Any, Callable


def snake(name: str) -> str:
    spelled = re.sub("[A-Z]", lambda m: "_" + m[0].lower(), name)
    return spelled + "_" if keyword.iskeyword(spelled) else spelled


def typed_call(client: Any, method: str) -> Callable[..., Any]:
    noun, verb = method.split(".")
    return getattr(getattr(client, noun), snake(verb))  # type: ignore[no-any-return]


def arguments(order: dict[str, Any]) -> dict[str, Any]:
    """The params of an order as keyword arguments, and its timeout."""
    given = {snake(name): with_octets(value) for name, value in order["params"].items()}
    if "timeoutMs" in order:
        given["timeout"] = order["timeoutMs"] / 1000
    return given


def with_octets(value: Any) -> Any:
    """Attachments have octets, which are base64 in JSON only."""
    if isinstance(value, list):
        return [with_octets(item) for item in value]
    if isinstance(value, dict):
        return {k: base64.b64decode(v) if k == "data" else with_octets(v) for k, v in value.items()}
    return value
