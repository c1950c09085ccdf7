"""Printed numbers to values, e.g. `0.3` with scale 万 -> 3000.0, `三千五百` -> 3500.0, `三分之二` -> 66.6667.

Only captured numerals come here; cn2an never sees running text (it would rewrite 三级医院).
"""

from __future__ import annotations

import re

_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
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
    if text == "半":
        return 0.5
    import cn2an

    try:
        return float(cn2an.cn2an(text.replace("两", "二").replace("〇", "零"), "smart"))
    except (ValueError, KeyError) as error:
        raise NumeralError(text) from error


def _tidy(value: float) -> float:
    """3.5 x 100000000 is 350000000, without binary dust."""
    return float(f"{value:.12g}")
