"""The noun phrase that is measured, e.g. `确保到2025年全市森林覆盖率` -> `全市森林覆盖率`.

Strips what stands around it (labels, dates, modality, verbs, comparisons) and composes the members of a shared list
(`精品中医馆、示范中医馆达标率` -> two indicators). Works on spans; nothing is invented.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.headings import SIGN
from policy_commitments.extractors.lexicon import Word, modality, verbs
from policy_commitments.schemas.mentions import Span

_LEAD = re.compile(
    r"""
    (?: [\ 　、，,；：。—·\-~]+                                                       # leading punctuation
      | （[^（）]{1,60}）(?=[、，；和及])                                                # 1229公里（县道498公里）、改造危桥
      | （(?:恢复|改建|改、扩建|改扩建|扩建|改造|续建|提升|迁建|修缮|新建|新增|升级)）(?=[一-鿿])                # 新增（恢复）灌溉面积
      | [0-9]{1,2}[.．、](?![0-9]) | [（(][一二三四五六七八九十0-9]{1,3}[）)] | """ + SIGN + r"""      # 1. （二）
      | [一二三四五六七八九十]是 | 第[一二三四五六七八九十]+[，、] | [一二三四五六七八九十]、
      | (?:到|至|在|从|自|于)?(?:“?十[三四五六七八]五”?)(?:规划)?(?:末|期间|时期|以来)?(?:年)?(?=.)             # “十四五”期间
      | (?:到|至|在|自|于|截至)?(?:19|20)[0-9]{2}(?:[—~至-](?:20)?[0-9]{2})?年(?:度)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:底|末|初)?(?:之?前|期间|起|以前)?   # 到2025年底前
      | (?:到|在|于)?[0-9]{1,2}月(?:(?:[0-9]{1,2}日|份|底|末|初|[上中下]旬)(?:之?前)?|之?前)              # 6月底前
      | (?:春|秋|春秋)季(?:学期|开学)(?:前|起|后)?(?=.)
      | 第[一二三四五]年(?!级) | (?:到|在|于)?(?:第?[一二三四]季度|[上下]半年|前三季度)(?:末|底)?(?:之?前)? | (?:到)?(?:本世纪中叶|规划期末|期末|年底前?|年末|年内|全年|今年|明年|今后|未来(?!社区|乡村|工厂|学校|产业|城)|[一二三四五两0-9]+年(?:内|后|时间))
      | (?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?至(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)期间 | 按照?(?:有关|相关)?(?:政策)?规定(?:标准)?
      | (?:严格|切实|全面|认真)(?:落实|执行|控制)(?=[一-鿿]{4})
      | [按依]照(?=[一-鿿]{4}) | 其(?![他它中余间实次所后地])(?=[一-鿿]{2})
      | [近中远]期(?:目标)?（[^（）]{2,12}） | 分别(?=.) | 同时 | 其中 | 并且?(?!购|网|联|轨|发症) | 且(?!末) | 和(?![美谐平睦合]) | 及(?!时|格) | 以及 | 与(?!会) | 或(?!者) | 但(?=[一-鿿]{4}) | 还(?![款贷本原林建田湿草迁]) | 也
      | 要(?!素|求|点|道) | 应(?!急|用|届|收|税|征)当? | 将(?!军) | 到(?=(?:上级|中央|国家|[省市部]级?|各类|专项|无偿)[^，。；]{0,14}(?:资金|债券|补助|支持|经费|贷款|项目|试点|额度)) | 把(?![握关手脉控门式戏柄]) | 须 | 需(?!求|要) | 使(?!用) | 让(?!利) | 可(?!再生|循环|复制|推广|持续|行|追溯|视|支配|回收|燃|信|靠|吸入|治理|降解|利用|绿化|耕|养|移动|溶)
      | “(?=[^”]*$) | 力求 | 基本(?=$|建成|完成|实现|形成) | 的(?!士) | 则 | 均(?!等|衡|价) | 共(?!同|享|建|有|青|产|管|治|富|生|性) | 再(?!生|造|就业|担保|利用|贷款) | 已(?!建成?的?(?:居住|小区|住宅|区域|园|项目|设施)|建成居住) | 每年(?:度)?(?!度) | 由
    )
    """,
    re.VERBOSE,
)
_TRAIL = re.compile(
    r"""
    (?: [\ 、，,：；—（]+ | 分别 | 要 | 应当? | 须 | 将 | 可 | (?<![人户亩年日月平])均 | 都 | 也 | 再 | 并 | 和 | 及 | 与 | 或 | 以及 | 同比 | 合计 | 累计 | 共 | 力争 | 争取 | 确保 | 的 | 总体 | 原则上 | 一律 | 一般 | 统一(?!标准) | (?<=..)(?:特别|尤其|基本|全部|全面)
      | (?<=.)(?:力争|争取|确保|力求)?(?:到|至|在|于)?(?:20[0-9]{2}年(?:度)?(?:[0-9]{1,2}月)?(?:年?底|末)?(?:之?前)?|年底(?:之?前)?|年内|[0-9]{1,2}月(?:底|末|份|[上中下]旬)?之?前)   # 处理率2025年达到95%
      | (?:较|(?<!占)比(?![例重率值价较])|相比|对比|同)[^，。；、]{0,14}?(?:年|末|初|底|期|目前|当前|现状|现有)(?:平均|同期|水平|相比)* | 在(?:[0-9]{4}年|现行|现有|原有|既有|目前|当前)[^，。；、在]{0,8}基础上 | (?:从|由|自)$
    )$
    """,
    re.VERBOSE,
)
_TRAIL_ENDS = frozenset("\n ,—、一上律与也争从体保共其内再初别前及取可和均将平年并应底度当或月期末本比由的自般要计部都面须状有（，：；")
_BASE_PHRASE = re.compile(r"(?:较|比)(?:“?十[三四五六]五”?|20[0-9]{2}年|上年|去年|上一?年度?|基期|规划初)(?:末|底|同期|期末|平均水平)?(?:的)?(?:水平)?")
_HEADS_OF_MEASURES = (
    re.compile(r"(?:重点工程|主要污染物)?(?:累计)?(?:减排量|削减量|排放总量|排放量|排放强度|年均浓度|平均浓度)$"),  # 化学需氧量、氨氮重点工程减排量
    re.compile(r"(?:购房|安家|租房|生活|一次性|岗位|创业|学费|交通|护理|高龄|财政|基本|最低)*(?:补贴|补助|津贴|奖励|补助金|奖金)(?:标准|资金)?$"),  # 博士、硕士购房补贴
)
_HEADS_OF_WORDS = (
    re.compile(r"(?:种植大户|养殖大户|种植户|养殖户|研究生|毕业生|经营主体)$"),  # 水稻、玉米、大豆种植大户
    re.compile(r"(?:业务)?(?:平均)?(?:办理|办结|审批|受理|响应|等待|服务)?(?:时间|时限|时长|周期)$"),  # 一般登记、抵押登记业务办理时间
)
_SHORT_MODIFIER = re.compile(
    r"初级|中级|高级|副高级?|正高级?|国家级?|省级?|自治区级?|市级?|区级|县级|区县级|部级|世界级|中央|国际|国内|城镇|农村|城市|乡村|[一二三四]级|[甲乙丙]级|[1-5]A级|高中|初中|小学|男性|女性|特等|[一二三四]等|金|银|铜"
)
_NOUN_ENDS = "率值量额"  # 年产值, 覆盖率: a noun and no verb
SENT = re.compile(r"送[^，。；、送]{1,3}(?:送[^，。；、]{1,3})?(?:下乡|上门|进)|补充耕地|新增(?:耕地|建设用地)")  # 送戏下乡, 送医送药上门, 补充耕地: a deed and its name
_LAST_NUMBER = re.compile(r"[0-9][0-9.]*(?=[^0-9（]{0,6}(?:（[^（）]*）)?$)")  # 首次超过500万元、1000万元
_ATTRIBUTE = re.compile(  # 上市公司, 检测中心: the verb says of which kind
    r"(?:上市|研发|培训|监测|检测|种植|养殖|服务|保护|回收|处理|救助|孵化|展示|生产|供应|储备|安置|转化|试点|绿化|养护)"
    r"(?:公司|企业|机构|基地|中心|站|点|厂|场|平台|室|园|区|体系|网络|网点|设施|示范|村|户|小区|路段)"
    r"|培训班(?!级)|搬迁(?:群众|户|人口|对象|居民|农户)|配(?:中心|送|电|网|料)"  # 县级共配中心
)
_NOUNS_OF_VERBS = ("建档立卡", "建设用地", "造林绿化", "植树造林", "封山育林", "招商引资")
_BARE_HEAD = re.compile(r"(?:面积|规模|数量|总量|总数|人数|里程|收入|能力|时间|时长|次数|天数|标准|量|率)")  # 种植面积: the verb is part of the name
_SHORTEST = 2  # 营造林: 林 alone names nothing
_TOWN_AND_COUNTRY = re.compile(r"城乡(?:(低保|特困|最低生活|居民最低生活)|居民|常住居民)")
_FIRST_RANK = re.compile(r"([特一二三四五六七八九])等?$")
_RANK = re.compile(r"[一二三四五六七八九]等?")
_LAST_RANK = re.compile(r"([二三四五六七八九])(?=[等级类档星])")
_TWO_DATES = re.compile(r"20[0-9]{2}年?(?:和|、|与|及)20[0-9]{2}年[^。；]*$")  # 到2022年和2030年…分别: one figure for each date
_DATES_BEFORE = 60
_SHARED_SHARE = re.compile(r"(?:增加值|总产值|产值|营业收入|收入|投资额?|面积|产量|人数|总量|贷款|支出)占[^、]{2,30}$")  # 新兴产业、高技术产业增加值占比重
_SHORT_NAME = 3  # 城市、县城生活污水收集率: as wide as the first
_WIDE_HEAD = re.compile(
    r"(?:人均|户均|亩均)?(?:综合|资源化|无害化|标准化|规范化|集中|年均|平均)?"
    r"(?:患者|人群)?(?:规范|健康)?"
    r"(?:利用|覆盖|普及|管理|达标|参保|合格|建成|完成|处理|排放|收集|回收|入学|毛入学|巩固|就业|生产|消费|持证|治理|保有|供给|使用|转化|控制|可支配)?"
    r"(?:率|占比|比例|比重|产量|面积|产值|增加值|收入|总额|总量|数量|排放量|浓度|人数|规模|里程|密度|强度)$"
)
_MODIFIER = re.compile(r"[^，、的]{1,12}的(?!.*[、，])|(?:面积|数量|总数|规模|人数|里程|长度|率|量)$")  # 覆盖全域的站点, 造林面积
_DIVIDES = re.compile(r"[（(〔【“《]|[）)〕】”》]|、|，|以及|和|与|(?<![普涉])及(?!以上|时|格|其)|或(?!者|[0-9])")
HEAD = re.compile(r"(?:率|人次|比例|占比|比重|面积|产量|数量|数|总量|总额|产值|增加值|收入|标准|规模|强度|指数|浓度|投资|存栏|出栏|里程|水平|系数|量|额|值|度)$")


def trim(text: str, start: int, end: int, *, keep_verb: bool = True, case: bool = False) -> Span:
    """The span without what surrounds a noun phrase; `keep_verb` False also drops leading count verbs.

    A `case` (`对完成任务的乡镇`) keeps the verbs of modality, which say what has to be done there.
    """
    for _ in range(12):
        changed = _step(text, start, end, keep_verb, case)
        if changed == (start, end):
            break
        start, end = changed
    return start, max(start, end)


def _step(text: str, start: int, end: int, keep_verb: bool, case: bool) -> Span:
    lead = _LEAD.match(text, start, end)
    if lead is not None and lead.end() > start:
        return lead.end(), end
    word = None if case else modality().after(text, start, end)
    if word is not None and word.end < end:
        return word.end, end
    base = _BASE_PHRASE.match(text, start, end)
    if base is not None:
        return base.end(), end
    if not keep_verb:
        verb = verbs().after(text, start, end)
        modifier = verb is not None and _MODIFIER.match(text, verb.end, end) is not None
        inner = verb is not None and len(verb.text) == 1 and verb.entry["form"] == "change"  # 提灌站, 降尘点
        if verb is not None and not modifier and not inner and not SENT.match(text, verb.start, end) and not is_attribute(text, verb, end) and not _BARE_HEAD.fullmatch(text, verb.end, end) and verb.entry["form"] in ("count", "level", "change") and end - verb.end >= _SHORTEST and text[verb.end] not in _NOUN_ENDS:
            return verb.end, end
    trail = _TRAIL.search(text, max(start, end - 24), end) if text[end - 1 : end] in _TRAIL_ENDS else None
    if trail is not None and trail.start() >= start:
        return start, trail.start()
    return start, end


def is_attribute(text: str, verb: Word, end: int) -> bool:
    """Whether the verb only says of which kind what follows is: 上市企业, 保障性住房."""
    if text.startswith(_NOUNS_OF_VERBS, verb.start):
        return True
    return text[verb.end : verb.end + 1] in ("性", "型", "类", "式", "化") or _ATTRIBUTE.match(text, verb.start, end) is not None


def split_members(text: str, start: int, end: int) -> list[Span]:
    """Members of a list in text[start:end], split at 、 和 与 及 outside brackets."""
    members: list[Span] = []
    depth, begin = 0, start
    for match in _DIVIDES.finditer(text[start:end]):
        mark, at = match.group(), start + match.start()
        if mark in "（(〔【“《":
            depth += 1
        elif mark in "）)〕】”》":
            depth = max(depth - 1, 0)
        elif depth == 0 and at > begin:
            members.append((begin, at))
            begin = start + match.end()
    if begin < end:
        members.append((begin, end))
    return members


def town_and_country(text: str, span: Span) -> list[tuple[str, tuple[Span, ...]]]:
    """`城乡居民收入分别增长6%和7%`: the towns first, then the country; empty where the span names no such pair."""
    both = _TOWN_AND_COUNTRY.search(text, *span)
    if both is None or _TWO_DATES.search(text, max(0, span[0] - _DATES_BEFORE), span[0]) is not None:
        return []
    town = "城市" if both.group(1) else "城镇"
    return [(text[span[0] : both.start()] + side + text[both.start() + 2 : span[1]], (span,)) for side in (town, "农村")]


def compose(text: str, members: list[Span]) -> list[tuple[str, tuple[Span, ...]]]:
    """One phrase per list member, with the scope or head noun that the list shares."""
    if len(members) == 1:
        start, end = members[0]
        return [(text[start:end], (members[0],))]
    ranked = _ranked(text, members)
    if ranked:
        return ranked
    first, last = members[0], members[-1]
    tail = _shared_tail(text, members)
    second = members[1] if tail is None or members[1] != last else (last[0], max(tail[0], last[0] + 1))
    scope = _shared_scope(text, first, second)
    phrases: list[tuple[str, tuple[Span, ...]]] = []
    for index, (start, end) in enumerate(members):
        spans: list[Span] = [(start, end)]
        if index > 0 and scope is not None:
            spans.insert(0, scope)
        if (start, end) != last and tail is not None:
            spans.append(tail)
        phrases.append(("".join(text[a:b] for a, b in spans), tuple(spans)))
    return phrases


def _ranked(text: str, members: list[Span]) -> list[tuple[str, tuple[Span, ...]]]:
    """`科技进步特等、一、二等奖`: a rank alone has the scope of the first and the 等奖 of the last; empty for other lists."""
    first, last = _FIRST_RANK.search(text[slice(*members[0])]), _LAST_RANK.match(text, *members[-1])
    if first is None or last is None or any(_RANK.fullmatch(text, *one) is None for one in members[1:-1]):
        return []
    begin = members[0][0]
    scope, kind = (begin, begin + first.start()), (last.end(1), members[-1][1])
    ranks = [(begin + first.start(1), begin + first.end(1)), *((start, start + 1) for start, _ in members[1:])]
    parts = [tuple(span for span in (scope, rank, kind) if span[1] > span[0]) for rank in ranks]
    return [("".join(text[a:b] for a, b in spans), spans) for spans in parts]


def _shared_scope(text: str, first: Span, second: Span) -> Span | None:
    """`单位增加值能耗、水耗`: the second member is short and ends like the first, so it shares what stands before."""
    if text[second[0]].isdigit():
        number = _LAST_NUMBER.search(text, *first)
        return (first[0], number.start()) if number is not None and number.start() > first[0] else None
    if _SHORT_MODIFIER.fullmatch(text, *second) is not None:
        own_start = next((at for at in range(max(first[0], first[1] - 4), first[1]) if _SHORT_MODIFIER.fullmatch(text, at, first[1])), first[0])
        if own_start > first[0]:
            return first[0], own_start  # 新获评国家级、省级示范社
    length = second[1] - second[0]
    shared = _common_end(text[first[0] : first[1]], text[second[0] : second[1]])
    own = length - shared
    if length < first[1] - first[0] - 1 and length <= 6 and shared and ((shared == 1 and length <= 3) or own <= 1):
        return first[0], first[1] - length
    if shared and text.startswith("通", second[0]):
        reached = text.rfind("通", first[0] + 1, first[1])
        return (first[0], reached) if reached > 0 else None  # 建制村通硬化路率、通客车率
    whole = text.find("总", first[0] + 2, first[1])
    if text.startswith("总", second[0]) and whole > 0:
        return first[0], whole  # 旅游总人次和总收入
    of = text.rfind("的", first[0], first[1])
    if of > first[0] and not any(text[first[0] : of].endswith(w) for w in ("目",)):
        return first[0], of + 1
    return None


def _common_end(one: str, other: str) -> int:
    """How many characters two members end alike: 1 for 能耗, 水耗; 3 for 工业增加值, 服务业增加值."""
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def _shared_tail(text: str, members: list[Span]) -> Span | None:
    """`精品中医馆、示范中医馆达标率`: what follows the shared noun of the last member belongs to all."""
    start, end = members[0]
    last_start, last_end = members[-1]
    named = _shared_head(text, (start, end), (last_start, last_end), _HEADS_OF_MEASURES)
    if named is not None:
        return named
    if HEAD.search(text[start:end]) is not None:
        return None
    modifier = _SHORT_MODIFIER.match(text, last_start, last_end)
    if modifier is not None and modifier.end() < last_end and _ends_with_modifier(text, start, end):
        return modifier.end(), last_end
    share = _SHARED_SHARE.search(text, last_start + 2, last_end) if text.find("占", start, end) < 0 else None
    if share is not None:
        return share.span()
    of = text.rfind("的", last_start, last_end)
    owned = of > last_start and "的" not in text[start:end]
    for length in (3, 2):
        at = text.find(text[end - length : end], last_start, of if owned else last_end) if end - length >= start else -1
        if at >= 0 and at + length < last_end:
            return at + length, last_end
    if owned:
        return of, last_end
    named = _shared_head(text, (start, end), (last_start, last_end), _HEADS_OF_WORDS)
    if named is not None:
        return named
    head = HEAD.search(text[last_start:last_end])
    if head is not None:
        return _head_span(text, last_start, last_end, end - start)
    return None


def _shared_head(text: str, first: Span, last: Span, heads: tuple[re.Pattern[str], ...]) -> Span | None:
    """The head behind the last member's own words, where the first member has none: 重点工程减排量 of `氮氧化物、挥发性有机物重点工程减排量`."""
    found = (head.search(text, last[0] + 1, last[1]) for head in heads if head.search(text, *first) is None)
    return next((one.span() for one in found if one is not None), None)


def _ends_with_modifier(text: str, start: int, end: int) -> bool:
    return any(_SHORT_MODIFIER.fullmatch(text, at, end) for at in range(max(start, end - 4), end))


def _head_span(text: str, start: int, end: int, width: int) -> Span | None:
    """The head noun of the last member when nothing else says where it begins: as wide a modifier as the first's."""
    while start + width < end and text[start + width] in "品物业":
        width += 1  # 肉类、水产品总产量
    head = _WIDE_HEAD.search(text, start + 1, end)
    if head is not None and width > _SHORT_NAME:
        return head.span()
    return (start + width, end) if start + width < end else None
