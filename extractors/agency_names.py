"""Does `县卫体局` look like the name of an agency? Endings come from `agency_heads.yml`; nothing is resolved here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policy_commitments.schemas.vocabulary import load_entries

LONGEST_NAME = 40

_GENERIC = re.compile(
    r"""
    ^(?:
      (?:全[省市县区州镇]|[省市县区州]级|[省市县区]直|县乡|市县|所属|属地|驻\w{1,4}|其[他它]|中央|本)?
      (?:各|有关|相关)                       # 各镇人民政府  区直有关部门
    | (?:全[省市县区]|[省市县区州]级|[省市县区]直|属地)(?:部门|单位|机关(?!工委|党工委|事务))   # 市直部门
    )
    """,
    re.VERBOSE,
)
_PROSE = re.compile(
    r"""
    [。？！“”《》"…%]
    | \d+\s*[年月日个项家所人万]|[年月]底|年内|\d{3,}      # 6月底完成
    | 以下|下同|上述|简称|不再|不含|按照|根据|通过|对于|关于|其中|必须|应当|可以|需要|例如|由于|因为
    | (?<!相)的(?!士)
    | ^(?:按|将|把|对(?![台外])|向|从|在|为|以|使|被|让|并|且|若|如|当|要|不|未|已|含|指|即|持续|长期|加强|完善|建立|推进|开展|进一步|全面|落实|负责)
    | (?<!自)(?<!^)由|[内中]的|均|是否
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r"“[^“”]{1,10}”(?=[一-龥]{1,12}$)")  # 区“三大战役”专班
_LABEL_LIKE = re.compile(r"^(?:牵头|责任|配合|主管|参与|协办|落实|实施|承办|主办|负责|参建|成员)(?:单位|部门)$|^(?:单位|部门|机关|主体|机构|公司|中心)$")


@dataclass(frozen=True, slots=True)
class Endings:
    """Compiled endings of names: `strong` alone make an agency, `any_` holds the weak ones too."""

    strong: re.Pattern[str]
    any_: re.Pattern[str]


@cache
def endings() -> Endings:
    """The endings of `agency_heads.yml`; a bracket that closes the name (`各县（区）`) is looked through."""
    entries = load_entries("agency_heads", ("id", "strength", "words", "examples"))
    strong = [word for entry in entries if entry["strength"] == "strong" for word in entry["words"]]
    every = [word for entry in entries if entry["strength"] in ("strong", "weak") for word in entry["words"]]
    return Endings(_ending(strong), _ending(every))


def _ending(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?:（[^（）]*）)?$")


def is_generic(name: str) -> bool:
    """Names no single agency: `各有关部门`, `区直各单位`, `有关乡镇`."""
    return _GENERIC.match(name) is not None


def is_prose(name: str) -> bool:
    """Holds what no agency's name holds: a date, 的, a sentence's words."""
    return _PROSE.search(name) is not None


def is_name(name: str) -> bool:
    """A name by its ending, weak endings included, and without prose."""
    bare = _QUOTED.sub("", name.rstrip())
    if not 2 <= len(bare) <= LONGEST_NAME or is_prose(bare) or _LABEL_LIKE.match(bare):
        return False
    return endings().any_.search(bare) is not None


def ends_name(text: str) -> bool:
    """A strong ending: what follows after a blank or 和 is another name."""
    return endings().strong.search(text) is not None
