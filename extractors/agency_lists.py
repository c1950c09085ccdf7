"""Splits `县委编办、县卫生健康委和各镇人民政府` into names; knows brackets, 和 inside names, and `等`.

Yields spans; roles and sentences are the business of `agency_brackets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policy_commitments.extractors.agency_names import ends_name, is_generic, is_name, is_prose
from policy_commitments.extractors.agency_offices import is_function, is_office

Span = tuple[int, int]

_MARK = re.compile(r"[（(〔【\[]|[）)〕】\]]|[、，,；;/\n\t]|\s+|以及|会同|和|及|与|并(?=[省市县区])")
_OPEN = frozenset("（(〔【[")
_CLOSE = frozenset("）)〕】]")
_HARD = frozenset("、，,；;/")
_OWN_DETERMINER = re.compile(r"各|有关|相关|其他|[省市县区州旗乡镇](?:[委直级]|[^、，]{2,})|中央|国家|全[省市县区]|驻")
_PARTY_OFFICE = re.compile(r"(?:办公室|宣传部|组织部|统战部|政法委|编办|网信办|政研室|巡察办|党校|[^、，；]{0,4}办)(?![一-龥])")
_BARE_PLACE = re.compile(r"各(?:乡镇|县区|[市县区州旗盟乡镇])(?:、[市县区州旗镇])*$")
_SHARED_PLACE = re.compile(r"(?:市|县|区|州|旗|镇|街道|乡|区县)(?:（[^（）]*）|[、](?:市|县|区|州|旗))?(?:人民政府|政府|党委)")
_BARE_CLASS = re.compile(r"(?:有关|相关)?(?:部门|单位|机关|机构|企业|组织|个人)(?![一-龥])")  # …等有关部门和单位
_SUCH_AS = re.compile(r"(?<=[局委办部厅会府])[两三四五六七八九2-9](?:家|个)(?:单位|部门)$|等(?:各?(?:有关|相关)?(?:部门|单位|机构|企业|地区|方面|成员单位)?(?:和(?:部门|单位))?)?$")
_BARE_HEAD = re.compile(r"(?:人民)?政府|办事处|管(?:理)?委(?:员)?会|党(?:工)?委|(?:中心)?卫生院|[居村]委会|委?员会")  # 各乡镇⏎人民政府
_PARTY = re.compile(r"(?:党工委|党委|工委|党组)(?:（[^（）]*）)?$")
_ITS_COUNTERPART = re.compile(r"\s*(?:管(?:理)?委(?:员)?会|(?:人民)?政府|行政公署|办事处)(?![一-龥])")
_BODY = re.compile(r"(?:小组|指挥部|委员会|联席会议)$")               # 领导小组⏎办公室
_PLACE_END = re.compile(r"(?:街道|[镇乡县区市旗州盟村园]|社区|各地|农场|林场|集团|公司|企业)(?:（[^（）]*）)?$")
_TOWN = re.compile(r"(?:街道|(?<![城乡])镇|(?<!城)乡)(?:（[^（）]*）)?$")
_ZONE = re.compile(  # 经济开发区管委会 of 甲山、乙水经济开发区管委会
    r"(?P<place>[一-龥]{2,5}?)(?P<zone>(?:国家级|省级)?(?:经济技术|经济|高新技术产业|高新技术|高新|现代农业|农业|工业|旅游|产业|化工|物流|综合保税|生态)*"
    r"(?:开发区|管理区|园区|新区|示范区|度假区|保税区|集聚区|试验区|工业园|产业园)(?:管委会|管理委员会|党工委)?)"
)
_ZONE_ENDS = ("区", "园", "会", "委")
_GOVERNMENT = re.compile(r"(?P<place>[一-龥]{2,4}?)(?P<zone>(?:[市县区州]|自治县)(?:人民)?政府)")  # 东山、西山市政府
_BARE_NAME = re.compile(r"[一-龥]{2,5}")
_NEXT_MARK = re.compile(r"[、，,；;/。\s]|$")
_LEADING = re.compile(r"[\s、，,；;：:—·●]*(?:\d{1,2}[.、．]\s*)?(?:按照?(?:各自)?职责(?:分工)?[，,]?)?(?:由|包括|以及|并由|和|及|与)?\s*")
_TRAILING = re.compile(r"[\s、，,；;。：:]+$")


def split_names(folded: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the names in a list, in order; commas and blanks inside brackets do not divide."""
    depth, begin = 0, start
    for mark in _MARK.finditer(folded, start, end):
        sign = mark.group()
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(depth - 1, 0)
        elif depth == 0 and _divides(folded, begin, mark, end):
            yield from _trimmed(folded, begin, mark.start())
            begin = mark.end()
    yield from _trimmed(folded, begin, end)


def _divides(folded: str, begin: int, mark: re.Match[str], end: int) -> bool:
    sign = mark.group()
    left = folded[begin : mark.start()].strip()
    if _PARTY.search(left) is not None and _ITS_COUNTERPART.match(folded, mark.end(), end) is not None:
        return False  # 高新区党工委和管委会, 各乡镇党委、政府: one place
    if sign in _HARD:
        return not (_BARE_PLACE.match(left) and _SHARED_PLACE.match(folded, mark.end(), end))  # 各市、县人民政府
    if sign.isspace():
        return _blank_divides(folded, left, mark.end(), end)
    if sign in ("以及", "会同"):
        return True
    return _and_divides(folded, left, mark.end(), end)


def _blank_divides(folded: str, left: str, after: int, end: int) -> bool:
    """市财政局 市教育局 and 城东街道 柳河镇 divide; 省自然资源和⏎规划厅, 县委 办公室 and 各乡镇 人民政府 do not."""
    return _parts_names(left, folded[after : _next_mark(folded, after, end)])


def _parts_names(left: str, right: str) -> bool:
    """Whether a blank between the two parts names; a place before it (县城市⏎管理局) needs another place or a level behind."""
    if _BARE_HEAD.fullmatch(right) or (right == "办公室" and _BODY.search(left)):
        return False
    if ends_name(left):
        return not (left.endswith("委") and len(left) <= 3 and _PARTY_OFFICE.match(right))
    if _PLACE_END.search(left) is None or not is_name(left) or not is_name(right):
        return False
    return _OWN_DETERMINER.match(right) is not None or _PLACE_END.search(right) is not None or (_TOWN.search(left) is not None and is_office(right))


def _next_mark(folded: str, start: int, end: int) -> int:
    mark = _NEXT_MARK.search(folded, start, end)
    return mark.start() if mark is not None else end


def is_name_list(text: str) -> bool:
    """`城东街道 柳河镇 区妇联`: blanks (in a table the ends of lines) stand between names and nowhere else."""
    lists = [token.split() for token in re.split(r"[、，,；;/]", text) if token.strip()]
    if all(len(parts) == 1 for parts in lists) or not all(is_name(part) for parts in lists for part in parts):
        return False
    return all(_parts_names(left, right) for parts in lists for left, right in pairwise(parts))


def _and_divides(folded: str, left: str, after: int, end: int) -> bool:
    """市财政局和市教育局 divides; 发展和改革, 各有关部门和单位, 各区政府及园区管委会 do not."""
    if left.endswith("等"):
        return True
    right = folded[after : after + 40]
    if not ends_name(left) or _BARE_CLASS.match(right):
        return False
    if is_generic(left):
        return _OWN_DETERMINER.match(right) is not None
    return ends_name(re.split(r"[、，,；;。\s和及与等]", right, maxsplit=1)[0]) or _OWN_DETERMINER.match(right) is not None


def shared_endings(folded: str, spans: Sequence[Span]) -> dict[int, tuple[str, int]]:
    """Full name and end by the start of bare places whose ending a later member prints: `甲山、乙水经济开发区管委会`."""
    found: dict[int, tuple[str, int]] = {}
    ending, close = "", -1
    for k in range(len(spans) - 1, -1, -1):
        start, end = spans[k]
        printed = "".join(folded[start:end].split())
        zone = _GOVERNMENT.fullmatch(printed) if printed.endswith("政府") else _ZONE.fullmatch(printed) if printed.endswith(_ZONE_ENDS) else None
        if zone is not None:
            ending, close = zone["zone"], end
        elif ending and folded[end : end + 1] == "、" and _is_bare_place(printed):
            found[start] = (printed + ending, close)
        else:
            ending = ""
    return found


def _is_bare_place(printed: str) -> bool:
    return _BARE_NAME.fullmatch(printed) is not None and not is_name(printed) and not is_prose(printed) and not is_function(printed)


def _trimmed(folded: str, start: int, end: int) -> Iterator[Span]:
    head = _LEADING.match(folded, start, end)
    start = head.end() if head else start
    tail = _TRAILING.search(folded, start, end)
    end = tail.start() if tail else end
    such = _SUCH_AS.search(folded, start, end)
    if such is not None:
        end = such.start()
    while end > start and folded[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end
