"""Names of sums that lean on the payment before, e.g. `…给予奖励，单个企业最高50万元`, `…绿色工厂奖励50万元，省级的奖励20万元`.

A cap is named like the payment that it bounds; a grade alone takes the place of the grade in the name before.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.carry import Carry
from policy_commitments.extractors.figure_groups import Group
from policy_commitments.extractors.grades import GRADE
from policy_commitments.schemas.mentions import Span

Phrase = tuple[str, tuple[Span, ...]]
_PAYMENT = re.compile(r"(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|贴息|补偿|奖金)(?:资金)?$")
_OF_ONE = re.compile(  # 单个企业最高50万元, 累计不超过100万元: whom or when the cap is for, no name
    r"(?:(?:单|同一|每)(?:个|一)?(?:家|项|户|人|场|次|批|例|台|套)?(?:企业|项目|单位|机构|主体|农户|户|人|个人|园区|基地|平台|用人单位|经营主体|合作社|家庭农场|申报单位|申报主体)?"
    r"|累计|全年|年度|每年|当年|最多|最高|合计|原则上)+"
)
_ONE_BEHIND = re.compile(rf"(?<=[励助贴资支持奖补扶津息偿金])(?:{_OF_ONE.pattern})$")
_AGE = re.compile(r"(?:年满)?[0-9]{1,3}(?:周?岁)?(?:[至到~—–-]+[0-9]{1,3})?周?岁(?:（含）)?(?:及?以上|以下)?(?:的)?")
_BASE = re.compile(r"按照?(?:其|实际)?(?:[^按给]{4,40}期间)?([^，。；给按]{3,14})(?:给予|予以)([^，。；]{2,12})$")
_LONG = 30
_GRADE = rf"(?:{GRADE}|[一二三]等奖?|[1-5]A)"
_GRADE_PAID = re.compile(rf"(?:获评?|被?评为|认定为)?({_GRADE})(?:的)?(?:奖励|补助|补贴|资助|支持|奖补|扶持)?")
_OWN_GRADE = re.compile(rf"{_GRADE}(?:（含）)?(?:及?以上)?")


def leaning(phrase: Phrase, group: Group, carry: Carry) -> Phrase:
    """The phrase of a sum with the name of the payment before, where its own words name nothing."""
    if carry.subject is None:
        return phrase
    one = _ONE_BEHIND.search(carry.subject[0])
    subject = carry.subject if one is None else (carry.subject[0][: one.start()], carry.subject[1])
    if _PAYMENT.search(subject[0]) is None:
        return phrase
    capped = group.tail.comparator is not None and group.tail.comparator.entry["comparator"] == "le"
    if capped and subject[0].startswith(phrase[0]):
        return subject[0], (*phrase[1], *subject[1])
    if capped and _OF_ONE.fullmatch(phrase[0]):
        return _short(subject[0]) + phrase[0], (*phrase[1], *subject[1])
    return _of_age(phrase, subject) or _of_grade(phrase, subject)


def _short(words: str) -> str:
    """二手车销售额奖补: a payment whose case is longer than a line is named by its base."""
    base = _BASE.search(words) if len(words) > _LONG else None
    return words if base is None else base.group(1) + base.group(2)


def _of_age(phrase: Phrase, subject: Phrase) -> Phrase | None:
    """100周岁以上 of `80周岁以上老人高龄津贴每人每月50元，100周岁以上每人每月300元`: with what is paid."""
    before = _AGE.match(subject[0]) if _AGE.fullmatch(phrase[0]) is not None else None
    return None if before is None else (phrase[0] + subject[0][before.end() :], (*phrase[1], *subject[1]))


def _of_grade(phrase: Phrase, subject: Phrase) -> Phrase:
    """省级 of `评为国家级绿色工厂的奖励50万元，省级的奖励20万元`: 评为省级绿色工厂奖励."""
    own = _GRADE_PAID.fullmatch(phrase[0])
    before = list(_OWN_GRADE.finditer(subject[0])) if own is not None else []
    if own is None or len(before) != 1 or before[0].group() == own.group(1):
        return phrase
    words = subject[0][: before[0].start()] + own.group(1) + subject[0][before[0].end() :]
    return words, (*phrase[1], *subject[1])
