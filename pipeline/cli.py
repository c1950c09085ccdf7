"""The command `commitments`: thin; every command is a few lines over a function that Python users can call."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_commitments.pipeline.cli_datasets import COMMANDS, NOTHING_DONE, USAGE, Dataset, evaluate_coded

if TYPE_CHECKING:
    from policy_commitments.pipeline.batch import Options, Progress

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Official Chinese documents in, a dataset of commitments out: tasks, agencies, targets, deadlines.", pretty_exceptions_enable=False)

Sources = Annotated[
    list[str], typer.Argument(help="Files, folders, globs, .zip archives or a manifest CSV, here or in a store (s3://…)")
]
Output = Annotated[str, typer.Option("-o", "--output", help="Folder of the dataset, or a place in a store such as s3://bucket/dataset")]
QUARANTINED = 3


class Engine(StrEnum):
    """Where documents are done."""

    LOCAL = "local"
    DASK = "dask"


class Format(StrEnum):
    """What a run writes beside Parquet."""

    JSONL = "jsonl"
    PARQUET = "parquet"


def _shard(text: str) -> tuple[int, int]:
    i, _, n = text.partition("/")
    if not (i.isdecimal() and n.isdecimal() and 1 <= int(i) <= int(n)):
        typer.echo(f"commitments: --shard {text}: give i/n with i from 1 to n, such as 1/4", err=True)
        raise typer.Exit(USAGE)
    return int(i), int(n)


@app.command()
def run(
    sources: Sources,
    output: Output = "output",
    jobs: Annotated[int, typer.Option(help="Worker processes; 0: as many as processors")] = 0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Do unchanged documents again")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Drop documents that are no longer in the sources")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds per document")] = 600.0,
    vocab: Annotated[Path | None, typer.Option(help="Folder with own vocabulary entries")] = None,
    corrections: Annotated[Path | None, typer.Option(help="corrections.jsonl of a review, put on top of extraction")] = None,
    memory: Annotated[int, typer.Option(help="MiB that a worker may hold; 0: no limit")] = 4096,
    verify: Annotated[bool, typer.Option("--verify", help="Tell changed files by their bytes, not by size and time")] = False,
    shard: Annotated[str, typer.Option(help="Do the i-th of n parts, as in 1/4; `merge` puts the parts together")] = "1/1",
    wait: Annotated[float, typer.Option(help="Seconds to wait for another run on the same folder")] = 0.0,
    engine: Annotated[Engine, typer.Option(help="local processes, or a Dask cluster")] = Engine.LOCAL,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler; a local cluster without")] = None,
    slurm: Annotated[int, typer.Option(help="Jobs to ask of SLURM for --engine dask, as set in jobqueue.yaml")] = 0,
    stage: Annotated[Path | None, typer.Option(help="Folder here where the dataset of a store is made")] = None,
    formats: Annotated[list[Format] | None, typer.Option("--format", help="Files beside Parquet")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors")] = False,
    json_log: Annotated[bool, typer.Option("--json-log", help="Print progress as JSON Lines")] = False,
) -> None:
    """Turn documents into a dataset."""
    from policy_commitments.pipeline.batch import Options
    from policy_commitments.pipeline.report.sources import remember_sources
    from policy_commitments.pipeline.stores import is_url

    options = Options(
        jobs=jobs,
        timeout=timeout,
        fresh=fresh,
        prune=prune,
        corrections=corrections,
        vocab=vocab,
        memory=memory,
        verify=verify,
        shard=_shard(shard),
        wait=wait,
        engine=engine,
        scheduler=scheduler,
        slurm=slurm,
        formats=tuple(formats or ("jsonl",)),
    )
    progress = _run_batch(sources, output, stage, options, quiet, json_log)
    if not is_url(output):
        remember_sources(Path(output), [source for source in sources if not is_url(source)])
    _say(progress, None if quiet else output)
    if progress.quarantined:
        raise typer.Exit(QUARANTINED if progress.documents else NOTHING_DONE)
    if not progress.documents:
        typer.echo("commitments: no documents found in the sources", err=True)
        raise typer.Exit(NOTHING_DONE)


def _run_batch(
    sources: list[str], output: str, stage: Path | None, options: Options, quiet: bool, json_log: bool
) -> Progress:
    """The run, with the errors that end it said in one line."""
    from policy_commitments.pipeline import batch
    from policy_commitments.pipeline.corrections import CorrectionsError
    from policy_commitments.pipeline.discover import UsageError
    from policy_commitments.pipeline.progress import reporting
    from policy_commitments.pipeline.stores import is_url
    from policy_commitments.schemas.vocabulary import VocabularyError, use_folder

    try:
        use_folder(options.vocab)
        with reporting(quiet, json_log) as report:
            if is_url(output):
                from policy_commitments.pipeline.publish import run_to_store

                return run_to_store(sources, output, options, report, stage)
            return batch.run(sources, Path(output), options, report)
    except (UsageError, VocabularyError, CorrectionsError) as error:
        typer.echo(f"commitments: {error}", err=True)
        raise typer.Exit(USAGE) from error
    except batch.OutputError as error:
        typer.echo(f"commitments: {error}", err=True)
        raise typer.Exit(NOTHING_DONE) from error


def _say(progress: Progress, output: str | None) -> None:
    """Notes and failures on stderr, the count of documents on stdout (where `output` is given)."""
    for head, lines in (
        ("note", progress.notes),
        ("quarantined", progress.failures),
        ("correction does not fit", progress.unfit),
    ):
        for line in lines:
            typer.echo(f"{head}: {line}", err=True)
    if output is not None:
        typer.echo(f"{progress.documents} documents in {output} ({progress.done} done now, {progress.skipped} unchanged)")


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="One document")],
    width: Annotated[int, typer.Option(help="Columns of the terminal; 0: as it is")] = 0,
) -> None:
    """Show one document as a tree with its findings."""
    from policy_commitments.pipeline.inspection import show
    from policy_commitments.schemas.problems import DocumentError

    try:
        show(file, width or None)
    except DocumentError as error:
        typer.echo(f"{file}: {error.message} ({error.code}); {error.remedy}", err=True)
        raise typer.Exit(NOTHING_DONE) from error


@app.command()
def compare(dataset: Dataset) -> None:
    """Write comparison tables: indicators by jurisdictions, each value with its sentence."""
    from policy_commitments.pipeline.compare import write_comparison
    from policy_commitments.pipeline.dataset import NoDatasetError

    try:
        written = write_comparison(dataset)
    except NoDatasetError as error:
        typer.echo(f"commitments: {error}", err=True)
        raise typer.Exit(USAGE) from error
    for path in written:
        typer.echo(str(path))


@app.command()
def report(
    dataset: Dataset,
    sources: Annotated[
        list[str] | None, typer.Option("--sources", help="Where the originals are now (repeatable), for page images; without, where the run found them")
    ] = None,
    charts: Annotated[
        bool | None, typer.Option("--charts/--no-charts", help="PNG and SVG files for papers; default: where altair is installed")
    ] = None,
) -> None:
    """Write a report that opens from disk: DIR/report/index.html; makes the comparison where it is missing or older."""
    from policy_commitments.pipeline.compare import ensure_comparison
    from policy_commitments.pipeline.dataset import NoDatasetError
    from policy_commitments.pipeline.discover import UsageError
    from policy_commitments.pipeline.report.build import write_report
    from policy_commitments.pipeline.report.charts import can_draw
    from policy_commitments.pipeline.report.tables import ReportError

    try:
        ensure_comparison(dataset)
        written = write_report(dataset, sources or (), can_draw() if charts is None else charts)
    except (ReportError, UsageError, NoDatasetError) as error:
        typer.echo(f"commitments: {error}", err=True)
        raise typer.Exit(USAGE) from error
    typer.echo(f"{written.index} ({written.documents} documents, pages of {written.drawn} of {written.drawable} drawn)")


@app.command()
def evaluate(
    dataset: Dataset,
    gold: Annotated[
        Path | None, typer.Option(help="Folder of gold files, one gold file, or corrections.jsonl of a review")
    ] = None,
    coded: Annotated[
        list[Path] | None, typer.Option("--coded", help="Coded sheet of `sample`; give two for the agreement of two coders")
    ] = None,
    show: Annotated[int, typer.Option(help="Print up to N misses")] = 0,
    more: Annotated[list[Path] | None, typer.Argument(hidden=True)] = None,
) -> None:
    """Precision, recall and F1 against gold, with the misses; or precision and agreement from coded sheets."""
    if coded:
        evaluate_coded([*coded, *(more or ())])
        return
    if gold is None:
        typer.echo("commitments: give --gold DIR or --coded A.xlsx", err=True)
        raise typer.Exit(USAGE)
    if gold.suffix == ".jsonl":
        _evaluate_reviewed(dataset, gold, show)
        return
    from policy_commitments.pipeline.dataset import NoDatasetError
    from policy_commitments.pipeline.evaluation.run import evaluate as score
    from policy_commitments.pipeline.evaluation.run import score_lines

    files = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    if not files:
        typer.echo(f"commitments: no gold files (*.json) in {gold}", err=True)
        raise typer.Exit(USAGE)
    try:
        scores = score(dataset, files)
    except NoDatasetError as error:
        typer.echo(f"commitments: {error}", err=True)
        raise typer.Exit(USAGE) from error
    typer.echo("\n".join(score_lines(scores)))
    for miss in scores.misses[:show]:
        typer.echo("  ".join(miss))


def _evaluate_reviewed(dataset: Path, gold: Path, show: int) -> None:
    from policy_commitments.pipeline.corrections import CorrectionsError, read_corrections
    from policy_commitments.pipeline.dataset import NoDatasetError
    from policy_commitments.pipeline.evaluation.reviewed import evaluate_reviewed, reviewed_lines

    try:
        reviewed = evaluate_reviewed(dataset, read_corrections(gold))
    except (CorrectionsError, NoDatasetError) as error:
        typer.echo(f"commitments: {error}", err=True)
        raise typer.Exit(USAGE) from error
    typer.echo("\n".join(reviewed_lines(reviewed)))
    for miss in reviewed.misses[:show]:
        typer.echo("  ".join(miss))


@app.command()
def schema(
    table: Annotated[str | None, typer.Argument(help="One table; all of them without")] = None,
    codebook: Annotated[bool, typer.Option("--codebook", help="A Markdown table instead of JSON Schema")] = False,
) -> None:
    """Print the JSON Schema, or a codebook, of the dataset's tables."""
    import json

    from policy_commitments.pipeline.codebook import codebook_lines
    from policy_commitments.schemas.columns import TABLES, json_schema

    wanted = [table] if table else list(TABLES)
    if not set(wanted) <= set(TABLES):
        typer.echo(f"commitments: no table {table!r}; there are {', '.join(TABLES)}", err=True)
        raise typer.Exit(USAGE)
    if codebook:
        typer.echo("\n".join(line for name in wanted for line in codebook_lines(name)))
    else:
        schemas = {name: json_schema(name) for name in wanted}
        typer.echo(json.dumps(schemas[table] if table else schemas, ensure_ascii=False, indent=2))


@app.command()
def doctor() -> None:
    """Say which formats this machine reads, and how to install what is missing."""
    from policy_commitments.pipeline.doctor import check

    for line in check():
        typer.echo(line)


for _name, _command in COMMANDS.items():
    app.command(name=_name)(_command)


def main() -> None:
    """Entry point."""
    app()


if __name__ == "__main__":
    main()
