"""What a line of a document's head or foot is by its form, e.g. `某县人民政府办公室`, `2024年6月5日`, `各乡镇人民政府：`.

All patterns run on folded text. `KINDS` are tried in order, each from the line's start to its end.
"""

from __future__ import annotations

import re
from typing import Literal

from policy_commitments.extractors.calendar_dates import DATE

LineKind = Literal[
    "number", "letterhead", "decree", "date", "field", "annex", "salutation", "agency", "signed", "draft", "bracket",
    "disclosure", "adoption", "speaker", "title", "prose",
]  # fmt: skip

AGENCY = r"""
    (?:[^，,。；：！？、《》\d\s]|[ ](?!\s)){1,38}
    (?: 政府 | 办公室 | 办公厅 | 委员会 | 党委 | [县市区省州旗镇乡]委 | 国务院               # 某县人民政府, 中共某县委
      | 领导小组 | 指挥部 | 工作专班 | 中心 | 公司                                        # 某县乡村振兴领导小组
      | [局厅部委院会处办社署行司站团所队] )                                              # 某市园林局
"""
"""An agency's name; for patterns in verbose mode."""
SEAL = r"(?:\s?（[^（）\n]{1,16}）){0,2}"  # （代章）, （爱国卫生运动委员会）
_SIGNERS = rf"(?:{AGENCY}{SEAL}\s{{2,}}){{0,3}}{AGENCY}{SEAL}"  # 某市民政局　　某市财政局

DRAFT = re.compile(
    r"""
      征求意见(?:稿|第?[一二三1-3]稿) | 公开征求意见 | 征询意见稿     # （征求意见稿）
    | 草案(?!经|已|的|编制|审)                                    # （草案）, not 计划草案的报告
    | 送审稿 | 讨论稿 | 审议稿 | 初稿
    """,
    re.X,
)
SIGNED_INLINE = re.compile(
    rf"""
    (?:^|(?<=[。！；）”\d]))
    (?P<list> 附[件表]?： [^。\n]{{0,300}}? )?                       # 附件：1.考核表
    (?P<agency> {_SIGNERS} \s* {DATE} )                           # …执行。某县人民政府2024年6月5日
    (?! [^\n]?[起前至—在] | \s{{0,3}}印\s?发 )                      # not 2024年6月5日起, 2024年6月6日印发
    """,
    re.X,
)
DATE_INLINE = re.compile(rf"(?:^|(?<=[。！]))\s*{DATE}\s*(?=附件|附：|（此件|（主动|$)", re.X)  # …执行。2024年6月5日附件：
GREETING_INLINE = re.compile(r"各[^。；：《》\n]{2,240}：(?=.)")  # 各乡镇人民政府，县直各部门：现将…
DISCLOSURE_INLINE = re.compile(r"（\s?此件[^（）。\n]{2,12}\s?）")  # （此件公开发布）
DATE_LINE = re.compile(rf"（?\s?{DATE}\s?）?$", re.X)  # （2016年5月26日）

_DISCLOSURE = re.compile(
    r"""
    (?: （?\s?此件[^（）。\n]{2,12}\s?）?                            # （此件公开发布）
      | （?(?:主动|依申请|不予)公开）?                               # 主动公开
      | (?:公开(?:属性|方式|类型|类别)|信息公开选项)\s?：.{2,12} )$     # 公开属性：主动公开
    """,
    re.X,
)
_NAVIGATION = re.compile(
    r"""
    (?: 返回(?:顶部|首页)? | 首页 | 打印 | 关闭 | 收藏 | 分享 | 下载 | 搜索 | 登录 | 注册 | 繁體 | 简体 | 字体.{0,8} | 无障碍.{0,6}
      | 当前位置.* | 您.{0,3}的?位置.*                              # 您的位置：首页
      | [^。；>]*>[^。；]* )$                                      # 首页 > 政务公开 > 文件
    """,
    re.X,
)
_ANNEX = re.compile(
    r"""
      附：.*$                                                    # 附：名单
    | 附\s?[件表录]\s?[一二三四五六七八九十\d]{0,3}\s?(?:：.*)?$      # 附件2, 附件：1.考核表
    """,
    re.X,
)
_DECREE = re.compile(
    r"""
      [^，,。；：]{2,30}(?:令|公告|公\s?报)$                                        # 某市人民政府令
    | （?第\s?\d{1,4}\s?号）?$                                                   # （第16号）
    | [^，,。；：]{2,30}令\s?（?第\s?[\d一二三四五六七八九十百]{1,6}\s?号）?$           # 某市人民政府令第16号
    """,
    re.X,
)
_ADOPTION = re.compile(
    rf"[—–\-（\s]* (?:{DATE}|(?:19|20)\d\d年) .{{0,60}} (?:会议|大会|通过|批准|届) .{{0,20}}$",  # ——2025年1月14日在…会议上
    re.X,
)
_GREETING = re.compile(
    r"""
      (?:各|市|县|区|省|国务院|中央|有关|机关|驻|局|公司)[^。；《》]{0,240}：$          # 各乡镇人民政府，县直各部门：
    | [^。；《》：]{2,200}(?:委员会|人民政府|局|厅|部|院)：$                          # 某市、某市人民政府：
    | 国务院：$ | 各位代表：$
    """,
    re.X,
)
_FIELD = re.compile(
    r"""
      [-－【\s]*[^：。，、《》\s]{2,10}】?：\s?[^。；]{1,200}$      # 日期：2021-11-08 浏览量：128
    | 【[^】\n]{2,12}】.{0,80}$                                 # 【引证码】CLI.11
    """,
    re.X,
)
_SPEAKER = re.compile(
    r"[^，,。；：\d]{0,24}[省市县区州旗盟]长\s?[^\s，。；：]{0,4}(?:\s[^\s，。；：]{1,3})?$"  # 某县人民政府县长　王某某
)

KINDS: tuple[tuple[LineKind, re.Pattern[str]], ...] = (
    ("field", _NAVIGATION),
    ("field", re.compile(r"(?:(?:具体|工作)任务|任务内容|(?:责任|牵头|配合|协办|主办|承办)(?:单位|部门)|完成(?:时限|时间))$")),
    ("letterhead", re.compile(r"[^，。；：《》]{2,40}文\s?件$")),  # 某县人民政府文件
    ("disclosure", _DISCLOSURE),
    ("draft", re.compile(rf"（?\s?(?:{DRAFT.pattern})\s?）?$", re.X)),  # （征求意见稿）
    ("annex", _ANNEX),
    ("decree", _DECREE),
    ("adoption", _ADOPTION),
    ("salutation", _GREETING),
    ("signed", re.compile(rf"{_SIGNERS}\s*{DATE}$", re.X)),  # 某县人民政府　2024年6月5日
    ("field", _FIELD),
    ("bracket", re.compile(r"(?:[（〔][^（）〔〕\n]{1,30}[）〕]\s?){1,2}$")),  # （2021—2025年）
    ("speaker", _SPEAKER),
    ("agency", re.compile(rf"{AGENCY}{SEAL}$", re.X)),  # 某县人民政府办公室（代章）
)
