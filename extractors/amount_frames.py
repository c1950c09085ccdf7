"""Frames of counts, lengths, areas, masses …: reached, built, bounded, e.g. `新建幼儿园两所`, `改造管网16公里`."""

from __future__ import annotations

import re
from collections.abc import Callable

from policy_commitments.extractors.lexicon import Word
from policy_commitments.extractors.sight import (
    AS_CAPACITY,
    COUNTABLE,
    FOR_GOOD,
    RATE_NOUN,
    WEAK,
    Frame,
    Sight,
)

_HAVE = frozenset(("有", "拥有", "建有", "设有", "配有", "具有", "办有", "均有"))
_SERVED = re.compile(r"提供|开展|实施|进行|安排|办理|发放|落实|免费|建立|完成")
_NAMED_LIST = re.compile(r"等(?:[^，。；、0-9]{0,6}的)?$")
_MODIFIED = re.compile(r"[^，。；：、]{2,24}的$")
_ENSURE = re.compile(r"(?:确保|抓好|抓实)[^，。；：]{2,30}[、和及与]$|(?:确保|抓好|抓实|抓紧|做好|突出抓好|力争|争取)(?:全面|全部|年内|抓好)?$")
_COMPLETE = frozenset(("完成", "实现", "超额完成"))
_THINGS = frozenset({"count", "times", "visits"})
_EVERY_OWNER = re.compile(r"各[^，。；、]{1,10}(?:（[^）]{1,10}）)?|分别|每|均需|均要|均应|必须")
_CARRY_OUT = frozenset(
    ("落实", "推进", "实施", "开展", "完善", "明确", "优化", "推动", "抓好", "做好", "保障", "提升", "调整", "制定", "出台", "推行", "促进")
)
_ON_PAPER = re.compile(
    r"[^，。；：、]{0,24}?(?:制度|原则|要求|规定|规范|准则|禁令|职责|责任|纪律|措施|举措|政策|任务|机制|关系|问题|环节|方面|领域|体系)(?:[，。；：、）\n]|$|落实|执行|的)"
)
_BY_NORM = re.compile(r"按照?[^，。；：]{2,16}$")
_PROVIDED = re.compile(r"的?(?:标准|要求|比例)?[，]?(?:规划|分区|分级|统一)*(?:配建|设置|配备|配置|配套|预留|建设|规划设置)")
_SIZES = frozenset({"mass", "volume", "area", "power", "energy", "length", "freight", "data", "computing"})
_SIZED_THING = re.compile(r"(?:级|及以上|以上)?[^，。；：、和与及0-9]{2,16}")  # 新建2万吨污水处理厂1座: the size of what is counted
_DONE = frozenset(("count", "length", "area", "households", "persons"))
_DISTANCE = re.compile(r"(?:间距|距离|半径|厚度|高度|浓度|强度|噪声|密度|面积)$")  # 站网间距小于8公里
_HELD = frozenset(("存栏", "出栏", "年出栏"))  # 生猪出栏20万头: a yearly figure and nothing that is built
_FOR = re.compile(r"(?:^|[，；：、。]|年|月|底|前|内)(?:计划|继续|免费|要|将|再)*(?:为|对|给|向|指导|帮助|督促)[^，。；：、0-9]{0,12}$|(?:为|对)[^，。；：0-9]{2,14}等$")
_FOR_SPAN = 18
_PLACE_BEFORE = re.compile(r"(?:所在地|辖区|境内|沿线|周边|范围内?|片区|园区|[县市区镇乡]|街道|电厂|公园)$")  # 改造镇政府所在地24座旱厕
_VISITORS = re.compile(r"(?:年|全年)?接待(?:国内外|海内外|境内外|入境|国内|过夜)?(?:游客|旅客|旅游者)$")
_TOTAL = re.compile(r"(?:数|数量|总数|总量|规模|人数|户数|密度|覆盖面?)$")
_STRUCTURES = frozenset(("所", "座", "条", "处", "家", "栋", "幢", "支"))
_ERECTS_LARGE = re.compile(r"打造|新建|建成|建设|改造|治理|完成|种植|新增|造林|发展|推广")
_ERECTS = re.compile(r"建|设立|[创开]办")  # 改扩建一所幼儿园: one is a number
_BUILT_BEHIND = re.compile(r"[^，。；、的]{2,24}?(?:全面|全部|基本|正式)?(?:建成|投用|竣工|开工|完工|投入使用|投运|通车|投产|达标|启用|挂牌)(?:投用|使用|运营|投产)?(?=[，。；]|$)")
_SUPPORTS = frozenset(("资助", "补助", "补贴"))  # 资助200名大学生
_PER_HEAD = re.compile(r"每1?0?[百千万]+(?:名|人|个)?(?:人口?|老年人|居民|儿童|职工|常住人口|户籍人口)?[^，。；：、0-9]{2,}")  # 每千人拥有社会体育指导员2.8名
EACH_DEED = re.compile(r"每(?:年|季度?|个?月|周|半年|旬|天|日|学期|两个?[年月周])(?:度)?(?:至少|定期|集中|组织)?([^，。；：、0-9每]{2,12})$")  # 每季度通报1次进展情况
SERVICE = re.compile(
    r"[^，。；：的]{0,36}?(?P<deed>(?:免费)?(?P<light>提供|进行|开展|实施|予以|做)[^，。；：给奖补资]{2,24}"
    r"|(?:免费)?(?:配备|配置|配发|安装|加装|装配|适配|发放|建立|建设|办理|购买|修建|铺设|完成|制定|编制|创建|申报|委托|缴纳|代缴|评估)[^，。；：]{2,24}"
    r"|(?:(?!提供|进行|开展|实施|予以)[^，。；：、0-9]){0,4}(?:改造|整治|修缮|维修|治理|升级|评估|筛查)(?=[，。；]|$))"
)
_DONE_FOR = re.compile(  # 为适龄女生免费接种HPV疫苗4000人
    r"[，、 ]*(?:计划|继续|免费)?(?:为|给|向)(?:[0-9]{1,3}周?岁)?[^，。；：、0-9（]{2,14}(?:（[^（）]*）)?(?:免费|适配|发放|配发|提供|安装|接种|筛查|体检|办理|配备|赠送|购买|开展|实施|进行)[^，。；：、0-9]{0,16}$"
)
_SIZE_NAME = re.compile(r"(?:面积|里程|长度|宽度|高度|厚度|距离|半径|间距|规模|总量)$")  # 清理沟渠不少于3公里 has none
_NORM_BEHIND = re.compile(r"[^，。；、]{1,10}?(?:的)?标准(?:逐步|统一)?(?:规划)?(?:配建|配置|配备|设置|建设|补建)")  # 每千人不少于10个托位标准配建
_PIECES = re.compile(r"[0-9.]+(?:个|座|处|条|家|所|台|套|栋|口|眼|项|艘|辆|间|片|块)")
NOTHING = Frame("none", "none")


def amount_frame(sight: Sight) -> Frame | None:
    """The frame of an amount, None where it promises nothing."""
    if not sight.figure.measure and sight.figure.sort != "ratio":
        return _bare(sight)
    verb = _verb(sight)
    if verb is None and sight.leading is None and sight.figure.measure == "次" and not sight.figure.han and EACH_DEED.search(sight.left) is not None and not sight.clause.opens_condition:
        return Frame("quota", "times_each", noun_after=sight.bound, doubt=1)
    if sight.bound and sight.tail.each is not None and sight.compares("ge", "le") and _NORM_BEHIND.match(sight.right):
        return Frame("quota", "norm", noun_after=True)
    for rule in _RULES:
        frame = rule(sight, verb)
        if frame is not None:
            return None if frame is NOTHING else frame
    return _modified(sight) if sight.bound and not sight.figure.han and verb is None else _listed(sight)


def served(sight: Sight) -> bool:
    """`为30个村配备智能终端`, `对12个老旧小区进行改造`: who or what gets something done, counted."""
    if sight.figure.dimension not in _THINGS and sight.figure.dimension not in ("persons", "households"):
        return False
    if sight.after is not None or sight.figure.han or _FOR.search(sight.text[max(sight.clause.start, sight.figure.start - _FOR_SPAN) : sight.figure.start]) is None:
        return False
    return SERVICE.match(sight.text, sight.group_end, sight.clause.end) is not None


def _verb(sight: Sight) -> Word | None:
    """The verb before the number; in a list, the one that the list stands under."""
    if sight.tail.verb is None and sight.carried is not None and not sight.left.strip(" 、，和及与以或并"):
        return sight.carried
    return sight.tail.verb


def _lone_one(sight: Sight) -> bool:
    """`打造一个平台`: 一 is an article, unless a bound or each owner makes it a number."""
    if not sight.figure.han or sight.figure.value_text != "一":
        return False
    if sight.figure.measure in ("批", "系列"):
        return True
    if sight.figure.measure in _STRUCTURES and sight.form_of_verb() == "count" and sight.tail.verb is not None and _ERECTS.search(sight.tail.verb.text):
        return False
    bounded = sight.tail.each is not None or sight.tail.comparator is not None or any(word in ("分别", "各", "各自") for word in sight.tail.adverbs)
    return not bounded and _EVERY_OWNER.search(sight.left) is None


def _for_good(sight: Sight, verb: Word | None) -> Frame | None:
    return Frame("level", "as_proper") if verb is not None and FOR_GOOD.match(sight.right) else None


def _had(sight: Sight, verb: Word | None) -> Frame | None:
    """`全县至少有1所妇幼保健机构`, `每年至少为1200名老年人提供…`: promised where a date, bound or 每 says so."""
    if verb is None or not sight.bound:
        return None
    if verb.text not in _HAVE and not (verb.text in ("为", "向", "对") and _SERVED.search(sight.right)):
        return None
    stated = sight.tail.comparator is not None or sight.tail.each is not None
    if _lone_one(sight) or not (stated or sight.clause.dated or sight.clause.strength is not None):
        return NOTHING
    return Frame("count", "have" if verb.text in _HAVE else "serve", noun_after=True)


def _threshold(sight: Sight, verb: Word | None) -> Frame | None:
    """`200户以上自然村`: a trailing bound on a noun promises nothing, unless something is built."""
    things = sight.figure.dimension in _THINGS or sight.figure.measure in ("名", "位")
    counted = verb is not None and (verb.entry["form"] == "count" or verb.text in _COMPLETE) and things
    counted = counted or (sight.tail.each is not None and verb is not None and verb is sight.tail.verb and verb.entry["form"] == "count")
    large = verb is not None and verb is sight.tail.verb and _ERECTS_LARGE.fullmatch(verb.text) is not None and sight.figure.dimension in ("area", "length")
    if large and sight.right_end >= sight.clause.end and not sight.clause.opens_condition:
        return None  # 打造300万亩以上高产示范区
    return NOTHING if sight.after is not None and sight.bound and not counted else None


def _reached(sight: Sight, verb: Word | None) -> Frame | None:
    if verb is None:
        return None
    if verb.entry["form"] == "change":
        amount = not sight.bound and sight.figure.dimension not in COUNTABLE
        return Frame("change" if amount else "count", "change_amount", noun_after=sight.bound)
    if verb.entry["form"] != "level" or verb.text in WEAK:
        return None
    if verb.text in _COMPLETE and sight.bound:
        return Frame("count", "complete", noun_after=True)
    if verb.text in _COMPLETE and not sight.bound and sight.figure.dimension in _DONE and RATE_NOUN.search(sight.left) is None:
        return Frame("count", "complete")  # 水库除险加固完成3座
    built = sight.led and sight.leading is not None and sight.leading.entry["form"] == "count" and sight.leading.text not in _COMPLETE and not sight.bound
    if built and sight.figure.dimension in ("count", "persons", "households") and _TOTAL.search(sight.left) is None:
        return Frame("count", "reach")  # 新增上市公司达到100家
    return Frame("level", "reach", noun_after=sight.bound and sight.plain)


def _built(sight: Sight, verb: Word | None) -> Frame | None:
    if verb is not None and verb.text in _SUPPORTS and sight.figure.dimension in ("persons", "households") and not sight.clause.opens_condition:
        return Frame("count", "build", noun_after=sight.bound)
    if verb is None or verb.entry["form"] != "count":
        return None
    on_paper = verb.text in _CARRY_OUT and sight.figure.dimension == "count"
    if sight.bound and sight.figure.dimension in _SIZES and _SIZED_THING.fullmatch(sight.right) and _PIECES.match(sight.text, sight.right_end, sight.clause.end):
        return NOTHING
    sized = sight.bound and sight.figure.dimension in ("voltage", "temperature", "sound", "pressure", "bandwidth")
    if sized or _lone_one(sight) or (on_paper and _ON_PAPER.match(sight.text, sight.group_end, sight.clause.end)):
        return NOTHING
    return Frame("level" if verb.text in _HELD and not sight.bound else "count", "build", noun_after=sight.bound)


def _bounded(sight: Sight, verb: Word | None) -> Frame | None:
    if sight.compares("ge", "le", "approx") and _BY_NORM.search(sight.left) and _PROVIDED.match(sight.right):
        return Frame("quota", "norm")
    if sight.compares("ge", "le", "approx") or (sight.compares("lt") and not sight.bound and not sight.clause.opens_condition and _DISTANCE.search(sight.left)):
        normed = verb is not None and verb.entry["form"] == "quota" and sight.tail.each is not None
        built = sight.led and sight.leading is not None and sight.leading.entry["form"] == "count"
        built = built or (sight.carried is not None and sight.carried.entry["form"] == "count" and "其中" in sight.left)
        sized = sight.led and sight.figure.dimension in ("length", "area") and _SIZE_NAME.search(sight.left) is None
        built = built and (sized or sight.figure.dimension in ("count", "persons", "households", "times", "visits"))
        if built and not normed and _TOTAL.search(sight.left) is None:
            return Frame("count", "reach", noun_after=sight.bound)  # 培养人才不少于400名
        return Frame("quota" if normed else "level", "norm" if normed else "bounded", noun_after=sight.bound)
    told = sight.tail.comparator_text in ("突破", "逾", "破") or sight.clause.dated or sight.clause.strength is not None or RATE_NOUN.search(sight.left) is not None
    if sight.compares("gt") and not sight.bound and not sight.clause.opens_condition and told:
        return Frame("level", "beyond", doubt=1)
    if verb is not None and verb.entry["form"] == "quota" and (sight.tail.each is not None or _PROVIDED.match(sight.right)):
        return Frame("quota", "norm", noun_after=sight.bound)
    return None


_RULES: tuple[Callable[[Sight, Word | None], Frame | None], ...] = (_for_good, _had, _threshold, _reached, _built, _bounded)


def built_behind(sight: Sight) -> bool:
    """`年内100个村文化站建成投用`: the verb stands behind its subject."""
    return sight.plain and sight.clause.dated and sight.bound and sight.tail.verb is None and _BUILT_BEHIND.match(sight.text, sight.group_end, sight.clause.end) is not None


def _modified(sight: Sight) -> Frame | None:
    """`打造…等10条特色街道`, `新开通海拉尔至俄蒙的3条航线`, `确保16公里管网复线`: number and noun under a verb further left."""
    if sight.figure.dimension not in COUNTABLE:
        return None
    if built_behind(sight):
        return Frame("count", "built_behind", noun_after=True, doubt=1)
    if _ENSURE.search(sight.left) is not None:
        return Frame("count", "ensured", noun_after=True, doubt=1)
    if sight.leading is None:
        return None
    done = sight.leading.text in _COMPLETE
    if not done and _ON_PAPER.match(sight.text, sight.group_end, sight.clause.end) and sight.figure.dimension == "count":
        return None
    if _NAMED_LIST.search(sight.left) is not None:
        return Frame("count", "named_list", noun_after=True, doubt=2)
    if _PLACE_BEFORE.search(sight.left) is not None and not sight.clause.opens_condition:
        return Frame("count", "modified", noun_after=True, doubt=2)
    if _MODIFIED.fullmatch(sight.text, sight.leading.end, sight.tail.start) or sight.text[sight.tail.start - 1] == "的":
        return Frame("count", "modified", noun_after=True, doubt=2)
    return None


def _bare(sight: Sight) -> Frame | None:
    """A number without measure: `总体水平达到65`, `系数提高到0.58以上`."""
    verb, comparator = sight.tail.verb, sight.tail.comparator
    if sight.bound or sight.figure.han:
        return None
    if (verb is not None and verb.entry["form"] == "level" and verb.text not in WEAK) or (comparator is not None and RATE_NOUN.search(sight.left)):
        return Frame("level", "bare", doubt=1)
    return None


def _listed(sight: Sight) -> Frame | None:
    """`护理院1个、医养中心2个`: noun and number under a verb further left, or a dated or bounded clause."""
    closed = sight.figure.han and sight.carried is not None and not sight.right.strip()
    if sight.bound or (sight.figure.han and not closed) or not sight.left.strip(" 、，和及与"):
        return None
    grown = sight.carried is not None and sight.carried.entry["basis"] == "new" and sight.carried.start >= sight.left_start
    if AS_CAPACITY.search(sight.left) and not grown:
        return None
    if _DONE_FOR.match(sight.left) is not None:
        return Frame("count", "noun_number", doubt=2)
    if sight.clause.opens_condition and sight.tail.comparator is None and sight.carried is None:
        return None
    if sight.carried is not None:
        return Frame("level" if _VISITORS.search(sight.left) else "count", "listed")
    if sight.after is not None or (RATE_NOUN.search(sight.left) and sight.clause.dated):
        return Frame("level", "trailing_bound", doubt=1)
    if _PER_HEAD.match(sight.left.lstrip(" 、，")) is not None:
        return Frame("level", "noun_number", doubt=1)
    if sight.clause.dated or sight.tail.each is not None:
        return Frame("count", "noun_number", doubt=2)
    return None
