"""The row of `documents`: printed pieces converted, places and level resolved, manifest values laid over them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from policy_commitments.extractors.folding import fold
from policy_commitments.extractors.genres import genre_word, genres_by_word
from policy_commitments.extractors.head_lines import greeting
from policy_commitments.pipeline.identity import document_id, extractor_version
from policy_commitments.pipeline.resolve.place_evidence import Evidence
from policy_commitments.pipeline.resolve.places import Jurisdiction, place_of_code, resolve_places
from policy_commitments.schemas.mentions import FieldMention
from policy_commitments.schemas.outline import Outline
from policy_commitments.schemas.places import places_by_code
from policy_commitments.schemas.problems import Problem
from policy_commitments.schemas.records import DocumentRecord

_UNLISTED = re.compile(
    r"(?P<name>[一-鿿]{2,7}?(?:自治县|自治州|地区|新区|[县区旗市州盟]))(?=人民政府|人民代表|委员会|政府办|卫生|教育|财政|发展|农业|生态|交通|“|关于|[一-鿿]{2,})"
)
_CONGRESS = re.compile(r"在(?P<place>[一-鿿]{2,16}?[省市县区旗州盟])第[一二三四五六七八九十]{1,3}届人民代表大会")  # below the title of a report on the work
_HEAD_OF_REPORT = 300
_MARKS = re.compile(r"[\W_]+")
_NUMBER = re.compile(
    r"(?P<prefix>.*?)\s*[〔\[【﹝(（［<〈{„]?\s*(?P<year>(?:19|20)\d\d)\s*[〕\]】﹞)）］>〉}‟]?\s*(?P<rest>(?:第\s*)?\d{1,5}\s*号)$"
)
_HAN_DIGITS = {char: digit for digit, chars in enumerate(("〇零○OoΟО0０", "一元", "二", "三", "四", "五", "六", "七", "八", "九")) for char in chars}
_FIVE_YEAR = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026}
_META = {
    "doc_number": ("发文字号", "文号", "文件编号", "发文文号"),
    "issuer": ("发文机关", "制发机关", "发文单位"),
    "issue_date": ("成文日期", "成文时间", "签发日期", "发文日期", "制发日期"),
    "title": ("标题", "名称", "文件名称"),
}
_YEARS = re.compile(r"(?:19|20)\d\d")


def resolve_document(
    outline: Outline, fields: Sequence[FieldMention], given: Mapping[str, str], extra: Mapping[str, str]
) -> DocumentRecord:
    """One document; `given` manifest values win, `extra` is kept as JSON."""
    source = outline.clean.source
    record = DocumentRecord(
        doc_id=document_id(source.sha256),
        source_name=source.name,
        source_path=source.path,
        source_sha256=source.sha256,
        format=source.format,
        attachments=[{"label": label, "address": address} for label, address in source.attachments],
        chars=len(source.text),
        pages=source.pages,
        text_sha256=text_digest(outline.clean.folded),
        extractor_version=extractor_version(),
        extra=json.dumps(dict(sorted(extra.items())), ensure_ascii=False) if extra else None,
    )
    resolved = _printed(record, fields, source.meta)
    _lay_over(record, given, resolved)
    _derived(record, fields, resolved)
    place = resolve_places(_evidence(record, fields, outline), record.issue_date)
    _place(record, place, given, resolved)
    record.resolved = sorted(resolved)
    return record


def document_problems(record: DocumentRecord) -> tuple[Problem, ...]:
    """What stays open about a document: its place, the date of its code, its title."""
    found: list[Problem] = []
    if record.candidates:
        hint = "give adcode in a manifest"
        found.append(Problem("ambiguous_place", "warning", "resolve", "、".join(record.candidates), hint))
    rows = places_by_code().get(record.adcode or "", ())
    if record.issue_date is not None and any(row.undated and row.name in (record.county, record.prefecture) for row in rows):
        hint = "the code lists do not say when this code began or ended; check it against the date of the document"
        found.append(Problem("code_date_unknown", "info", "resolve", record.adcode or "", hint))
    if record.title is None:
        found.append(Problem("no_title", "info", "resolve", hint="no title is printed; give it in a manifest"))
    return tuple(found)


def text_digest(text: str) -> str:
    """SHA-256 of a text's letters and digits: equal for one text in several formats."""
    return hashlib.sha256(_MARKS.sub("", text).encode("utf-8", "surrogatepass")).hexdigest()


def normal_number(printed: str) -> str:
    """`阜蒙健促办发[2020] 3号` -> `阜蒙健促办发〔2020〕3号`."""
    printed = fold(printed)
    match = _NUMBER.match(printed.strip())
    if match is None:
        return re.sub(r"\s+", "", printed)
    return re.sub(r"\s+", "", f"{match['prefix']}〔{match['year']}〕{match['rest']}")


def read_date(printed: str) -> date | None:
    """`2024年6月5日`, `二〇二四年六月五日`, `2024-06-05` -> date; None for what is no day of the calendar."""
    parts = re.findall(r"[0-9〇零○OoΟО０一二三四五六七八九十廿元]+", printed.replace("O", "〇"))
    if len(parts) < 3:
        return None
    year, month, day = (_number(part) for part in parts[:3])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(part: str) -> int:
    if part.isdigit() and part.isascii():
        return int(part)
    if len(part) == 4:
        return int("".join(str(_HAN_DIGITS.get(char, 0)) for char in part))
    part = part.replace("廿", "二十")
    tens, ten, ones = part.rpartition("十")
    if ten:
        return (_HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0)
    return _HAN_DIGITS.get(ones, 0)


def read_period(printed: str) -> tuple[int, int] | None:
    """`2021—2025年`, `“十四五”`, `2024年` -> first and last year."""
    years = [int(year) for year in _YEARS.findall(printed)]
    if years:
        return (years[0], years[-1]) if years[0] <= years[-1] else None
    plan = re.search(r"十([一二三四五])(?:个)?五", printed)
    if plan is None:
        return None
    start = _FIVE_YEAR[plan[1]]
    return start, start + 4


def _printed(record: DocumentRecord, fields: Sequence[FieldMention], meta: Mapping[str, str]) -> set[str]:
    """Fill what the document prints; returns the columns that come from elsewhere than head and signature."""
    resolved: set[str] = set()
    first: dict[str, FieldMention] = {}
    for one in fields:
        first.setdefault(one.name, one)
        if one.rule in ("attachment", "printed") or (one.name == "issuer" and one.rule in ("speaker",)):
            resolved.add(one.name)
    record.title = first["title"].text if "title" in first else None
    record.notice_title = first["notice_title"].text if "notice_title" in first else None
    record.doc_number = normal_number(first["doc_number"].text) if "doc_number" in first else None
    issuers = list(dict.fromkeys(re.sub(r"\s+", "", one.text) for one in fields if one.name == "issuer"))
    record.issuer = "、".join(_unsealed(one) for one in issuers) or None
    record.issue_date = read_date(first["issue_date"].text) if "issue_date" in first else None
    record.status = "draft" if "status" in first else "final"
    record.disclosure = first["disclosure"].text.strip() if "disclosure" in first else None
    record.cc = [one.text for one in fields if one.name == "cc"]
    record.based_on = _bases(fields)
    resolved |= _from_page(record, meta)
    return resolved


def _unsealed(issuer: str) -> str:
    return re.sub(r"（(?:代章|盖章|印章|章|公章|印)）$", "", issuer)


def _bases(fields: Sequence[FieldMention]) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = []
    for one in fields:
        if one.name == "based_on" and one.rule == "title":
            found.append({"title": re.sub(r"\n\s*", "", one.text), "doc_number": None})
        elif one.name == "based_on" and found:
            found[-1]["doc_number"] = normal_number(one.text)
    return found


def _from_page(record: DocumentRecord, meta: Mapping[str, str]) -> set[str]:
    """What head and signature leave open, from the table that a web page prints above its article."""
    used: set[str] = set()
    for column, names in _META.items():
        value = next((meta[name].strip() for name in names if meta.get(name, "").strip()), "")
        if getattr(record, column) is not None or not value or value in ("无", "-", "--"):
            continue
        if column == "doc_number" and not re.search(r"\d.*号", value):
            continue
        converted = {"doc_number": normal_number, "issue_date": read_date}.get(column, str)(value)
        if converted is not None:
            setattr(record, column, converted)
            used.add(column)
    return used


def _lay_over(record: DocumentRecord, given: Mapping[str, str], resolved: set[str]) -> None:
    for column in ("title", "doc_number", "issuer", "genre", "part_of"):
        if given.get(column):
            setattr(record, column, normal_number(given[column]) if column == "doc_number" else given[column])
            resolved.discard(column)
            resolved.add(f"given:{column}")
    day = read_date(given.get("issue_date", ""))
    if day is not None:
        record.issue_date = day
        resolved.discard("issue_date")
        resolved.add("given:issue_date")


def _derived(record: DocumentRecord, fields: Sequence[FieldMention], resolved: set[str]) -> None:
    """Genre and period, which follow from the title."""
    if record.genre is None:
        word = genre_word(record.title) if record.title is not None else None
        told = next((one.text for one in fields if one.name == "genre"), None)
        if word is None and told is not None:
            word = told
            resolved.add("genre")
        record.genre = genres_by_word().get(word) if word is not None else None
    printed = next((one.text for one in fields if one.name == "period_start"), None)
    period = read_period(printed) if printed is not None else None
    if period is not None:
        record.period_start, record.period_end = period


def _evidence(record: DocumentRecord, fields: Sequence[FieldMention], outline: Outline) -> Evidence:
    issuers = [record.issuer] if record.issuer is not None else []
    congress = _CONGRESS.search(outline.clean.folded, 0, _HEAD_OF_REPORT) if record.issuer is None else None
    titles = [title for title in (record.notice_title, record.title) if title is not None]
    return Evidence(
        issuers=issuers,
        titles=titles if congress is None else [congress["place"], *titles],
        number=record.doc_number or "",
        greeting=greeting(outline),
        text=outline.clean.folded,
    )


def _place(record: DocumentRecord, place: Jurisdiction, given: Mapping[str, str], resolved: set[str]) -> None:
    code = given.get("adcode", "")
    if code in places_by_code():
        place = place_of_code(code, record.issue_date, place)
        resolved.add("given:adcode")
    record.level, record.province, record.prefecture = place.level, place.province, place.prefecture
    record.county, record.zone, record.adcode = place.county, place.zone, place.adcode
    record.candidates = list(place.candidates)
    resolved |= place.inferred
    if record.county is None and record.prefecture is None and not record.candidates and record.adcode is None:
        _unlisted(record, resolved)


def _unlisted(record: DocumentRecord, resolved: set[str]) -> None:
    """A county or city that no list of codes holds stands as printed (`青禾县人民政府办公室`), without a code."""
    for printed in (record.issuer, record.notice_title, record.title):
        found = _UNLISTED.match((printed or "").removeprefix("中共"))
        if found is None:
            continue
        name = found["name"]
        if record.level is None and name.endswith(("县", "旗", "区")) and not name.endswith(("新区", "地区")):
            record.level = "county"
            resolved.add("level")
        if record.level == "prefecture" and name.endswith(("市", "州", "盟", "地区")):
            record.prefecture = name
        elif record.level == "county" and not name.endswith(("州", "盟", "地区")):
            record.county = name
        return

