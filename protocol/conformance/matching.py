"""How an expectation of the session is held against what came. README.md has the rules."""

from __future__ import annotations

import re
from typing import Any, Optional


def fill(value: Any, variables: dict[str, Any]) -> Any:
    """`value` with its `${names}` replaced; a string that is one name whole becomes what the name stands for."""
    if isinstance(value, str):
        whole = re.fullmatch(r"\$\{(\w+)\}", value)
        if whole:
            return variables[whole[1]]
        return re.sub(r"\$\{(\w+)\}", lambda m: str(variables[m[1]]), value)
    if isinstance(value, list):
        return [fill(item, variables) for item in value]
    if isinstance(value, dict):
        return {name: fill(item, variables) for name, item in value.items()}
    return value


def mismatch(wanted: Any, found: Any, path: str = "") -> Optional[str]:
    """What is not as wanted, and where; None when all is."""
    if isinstance(wanted, dict):
        rules = [name for name in wanted if name.startswith("$")]
        if rules:
            for rule in rules:
                if not RULES[rule](wanted[rule], found):
                    return f"{path or '.'}: {found!r} is not {{{rule}: {wanted[rule]!r}}}"
            return None
        if not isinstance(found, dict):
            return f"{path or '.'}: {found!r} is no object"
        for name, item in wanted.items():
            if name not in found and item != {"$absent": True}:
                return f"{path}.{name} is missing in {found!r}"
            problem = mismatch(item, found.get(name), f"{path}.{name}")
            if problem:
                return problem
        return None
    if isinstance(wanted, list):
        if not isinstance(found, list) or len(found) != len(wanted):
            return f"{path or '.'}: {found!r} does not have {len(wanted)} elements"
        problems = (mismatch(w, f, f"{path}[{i}]") for i, (w, f) in enumerate(zip(wanted, found)))
        return next((p for p in problems if p), None)
    # True is 1 to Python, and not to JSON.
    same = wanted == found and isinstance(wanted, bool) == isinstance(found, bool)
    return None if same else f"{path or '.'}: {found!r} instead of {wanted!r}"


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


RULES = {
    "$any": lambda rule, found: found is not None,
    "$absent": lambda rule, found: found is None,
    "$match": lambda rule, found: isinstance(found, str) and re.search(rule, found) is not None,
    "$min": lambda rule, found: is_number(found) and found >= rule,
    "$max": lambda rule, found: is_number(found) and found <= rule,
    "$length": lambda rule, found: isinstance(found, (list, str)) and len(found) == rule,
    "$longest": lambda rule, found: isinstance(found, (list, str)) and len(found) <= rule,
    "$has": lambda rule, found: isinstance(found, list) and any(not mismatch(rule, item) for item in found),
    "$equal": lambda rule, found: rule == found,
    "$not": lambda rule, found: mismatch(rule, found) is not None,
}


def pick(value: Any, path: str) -> Any:
    """The value at `mail.id`, or the list of those at `events.*.seq`."""
    names = path.split(".") if path else []
    for i, name in enumerate(names):
        if name == "*":
            return [pick(item, ".".join(names[i + 1:])) for item in value]
        value = value[int(name) if isinstance(value, list) else name]
    return value
