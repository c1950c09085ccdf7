"""What a worker does with one job: bytes, source, flow; every failure becomes a line of errors.jsonl."""

from __future__ import annotations

import logging
from dataclasses import replace

from policy_commitments.pipeline.discover import Job
from policy_commitments.pipeline.flow import process
from policy_commitments.pipeline.read import read_bytes, read_images
from policy_commitments.pipeline.result import DocumentResult, Failure
from policy_commitments.pipeline.stores import read_place
from policy_commitments.schemas.problems import DocumentError
from policy_commitments.schemas.source import Source

logger = logging.getLogger(__name__)


def work(job: Job) -> DocumentResult | Failure:
    """One document's rows, or why there are none; never raises."""
    path = job.stamp.source_path
    try:
        source = replace(_read(job), path=path)
        return process(source, given=job.given, extra=job.extra)
    except DocumentError as error:
        return Failure(path, error.stage, error.code, error.message, error.remedy)
    except MemoryError:
        return Failure(path, "read", "memory", "ran out of memory", "give the machine more memory or split the file")
    except Exception as error:
        logger.exception("%s", path)
        message = f"{type(error).__name__}: {error}"
        return Failure(path, "extract", "internal_error", message, "a defect of this program: please report it with the file")


def _read(job: Job) -> Source:
    path = job.stamp.source_path
    name = path.rpartition("/")[2]
    if job.member is None:
        data = [read_place(one) for one in (job.file, *job.pages)]
    else:
        data = [read_place(job.file, one) for one in (job.member, *job.pages)]
    if not job.pages:
        return read_bytes(data[0], name, path)
    names = [name, *(one.replace("\\", "/").rpartition("/")[2] for one in job.pages)]
    return read_images(list(zip(names, data, strict=True)), path)
