"""PDFs that cannot be read, or only in part: locked, damaged, blank, forms, pages that are pictures."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from policy_commitments.pipeline.read import ocr_engine, read_bytes
from policy_commitments.pipeline.read import pdf as reader
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source
from tests.pipeline.read.invariants import assert_sound, lines
from tests.pipeline.read.pdf_files import Page, broken_table, pdf, read


def error_of(data: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_bytes(data, "file.pdf")
    assert caught.value.remedy
    return caught.value


def test_locked_damaged_blank_and_form_files() -> None:
    whole = pdf(lambda page: page.text(79, 100, "一、总体要求"))
    assert error_of(pdf(lambda page: page.text(79, 100, "甲"), password="secret")).code == "encrypted_pdf"
    assert error_of(b"%PDF-1.4\n" + b"nonsense" * 40).code == "broken_pdf"
    assert error_of(whole[:200]).code == "broken_pdf"
    assert error_of(pdf(lambda page: None)).code == "no_text"
    assert error_of(whole.replace(b"/Count 1", b"/Count 0").replace(b"/Kids [ 4 0 R ]", b"/Kids [       ]")).code in (
        "empty_pdf",
        "broken_pdf",
    )


def test_a_file_that_only_forbids_changes_is_read() -> None:
    free = pdf(lambda page: page.text(79, 100, "一、总体要求"), password="", owner="owner")
    assert lines(read(free)) == ["一、总体要求"]


def test_fonts_that_do_not_say_what_they_show_go_to_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "find_spec", lambda name: None)
    private = "".join(chr(0xE000 + k) for k in range(30))
    assert error_of(pdf(lambda page: page.text(79, 100, private))).code == "ocr_missing"


def test_a_form_without_text_of_its_own() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.acroForm.textfield(name="unit", x=100, y=600, width=200, height=20)
    canvas.showPage()
    canvas.save()
    assert error_of(stream.getvalue()).code == "form_pdf"


def scan() -> bytes:
    def draw(page: Page) -> None:
        for k in range(40):
            page.canvas.rect(100 + 5 * k, 400, 3, 20 + k, fill=1)

    return pdf(draw, draw)


def test_pages_of_pictures_go_to_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Source("scan.pdf", "folder/scan.pdf", "pdf", "0" * 64, "", ())
    seen: list[str] = []
    monkeypatch.setattr(reader, "read_scanned_pdf", lambda data, name, path: seen.append(path) or empty)
    read_bytes(scan(), "scan.pdf", "folder/scan.pdf")
    assert seen == ["folder/scan.pdf"]


def test_scans_without_the_extra_name_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_engine, "find_spec", lambda name: None)
    error = error_of(scan())
    assert error.code == "ocr_missing"
    assert "policy-commitments[ocr]" in error.remedy


def test_a_picture_among_pages_of_text_is_said_aloud() -> None:
    picture = lambda page: page.canvas.rect(100, 400, 300, 200, fill=1)  # noqa: E731
    text = lambda page: page.lines(79, 100, ["一、总体要求"])  # noqa: E731
    source = read(pdf(text, picture, text))
    assert [(problem.code, problem.text) for problem in source.problems] == [("page_without_text", "pages 2")]


WHOLE = broken_table()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_damaged_bytes_give_a_source_or_a_document_error(at: int, noise: bytes) -> None:
    data = WHOLE[:at] + noise + WHOLE[at + len(noise) :]
    try:
        source = read_bytes(data, "file.pdf")
    except DocumentError:
        return
    assert_sound(source)
