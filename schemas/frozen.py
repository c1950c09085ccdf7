"""`@frozen`: a slotted dataclass that the type checker holds immutable, for what a document makes by the hundred.

Where `dataclass(frozen=True)` guards at run time, each field is set through `object.__setattr__` and an instance takes
four times as long to make; a tenth of a document's time went there. Equality, hash and `replace` are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[_T]) -> type[_T]:
    """The class as a dataclass with slots, equality and a hash over its fields."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
