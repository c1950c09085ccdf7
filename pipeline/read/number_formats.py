"""Numbers as Word prints them in automatic numbering, e.g. 12 in `chineseCounting` is `十二` (ECMA-376-1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST_CHINESE = 99_999


@lru_cache(maxsize=4096)
def format_number(number: int, kind: str) -> str | None:
    """`number` in the format `kind` (w:numFmt), None for a format that is not known here."""
    if kind == "none":
        return ""
    formatter = _FORMATS.get(kind)
    if formatter is None:
        return None
    return formatter(number) if number >= 0 else str(number)


def _decimal(number: int) -> str:
    return str(number)


def _counted(number: int, digits: str, units: str, *, short_ten: bool) -> str:
    """Chinese with 十 百 千 万: 10 is 十 where `short_ten`, else 一十; 101 is 一百零一."""
    if number == 0 or number > _LARGEST_CHINESE:
        return digits[0] if number == 0 else str(number)
    parts: list[str] = []
    gap = False
    printed = str(number)
    for place, digit in zip(range(len(printed) - 1, -1, -1), map(int, printed), strict=True):
        if digit == 0:
            gap = bool(parts)
            continue
        if gap:
            parts.append("零")
            gap = False
        parts.append(digits[digit] + (units[place - 1] if place else ""))
    text = "".join(parts)
    return text[1:] if short_ten and 10 <= number < 20 else text


def _counting(number: int) -> str:
    return _counted(number, _DIGITS, "十百千万", short_ten=True)


def _legal(number: int) -> str:
    return _counted(number, _LEGAL_DIGITS, "拾佰仟万", short_ten=False)


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(one)] for one in str(number))


def _letters(number: int) -> str:
    """1 is a, 26 z, 27 aa, 28 bb: Word repeats the letter."""
    return "" if number == 0 else chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if number > 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _series(first: int, last: int, base: str) -> Callable[[int], str]:
    """first..last as consecutive characters from `base`, other numbers in digits."""
    return lambda number: chr(ord(base) + number - first) if first <= number <= last else str(number)


def _cycled(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in str(number))


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


def _ordinal(number: int) -> str:
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


_CIRCLED = _series(1, 20, "①")

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": _decimal,
    "decimalHalfWidth": _decimal,
    "numberInDash": lambda number: f"- {number} -",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _series(1, 20, "⑴"),
    "decimalEnclosedFullstop": _series(1, 20, "⒈"),
    "ideographEnclosedCircle": _series(1, 10, "㊀"),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "koreanDigital2": _digit_by_digit,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _cycled(_STEMS),
    "ideographZodiac": _cycled(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "ordinal": _ordinal,
}
