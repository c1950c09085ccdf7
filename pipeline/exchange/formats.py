"""Files for doccano, Label Studio and spaCy; offsets are code points in all three."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from policy_commitments.pipeline.exchange.spans import LABELS, Annotated, annotated
from policy_commitments.pipeline.report.tables import ReportError

_ABOUT = ("doc_id", "source_path", "title", "adcode", "text_sha256")


def export_to(dataset: Path, target: str, output: Path | None = None) -> Path:
    """Write the documents of `dataset` for one tool; raises KeyError for a tool that is none of FORMATS."""
    name, write = FORMATS[target]
    path = output or dataset / name
    write(annotated(dataset), path)
    return path


def _about(one: Annotated) -> dict[str, Any]:
    return {name: one.document[name] for name in _ABOUT}


def _write_doccano(documents: Iterable[Annotated], path: Path) -> None:
    """JSON Lines for sequence labelling: text, label = [[start, end, label]], and the document's own fields beside."""
    with path.open("wb") as file:
        for one in documents:
            labels = [[span.start, span.end, span.label] for span in one.spans]
            line: dict[str, Any] = {"text": one.text, "label": labels} | _about(one)
            file.write(orjson.dumps(line) + b"\n")


def _write_label_studio(documents: Iterable[Annotated], path: Path) -> None:
    """Tasks with predictions; the labelling set-up is written beside as `<name>.xml`."""
    tasks = [{"data": _about(one) | {"text": one.text}, "predictions": [_prediction(one)]} for one in documents]
    path.write_bytes(orjson.dumps(tasks, option=orjson.OPT_INDENT_2))
    path.with_suffix(".xml").write_text(label_studio_setup(), encoding="utf-8", newline="\n")


def _prediction(one: Annotated) -> dict[str, Any]:
    results = [
        {
            "id": f"{span.label}-{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {"start": span.start, "end": span.end, "text": one.text[span.start : span.end], "labels": [span.label]},
        }
        for number, span in enumerate(one.spans)
    ]
    return {"model_version": one.document["extractor_version"], "result": results}


_COLOURS = {"task": "#4a8fc0", "target": "#c27a16", "milestone": "#7a6fd0", "deadline": "#c9476a", "agency": "#3f9c74"}


def label_studio_setup() -> str:
    """The labelling interface that the exported tasks expect."""
    labels = "\n".join(f'    <Label value="{label}" background="{_COLOURS[label]}"/>' for label in LABELS)
    return f'<View>\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n  <Text name="text" value="$text"/>\n</View>\n'


def _write_docbin(documents: Iterable[Annotated], path: Path) -> None:
    """A spaCy DocBin of blank Chinese docs, one token per character, with a span group for every label."""
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError as error:
        raise ReportError("a DocBin needs spaCy: pip install 'policy-commitments[spacy]'") from error
    nlp = spacy.blank("zh")
    bin_ = DocBin(store_user_data=True)
    for one in documents:
        doc = nlp.make_doc(one.text)
        groups: dict[str, list[Any]] = {label: [] for label in LABELS}
        for span in one.spans:
            found = doc.char_span(span.start, span.end, label=span.label, kb_id=span.key or "", alignment_mode="expand")
            if found is not None:
                groups[span.label].append(found)
        for label, spans in groups.items():
            doc.spans[label] = spans
        doc.user_data.update({name: value or "" for name, value in _about(one).items()})
        bin_.add(doc)
    bin_.to_disk(path)


FORMATS: Mapping[str, tuple[str, Callable[[Iterable[Annotated], Path], None]]] = {
    "doccano": ("doccano.jsonl", _write_doccano),
    "label-studio": ("label-studio.json", _write_label_studio),
    "docbin": ("commitments.spacy", _write_docbin),
}
