"""Real scans of specimens: a page of a PDF at 200 dpi, laid on the glass askew, with the grain of paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

DPI = 200


def scanned(pdf: bytes, degrees: float = 1.0, grain: float = 12.0) -> Iterator[bytes]:
    """Each page as a PNG."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    for index in range(len(document)):
        page: Any = document[index].render(scale=DPI / 72).to_numpy()[:, :, 2::-1]
        picture = Image.fromarray(np.ascontiguousarray(page)).rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")
        chance = np.random.default_rng(index)
        grey = np.asarray(picture, dtype=np.float32) * 0.85 + 20
        noisy = np.clip(grey + chance.normal(0, grain, grey.shape[:2])[:, :, None], 0, 255).astype(np.uint8)
        stream = io.BytesIO()
        Image.fromarray(noisy).save(stream, "PNG", dpi=(DPI, DPI))
        yield stream.getvalue()
    document.close()
