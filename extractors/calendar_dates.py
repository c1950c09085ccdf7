"""Full dates, e.g. `2024年6月5日`, `二〇二四年六月五日`; parts stay text."""

from __future__ import annotations

import re

_CN_YEAR = r"[一二][〇零OoΟО0一二三四五六七八九]{3}"
DATE = rf"""
    (?:(?:19|20)\d\d|{_CN_YEAR})\s?年\s?
    (?:\d{{1,2}}|元|[一二三四五六七八九十]{{1,2}})\s?月\s?
    (?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}}|廿[一二三四五六七八九]?)\s?日
"""
"""For patterns in verbose mode."""

FULL_DATE = re.compile(DATE, re.X)
