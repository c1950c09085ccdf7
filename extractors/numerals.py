"""Numbers with their measures, e.g. `3万—10万人`, `1.2‰—1.7‰`, `三分之二`, `1：1.26`, `35微克/立方米`, `翻一番`.

Finds every figure, promised or not; dates (2025年6月) and ordinals (第三批) are passed over. Converts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from policy_commitments.extractors.lexicon import Word, denominators, measures
from policy_commitments.schemas.frozen import frozen
from policy_commitments.schemas.vocabulary import Entry

_SEED = re.compile(
    r"""
    [0-9一二两三四五六七八九十百千万半几数全翻零]
    (?: (?<=[0-9])                                     # 35
      | (?<=[一二两三四五六七八九十百千半])                # 三所, 百分之五
      | (?<=万)(?=分之)                                  # 万分之五
      | (?<=全)(?:面|员|范围|部)?覆盖 | (?<=翻)(?:[一两1-9]番|番|倍|一倍)        # 全覆盖, 翻一番
      | (?<=零)(?:增长|发生|死亡|事故|伤亡|感染|排放|填埋|返贫|致贫|新增|辍学)     # 零增长
      | (?<=[为到至]零)(?=[，。；、）\n]|$)                 # 死亡人数为零
    )""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_HAN = re.compile(r"[〇零一二两三四五六七八九十百千万亿]+")
_SCALE = re.compile(r"万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百|十")
_DASH = re.compile(r" ?(?:——|—|-|~|至|到) ?")
_RANGE_TAIL = re.compile(r"[十百千万亿]*(?: ?[—~至-] ?[0-9.]+[十百千万亿]*)?")
_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?： ?([0-9]+(?:\.[0-9]+)?)(?![0-9：])")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])：[0-5][0-9]")
_PART = re.compile(r"一半(?=$|以上|左右|[，。；、的])|半数|[百千万]分之([0-9.]+|[一二两三四五六七八九十百零点]+)|([一二两三四五六七八九十]+|[0-9]+)分之([一二两三四五六七八九十]+|[0-9]+)")
_DATE = re.compile(
    r"""
    (?:19|20)[0-9]{2}\ ?年?(?:[—~、和至到-]\ ?(?:19|20)?[0-9]{2}\ ?)*年(?!限|[—-])(?:度|底|末|初|内|前)?   # 2021—2025年
      (?:\ ?[0-9]{1,2}\ ?月(?:份|底|末)?(?:\ ?[0-9]{1,2}\ ?日)?)?                                         # 2025年6月30日
  | [0-9]{1,2}\ ?[月](?:份|底|末|初)?(?:\ ?[0-9]{1,2}\ ?日)?                                              # 6月底
  | (?:19|20)[0-9]{2}[—~-](?:19|20)?[0-9]{2}(?![0-9.%])
    """,
    re.VERBOSE,
)
_NO_QUANTITY = re.compile(r"[0-9A-Za-z.+×〔№#第每]")  # HTML5, 1+3, 〔2021〕, 第3, 每5年
_HAN_MEASURES = frozenset(
    ["个", "所", "家", "座", "处", "支", "名", "人", "位", "项", "次", "场", "户", "倍", "成", "条", "台", "套", "辆", "件", "部", "间", "栋", "张", "期", "批", "轮", "亩", "公里", "吨", "元", "天", "年", "个月", "个工作日", "工作日", "小时", "分钟", "种", "类", "门", "册", "%", "学时", "课时", "人次", "平方米", "平方公里", "头", "只", "幅", "宗", "款", "例", "艘", "架", "株", "枚", "篇", "幢", "眼", "盏"]
)
_NO_HAN_AFTER = frozenset("第每十百千万几数统同唯单专之合逐进某划均归任跑")  # 第三批, 每千人, 统一, 进一步
_SIZES = frozenset(("头", "亩", "吨", "米", "公里", "只", "羽", "户", "平方米", "公顷", "匹"))
_OR_BETTER = re.compile(r"(?:及)?以上(?=[一-鿿])")
_BARE_SCALE = re.compile(r"[百千万亿]+")
_REACHED = re.compile(r"(?:达到?|突破|超过?|逾|近|过|迈上|跨越?|冲刺|破|上|至|到|实现)$")
_SHORTEST_HAN_SUM = 2  # 一千元 is a sum, 三元 and 多元 are words
_VAGUE = "多余几来"
_PEOPLE = re.compile(r"[一-鿿]{0,6}?(?:(?:人口|群众|劳动力|居民|农民)|农(户))(?![一-鿿]{0,2}(?:用|数|率))")
_PROPORTION = re.compile(r"[0-9.]+(?: ?： ?[0-9.]+){2,}")  # 三次产业结构9:40:51: no single value
_BEFORE_COLON = frozenset("： .")  # what may stand behind the first number of a ratio
_PHASE = re.compile(r"工程|项目|建设|改造|扩建|地块|规划|20[0-9]{2}年")  # 二期工程, 二期2027年完成
_WORD_AFTER = re.compile(r"(?<![十百千零]二)(?<=二)次|次性|位数|次产业|位一体|家亲|条龙|张网|户一策|件事")  # 一次性, 六位一体; two times are 两次, 二次供水 is a word
_POPULATION = re.compile(r" ?1?0? ?[十百千]?万(?:人口?)?")  # 18/10万
_MEASURE_BEFORE = re.compile(r"[克升吨元]$")  # 29微克每立方米
_COVERING = re.compile(r"(?!目标|要求|和|及|并|且|与|或|的)[一-鿿]")  # 全覆盖检查: no share
_IN_A_NAME = re.compile(
    r"""
      [1-5]A(?=级|景区|景点|旅游)                                                       # 5A级景区
    | (?:10|100|[十百])?万(?:人口?|车|台)(?=[^，。；、0-9]{0,10}率)                        # 火灾十万人口死亡率
    | [0-9]+年期(?:以上)?(?=LPR|贷款|国债|定期|存款)                                        # 1年期LPR
    | (?:12[0-9]{3}|1[12][09])(?=(?:政务|便民|市民|政府|社保|消费|投诉|举报|服务|急救|报警|指挥|调度){0,4}(?:热线|平台|中心|急救|报警))
    """,
    re.VERBOSE,
)
_COMPOUND = re.compile(r"·(?:平方公里|平方千米|平方米|公顷|亩|月|年|天|日)")
_GENERATION = re.compile(r"[2-6]G(?![BbWw])")  # 5G


@frozen
class Figure:
    """A number at text[start:number_end] with its measure up to `end`.

    `sort` is number | ratio | part | covered | doubled | zero; `low_end` is the end of the lower number of a range;
    `divisor` the printed denominator after a slash, "" if none; `vague` the printed 多 / 余; `han` says that the
    number is written in Chinese characters.
    """

    start: int
    number_end: int
    end: int
    sort: str
    value_text: str
    value_max_text: str | None = None
    scale: str = ""
    measure: str = ""
    unit: str = ""
    dimension: str = ""
    divisor: str = ""
    vague: str = ""
    han: bool = False


def scan_figures(folded: str, start: int, end: int) -> Iterator[Figure]:
    """Figures of folded[start:end] in text order, without overlaps."""
    position = start
    while True:
        seed = _SEED.search(folded, position, end)
        if seed is None:
            return
        figure, position = _read(folded, seed.start(), seed.end(), end)
        if figure is not None:
            yield figure


def _read(text: str, start: int, seed_end: int, end: int) -> tuple[Figure | None, int]:
    first = text[start]
    if first in "全翻零" and (seed_end > start + 1 or first == "零"):
        sort = {"全": "covered", "翻": "doubled", "零": "zero"}[first]
        if sort == "covered" and _COVERING.match(text, seed_end, end) is not None:
            return None, seed_end
        return Figure(start, seed_end, seed_end, sort, text[start:seed_end]), seed_end
    part = _PART.match(text, start, end) if first not in "全翻零几数" else None
    if part is not None:
        return Figure(start, part.end(), part.end(), "part", part.group(), han=True), part.end()
    if first.isdigit():
        return _digits(text, start, end)
    return _han(text, start, end)


def _digits(text: str, start: int, end: int) -> tuple[Figure | None, int]:
    number = _NUMBER.match(text, start, end)
    assert number is not None
    date = _DATE.match(text, start, end)
    if date is not None:
        return None, date.end()
    goes_on = text[number.end() : number.end() + 1] in _BEFORE_COLON
    proportion = _PROPORTION.match(text, start, end) if goes_on else None
    if proportion is not None:
        return None, proportion.end()
    if _IN_A_NAME.match(text, start, end) is not None:
        return None, number.end()
    ratio = _RATIO.match(text, start, end) if goes_on else None
    if start > 0 and _NO_QUANTITY.match(text, start - 1) is not None:
        return None, _past_range(text, number.end(), end)
    if ratio is not None:
        clock = _CLOCK.match(text, start, end)
        if clock is not None and clock.end() == ratio.end() and ratio.group(1) not in ("1", "2"):
            return None, ratio.end()
        return Figure(start, ratio.end(), ratio.end(), "ratio", ratio.group()), ratio.end()
    return _measured(text, start, number.end(), end)


@cache
def _kilowatt_hours() -> Entry:
    found = measures().after("千瓦时", 0, len("千瓦时"))
    assert found is not None
    return found.entry


def _past_range(text: str, at: int, end: int) -> int:
    """The end of `3万—10万` in 每3万—10万人: a denominator is passed over whole."""
    tail = _RANGE_TAIL.match(text, at, end)
    return tail.end() if tail is not None else at


def _measured(text: str, start: int, number_end: int, end: int) -> tuple[Figure | None, int]:
    """A number from its digits on: scale, measure, upper end of a range, denominator."""
    behind = _scale_and_measure(text, number_end, end)
    low_end = behind[0] if behind[1] is None else behind[1].end
    dash = _DASH.match(text, low_end, end)
    upper = _NUMBER.match(text, dash.end(), end) if dash is not None else None
    if upper is None:
        return _figure(text, start, (start, number_end), None, behind, end)
    return _figure(text, start, (start, number_end), upper.span(), _scale_and_measure(text, upper.end(), end), end)


def _figure(
    text: str, start: int, low: tuple[int, int], high: tuple[int, int] | None, behind: tuple[int, Word | None], end: int
) -> tuple[Figure | None, int]:
    """The figure of a number or range; `behind` is the scale and measure that follow it at once."""
    last = high[1] if high is not None else low[1]
    if text[last : last + 1] in ("+", "×") or text[last : last + 2] == "个+" or _GENERATION.match(text, start):
        return None, last
    vague = text[last] if last < end and text[last] in _VAGUE else ""
    scale_end, measure = behind if not vague else _scale_and_measure(text, last + 1, end)
    scale = text[last + len(vague) : scale_end].strip()
    if not vague and scale_end < end and text[scale_end] in _VAGUE and scale:
        again = measures().after(text, scale_end + 1, end)
        if again is not None:
            vague, measure = text[scale_end], again
    number_end = scale_end if scale else last
    stop = measure.end if measure is not None else number_end
    if text[stop : stop + 1] == "级" and stop < end:
        return None, stop  # 100亿级园区, 千亩级基地: of which kind
    people = _PEOPLE.match(text, number_end, end) if measure is None and scale else None
    if people is not None:
        found = measures().after(people.group(1) or "人", 0, 1)
        measure = None if found is None else replace(found, start=number_end, end=number_end)  # 0.6万贫困人口
        stop = number_end
    if measure is not None and measure.text == "度" and (scale or text[start - 1] == "电"):
        measure = replace(measure, text="千瓦时", entry=_kilowatt_hours())  # 发电量640亿度
    divisor, stop = _divisor(text, stop, end)
    figure = Figure(
        start,
        number_end,
        stop,
        "number",
        text[low[0] : low[1]],
        text[high[0] : high[1]] if high is not None else None,
        scale,
        measure.text if measure is not None else "",
        str(measure.entry["id"]) if measure is not None else "",
        str(measure.entry["dimension"]) if measure is not None else "",
        divisor,
        vague,
    )
    return figure, max(stop, last)


def _scale_and_measure(text: str, at: int, end: int) -> tuple[int, Word | None]:
    """End of the scale word (or `at` without one) and the measure after it; 千瓦 is no scale 千."""
    gap = at + 1 if text[at : at + 1] == " " else at
    direct = measures().after(text, gap, end)
    if direct is not None and (direct.text != "里" or text[direct.end : direct.end + 1] not in ("程", "面", "外", "边")):
        return at, direct
    scale = _SCALE.match(text, gap, end)
    if scale is None:
        return at, None
    after = scale.end() + 1 if text[scale.end() : scale.end() + 1] == " " else scale.end()
    return scale.end(), measures().after(text, after, end)


def _divisor(text: str, at: int, end: int) -> tuple[str, int]:
    """Printed denominator after a slash, e.g. 人·月 of 元/人·月."""
    if text[at : at + 1] == "·" and at > 0 and _COMPOUND.match(text, at, end) is not None:
        second = measures().after(text, at + 1, end)
        return (second.text, second.end) if second is not None else ("", at)  # 吨/月·平方公里
    if text[at : at + 1] not in ("/", "每") or (text[at] == "每" and _MEASURE_BEFORE.search(text, max(0, at - 3), at) is None):
        return "", at
    found = denominators().after(text, at + 1, end)
    if found is not None:
        more, stop = _divisor(text, found.end, end)
        return (f"{found.text}·{more}", stop) if more else (found.text, found.end)
    other = measures().after(text, at + 1, end)
    if other is not None:
        return other.text, other.end
    population = _POPULATION.match(text, at + 1, end)
    return (population.group(), population.end()) if population is not None else ("", at)


def _han(text: str, start: int, end: int) -> tuple[Figure | None, int]:
    """A number in Chinese characters; read only where a common measure follows, because 一 is mostly a word."""
    number = _HAN.match(text, start, end)
    if number is None or (start > 0 and text[start - 1] in _NO_HAN_AFTER):
        return None, start + 1
    if _IN_A_NAME.match(text, start, end) is not None:
        return None, number.end()
    measure = measures().after(text, number.end(), end)
    sized = measure is not None and measure.text in _SIZES and _BARE_SCALE.fullmatch(number.group()) is not None
    if sized and _REACHED.search(text, max(start - 3, 0), start) is None:
        return None, number.end()  # 千头牛场, 百亩示范片
    if measure is None or measure.text not in _HAN_MEASURES:
        return None, number.end()
    if measure.text == "期" and _PHASE.match(text, measure.end, end):
        return None, measure.end
    if measure.text == "类" and _OR_BETTER.match(text, measure.end, end):
        return None, measure.end  # 二类以上公厕
    if _WORD_AFTER.match(text, number.end(), end) or text[measure.end : measure.end + 1] == "级":
        return None, measure.end
    if measure.text == "元" and number.end() - start < _SHORTEST_HAN_SUM:
        return None, number.end()
    figure = Figure(
        start,
        number.end(),
        measure.end,
        "number",
        number.group(),
        measure=measure.text,
        unit=str(measure.entry["id"]),
        dimension=str(measure.entry["dimension"]),
        han=True,
    )
    return figure, measure.end
