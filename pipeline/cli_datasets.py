"""Commands on a finished dataset: merge, export, import, sample, bench. Thin, like the rest of the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

Dataset = Annotated[Path, typer.Argument(help="Folder of a dataset")]
NOTHING_DONE, USAGE = 1, 2


def _fail(error: object, code: int = USAGE) -> typer.Exit:
    typer.echo(f"commitments: {error}", err=True)
    return typer.Exit(code)


def merge(
    parts: Annotated[list[Path], typer.Argument(help="Folders that `run --shard i/n` wrote")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the whole dataset")],
) -> None:
    """Put the parts of a run on several machines together."""
    from policy_commitments.pipeline.batch import OutputError
    from policy_commitments.pipeline.discover import UsageError
    from policy_commitments.pipeline.gather import gather

    try:
        typer.echo(f"{gather(parts, output)} documents in {output}")
    except UsageError as error:
        raise _fail(error) from error
    except OutputError as error:
        raise _fail(error, NOTHING_DONE) from error


def export(
    dataset: Dataset,
    to: Annotated[
        str,
        typer.Option("--to", help="partitioned, duckdb, postgres, csv, jsonl, xlsx, stata; doccano, label-studio, docbin"),
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File or folder to write")] = None,
    dsn: Annotated[str, typer.Option(help="PostgreSQL: postgresql://user@host/database; PGHOST and so on without")] = "",
    schema: Annotated[str, typer.Option(help="PostgreSQL: schema of the tables")] = "commitments",
) -> None:
    """Write the dataset for another program, or its texts with their findings for an annotation tool."""
    from policy_commitments.pipeline.dataset import NoDatasetError
    from policy_commitments.pipeline.exchange.formats import FORMATS, export_to
    from policy_commitments.pipeline.export import TARGETS, ExportError, export_dataset
    from policy_commitments.pipeline.report.tables import ReportError

    try:
        if to == "postgres":
            from policy_commitments.pipeline.export.postgres import write_postgres

            counts = write_postgres(dataset, dsn, schema)
            typer.echo(", ".join(f"{table} {number}" for table, number in counts.items()))
        elif to in FORMATS:
            typer.echo(str(export_to(dataset, to, output)))
        elif to in TARGETS:
            typer.echo(str(export_dataset(dataset, to, output)))
        else:
            raise _fail(f"no format {to!r}; there are {', '.join((*TARGETS, *FORMATS))}")
    except (ReportError, NoDatasetError) as error:
        raise _fail(error) from error
    except (ExportError, OSError) as error:
        raise _fail(error, NOTHING_DONE) from error


def import_annotations(
    dataset: Dataset,
    file: Annotated[Path, typer.Argument(help="Export of the annotation tool")],
    tool: Annotated[str, typer.Option("--from", help="doccano or label-studio")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Corrections to write")] = Path("corrections.jsonl"),
) -> None:
    """Turn annotations into corrections for `run --corrections`: spans kept, taken away and added."""
    from policy_commitments.pipeline.exchange.incoming import (
        AnnotationError,
        read_annotations,
        write_decisions,
    )
    from policy_commitments.pipeline.report.tables import ReportError

    if tool not in ("doccano", "label-studio"):
        typer.echo(f"commitments: cannot import from {tool!r}; there are doccano, label-studio", err=True)
        raise typer.Exit(USAGE)
    try:
        incoming = read_annotations(file, tool, dataset)
    except (AnnotationError, ReportError, OSError) as error:
        typer.echo(f"commitments: {file.name}: {error}", err=True)
        raise typer.Exit(USAGE) from error
    write_decisions(incoming, output)
    left = f"{incoming.unknown} texts are not in the dataset, {incoming.unused} spans could not be used"
    typer.echo(f"{len(incoming.decisions)} decisions in {output}; {left}")


def sample(
    dataset: Dataset,
    number: Annotated[int, typer.Option("-n", "--number", help="Rows to draw")] = 200,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Sheet to write; DIR/sample.xlsx without")] = None,
    seed: Annotated[int, typer.Option(help="Another number draws other rows")] = 1,
) -> None:
    """Draw a stratified sample as a sheet with sentences and empty coding columns (for `evaluate --coded`)."""
    from policy_commitments.pipeline.coding.sample import draw, strata_of
    from policy_commitments.pipeline.coding.sheet import write_sheet
    from policy_commitments.pipeline.dataset import NoDatasetError

    try:
        drawn = draw(dataset, number, seed)
    except NoDatasetError as error:
        raise _fail(error) from error
    for name, (some, all_of_them) in strata_of(drawn).items():
        typer.echo(f"{name:24s} {some} of {all_of_them}")
    typer.echo(str(write_sheet(output or dataset / "sample.xlsx", drawn)))


def bench(
    dataset: Dataset,
    estimate: Annotated[int, typer.Option("--estimate", help="Number of documents to expect")],
    jobs: Annotated[int, typer.Option(help="Processors to use; 0: as many as here")] = 0,
    price: Annotated[float | None, typer.Option(help="Price of a processor hour, in any currency")] = None,
) -> None:
    """Say what N documents would take in time, processor hours and room, from the figures of this dataset's own runs."""
    from policy_commitments.pipeline.dataset import NoDatasetError
    from policy_commitments.pipeline.engines.local import default_jobs
    from policy_commitments.pipeline.estimate import estimate_lines, measure

    try:
        found = measure(dataset)
    except NoDatasetError as error:
        raise _fail(error) from error
    for line in estimate_lines(found, estimate, jobs or default_jobs(), price):
        typer.echo(line)


def evaluate_coded(sheets: Sequence[Path]) -> None:
    """Print precision and agreement of coded sheets."""
    from policy_commitments.pipeline.coding.agreement import CodingError, coded_lines, read_coded

    try:
        for line in coded_lines([read_coded(path) for path in sheets]):
            typer.echo(line)
    except CodingError as error:
        raise _fail(error) from error


COMMANDS: Mapping[str, Callable[..., Any]] = {
    "merge": merge,
    "export": export,
    "import": import_annotations,
    "sample": sample,
    "bench": bench,
}
