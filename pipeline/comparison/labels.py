"""What codes are called for readers, Chinese first, English second; every code of tables/*.yml that a sheet shows."""

from __future__ import annotations

NOT_STATED, NOT_READ = "—", "?"
VERDICTS = {
    "same_definition": ("口径一致", "same definition"),
    "different_deadline": ("时限不同", "different deadline"),
    "different_basis": ("建设数与总数之别", "built or total"),
    "different_denominator": ("分母不同", "different denominator"),
    "text_only": ("仅有文字", "text only"),
    "one_jurisdiction": ("仅一地", "one jurisdiction"),
}
FORMS = {"state": "存量", "new": "新增", "cumulative": "累计", "growth": "增速"}
STATUS = {"stated": "已写明", "not_stated": "未写明", "not_read": "见而未读"}
RELATIONS = {"broader": "更宽", "narrower": "更窄"}
COMPARATORS = {"ge": "不低于", "gt": "高于", "le": "不超过", "lt": "低于", "approx": "左右", "between": "区间", "eq": "等于"}
STRENGTHS = {"binding": "约束性", "expected": "预期性", "aspirational": "力争"}
SOURCES = {"body": "正文", "table": "表格"}
LEVELS = {"national": "国家", "province": "省级", "prefecture": "市级", "county": "县级", "township": "乡级", "village": "村级"}
ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合"}
BETWEEN = {"body_annex": "正文与附表", "two_places": "同文两处", "two_documents": "两份文件"}
SEVERITIES = {"contradiction": "矛盾", "wording": "措辞强弱不同", "one_sided": "仅一处写明"}
CHANGES = {"kept": "承接", "dropped": "未承接", "added": "自增", "changed": "变更"}
DEADLINES = {
    "same": "一致", "earlier": "提前", "later": "推后", "only_superior": "仅上级写明", "only_subordinate": "仅下级写明",
}  # fmt: skip
WORDINGS = {"same": "一致", "hardened": "从严", "softened": "放宽", "mixed": "有严有宽"}
KINDS = {
    "level": "水平", "count": "数量", "quota": "配置标准", "money": "资金", "coverage": "覆盖", "rate_of_change": "变化率",
}  # fmt: skip
BASES = {"stock": "存量", "new": "新增", "cumulative": "累计", "annual": "年度"}
FIELDS = {
    "health": "卫生健康", "elderly_childcare": "养老托育与民政", "education": "教育", "environment": "生态环境",
    "water": "水利", "agriculture": "农业农村", "industry": "工业与科技", "transport": "交通运输", "digital": "数字政府",
    "economy": "经济财政", "employment": "就业社保", "safety": "公共安全", "housing": "住房城建", "culture_sport": "文化体育旅游",
}  # fmt: skip
FIELDS_EN = {
    "health": "Health", "elderly_childcare": "Elderly care, childcare, civil affairs", "education": "Education",
    "environment": "Environment", "water": "Water", "agriculture": "Agriculture and rural affairs",
    "industry": "Industry and technology", "transport": "Transport", "digital": "Digital government",
    "economy": "Economy and finance", "employment": "Employment and social security", "safety": "Public safety",
    "housing": "Housing and construction", "culture_sport": "Culture, sport, tourism",
}  # fmt: skip
# heads of sheets where the description of the column is too long for one
HEADS = {
    "row_id": "指标编号", "indicator": "指标", "form": "口径", "status": "状态", "used": "矩阵所用", "shown": "数值",
    "value": "数值（数）", "canonical_value": "统一数值", "canonical_unit": "统一单位", "basis": "基准", "source": "出处",
    "between": "何处", "severity": "性质", "adcode": "区划代码", "change": "变化", "deadline_change": "时限", "wording": "措辞",
    "linked_by": "关联", "ratio": "下级/上级", "printed": "指标原文", "target_id": "targets 行", "doc_id": "文件编号",
}  # fmt: skip
LINKED_BY = {"number": "文号", "title": "标题"}

# column -> names of its codes
CODES: dict[str, dict[str, str]] = {
    "verdict": {code: names[0] for code, names in VERDICTS.items()},
    "form": FORMS,
    "status": STATUS,
    "comparator": COMPARATORS,
    "strength": STRENGTHS,
    "source": SOURCES,
    "level": LEVELS,
    "superior_level": LEVELS,
    "subordinate_level": LEVELS,
    "role": ROLES,
    "between": BETWEEN,
    "severity": SEVERITIES,
    "change": CHANGES,
    "deadline_change": DEADLINES,
    "wording": WORDINGS,
    "kind": KINDS,
    "basis": BASES,
    "field": FIELDS,
    "linked_by": LINKED_BY,
}
