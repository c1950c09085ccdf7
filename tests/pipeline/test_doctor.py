"""What `commitments doctor` says about this machine."""

from __future__ import annotations

import pytest

from policy_commitments.pipeline import doctor


def test_every_group_has_a_line_and_missing_ones_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "onnxruntime" else object())
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    lines = dict(line.split("  ", 1) for line in doctor.check())
    said = {formats: verdict.strip() for formats, verdict in lines.items()}
    assert said[".docx .doc .wps"] == "ok"
    assert said["scans: .pdf .png .jpg .tif .bmp"] == "missing: pip install 'policy-commitments[ocr]'"
    assert said[".rtf .odt, Word 6, Word XML"].startswith("missing: install LibreOffice")
