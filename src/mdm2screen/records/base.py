"""What every record has: a frozen model, a genome build, a source."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Fraction = Annotated[float, Field(ge=0, le=1)]
Position = Annotated[int, Field(ge=0)]

PSEUDONYM = re.compile(r"ps-[0-9a-f]{32}")
"""What stands for an identifier that was replaced: 128 bits of a keyed digest."""


class Model(BaseModel):
    """Base of every value in this package: frozen, no unknown field, no NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Build(StrEnum):
    """Genome builds whose coordinates this package knows."""

    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"


class Source(Model):
    """Where a statement stands: file name, 1-based line (if known) and locus as the file writes it."""

    file: str
    line: int | None = None
    locus: str | None = None

    def __str__(self) -> str:
        line = f" line {self.line}" if self.line is not None else ""
        locus = f" ({self.locus})" if self.locus else ""
        return f"{self.file}{line}{locus}"


class Region(Model):
    """A stretch the assay covers, 1-based closed."""

    contig: str
    start: Position
    end: Position
