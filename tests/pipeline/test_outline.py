"""Outlines: nesting, titles, roles, tasks, measures, parts; and headings of real documents where these are at hand."""

from __future__ import annotations

import hashlib
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_commitments.extractors.headings import SIGN
from policy_commitments.pipeline.label_numbers import label_number
from policy_commitments.pipeline.outline import build_outline
from policy_commitments.pipeline.parts import is_plan_title
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.reflow import reflow
from policy_commitments.pipeline.roles import section_role
from policy_commitments.pipeline.title_lines import ends_in_genre
from policy_commitments.schemas.outline import Outline
from policy_commitments.schemas.vocabulary import load_entries
from tests.pipeline.texts import outline_of, read_clean, shown

SHARED = Path(__file__).parents[3] / "shared"
GOLD = Path(__file__).parents[1] / "gold" / "headings.json"
ROLES = load_entries("section_roles", ("id", "role", "equal", "contain", "examples"), ("open", "except", "end"))
GENRES = load_entries("genres", ("id", "words", "examples"), ("plan",))

MIXED = """某县渡口安全实施方案
为管好渡口，制定本方案。
一、总体要求
（一）指导思想。
坚持安全第一。
（二）工作原则。
1.坚持属地管理。各乡镇负责。
2.坚持预防为主。定期排查。
二、目标任务
到2027年，改造渡口三处。
3、 工作措施
（1） 加强渡口管理。
1.建立台账。逐处登记。（责任单位：县交通局）
2.开展巡查。每月两次。
（二）加强船舶管理。
3.核验证书。到期停航。
4.更换救生衣。按人配齐。
四、保障措施
（一）加强组织领导。成立专班。
某县人民政府
2024年5月6日
"""


def test_mixed_glyphs_stand_on_one_level_and_numbers_run_on() -> None:
    outline = outline_of(MIXED)
    assert shown(outline.items) == [
        "1 一、 总体要求 guidance",
        "2 （一） 指导思想 guidance",
        "2 （二） 工作原则 principle",
        "3 1. 坚持属地管理 principle",
        "3 2. 坚持预防为主 principle",
        "1 二、 目标任务 goal",
        "1 3、 工作措施 task",
        "2 （1） 加强渡口管理 task",
        "3 1. 建立台账 task*",
        "3 2. 开展巡查 task*",
        "2 （二） 加强船舶管理 task",
        "3 3. 核验证书 task*",
        "3 4. 更换救生衣 task*",
        "1 四、 保障措施 safeguard",
        "2 （一） 加强组织领导 safeguard*",
    ]
    assert outline.items[11].path == ("3、工作措施", "（二）加强船舶管理")
    assert outline.clean.text[slice(*outline.back)] == "某县人民政府\n2024年5月6日"
    check_extents(outline)


def check_extents(outline: Outline) -> None:
    """Items lie in order, inside the text and apart; parents come first and are less deep."""
    at = outline.front[1]
    for k, item in enumerate(outline.items):
        assert item.index == k
        assert at <= item.start <= item.title_start <= item.title_end <= item.body_start <= item.end <= len(outline.clean.text)
        assert item.title == outline.clean.text[item.title_start : item.title_end]
        if item.parent is not None:
            parent = outline.items[item.parent]
            assert item.parent < k and parent.level < item.level
            assert len(item.path) == len(parent.path) + 1
        for measure in item.measures:
            assert item.start <= measure.start < measure.end <= item.end
        at = item.end
    assert outline.back[0] >= at
    assert outline.back[1] == len(outline.clean.text)


def test_a_whole_document_on_one_line() -> None:
    outline = outline_of(
        "各乡镇人民政府：为管好渡口，现提出如下意见。一、总体要求坚持安全第一、预防为主，压实各方责任，守住渡口安全底线。二、发展目标2025年，改造渡口三处。"
        "三、主要任务（一）加强渡口管理。1.建立台账。逐处登记，贯彻《渡口条例》等法规，落实属地责任。（责任单位：县交通局）2.开展巡查。每月两次。"
        "（二）加强船舶管理。1.核验证书。到期停航，按照第（三）项处理。四、组织实施（一）加强领导。成立专班。某县人民政府办公室2020年9月10日相关附件："
    )
    assert shown(outline.items) == [
        "1 一、 总体要求 guidance",
        "1 二、 发展目标 goal",
        "1 三、 主要任务 task",
        "2 （一） 加强渡口管理 task",
        "3 1. 建立台账 task*",
        "3 2. 开展巡查 task*",
        "2 （二） 加强船舶管理 task",
        "3 1. 核验证书 task*",
        "1 四、 组织实施 safeguard",
        "2 （一） 加强领导 safeguard*",
    ]
    assert outline.clean.text[slice(*outline.back)].startswith("某县人民政府办公室")


def test_headings_glued_to_headings() -> None:
    outline = outline_of(
        "制定如下政策。一、加大渡口改造奖励1.对改造渡口的，给予5万元。2.对更换船舶的，给予3万元。二、加大巡查补助3.对巡查员，每月补助200元。4.对义务巡查的，给予表扬。"
    )
    assert shown(outline.items) == [
        "1 一、 加大渡口改造奖励 task",
        "2 1. 对改造渡口的，给予5万元 task*",
        "2 2. 对更换船舶的，给予3万元 task*",
        "1 二、 加大巡查补助 task",
        "2 3. 对巡查员，每月补助200元 task*",
        "2 4. 对义务巡查的，给予表扬 task*",
    ]


def test_titles_of_chapters_are_known_from_the_contents() -> None:
    body = "渡口从严控制，新设渡口须经论证。" * 6
    outline = outline_of(
        f"某市渡口规划目　录第一章　渡口布局第一节　统筹新设渡口第二节　撤并老旧渡口第二章　保障措施某市渡口规划为管好渡口，制定本规划。"
        f"第一章　渡口布局{body}第一节　统筹新设渡口加强{body}第二节　撤并老旧渡口推进{body}第二章　保障措施{body}"
    )
    assert shown(outline.items) == [
        "1 第一章 渡口布局 task",
        "2 第一节 统筹新设渡口 task*",
        "2 第二节 撤并老旧渡口 task*",
        "1 第二章 保障措施 safeguard*",
    ]


def test_the_back_begins_at_the_signature_even_where_a_web_page_goes_on() -> None:
    outline = outline_of(
        "一、重点任务\n（一）改造渡口。建三处。\n（二）更换船舶。换九艘，由某县人民政府督办。\n附件：1.渡口清单\n2.船舶清单\n某县人民政府\n2024年5月6日\n"
        "网站地图 | 联系我们，任何建议请致电。技术支持：某信息中心。\n"
    )
    assert outline.clean.text[slice(*outline.back)].startswith("附件：1.渡口清单")
    assert outline.items[-1].title == "更换船舶"


def test_a_regulation_has_no_tasks() -> None:
    outline = outline_of(
        "某市渡口管理办法\n第一章 总则\n第一条 为规范渡口，制定本办法。\n第二条 本办法适用于内河渡口。\n"
        "第二章 设置\n第三条 设置渡口应当具备下列条件：\n（一）岸坡稳定；\n（二）视线良好。\n第四条 依照本办法第三条设置。\n"
    )
    assert not any(item.is_task for item in outline.items)
    assert [item.label for item in outline.items] == [
        "第一章", "第一条", "第二条", "第二章", "第三条", "（一）", "（二）", "第四条",
    ]  # fmt: skip


def test_an_annual_report_looks_back_and_then_plans() -> None:
    outline = outline_of(
        "某县政府工作报告\n各位代表：\n一、过去一年工作回顾\n（一）渡口改造顺利完成。改造三处。\n（二）巡查有力。每月两次。\n"
        "二、2025年工作总体要求和目标\n今年改造渡口五处。要重点抓好以下两方面工作：\n（一）改造渡口。建五处。\n（二）更换船舶。换九艘。\n"
    )
    assert shown(outline.items) == [
        "1 一、 过去一年工作回顾 background",
        "2 （一） 渡口改造顺利完成 background",
        "2 （二） 巡查有力 background",
        "1 二、 2025年工作总体要求和目标 goal",
        "2 （一） 改造渡口 task*",
        "2 （二） 更换船舶 task*",
    ]


def test_a_list_in_the_transmitting_notice_is_front_matter() -> None:
    outline = outline_of(
        "各乡镇人民政府：\n现将《某县渡口安全整治实施方案》印发给你们，请一并抓好落实。\n一、加大宣传。广而告之。\n二、强化落实。逐级负责。\n"
        "某县人民政府\n2024年5月6日\n某县渡口安全整治实施方案\n为管好渡口，制定本方案。\n一、改造渡口。建三处。\n二、更换船舶。换九艘。\n"
    )
    assert shown(outline.items) == [
        "1 一、 加大宣传 front",
        "1 二、 强化落实 front",
        "1 一、 改造渡口 task*",
        "1 二、 更换船舶 task*",
    ]
    assert outline.unplaced == ()


def test_several_plans_in_one_file_have_their_titles_as_items() -> None:
    outline = outline_of(
        "各乡镇人民政府：\n现将两个方案印发给你们。\n附件1\n某县渡口改造实施方案\n一、目标\n改造三处。\n二、重点任务\n（一）选址。论证。\n（二）施工。监理。\n"
        "附件2\n某县船舶更新工作方案\n一、工作目标\n更新九艘。\n二、主要任务\n（一）登记。造册。\n（二）拆解。补助。\n"
    )
    assert [item.title for item in outline.items if item.origin == "plan"] == ["某县渡口改造实施方案", "某县船舶更新工作方案"]
    tasks = [(item.title, item.path) for item in outline.items if item.is_task]
    assert tasks == [
        ("选址", ("某县渡口改造实施方案", "二、重点任务")),
        ("施工", ("某县渡口改造实施方案", "二、重点任务")),
        ("登记", ("某县船舶更新工作方案", "二、主要任务")),
        ("拆解", ("某县船舶更新工作方案", "二、主要任务")),
    ]
    check_extents(outline)


def test_annexes_without_a_plan_yield_no_tasks() -> None:
    outline = outline_of(
        "一、重点任务\n（一）改造渡口。建三处。\n（二）更换船舶。换九艘。\n附件：1.专班成员名单\n2.渡口清单\n附件1\n专班成员名单\n一、组长\n县长\n二、成员\n各局局长\n"
    )
    assert [(item.label, item.role) for item in outline.items] == [
        ("一、", "task"), ("（一）", "task"), ("（二）", "task"), ("附件1", "annex"), ("一、", "annex"), ("二、", "annex"),
    ]  # fmt: skip
    assert outline.items[3].title == "专班成员名单"


def test_members_of_a_task_are_its_measures() -> None:
    outline = outline_of(
        "一、重点任务\n（一）改造渡口。分三步：\n（1）选址。\n（2）施工。\n（二）更换船舶。一是登记造册；二是拆解补助。\n——逐艘核验。\n"
    )
    tasks = [item for item in outline.items if item.is_task]
    assert [[measure.label for measure in item.measures] for item in tasks] == [["（1）", "（2）"], ["一是", "二是", "——"]]
    assert outline.clean.text[tasks[1].measures[1].start : tasks[1].measures[1].end] == "二是拆解补助。"


def test_members_are_tasks_where_each_names_its_agencies() -> None:
    outline = outline_of(
        "一、重点任务\n（一）改造渡口\n（1）选址。论证。（责任单位：县交通局）\n（2）施工。监理。（责任单位：县住建局）\n（二）更换船舶。换九艘。\n"
    )
    assert [item.title for item in outline.items if item.is_task] == ["选址", "施工", "更换船舶"]


def test_dashes_are_tasks_of_a_section_without_other_numbers() -> None:
    outline = outline_of("一、工作目标\n——渡口更安全。零事故。\n——船舶更新。九艘。\n二、重点任务\n——改造渡口。三处。\n——更换船舶。九艘。\n")
    assert shown(outline.items)[1] == "2 —— 渡口更安全 goal"
    assert [item.title for item in outline.items if item.is_task] == ["改造渡口", "更换船舶"]


def test_the_owner_that_opens_a_duty_is_its_title() -> None:
    outline = outline_of("一、职责分工\n1.县交通运输局：负责渡口管理。每月巡查。\n2.县财政局：负责资金。\n")
    assert [item.title for item in outline.items if item.is_task] == ["县交通运输局", "县财政局"]


def test_boxes_have_the_role_of_their_section() -> None:
    outline = outline_of("第一章 渡口布局\n第一节 新设渡口\n从严控制。\n专栏1 渡口工程\n改造三处。\n第二节 撤并渡口\n撤并五处。\n")
    assert shown(outline.items) == [
        "1 第一章 渡口布局 task",
        "2 第一节 新设渡口 task*",
        "2 专栏1 渡口工程 task",
        "2 第二节 撤并渡口 task*",
    ]


def test_a_bare_number_goes_on_from_its_neighbours() -> None:
    outline = outline_of("一、重点任务\n1.建立台账。逐处登记。\n2 开展巡查。每月两次。\n3.核验证书。到期停航。\n")
    assert [item.title for item in outline.items if item.is_task] == ["建立台账", "开展巡查", "核验证书"]


def test_sections_that_only_describe_are_background() -> None:
    outline = outline_of(
        "第一章 渡口体系\n第一节 渡口分类\n渡口分为公益渡口和经营渡口，主要提供两岸往来服务。\n第二节 渡口建设\n加强渡口建设，改造三处。\n"
    )
    assert [item.role for item in outline.items] == ["task", "background", "task"]


@pytest.mark.parametrize(
    ("section", "role"),
    [
        ("一、总体要求\n坚持安全第一。到2026年，渡运秩序明显好转。\n——船舶更新提速。年内更换九艘。\n——管护落实。逐处登记。\n", "goal"),
        ("一、总体要求\n——安全第一。到2026年，渡运秩序明显好转。\n——管护落实。逐处登记。\n", "goal"),
        ("一、总体要求\n坚持安全第一。\n——管护为本。逐处登记。\n——群众参与。相互监督。\n", "guidance"),
        ("一、总体要求\n坚持安全第一。\n（一）渡口名单。逐处登记，到2026年全面更新。\n（二）船舶名单。逐艘登记。\n", "guidance"),
    ],
)
def test_own_prose_of_an_open_section_decides(section: str, role: str) -> None:
    assert outline_of(f"{section}二、重点任务\n更换船舶。\n").items[0].role == role


def test_numbers_out_of_sequence_are_reported() -> None:
    outline = outline_of("一、建立台账。逐处登记。\n二、开展巡查。每月两次。\n四、核验证书。到期停航。\n")
    assert [(one.code, one.text) for one in outline.problems] == [("heading_out_of_sequence", "四、核验证书")]


def test_headings_without_numbers_where_nothing_is_numbered() -> None:
    outline = outline_of("某县渡口整治方案\n工作目标\n到2025年，改造渡口三处。\n重点任务\n改造渡口，更换船舶。\n保障措施\n成立专班。\n")
    assert shown(outline.items) == ["1 - 工作目标 goal", "1 - 重点任务 task*", "1 - 保障措施 safeguard*"]


def test_headings_by_the_styles_of_the_file() -> None:
    text = "# 某县渡口整治方案\n\n## 加强巡查\n\n每月两次。\n\n### 台账\n\n逐处登记。\n\n## 更换船舶\n\n换九艘。\n"
    outline = build_outline(reflow(read_bytes(text.encode("utf-8"), "a.md")))
    assert shown(outline.items) == ["1 - 加强巡查 task", "2 - 台账 task*", "1 - 更换船舶 task*"]


def test_a_text_without_headings_is_front() -> None:
    outline = outline_of("渡口由乡镇管理。\n巡查按月进行。")
    assert outline.items == ()
    assert outline.front == (0, len(outline.clean.text))


@pytest.mark.parametrize("entry", [(e, x) for e in ROLES for x in e["examples"]], ids=lambda pair: pair[1])
def test_examples_of_section_roles(entry: tuple[dict[str, str], str]) -> None:
    row, example = entry
    outline = outline_of(f"{example if example[0] in '一二三（' else '一、' + example}\n")
    title = outline.items[0].title if outline.items else example
    found = section_role(title)
    assert found is not None and found.role == row["role"]


@pytest.mark.parametrize("title", ["组织保障机制更加健全", "渡口目标明确的乡镇", "社会保障措施", "公共政策措施", "强化要素保障能力"])
def test_headings_that_name_no_section(title: str) -> None:
    assert section_role(title) is None


@pytest.mark.parametrize("entry", [(e, x) for e in GENRES for x in e["examples"]], ids=lambda pair: pair[1])
def test_examples_of_genres(entry: tuple[dict[str, str], str]) -> None:
    row, example = entry
    assert ends_in_genre(example)
    assert is_plan_title(example) == (row.get("plan") != "no")


@pytest.mark.parametrize(
    ("printed", "number"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十六", 36), ("一百零五", 105), ("二〇", 20), ("3", 3), ("2.3.5", 5), ("③", 3), ("", None)],
)
def test_numbers_of_labels(printed: str, number: int | None) -> None:
    assert label_number(printed) == number


def test_every_sign_of_a_label_is_a_number() -> None:
    signs = [chr(code) for code in range(0x2400, 0x3300) if re.fullmatch(SIGN, chr(code))]
    assert len(signs) == 80
    assert {label_number(sign) for sign in signs} == set(range(1, 21))


LINES = st.sampled_from(
    ["一、总体要求", "二、任务", "三、", "（一）甲。乙。", "（二）丙", "1.丁。", "2.戊", "（1）己；", "①庚", "——辛。", "一是壬；二是癸。", "第一章 总则",
     "第二节 分则", "第一条 子", "附件1", "某县渡口实施方案", "附件：1.名单", "专栏1 工程", "正文。", "到2025年，建成三处。", "某县人民政府", "2024年5月6日",
     "一、总体要求坚持安全（一）甲。1.乙。2.丙。（二）丁。", "2 戊", "1.1 己", "县财政局：庚"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30).map("\n".join))
def test_extents_hold_for_any_text(text: str) -> None:
    check_extents(outline_of(text))


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=30).map("".join))
def test_extents_hold_for_any_line(text: str) -> None:
    check_extents(outline_of(text))


@pytest.mark.parametrize("unit", ["一、甲。（一）乙。1.丙。2.丁。（二）戊。", "一、甲\n（一）乙\n1.丙\n", "附件1\n某某实施方案\n一、甲\n二、乙\n", "一、甲\n专栏1 乙\n"])
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(times: int) -> float:
        begin = time.perf_counter()
        outline_of(unit * times)
        return time.perf_counter() - begin

    seconds(50)
    assert seconds(4_000) < 0.5 + 60 * seconds(200)


def test_tables_hold_no_headings() -> None:
    outline = build_outline(read_clean("一、任务\n（一）修渠。修三处。\n\t序号\n\t任务\n\n\t1\n\t（二）补坝\n\n\t2\n\t三、种树\n\n（二）护岸。护五里。\n"))
    assert [item.label for item in outline.items] == ["一、", "（一）", "（二）"]


@pytest.mark.real
def test_headings_of_real_documents_are_all_found_and_nothing_else() -> None:
    wanted = json.loads(GOLD.read_text(encoding="utf-8"))
    files = [path for folder in ("seeds", "real") if (SHARED / folder).is_dir() for path in sorted((SHARED / folder).iterdir())]
    if not files:
        pytest.skip("no real documents beside the checkout")
    compared = 0
    for path in files:
        data = path.read_bytes()
        expected = wanted.get(hashlib.sha256(data).hexdigest())
        if expected is None:
            continue
        outline = build_outline(reflow(read_bytes(data, path.name)))
        upper = [item for item in outline.items if item.level <= 2 and item.label and not item.label.startswith("专")]
        assert [[item.label, outline.clean.source_offset(item.start)] for item in upper] == expected, path.name
        check_extents(outline)
        compared += 1
    assert compared == len(wanted)
