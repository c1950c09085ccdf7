"""Indicator wording to `indicator_key`: what stays when place, scope words and bracket variants are taken away.

`全县家庭医生签约服务（重点人群）覆盖率` and `家庭医生签约服务重点人群覆盖率` share a key; populations, grades and
denominators always stay, so that 全人群 and 重点人群, 二级及以上 and 三级 never meet.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.folding import fold

_PUNCTUATION = re.compile(r"[\s，。、；：“”‘’\"'《》〈〉·,.（）〔〕\[\]]+")
_PLACE = re.compile(r"^(?:全|我|本)(?:国|省|市|县|区|旗|州|镇|乡|域)(?:的)?|^县域内?|^辖区内?")
_VERB = re.compile(
    r"^(?:确保|实现|力争|争取|努力|使|全面|持续|进一步|逐步|推进|推动|完成|达到|建成|建设|建立|新建|新增|打造|培育|"
    r"发展|设立|设置|配备|提高|提升|保持|累计)+"
)
_SHARE = re.compile(r"(?:所)?占(?:的)?(?:比例|比重|比)$|(?:的)?(?:比例|比重|占比)$")
_COUNT = re.compile(r"(?:总数|数量|个数|人数|数)$")


def indicator_key(indicator: str, per: str | None = None) -> str:
    """Normalised wording; `per` is part of it, so that 每千人口 and 每万人口 stay apart."""
    bare = _PUNCTUATION.sub("", fold(indicator))
    previous = None
    while previous != bare:
        previous = bare
        bare = _VERB.sub("", _PLACE.sub("", bare)) or bare
    bare = _SHARE.sub("比例", bare)
    bare = _COUNT.sub("", bare) or bare
    denominator = _PUNCTUATION.sub("", fold(per or ""))
    prefix = f"每{denominator}"
    if denominator and not bare.startswith(prefix):
        bare = prefix + bare
    return bare
