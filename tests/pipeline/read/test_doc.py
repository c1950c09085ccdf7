"""Word 97-2003 files: what Word shows is what is read, the same as from a .docx."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from policy_commitments.pipeline.read import doc, read_bytes, soffice
from policy_commitments.pipeline.read.ole import open_ole
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source
from tests.pipeline.read.invariants import assert_sound, grid, lines

FILES = Path(__file__).parent / "files"
SPECIMENS = Path(__file__).parents[3] / "corpus" / "documents"
PAIRS = sorted(SPECIMENS.glob("*.doc")) + sorted(SPECIMENS.glob("*.wps"))


def read(path: Path) -> Source:
    source = read_bytes(path.read_bytes(), path.name, path.name)
    assert_sound(source)
    return source


def blocks(source: Source) -> list[tuple[object, ...]]:
    return [(b.kind, b.detail, b.level, b.align, source.text[b.start : b.end]) for b in source.blocks]


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "is_installed", lambda: False)
    monkeypatch.setattr(soffice, "_program", lambda: None)


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.name)
def test_specimen_reads_as_its_docx(path: Path) -> None:
    old, new = read(path), read(path.with_suffix(".docx"))
    assert old.format == "doc"
    assert blocks(old) == blocks(new)
    if not path.name.startswith(("01", "08")):  # their third level is printed in the .doc
        assert [block.generated for block in old.blocks] == [block.generated for block in new.blocks]
    assert [table.cells for table in old.tables] == [table.cells for table in new.tables]


def test_specimens_are_there() -> None:
    assert len(PAIRS) == 10


def test_features() -> None:
    source = read(FILES / "features.doc")
    assert source.text.split("\n")[:7] == [
        "一、总体要求",
        "居中一行",
        "看得见又看得见𬭎字",
        "页前",
        "页后",
        "换行后\t制表",
        "第2页",
    ]
    assert (source.blocks[0].level, source.blocks[1].align) == (1, "center")
    table = source.tables[0]
    assert grid(source) == [
        ["指标", "目标", "", "属性"],
        ["", "2023年", "2025年", ""],
        ["学位（个）", "900", "1200", "预期性"],
        ["合计", "", "", "约束性"],
    ]
    spans = {source.text[c.start : c.end]: (c.row_span, c.col_span) for c in table.cells if (c.row_span, c.col_span) != (1, 1)}
    assert spans == {"指标": (2, 1), "目标": (1, 2), "属性": (2, 1), "合计": (1, 3)}
    assert grid(source, 1) == [["甲段", "乙段"]]
    assert lines(source, "furniture") == ["清溪县人民政府文件", "— 3 —"]


def test_contents_note_box_circled_numbers_and_sign() -> None:
    source = read(FILES / "notes.doc")
    assert [(text, b.kind, b.detail, b.generated) for b, text in zip(source.blocks, source.text.split("\n"), strict=True)] == [
        ("目录一\t1", "furniture", "contents", 0),
        ("正文续", "text", "", 0),
        ("框外", "text", "", 0),
        ("框内", "text", "box", 0),
        ("⑤甲", "text", "", 1),
        ("⑥乙", "text", "", 1),
        ("前☑后", "text", "", 0),
        ("注释", "text", "footnote", 0),
    ]


def _patched(at: int, value: bytes) -> bytes:
    """A specimen with bytes of its stream WordDocument overwritten (the stream lies in one piece)."""
    data = (FILES / "features.doc").read_bytes()
    main = open_ole(data).read("WordDocument")
    assert main is not None
    place = data.index(main[:512])
    return data[: place + at] + value + data[place + at + len(value) :]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_patched(10, struct.pack("<H", 0x0300)), "encrypted_office"),
        (_patched(2, struct.pack("<H", 0x65)), "old_word"),
        (_patched(154 + 8 * 33, struct.pack("<II", 0, 21)), "broken_doc"),
        ((FILES / "features.doc").read_bytes()[:6000], "broken_doc"),
    ],
)
@pytest.mark.usefixtures("without_office")
def test_what_cannot_be_read_names_a_remedy(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as error:
        read_bytes(data, "旧文件.doc")
    assert error.value.code == code
    assert "旧文件.doc" in error.value.message
    assert error.value.remedy


@pytest.mark.usefixtures("without_office")
def test_damage_of_any_kind_is_one_document_error() -> None:
    whole = (FILES / "features.doc").read_bytes()
    for seed in range(150):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 4, 40))):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        try:
            assert_sound(read_bytes(bytes(damaged), "damaged.doc"))
        except DocumentError as error:
            assert error.remedy
            assert error.code != "reader_failed", error.message


def test_libreoffice_reads_what_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    converted = (SPECIMENS / "06_办法_道路停车.docx").read_bytes()
    monkeypatch.setattr(soffice, "_program", lambda: "soffice")
    monkeypatch.setattr(soffice, "_convert", lambda program, data, folder: converted)
    source = read_bytes(_patched(2, struct.pack("<H", 0x65)), "old.doc")
    assert source.format == "doc"
    assert [problem.code for problem in source.problems] == ["converted"]
    assert source.text == read(SPECIMENS / "06_办法_道路停车.docx").text


def test_libreoffice_that_saves_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "_program", lambda: "no-such-program")
    with pytest.raises(DocumentError) as error:
        read_bytes(b"{\\rtf1 text}", "file.doc")
    assert error.value.code == "conversion_failed"
