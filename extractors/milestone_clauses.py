"""What a clause under a date says: a state or deliverable (`管理系统全面建成`), or only a means, a purpose, a validity, a title.

Nothing is decided here about numbers or about which clauses belong together; that is the business of `milestones`.
"""

from __future__ import annotations

import re

from policy_commitments.extractors.clause_context import Clause
from policy_commitments.extractors.headings import SIGN
from policy_commitments.schemas.mentions import DeadlineMention, Span

LEAD = re.compile(
    r"""
    (?: [\ 　\n，、；：。—]+
      | [0-9]{1,2}[.．、](?![0-9]) | [（(][一二三四五六七八九十0-9]{1,3}[）)] | """ + SIGN + r"""          # 1. （二）
      | [一二三四五六七八九十]是 | [一二三四五六七八九十]、
    )+""",
    re.VERBOSE,
)
_AND_IN = re.compile(r"(?:^(?:并|且|并且)|(?<![存处关由基对])(?<!(?<!单)位))[在于]$|^(?:并|且|并且)$")          # 并在9月底前完成, 各镇在年底前完成
_EFFORT = re.compile(r"(?:的)?(?:共同|不懈|持续|艰苦)*(?:努力|奋斗|时间)[，、]?")             # 经过三年努力，…
_VERBS = (
    r"(?:完成|完工|竣工|建成|投用|投入使用|投产|开工|开工建设|建设|实施|到位|办结|落实|落实到位|启动|启用|上线|印发|出台|见效|实现|达标|验收"
    r"|挂牌|运行|运营|开放|通车|结束|取缔|整改|公布|发布|核准|推进|推开|取得(?:实质性|明显|阶段性)?(?:进展|成效|突破)|全面推开|形成|交付|使用)"
)
_LONE_VERB = re.compile(
    rf"(?:全部|基本|全面|力争|争取|确保|要|须|应|前|初步|如期|按期|要求|陆续|正式|顺利|在|均|都|并|和|、|，|{_VERBS})*(?:工作|任务|使用)?"
)
_OWN_DEED = re.compile(rf"(?:要|应|须|将|力争|争取|确保|全面|基本|全部)*{_VERBS}|(?:主体|全线|整体)")  # 要完成初设审批: a deed, no subject
_AIM = re.compile(r"(?:力争|争取|确保|力求|努力|计划|预计|拟|要|应|须|在|于|将)+$")
_STATE = re.compile(
    r"""
    形成 | 建成 | 建立 | 完成 | 完善 | 健全 | 实现 | 达到 | 提升 | 提高 | 增强 | 改善 | 优化 | 构建 | 基本 | 全面 | 明显 | 显著 | 更加
  | 进一步 | 取得 | 成为 | 位居 | 进入 | 迈上 | 跻身 | 创建 | 打造 | 推进 | 启动 | 开工 | 竣工 | 投用 | 投入 | 出台 | 制定 | 印发 | 开展 | 实施
  | 消除 | 解决 | 推行 | 落实 | 满足 | 确立 | 优于 | 高于 | 低于 | 领先 | 持续 | 有效 | 稳定 | 融合 | 覆盖 | 通过 | 争创 | 培育 | 建设 | 设立 | 遏制
    """,
    re.VERBOSE,
)
_DELIVERED = re.compile(
    r"""
    (?:基本|全面|初步|全部|如期|率先|成功)(?:形成|建成|建立|构建|实现|完成|消除|满足|具备|解决|达到|普及|覆盖|健全|到位|杜绝|遏制|打通|淘汰)  # 基本消除…
  | (?:形成|建成|建立|实现|完成|创成|消除|健全|解决|普及|投用|竣工|完工|到位|清零|达标|遏制|投入使用|好转|交付)$                     # 管理系统全面建成
  | 得到(?:有效|明显|显著|根本|全面|基本|妥善|充分)(?:控制|防控|解决|治理|遏制|保障|改善|满足|缓解|巩固|提升|扭转)$              # 风险得到有效防控
  | 通过.{0,14}(?:验收|评估|认证|认定|评审|复审|评定|考核验收)$                                                  # 通过省级评估
  | ^(?:力争|确保|争取|并|将|要)*(?:出台|印发|启动|上线|建成|形成|创成|创建成?|实现|完成|消除|建立健全|打造成|成为|跻身|进入|迈入|取得)                # 形成…格局
  | 实现[^，]{1,8}化$                                                                                                    # 使用岸电实现常态化
  | 达到.{1,24}(?:水平|标准|要求|目标|前列|行列)$
  | (?:位居|居于|走在|处于|进入|跻身).{0,12}(?:前列|方阵|行列|前茅|第[一二三])
  | (?:明显|显著|大幅)(?:提升|提高|增强|改善|优化|下降|减少|降低|减轻|好转|缓解|扩大)$                                         # 人居环境明显改善
    """,
    re.VERBOSE,
)
_ASIDE = re.compile(  # what a sentence adds to its figures: 助力乡村振兴, 为…提供支撑
    r"^(?:并|且|同时|从而|以|将)?(?:为|助力|助推|有力|推动|推进|促进|带动|引领|服务|支撑|不断|持续|着力|努力|其中|按照?|根据|依托|由|对|均?达到|给予|不得|不再|原则上|鼓励|支持|引导|每)"
)
_PURPOSE = re.compile(r"^为.*(?:奠定|打下|提供|创造|作出|做出|夯实|注入).*(?:基础|支撑|保障|条件|贡献|动力|经验|根基)$")  # 为实现…目标奠定基础
_MEANS = re.compile(r"(?![^，]{0,40}(?:验收|评估|认证|认定|评审|复审|评定)$)(?:[^，]{0,12}(?:要|应|须|将|拟))?(?:通过|依托|借助|利用|采取)(?:(?!建成|形成|完成|建立|达到|消除).)*")           # 要通过实施…行动计划
_MANNER = re.compile(r"以[^，]{1,16}为(?:单位|主体?|原则|重点|抓手|导向|核心|载体|依托|基础)$")                       # 以村为单位
_VALID = re.compile(  # 政策实施至, 有效期至, 实施期限延长至
    r"(?:(?:实施|执行|适用|享受|保留|延续|延长|顺延|沿用)|(?:有效|实施|执行|政策|试点|享受|优惠)(?:期限|期))(?:均|统一|再|继续|暂)?(?:延长|延续|顺延)?(?P<to>[至到为])?$"
)
_FACT = re.compile(r"^(?:政府工作)?(?:是|就是|也是|将是|作为|适逢|恰逢|正值|的|要坚持|以来)|^(?:主要|工作|重点|任务|总体)?(?:安排|要求|目标任务|打算|部署|思路)$|(?:目标|指标|任务|要求|重点|安排)(?:建议|初步)?(?:为|是|如下)$")
LETTER = re.compile(r"现将[^。]{2,60}(?:印发|下达|通知|转发|公布|分解)|书面报|报[^，。；]{0,16}(?:办公室|备案|领导小组)(?=[，。；（]|$)")  # a letter, a report on one's work
FOR_WHOM = re.compile(r"^(?:对|凡|向|给予|按|为符合)")
_NO_PROMISE = re.compile(r"^(?:[以在]?(?:此|其)|详见|见附件|根据|按照|依据|参照|执行|施行|有效|生效|废止|除外|不得|之日)")
_ACTS = re.compile(r"(?:实现|推动|编制|谋划|做好|促进|开启|抓好|制定|落实)$")
_SCORED = re.compile(r"[得扣加][0-9.]+分|不得分")
_WINDOW_PAYS = re.compile(r"^对[^。]*(?:给予|予以|享受|减免|免征|减半|退税|补助|补贴|奖励|贴息)")  # 自2022年10月1日至2025年12月31日，对…予以退税
_THIS_YEAR_ENDS = frozenset({"年内", "年底", "年底前", "年度内"})
_EDGED = ("edge", "before", "month", "half", "quarter", "inside")
_LED = re.compile(r"(?:要|应|将|力争|争取|确保|在|于|须|，|力求|计划|预计|各地|[市县区省镇乡村国州盟旗局委办校院]|单位|部门|机构|企业|均|都)$")
_BOUND_AFTER = re.compile(r"(?:全面|全部|基本|力争|争取|确保|要|将|应|实现|完成|建成|达到|启动|出台|形成|开工|竣工|印发|建立|完善|消除|取得|进入)")
_OUGHT = re.compile(r"^(?:要|应当?|须|在|将(?=全面|进一步|继续|基本|实现|建成|完成|形成|达到|启动|建设|出台|推进))(?=[^求素点用急军])")
_GENRE = re.compile(r"(?:方案|计划|规划|意见|通知|要点|办法|细则|清单|[^代一发报图仪手]表|措施|纲要|目录|责任书|安排|名单|分工|分解|明细|台账|汇总|公告|报告)(?:（[^（）]*）)?$")
_ISSUED = re.compile(r"(?:完成|编制|出台|制定|印发|发布|公布|形成|研究|修订|建立|提交|上报|报送)[^，]{0,24}$")
_PROMISES = re.compile(
    r"完成|建成|实现|形成|达到|启动|出台|开工|竣工|完工|投用|消除|全面|基本|力争|争取|确保|要|将|建立|实施|推进|推行|开展|建设|投入|印发|编制|制定|创建|改造|验收|通车|达标|整治|新建|取得|落实"
)


_PLAN_TITLE = re.compile(r"\s*(?:专栏\s?[0-9一二三四五六七八九十]{0,2}[：: ]?)?“?十[一二三四五六七]五”?(?:时期|期间)?[^，。；：]{2,30}(?:工程|项目|指标|清单|任务|重点|目标)\s*")
_ANNEX = re.compile(r"^附(?:件|表)?[0-9一二三四五六七八九十]{0,2}[：:]\s?|（单位：[^（）]{1,8}）$")  # 附件：2026年任务分解表


def is_title(text: str, start: int, end: int, date: DeadlineMention) -> bool:
    """`2024年民生实事任务分解方案` on a line of its own: a bare year in a name, without a verb that promises."""
    if date.form == "plan" and _PLAN_TITLE.fullmatch(text, start, end) is not None:
        return start == 0 or text[start - 1] == "\n"  # “十四五”时期基础设施建设重大工程
    if any(name in date.parts for name in ("lead", *_EDGED)) or date.form not in ("date", "span"):
        return False
    line = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n" or text[end - 1] == "\n")
    body = _ANNEX.sub("", text[start:end].strip())
    if not line or re.search(r"[，。；：！]", body) is not None:
        return False
    rest = text[date.end : end].strip()
    genre = _GENRE.search(rest)
    if genre is not None:
        return _ISSUED.search(rest, 0, genre.start()) is None
    return _PROMISES.search(rest) is None


def is_validity(text: str, clause: Clause, date: DeadlineMention) -> bool:
    """`该政策实施至2026年底`, `有效期至…`: how long a rule holds."""
    if text.startswith("止", date.end):
        return True  # 本责任书自2023年1月1日起至2023年12月31日止
    found = _VALID.search(text, clause.start, date.start)
    return found is not None and (found["to"] is not None or date.parts.get("lead") in ("至", "到"))


def modifies(text: str, clause: Clause, date: DeadlineMention) -> bool:
    """`做好今年工作`, `制定2021—2023年计划`, `举办2020年冬运会`: a bare year behind a verb belongs to the noun after it."""
    if date.text.startswith(("“十", "十")) and _ACTS.search(text, clause.start, date.start) is not None:
        return True  # 努力实现“十三五”时期经济社会发展的良好开局
    if "lead" in date.parts or any(name in date.parts for name in _EDGED):
        return False
    before = LEAD.sub("", text[clause.start : date.start], count=1).strip()
    if date.form not in ("date", "span") or date.text in _THIS_YEAR_ENDS:
        return False
    return bool(before) and _LED.search(before) is None and _BOUND_AFTER.match(text, date.end) is None


def opens_window(what: str, date: DeadlineMention) -> bool:
    """A payment that can be had from one day to another: how long a rule holds, and nothing due."""
    return date.form == "span" and _WINDOW_PAYS.match(what) is not None


def promises_nothing(what: str) -> bool:
    """A fact, a reference, a purpose or a mere manner, whatever its date."""
    first = what.split("，", 1)[0]
    if _SCORED.search(what) is not None or _FACT.search(what) is not None or _NO_PROMISE.match(what) is not None or _PURPOSE.match(what) is not None:
        return True
    return _MANNER.search(first) is not None and _DELIVERED.search(what) is None


def is_means(words: str) -> bool:
    """`要通过实施三年行动计划`: how, and not what."""
    return _MEANS.fullmatch(words) is not None


def states(words: str) -> bool:
    """Some verb or adverb of state."""
    return _STATE.search(words) is not None


def delivers(words: str) -> bool:
    """A state reached or a thing delivered, and no aside to the figures before it."""
    return _ASIDE.match(words) is None and _DELIVERED.search(words) is not None


def is_lone_verb(words: str) -> bool:
    """全部完成, 力争竣工投用: says what happens, but not to what."""
    return _LONE_VERB.fullmatch(words) is not None


def is_own_deed(words: str) -> bool:
    """`要完成初设审批` before `上半年全面开工`: promised for itself and no subject of what follows."""
    return _OWN_DEED.match(words) is not None


def without_ought(words: str) -> str:
    """The clause without 要, 应, 将 at its beginning."""
    return _OUGHT.sub("", words)


def words_of(text: str, clause: Clause, date: DeadlineMention) -> str:
    """The clause's words without the date and what leads it in."""
    if clause.start <= date.start < clause.end:
        words = text[clause.start : date.start] + text[min(date.end, clause.end) : clause.end]
    else:
        words = text[clause.start : clause.end]
    return _AIM.sub("", LEAD.sub("", words, count=1)).strip("，、；。： \n前")


def pieces(text: str, begin: int, finish: int, date: DeadlineMention) -> list[Span]:
    """text[begin:finish] without its date, trimmed."""
    if not begin <= date.start < finish:
        return [trimmed(text, begin, finish)]
    head = trimmed(text, begin, date.start)
    bare = _AND_IN.search(text[head[0] : head[1]])
    head = head if bare is None else (head[0], head[0] + bare.start())
    effort = _EFFORT.match(text, min(date.end, finish), finish)
    tail = trimmed(text, min(date.end, finish) if effort is None else effort.end(), finish)
    return [piece for piece in (head, tail) if piece[1] > piece[0]]


def subject_before(text: str, start: int, end: int) -> Span:
    """What stands before a date in its clause, without 在, 并 and 力争: 项目 of `项目于3月开工`."""
    start, end = trimmed(text, start, end)
    words = text[start:end]
    joint = _AND_IN.search(words)
    words = _AIM.sub("", words if joint is None else words[: joint.start()])
    return start, start + len(words)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without labels before and marks behind it."""
    lead = LEAD.match(text, start, end)
    start = lead.end() if lead is not None else start
    while end > start and text[end - 1] in "。；，、： 　\n":
        end -= 1
    return start, end
