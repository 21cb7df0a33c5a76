"""What is wrong with the `from:` and `check:` of entries, in the words of the providers they name."""

from __future__ import annotations

from collections.abc import Mapping

from sources.adapters import MODULES, provider
from sources.likeness import nearest
from sources.text import message


def provider_faults(id: str, fields: Mapping[str, str]) -> tuple[str, ...]:  # noqa: A002
    """The faults of one asking, each in a sentence: hand this to `sources.catalogue.catalogue.check`."""
    if id not in MODULES:
        near = nearest(id, MODULES)
        hint = f"did you mean {near}?" if near else f"expected one of {', '.join(MODULES)}"
        return (f'no provider "{message(id, 40)}"; {hint}',)
    return provider(id).faults(fields)
