"""Speed of the whole text flow in one process, as ratios measured in one run.

    python -m tests.bench.flow [--times 100]

Texts are the seed documents beside the checkout where they are at hand, else the specimens, repeated; printed are
characters per second of processor time of the flow, of reading and decoding alone and of jieba's segmentation of the same text, and how
the time of a long document grows against that of a short one.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from policy_commitments.pipeline.engines.task import settle
from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes
from policy_commitments.pipeline.read.decode import decode

ROOT = Path(__file__).parents[2]
HEAD = "关于印发某县实施方案的通知\n\n各乡镇：\n一、主要任务\n（一）推进改造。"
TOLD = "2024年全县重点工作推进情况通报\n\n各乡镇：\n一、主要做法\n"
SHAPES = {  # (what stands before, what is repeated): one sentence, one line or one list that never ends
    "dates in one sentence": (HEAD, "到2025年底前完成改造10个，"),
    "payments in one sentence": (HEAD, "面积达到500平方米以上，给予补助20万元，"),
    "payments for each deed": (HEAD, "每招用1人给予1500元，"),
    "brackets in one sentence": (HEAD, "改造10个（其中新建3个），其中甲4个；"),
    "quotations left open": (HEAD, "建设“改造10个，"),
    "shares in one list": (HEAD + "分别达到", "10%、"),
    "places with their lists": (HEAD, "城关镇耕地保有量6.2万亩，补充耕地300亩；河西镇耕地保有量8.1万亩，补充耕地200亩；"),
    "a report on one line": (TOLD, "完成改造小区10个，"),
    "lines that close with agencies": (HEAD + "\n", "一是改造小区10个。（责任单位：县水利局）\n二是改造10个。（责任单位：县水利局）\n"),
    "fields of forms": (HEAD + "\n", "【责任】区教体局【目标】完成10家\n【措施】建设学校1所\n"),
}
"""Shapes of text in which a scan from every clause or figure to the end of its sentence would show."""


def texts() -> list[Path]:
    """The documents to measure on."""
    seeds = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
    return seeds or sorted((ROOT / "corpus" / "documents").glob("*.txt"))


def seconds(action: Callable[[], object]) -> float:
    """Processor time of one call: other programs on the machine do not count."""
    started = time.process_time()
    action()
    return time.process_time() - started


def flow(files: list[tuple[str, bytes]]) -> None:
    """Every file through all steps but emit."""
    for name, data in files:
        process(read_bytes(data, name))


def growth(files: list[tuple[str, bytes]]) -> float:
    """Time of a document of about 2 million characters over twenty times that of one of 100,000."""
    one = b"\n".join(data for _, data in files)
    short = [("short.txt", one * max(1, 300_000 // len(one)))]
    long = [("long.txt", short[0][1] * 20)]
    return seconds(lambda: flow(long)) / (20 * min(seconds(lambda: flow(short)) for _ in range(3)))


def growth_of(shape: str) -> float:
    """Time of a text of one shape of 48,000 characters over four times that of one of 12,000."""
    before, repeated = SHAPES[shape]
    short, long = ((before + repeated * (length // len(repeated))).encode() for length in (12_000, 48_000))
    return min(seconds(lambda: flow([("long.txt", long)])) for _ in range(2)) / (4 * min(seconds(lambda: flow([("short.txt", short)])) for _ in range(3)))


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    files = [(path.name, path.read_bytes()) for path in texts()]
    decoded = [decode(data, name).text for name, data in files]
    jieba.initialize()
    flow(files)
    settle()  # as workers do
    characters = sum(map(len, decoded)) * times
    whole = seconds(lambda: [flow(files) for _ in range(times)])
    reading = seconds(lambda: [[read_bytes(data, name) for name, data in files] for _ in range(times)])
    cutting = seconds(lambda: [[list(jieba.cut(text)) for text in decoded] for _ in range(max(times // 10, 1))]) * 10
    print(f"{len(files)} texts x {times}: {characters:,} characters")
    print(f"whole flow            {characters / whole:12,.0f} characters/s")
    print(f"reading and decoding  {characters / reading:12,.0f} characters/s, {whole / reading:.1f} x less time")
    print(f"jieba segmentation    {characters / cutting:12,.0f} characters/s, {whole / cutting:.2f} x the time of the flow is {'less' if whole > cutting else 'more'}")
    print(f"a text 20 times as long takes {growth(files):.2f} x 20 times the time")
    for shape in SHAPES:
        print(f"four times as much of {shape}: {growth_of(shape):.2f} x 4 times the time")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main()
