"""One VCF line, split as text: alleles, extent, genotype, filter, allele fraction and depth.

Text on purpose: libraries type, round and drop (FORMAT/CN declared Integer with 43.7, FILTER ``.`` as PASS).
"""

import re
from dataclasses import dataclass
from functools import cached_property

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Presence, Source

_BASES = re.compile(r"[ACGTN]+", re.IGNORECASE)
_REFERENCE_ALLELES = frozenset({"<NON_REF>", "<*>"})
_TIERS = {"A": "AU", "C": "CU", "G": "GU", "T": "TU"}


@dataclass(frozen=True)
class VcfLine:
    """A data line; ``sample_column`` is the index of the tumor among all columns, ``None`` without samples."""

    file: SourceFile
    number: int | None
    fields: tuple[str, ...]
    sample_column: int | None

    @cached_property
    def source(self) -> Source:
        """File, line and locus."""
        locus = f"{self.fields[0]}:{self.fields[1]} {_short(self.ref)}>{_short(self.fields[4])}"
        return self.file.source(self.number, locus)

    @cached_property
    def pos(self) -> int:
        """POS, 1-based. Raises MalformedFileError."""
        return self._whole(self.fields[1], "POS")

    @property
    def ref(self) -> str:
        """REF in upper case."""
        return self.fields[3].upper()

    @property
    def alts(self) -> tuple[str, ...]:
        """ALT alleles as written; empty for ``.``."""
        return () if self.fields[4] in (".", "") else tuple(self.fields[4].split(","))

    @property
    def filters(self) -> tuple[str, ...]:
        """FILTER tokens; empty for ``.``, which means that no filter was applied."""
        return () if self.fields[6] in (".", "") else tuple(self.fields[6].split(";"))

    @property
    def passed(self) -> bool:
        """Whether no filter failed (``.`` included)."""
        return self.filters in ((), ("PASS",))

    @cached_property
    def info(self) -> dict[str, str]:
        """INFO by key, first value of a repeated key, flags as empty text."""
        found: dict[str, str] = {}
        for item in self.fields[7].split(";"):
            key, _, value = item.partition("=")
            found.setdefault(key, value)
        return found

    @cached_property
    def tumor(self) -> dict[str, str]:
        """FORMAT fields of the tumor column; empty without one."""
        if self.sample_column is None or len(self.fields) < 10:
            return {}
        keys = self.fields[8].split(":")
        return dict(zip(keys, self.fields[self.sample_column].split(":"), strict=False))

    @property
    def is_literal(self) -> bool:
        """Whether any ALT allele is spelled in bases and the line is no structural variant."""
        return "SVTYPE" not in self.info and any(_BASES.fullmatch(alt) for alt in self.alts)

    @property
    def is_reference(self) -> bool:
        """Whether the line states reference alone: no ALT, or only ``<NON_REF>`` / ``<*>``."""
        return all(alt in _REFERENCE_ALLELES for alt in self.alts)

    @cached_property
    def end(self) -> int:
        """Last base of the record: END if it is not before POS, else POS + |SVLEN|, else from REF."""
        end = self.info.get("END", "").split(",")[0]
        if end.isdigit() and int(end) >= self.pos:
            return int(end)
        lengths = [abs(int(x)) for x in re.findall(r"-?\d+", self.info.get("SVLEN", ""))]
        symbolic = any(alt.startswith("<") and not alt.startswith("<INS") for alt in self.alts)
        if lengths and symbolic:
            return self.pos + max(lengths)
        return self.pos + len(self.ref) - 1

    def presence(self, allele: int) -> Presence | None:
        """What the genotype says of ALT ``allele`` (1 for the first); ``None`` where it says reference."""
        genotype = self.tumor.get("GT", "")
        called = re.findall(r"\d+|\.", genotype)
        if str(allele) in called:
            return Presence.PRESENT
        if "." in called:
            # callers without a genotype model write ./. beside reads: a passed row with reads is a call
            has_reads = (self.fraction(allele) or 0) > 0
            return Presence.PRESENT if has_reads and self.passed else Presence.NO_CALL
        if called:
            return None
        return None if self.fraction(allele) == 0 else Presence.PRESENT

    def fraction(self, allele: int) -> float | None:
        """Variant allele fraction of ALT ``allele``; ``None`` where the line gives none."""
        for key in ("AF", "VAF", "VF", "FREQ"):
            value = self._of_allele(self.tumor.get(key), allele)
            if value is not None:
                return _fraction(value)
        if not self.tumor:
            value = self._of_allele(self.info.get("AF") or self.info.get("VAF"), allele)
            return _fraction(value) if value is not None else None
        alt, depth = self.alt_depth(allele), self.depth
        return alt / depth if alt is not None and depth and alt <= depth else None

    @cached_property
    def depth(self) -> int | None:
        """Reads over the position in the tumor."""
        for value in (self.tumor.get("FDP"), self.tumor.get("DP")):
            if value and value.isdigit():
                return int(value)
        counts = [int(x) for x in self.tumor.get("AD", "").split(",") if x.isdigit()]
        if len(counts) > 1:
            return sum(counts)
        whole = self.info.get("DP", "")
        return int(whole) if whole.isdigit() and len(self.fields) <= 10 else None

    def alt_depth(self, allele: int) -> int | None:
        """Reads with ALT ``allele`` in the tumor."""
        counts = self.tumor.get("AD", "").split(",")
        if len(counts) == len(self.alts) + 1:
            return _count(counts[allele])
        if "RD" in self.tumor and len(counts) == 1:  # VarScan: AD holds the ALT reads alone
            return _count(counts[0])
        for key in ("FAO", "AO"):
            value = self._of_allele(self.tumor.get(key), allele)
            if value is not None:
                return _count(value)
        tier = _TIERS.get(self.alts[allele - 1].upper())
        if tier in self.tumor:  # Strelka2: reads of tier 1, then of tier 2
            return _count(self.tumor[tier].split(",")[0])
        return _count(self.tumor.get("TIR", "").split(",")[0])

    def _of_allele(self, value: str | None, allele: int) -> str | None:
        """The part of a per-ALT field that belongs to ``allele``; a single value stands for a single ALT."""
        if value is None or value in ("", "."):
            return None
        parts = value.split(",")
        if len(parts) != len(self.alts):
            return None
        return parts[allele - 1]

    def _whole(self, token: str, column: str) -> int:
        if not token.isdigit():
            raise MalformedFileError(
                f"{column} is {token!r}, which is no whole number",
                where=f"{self.file.name} line {self.number}",
                remedy="write the file again with the caller or bcftools",
            )
        return int(token)


def _fraction(token: str) -> float | None:
    """``0.125`` or ``12.5%`` as a fraction; ``None`` for anything else."""
    percent = token.endswith("%")
    try:
        value = float(token.removesuffix("%")) / (100 if percent else 1)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _count(token: str) -> int | None:
    return int(token) if token.isdigit() else None


def _short(allele: str) -> str:
    return allele if len(allele) <= 20 else f"{allele[:17]}..."
