"""A dataset in a store: made in a folder of this machine, then brought to `s3://…` file by file, its marker last.

`_complete.json` beside the tables lists every file with its hash. It is taken away before the first file changes and
written after the last, so that whoever finds it finds a whole dataset; a run that dies in between is finished by the next.
Another machine with the same command goes on from what stands in the store.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from policy_commitments.pipeline.batch import Options, OutputError, Progress, Report, run
from policy_commitments.pipeline.layout import remove
from policy_commitments.pipeline.lock import LockedError, locked
from policy_commitments.pipeline.stores import opened
from policy_commitments.pipeline.usage import UsageError

MARKER = "_complete.json"
_RUNNING = "_running.json"
_OWN = frozenset({"lock", "lock.sqlite", "lock.sqlite-journal", "index.sqlite-wal", "index.sqlite-shm"})

Files = dict[str, str]  # path below the dataset -> SHA-256


def stage_of(url: str) -> Path:
    """The folder of this machine in which the dataset of `url` is made, unless another is given."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "policy-commitments" / hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]


def run_to_store(
    sources: Sequence[str],
    url: str,
    options: Options,
    report: Report | None = None,
    stage: Path | None = None,
    runner: Callable[..., Progress] = run,
) -> Progress:
    """As `run`, with the dataset at `url`; raises the same errors. `stage` keeps what the next run goes on from."""
    stage = stage or stage_of(url)
    store = _Store(url)
    try:
        stage.mkdir(parents=True, exist_ok=True)
        with locked(stage, options.wait), store.claimed(stage):
            store.pull(stage)
            progress = runner(sources, stage / "dataset", options, report)
            store.push(stage)
            return progress
    except LockedError as error:
        raise OutputError(str(error)) from error
    except OSError as error:
        raise OutputError(
            f"{url}: {error}; the dataset lies in {stage / 'dataset'}, and the same command brings the rest of it to the store"
        ) from error


class _Store:
    """The place of a dataset in a store; whatever goes wrong there is an OSError."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.system, root = opened(url)
        self.root = root.rstrip("/")

    @contextmanager
    def claimed(self, stage: Path) -> Iterator[None]:
        """Say that this machine works on the dataset; refuse where another does."""
        ours = {"machine": platform.node(), "stage": str(stage.resolve())}
        with _as_os_error():
            self.system.makedirs(self.root, exist_ok=True)
            found = self._read(_RUNNING)
            if found is not None and found != ours:
                raise OutputError(
                    f"{self.url}: a run on {found.get('machine')} is at work there; wait for it, or delete {_RUNNING} if it is dead"
                )
            self.system.pipe_file(self._at(_RUNNING), orjson.dumps(ours))
        yield  # a run that fails keeps the claim: what it left is half a dataset, which the same command completes
        with _as_os_error():
            self.system.rm_file(self._at(_RUNNING))

    def pull(self, stage: Path) -> None:
        """Take over what stands in the store, if the stage is not where it came from."""
        with _as_os_error():
            there, here = self._read(MARKER), _known(stage)
            if there is None or there.get("files") == here:
                return
            remove(stage / "dataset")
            for path in there["files"]:
                target = stage / "dataset" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                self.system.get_file(self._at(path), str(target))
            _note(stage, there["files"])

    def push(self, stage: Path) -> None:
        """Bring what differs to the store, take away what is gone, and write the marker."""
        wanted = dict(_hashes(stage / "dataset"))
        with _as_os_error():
            marker = self._read(MARKER)
            there: Files = marker["files"] if marker is not None else {}
            if wanted == there:
                return
            if marker is not None:
                self.system.rm_file(self._at(MARKER))
            gone = set(there if marker is not None else self._all()) - set(wanted)
            for path, digest in wanted.items():
                if there.get(path) != digest:
                    self.system.makedirs(str(PurePosixPath(self._at(path)).parent), exist_ok=True)
                    self.system.put_file(str(stage / "dataset" / path), self._at(path))
            for path in sorted(gone):
                self.system.rm_file(self._at(path))
            self.system.pipe_file(self._at(MARKER), orjson.dumps({"files": wanted}, option=orjson.OPT_INDENT_2))
            _note(stage, wanted)

    def _all(self) -> list[str]:
        files = [name.removeprefix(self.root).lstrip("/") for name in self.system.find(self.root)]
        return [name for name in files if name not in (MARKER, _RUNNING)]

    def _at(self, path: str) -> str:
        return f"{self.root}/{path}"

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = orjson.loads(self.system.cat_file(self._at(name)))
        except (FileNotFoundError, orjson.JSONDecodeError):
            return None
        return found


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Every store raises errors of its own."""
    try:
        yield
    except (OSError, OutputError, UsageError):
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def _hashes(dataset: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(dataset.rglob("*")):
        if path.is_file() and path.name not in _OWN:
            with path.open("rb") as data:
                yield path.relative_to(dataset).as_posix(), hashlib.file_digest(data, "sha256").hexdigest()


def _known(stage: Path) -> Files | None:
    """The files of the store as this stage last saw them; None where the stage is new."""
    marker = stage / MARKER
    return orjson.loads(marker.read_bytes()) if marker.exists() else None


def _note(stage: Path, files: Files) -> None:
    part = stage / f"{MARKER}.part"
    part.write_bytes(orjson.dumps(files))
    part.replace(stage / MARKER)


__all__ = ["MARKER", "run_to_store", "stage_of"]
