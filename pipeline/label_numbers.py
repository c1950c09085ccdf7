"""The integer of a heading's label: `二十一` -> 21, `３` -> 3, `③`, `⑶`, `⒊`, `㈢` -> 3."""

from __future__ import annotations

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}
_SIGNS = {chr(first + step): step + 1 for first, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10), (0x2776, 10)) for step in range(count)}


def label_number(printed: str) -> int | None:
    """None for an empty label or one that is no number; the last part of `2.3.5` is 5."""
    last = printed.rpartition(".")[2]
    if not last:
        return None
    if last.isdecimal():
        return int(last)
    if last in _SIGNS:
        return _SIGNS[last]
    return _chinese(last)


def _chinese(printed: str) -> int | None:
    if all(char in _DIGITS for char in printed):
        return int("".join(str(_DIGITS[char]) for char in printed))
    total, digit = 0, 0
    for char in printed:
        if char in _UNITS:
            total += max(digit, 1 if not total else digit) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return None
    return total + digit
