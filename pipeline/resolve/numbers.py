"""Printed numbers to values, e.g. `0.3` with scale 万 -> 3000.0, `三千五百` -> 3500.0, `三分之二` -> 66.6667.

Only captured numerals come here, never running text (三级医院 is no number).
"""

from __future__ import annotations

import re

_DIGITS = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_KNOWN = _DIGITS.keys() | _SCALES.keys()
_PART = re.compile(r"([百千万]|[0-9]+|[一二两三四五六七八九十]+)分之([0-9.]+|[〇零一二两三四五六七八九十百点]+)")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class NumeralError(ValueError):
    """A printed number that cannot be read; the message holds it."""


def read_number(text: str, scale: str = "") -> float:
    """Value of a printed number times its scale word; raises NumeralError."""
    plain = text.replace(",", "").replace(" ", "")
    value = float(plain) if _PLAIN.fullmatch(plain) else _chinese(plain)
    for word in scale.strip():
        value *= _SCALES[word]
    return _tidy(value)


def read_part(text: str) -> tuple[float, str]:
    """`百分之五` -> (5.0, "%"), `千分之三` -> (3.0, "‰"), `三分之二` -> (66.6667, "%"); raises NumeralError."""
    found = _PART.fullmatch(text.replace(" ", ""))
    if found is None:
        raise NumeralError(text)
    whole, part = found.groups()
    if whole == "千":
        return read_number(part), "‰"
    return _tidy(round(read_number(part) / (_SCALES.get(whole) or read_number(whole)) * 100, 4)), "%"


def read_ratio(text: str) -> tuple[float, str]:
    """`1：1.26` -> (1.26, "1:x"), `1.5：1` -> (1.5, "x:1"); raises NumeralError."""
    left, _, right = text.replace(" ", "").replace(":", "：").partition("：")
    first, second = read_number(left), read_number(right)
    if first == 1:
        return second, "1:x"
    if second == 1:
        return first, "x:1"
    return _tidy(round(first / second, 6)), "x:1"


def _chinese(text: str) -> float:
    """`三千五百` -> 3500, `百亿` -> 10000000000, `九点五` -> 9.5, `二〇二五` -> 2025; raises NumeralError."""
    whole, point, rest = text.partition("点")
    if text == "半":
        return 0.5
    if not whole or not set(whole) <= _KNOWN or (point and not (rest and set(rest) <= _DIGITS.keys())):
        raise NumeralError(text)
    value = _whole(whole) if set(whole) - _DIGITS.keys() else float("".join(str(_DIGITS[one]) for one in whole))
    return value + sum(_DIGITS[one] / 10.0**place for place, one in enumerate(rest, 1))


def _whole(text: str) -> float:
    """Sections by 亿 and 万, each up to 9999; 两万五 and 三百二 say the next lower place."""
    total = section = digit = 0
    big = last = 1
    for one in text:
        if one in _DIGITS:
            digit, last = _DIGITS[one], last if _DIGITS[one] else 1
            continue
        scale = last = _SCALES[one]
        if scale < _SCALES["万"]:
            section += (digit or 1) * scale
        elif big < scale:
            total, section, big = (total + section + digit or 1) * scale, 0, scale
        else:
            total, section = total + (section + digit or 1) * scale, 0
        digit = 0
    return float(total + section + digit * max(last // 10, 1))


def _tidy(value: float) -> float:
    """3.5 x 100000000 is 350000000, without binary dust."""
    return float(f"{value:.12g}")
