"""Pages of PDF files and scans with a box round each sentence; a note where the source is gone or has changed."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policy_commitments.pipeline.batch import Options, run
from policy_commitments.pipeline.cli import app
from policy_commitments.pipeline.compare import is_current
from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.index import Stamp
from policy_commitments.pipeline.report.build import write_report
from policy_commitments.pipeline.report.pages import draw_pages, source_files
from policy_commitments.pipeline.report.sources import find_originals, remember_sources

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = sorted(CORPUS.glob("01_*.pdf"))
    if not found:
        pytest.skip("no PDF specimen")
    folder = tmp_path_factory.mktemp("pages")
    (folder / "notice.pdf").write_bytes(found[0].read_bytes())
    run([str(folder / "notice.pdf")], folder / "out", Options(jobs=1))
    return folder


def test_boxes_stand_on_their_pages(dataset: Path) -> None:
    written = write_report(dataset / "out", [str(dataset / "notice.pdf")])
    assert (written.drawn, written.drawable) == (1, 1)
    page = next((dataset / "out" / "report" / "doc").glob("*.html")).read_text(encoding="utf-8")
    images = re.findall(r'<image href="\.\./pages/([\w-]+\.jpg)" width="([\d.]+)" height="([\d.]+)"', page)
    assert images and all((dataset / "out" / "report" / "pages" / name).stat().st_size > 1000 for name, _, _ in images)
    boxes = re.findall(r'<rect class="[tmka]" data-a="([tmir]-[\d-]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', page)
    assert boxes
    for anchor, left, top, width, height in boxes:
        assert f'id="{anchor}"' in page
        assert float(left) >= 0 and float(left) + float(width) <= float(images[0][1]) + 1
        assert float(top) >= 0 and float(top) + float(height) <= float(images[0][2]) + 1


def test_without_the_source_a_note_says_so(dataset: Path) -> None:
    written = write_report(dataset / "out")
    assert (written.drawn, written.drawable) == (0, 1)
    page = next((dataset / "out" / "report" / "doc").glob("*.html")).read_text(encoding="utf-8")
    assert 'data-i18n="read.no_pages"' in page and "<image" not in page


def test_a_changed_source_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"new")
    document = {"source_path": "a.pdf", "copies": [], "source_sha256": hashlib.sha256(b"old").hexdigest()}
    jobs = {"a.pdf": Job(Stamp("a.pdf", 3, 0), str(path))}
    assert source_files(document, jobs) == []
    document["source_sha256"] = hashlib.sha256(b"new").hexdigest()
    assert source_files(document, jobs) == [b"new"]
    document["source_sha256"] = hashlib.sha256(b"newold").hexdigest()
    (tmp_path / "b.pdf").write_bytes(b"old")
    assert source_files(document, {"a.pdf": replace(jobs["a.pdf"], pages=(str(tmp_path / "b.pdf"),))}) == [b"new", b"old"]


def test_scans_are_measured_in_points(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    data = io.BytesIO()
    image.new("RGB", (2400, 3200), "white").save(data, "PNG")
    document = {"doc_id": "0" * 16, "format": "png", "source_path": "a.png"}
    pages = draw_pages(document, [data.getvalue()] * 3, [1, 3], tmp_path)
    assert [page.page for page in pages] == [1, 3]
    assert (round(pages[0].width, 1), round(pages[0].height, 1)) == (631.5, 842.0)
    with image.open(tmp_path / pages[0].name) as drawn:
        assert drawn.size[0] <= 1100


def test_an_unreadable_file_gives_no_page(tmp_path: Path) -> None:
    document = {"doc_id": "0" * 16, "format": "pdf", "source_path": "a.pdf"}
    assert draw_pages(document, [b"no pdf"], [1], tmp_path) == []


def test_the_command_finds_the_originals_of_the_run_and_makes_the_comparison(dataset: Path, tmp_path: Path) -> None:
    source = tmp_path / "notice.pdf"
    source.write_bytes((dataset / "notice.pdf").read_bytes())
    output = tmp_path / "out"
    command = CliRunner()
    assert command.invoke(app, ["run", str(source), "-o", str(output), "--jobs", "1", "--quiet"]).exit_code == 0
    done = command.invoke(app, ["report", str(output), "--no-charts"])
    assert done.exit_code == 0 and "pages of 1 of 1 drawn" in done.output
    assert is_current(output) and (output / "compare.xlsx").exists()
    source.unlink()
    assert "pages of 0 of 1 drawn" in command.invoke(app, ["report", str(output), "--no-charts"]).output


def test_runs_on_several_sources_are_all_remembered(tmp_path: Path) -> None:
    (tmp_path / ".state").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("文", encoding="utf-8")
        remember_sources(tmp_path, [str(tmp_path / name)])
    remember_sources(tmp_path, [str(tmp_path / "gone.txt")])
    assert sorted(find_originals(tmp_path, ())) == ["a.txt", "b.txt"]
    assert list(find_originals(tmp_path, [str(tmp_path / "b.txt")])) == ["b.txt"]
