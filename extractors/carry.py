"""What a sentence hands from clause to clause, e.g. the condition of `对首次升规的企业，给予10万元奖励`, or the last subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_commitments.extractors.clause_context import GIVEN, PAYEE_OPENS, Clause
from policy_commitments.extractors.each_owner import opening_owner
from policy_commitments.extractors.each_phrase import Each
from policy_commitments.extractors.indicator_choice import Phrase
from policy_commitments.extractors.indicator_phrase import trim
from policy_commitments.extractors.lexicon import Word
from policy_commitments.schemas.mentions import Span

if TYPE_CHECKING:
    from policy_commitments.extractors.parallels import Parallel

_FOR_WHOM_ENDS = re.compile(r"(?:的|基地|载体|示范区|车间|工厂|产品|品牌|企业|单位|机构|个人|人员|项目|场所|主体|园区|农户|家庭|学校|团队|组织|平台|合作社|者|商|店|户|人)$")
_RISING = re.compile(r"([^，。；：0-9]{2,24}?(?:产值|增加值|规模|量|收入|率|面积|数|水平|比重|占比|额|能力|度|里程|密度))(?:(?:高于|好于|优于|快于)[^，]{1,12}$|(?:迈上|稳步|持续|进一步|不断|大幅|明显|显著|再上|快速|逐步)(?:新?台阶|提高|提升|扩大|增长|壮大|增加|增强|下降|降低|上升)[^0-9]{0,6})")
_HEADS = re.compile(r"[ 　]*(?:[0-9]{1,2}[.．、]|（[一二三四五六七八九十0-9]+）|[一二三四五六七八九十]是)?(?!.*(?:如下|标准|要求|目标|任务|方面|措施|内容|包括|其中|时限|单位))([^，。；：、0-9]{3,16})")  # 照护驿站：3月底前建成2家
_TOPIC = re.compile(r"[^，。；：]{0,6}?(?:提高|落实|完善|调整|发放|建立|执行|提升|实行)([^，。；：0-9]{3,24}(?:标准|补贴|补助|津贴|待遇))")
_PAYS = re.compile(r"[ 　]*(?:按|给予|予以|最高|分别|一次性|每|可|奖|补|由|除|均|在|市|省|县|再|另)")
_NAMES_WHOM = re.compile(r"(?:达到|超过|以上|以下|以内|（含）|获得|认定|评为|新增|首次)[^，。；：]{0,20}的(?:企业|单位|机构|个人|人员|项目|主体|农户|家庭|学校|团队)$")
_CASE = re.compile(r"(?:对|凡|新|首次|组织|引进|获|经|被|开展|举办|创建|建成|设立|成功|当年|年度|自主|通过)")
_PRICE_LIST = re.compile(r"(?<![0-9])([^，。；：0-9]{2,20}(?<!如下)(?<!的)(?:标准|补贴|补助|津贴|待遇|收费|价格))(?:分别)?(?:为|是)?$")  # 保教费标准：一级园450元
_BARE_PRICE = re.compile(r"(?:具体|主要|相关|上述|其|该)?(?:补贴|补助|津贴|奖励|资助|奖补|收费|价格|待遇|支付|发放|执行|给予|财政|资金)*(?:标准|补贴|补助|津贴|待遇|收费|价格)")
_PUSHES = re.compile(r"(?:全面|深入|加快|持续|大力|扎实|稳步|统筹|积极|有序|全力)*(?:推进|实施|开展|加强|推动|抓好|做好)(?=..)")
_BY_RATE = re.compile(r"按照?[^，。；]{1,20}[0-9]")  # 新建冷库按实际投资的30%补助
_SHORTEST_CASE, _LONGEST_CASE = 6, 60
_WORKS = re.compile(r"(?:抓住|抢抓|抓好|围绕|结合|聚焦|加大|依托|抓紧)?([^，。；：0-9]{2,18}?(?:建设|改造|工程|治理))(?:机遇|步伐|力度|进度|任务|项目)?$")
_WORKS_END = frozenset("设造程理遇伐度务目\n")
_BUILT_UP = re.compile(r"(?:建设|发展|培育|组建|扶持|壮大|创建)([^，。；：0-9的]{3,14})$")
_SPREADS = re.compile(r"[^，。；：0-9]{0,8}?(?:推广|推行|实施|落实)([^，。；：0-9的]{3,16})$")  # 大力推广大豆玉米带状复合种植，全市落实15万亩
_SHORTEST_THING, _LONGEST_THING = 3, 20
_SHORT_CONDITION = 60
_PAID_TO = re.compile(  # 对80岁以上老人发放高龄津贴，其中80—89岁每人每月30元
    r"[ 　]*(?:对|为|向)([^，。；：]{2,20}?)(?:发放|给予|落实|实施|提供)([^，。；：0-9]{2,12}(?:津贴|补贴|补助|低保金|保障金|救助金))"
)
_FOR_EACH = re.compile(  # 每获得金牌1枚，奖励4万元 · 对输送每1名运动员到省队的教练组，奖励2万元 · 每获得第4名，奖励5000元
    r"每(?P<deed>(?:新|成功)?(?:获得?|取得|新增|超额?|增加|输送|引进|培育|认定|招用|录用|聘用|吸纳|招收|培训|培养|推荐|介绍|创建|新建|建成|改造)[^，。；、0-9]{0,10}?)"
    r"(?:[1一](?P<unit>枚|名|个|项|件|家|人|所|次|块|座|户)|(?P<rank>第[0-9一二三四五六七八九十]{1,2}名))(?P<what>(?![^，。；、]*(?:给予|奖励|补助|补贴))[^，。；、0-9]{0,14})$"
    r"|每[1一](?P<head>名|个|家|项|件|人|所|户)[^，。；、]{2,16}的[^，。；]{2,12}$"
)


def opening_of(text: str, clause: Clause) -> Span | None:
    """The case that opens a sentence about payments: 新引进的企业 of `新引进的企业，达产后再奖励50万元`."""
    rate = _BY_RATE.search(text, clause.start, clause.end)
    span = trim(text, clause.start, clause.end if rate is None else rate.start())
    shortest = _SHORTEST_CASE if rate is None else _SHORTEST_THING
    fits = shortest <= span[1] - span[0] <= _LONGEST_CASE and not clause.dated
    return span if fits and _CASE.match(text, *span) is not None and _PAYS.match(text, *span) is None else None


def _price_head(text: str, clause: Clause) -> Span | None:
    """公办幼儿园保教费标准 before a list of prices; a bare 补贴标准 names nothing."""
    found = _PRICE_LIST.search(text, clause.start, clause.end)
    span = trim(text, *found.span(1), keep_verb=False) if found is not None else (0, 0)
    return span if _BARE_PRICE.fullmatch(text, *span) is None and span[1] > span[0] else None


def _thing(text: str, clause: Clause) -> Span | None:
    """What a clause without figures is about: 铁路建设 of `抓住铁路建设机遇，投资50亿元`."""
    if clause.mark != "，" or any(char.isdigit() for char in text[clause.start : clause.end]):
        return None
    works = _WORKS.search(text, clause.start, clause.end) if text[clause.end - 1] in _WORKS_END else None
    found = works or _BUILT_UP.search(text, clause.start, clause.end) or _SPREADS.match(text, clause.start, clause.end)
    span = (0, 0) if found is None else trim(text, *found.span(1), keep_verb=False)
    lead = _PUSHES.match(text, *span)
    span = span if lead is None else (lead.end(), span[1])
    return span if _SHORTEST_THING <= span[1] - span[0] <= _LONGEST_THING else None


def _paid_to(text: str, clause: Clause) -> Phrase | None:
    paid = _PAID_TO.fullmatch(text, clause.start, clause.end) if clause.mark == "，" else None
    return None if paid is None else (paid.group(1) + paid.group(2), (paid.span(1), paid.span(2)))


@dataclass(slots=True)
class Carry:
    """What a sentence hands from clause to clause: subject, count verb, condition, the last figure read."""

    subject: Phrase | None = None
    verb: Word | None = None
    condition: tuple[Span, ...] = ()
    previous: Clause | None = None
    parallel: Parallel | None = None
    topic: Span | None = None
    opened: bool = False
    owner: Each | None = None
    unit: Each | None = None
    whom: tuple[Span, ...] = ()
    opening: Span | None = None
    thing: Span | None = None
    prices: Span | None = None
    named: tuple[Phrase, ...] = ()
    earlier: tuple[Phrase, ...] = ()
    so_far: tuple[tuple[Phrase, str], ...] = ()

    def verb_into(self, text: str, clause: Clause) -> Word | None:
        """The count verb that still governs: the clause before was a list under it."""
        return self.verb if self.previous is not None and self.previous.mark in "，：；" else None

    def pass_clause(self, text: str, clause: Clause) -> None:
        """Remember for whom the sums of the next clauses are, and the owners that open this one."""
        unit = _FOR_EACH.search(text, clause.start, clause.end) if clause.mark == "，" else None
        self.unit = self.unit if unit is None else Each(unit.start(), unit.end(), unit["unit"] or unit["rank"] or unit["head"], False)
        self.owner = opening_owner(text, clause.start, clause.end) or self.owner
        topic = _TOPIC.fullmatch(text, clause.start, clause.end) if clause.mark == "，" else None
        self.topic = topic.span(1) if topic is not None else None
        heads = _HEADS.fullmatch(text, clause.start, clause.end) if clause.mark == "：" else None
        if heads is not None:
            span = trim(text, *heads.span(1))
            self.subject = (text[span[0] : span[1]], (span,))
        self.subject = _paid_to(text, clause) or self.subject
        self.prices = self.prices if clause.mark != "：" else _price_head(text, clause)
        rising = _RISING.match(text, clause.start, clause.end) if clause.mark == "，" else None
        if rising is not None:
            span = trim(text, *rising.span(1))
            self.subject = (text[span[0] : span[1]], (span,))
        if self.previous is None and clause.mark == "，":
            self.opening = opening_of(text, clause)
        self.thing = _thing(text, clause) or (self.thing if clause.mark == "，" else None)
        self.earlier, self.named = self.named, ()
        before = self.condition
        follows = self.previous is not None and self.previous.mark == "，"
        self.previous = clause
        names = _FOR_WHOM_ENDS.search(text, clause.start, clause.end) is not None
        if follows and self.opened and self.condition and PAYEE_OPENS.match(text, clause.start, clause.end) and GIVEN.search(text, self.condition[0][0], clause.start) is None:
            self.condition = (*self.condition, (clause.start, clause.end))  # 对产值超过10亿元，对全区贡献突出的企业
        elif PAYEE_OPENS.match(text, clause.start, clause.end) or (clause.condition and not (follows and self.opened)):
            self.condition, self.opened = ((clause.start, clause.end),), True
        elif clause.opens_condition and not _PAYS.match(text, clause.start, clause.end):
            self.condition, self.opened = ((clause.start, clause.end),), not names
        elif self.opened and follows and not _PAYS.match(text, clause.start, clause.end):
            self.condition = _joined_condition(text, self.condition, clause) if names else self.condition
        elif _NAMES_WHOM.search(text, clause.start, clause.end):
            self.condition, self.opened = ((clause.start, clause.end),), False
        else:
            self.opened = False
        if unit is not None and unit["deed"] is not None:
            deed = (unit.start("deed"), unit.end("rank") if unit["rank"] else unit.end("deed"))
            what = (unit.start("what"), unit.end("what") - text.endswith("的", unit.start("what"), unit.end("what")))
            self.condition, self.opened = (*self.whom, deed, *((what,) if unit["unit"] and what[1] - what[0] > 1 else ())), True
        elif self.condition is not before:
            self.whom = self.condition
        if clause.mark == "；":
            self.unit = None


def _joined_condition(text: str, condition: tuple[Span, ...], clause: Clause) -> tuple[Span, ...]:
    """`对实施转化项目，带动企业增收的研发机构，`: as it stands where short, else the first clause and the head noun."""
    first = condition[0]
    if clause.end - first[0] <= _SHORT_CONDITION:
        return ((first[0], clause.end),)
    of = text.rfind("的", clause.start, clause.end - 2)
    return first, (of + 1 if of >= 0 else clause.start, clause.end)


