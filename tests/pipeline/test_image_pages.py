"""Images that are the pages of one document, by their names."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from policy_commitments.pipeline.discover import Job, discover
from policy_commitments.pipeline.image_pages import missing_pages, page_rows


def rows(*names: str) -> list[list[str]]:
    return [[names[k] for k in group] for group in page_rows([("", f"scans/{name}") for name in names])]


@pytest.mark.parametrize(
    "names",
    [
        ("通知_1.png", "通知_2.png", "通知_3.png"),
        ("a-01.jpg", "a-02.jpg"),
        ("a (1).JPG", "a (2).JPG"),
        ("方案第1页.png", "方案第2页.png"),
        ("1.png", "2.png"),
        ("00.tif", "01.tif"),
        ("022_GovDoc_1.png", "023_GovDoc_2.png", "024_GovDoc_3.png"),
        ("a_1.png", "a_2.png", "a_4.png"),
        ("府办发〔2024〕5号_1.png", "府办发〔2024〕5号_2.png"),
    ],
)
def test_one_document(names: tuple[str, ...]) -> None:
    assert rows(*names) == [list(names)]


@pytest.mark.parametrize(
    "names",
    [
        ("a_1.png",),
        ("2021.png", "2022.png"),
        ("a_1.png", "b_2.png"),
        ("a_1.png", "a_1.jpg"),
        ("a_1.png", "a_01.png"),
        ("a_3.png", "a_4.png"),
        ("a_1.png", "a_9.png"),
        ("022_甲_1.png", "030_甲_2.png"),
    ],
)
def test_documents_of_their_own(names: tuple[str, ...]) -> None:
    assert rows(*names) == []


def test_pages_count_and_do_not_sort_by_letters() -> None:
    names = [f"a_{k}.png" for k in (10, 1, 2, 3, 4, 5, 6, 7, 8, 9)]
    assert rows(*names) == [[f"a_{k}.png" for k in range(1, 11)]]


def test_missing_pages() -> None:
    assert missing_pages(["x_1.png", "x_2.png", "x_4.png"]) == [3]
    assert missing_pages(["x_1.png"]) == []


def place(job: Job) -> tuple[str, int]:
    return job.stamp.source_path, len(job.pages)


def test_jobs_in_folders_and_archives(tmp_path: Path) -> None:
    for name in ("x_1.png", "x_2.png", "y_1.png", "notes.txt", "sub/x_1.png", "sub/x_2.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as package:
        for name in ("x_2.png", "x_1.png", "x_3.png"):
            package.writestr(name, name)
    jobs = list(discover([str(tmp_path)]))
    assert sorted(map(place, jobs)) == [
        ("notes.txt", 0),
        ("sub/x_1.png", 1),
        ("x_1.png", 1),
        ("y_1.png", 0),
        ("z.zip!/x_1.png", 2),
    ]
    archived = next(job for job in jobs if job.member is not None)
    assert (archived.member, archived.pages, archived.stamp.size) == ("x_1.png", ("x_2.png", "x_3.png"), 21)


def test_images_given_one_by_one(tmp_path: Path) -> None:
    for name in ("x_1.png", "x_2.png"):
        (tmp_path / name).write_bytes(b"x")
    (job,) = discover([str(tmp_path / "x_1.png"), str(tmp_path / "x_2.png")])
    assert place(job) == ("x_1.png", 1)
