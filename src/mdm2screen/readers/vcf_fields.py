"""The fields of one VCF line, split as text, and the stretch of genome it speaks of.

Text on purpose: libraries type, round and drop (FORMAT/CN declared Integer with 43.7, FILTER ``.`` as PASS).
"""

import re
from dataclasses import dataclass
from functools import cached_property

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Source

Place = tuple[str, int, int]
"""Contig, first and last base."""

_BASES = re.compile(r"[ACGTN]+", re.IGNORECASE)
_REFERENCE_ALLELES = frozenset({"<NON_REF>", "<*>", "<X>"})  # the last is that of samtools before 1.3
# An allele that an earlier deletion took away (the second as GATK 3 writes it), and none at all.
_TAKEN_AWAY = frozenset({"*", "<*:DEL>", "."})
# Symbolic alleles that are a point and need no END, and those that are a stretch and mean nothing without one.
_POINTS = ("<INS", "<BND", "<TRA", "<CTX")
_STRETCHES = ("<DEL", "<DUP", "<INV", "<CN", "<LOH", "<LOSS", "<GAIN", "<AMP")
_BREAKEND = re.compile(r"([^\[\]]*)([\[\]])(.+):(\d+)[\[\]][^\[\]]*")


@dataclass(frozen=True)
class VcfFields:
    """A data line; ``sample_column`` is the index of the tumor among all columns, ``None`` without samples.

    ``normal_column`` is that of its matched normal, ``None`` where there is none or it is not known.
    """

    file: SourceFile
    number: int | None
    fields: tuple[str, ...]
    sample_column: int | None
    normal_column: int | None = None

    @cached_property
    def source(self) -> Source:
        """File, line and locus."""
        locus = f"{self.fields[0]}:{self.fields[1]} {_short(self.ref)}>{_short(self.fields[4])}"
        return self.file.source(self.number, locus)

    @property
    def contig(self) -> str:
        """CHROM as this package writes it."""
        return genes.contig_name(self.fields[0])

    @cached_property
    def pos(self) -> int:
        """POS, 1-based. Raises MalformedFileError."""
        return self.whole(self.fields[1], "POS")

    @property
    def ref(self) -> str:
        """REF in upper case."""
        return self.fields[3].upper()

    @property
    def alts(self) -> tuple[str, ...]:
        """ALT alleles as written; empty for ``.``."""
        return () if self.fields[4] in (".", "") else tuple(self.fields[4].split(","))

    @property
    def stated_alts(self) -> tuple[str, ...]:
        """ALT alleles that state a change: neither "any other allele" nor one that an earlier deletion took away."""
        return tuple(alt for alt in self.alts if alt not in _REFERENCE_ALLELES and alt not in _TAKEN_AWAY)

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
        """Whether the line states reference alone: no ALT, or only "any other allele" (``<NON_REF>``, ``<*>``)."""
        return all(alt in _REFERENCE_ALLELES for alt in self.alts)

    @cached_property
    def end(self) -> int:
        """Last base of the record: the furthest that REF, END and SVLEN say; END where SVLEN differs by one base.

        Raises MalformedFileError where a symbolic stretch has neither END nor SVLEN.
        """
        own = self.pos + max(len(self.ref), 1) - 1
        stated, by_length = self._stated_end, self._end_by_length
        if stated is None and by_length is None and any(alt.startswith(_STRETCHES) for alt in self.alts):
            raise MalformedFileError(
                f"{self.fields[4]} has neither an END after POS nor an SVLEN: how far it reaches is not known",
                where=str(self.source),
                remedy="write the file again with the caller, or correct the record",
            )
        if stated is not None and by_length is not None and not self.contradicts_itself:
            by_length = stated
        return max(own, stated or 0, by_length or 0, self._block_end)

    @property
    def _block_end(self) -> int:
        """Last base of a reference block with FORMAT/LEN (VCF 4.5): the tumor's, else the furthest of any sample's."""
        keys = self.fields[8].split(":") if len(self.fields) > 9 else []
        if "LEN" not in keys or not self.is_reference:
            return 0
        columns = self.fields[9:] if self.sample_column is None else (self.fields[self.sample_column],)
        values = [dict(zip(keys, column.split(":"), strict=False)).get("LEN", ".") for column in columns]
        return max((self.pos + self.whole(value, "LEN") - 1 for value in values if value not in (".", "")), default=0)

    def ends_of(self, allele: int) -> tuple[int, ...]:
        """Last base of a symbolic ``allele`` (1 for the first), as its own SVLEN and as END say, each where stated.

        From VCF 4.4 on SVLEN has one length per ALT and END is that of the longest; before, it may be negative.
        """
        length, stated = self.length_of(allele), self._stated_end
        by_length = () if length is None else (self.pos + length,)
        if stated is None or (by_length and len(self.alts) > 1):
            return by_length
        return tuple(sorted({stated, *by_length}))

    def length_of(self, allele: int) -> int | None:
        """|SVLEN| of ``allele`` (1 for the first); ``None`` where it is absent, 0, or not one for each ALT."""
        lengths = self.info.get("SVLEN", ".").split(",")
        own = lengths[allele - 1].lstrip("+-") if len(lengths) == len(self.alts) else ""
        return (int(own) or None) if is_whole(own) else None

    @property
    def contradicts_itself(self) -> bool:
        """Whether END and SVLEN of a symbolic allele differ by more than a base."""
        stated, by_length = self._stated_end, self._end_by_length
        return stated is not None and by_length is not None and abs(stated - by_length) > 1

    @cached_property
    def _stated_end(self) -> int | None:
        """INFO/END on the record's own chromosome, where it is not before POS."""
        token = self.info.get("END", ".")
        if token in ("", ".") or self._other_contig:
            return None
        end = max(self.whole(one, "END") for one in token.split(","))
        return end if end >= self.pos else None

    @cached_property
    def _end_by_length(self) -> int | None:
        """POS + |SVLEN| of a symbolic allele that is a stretch."""
        if not any(alt.startswith("<") and not alt.startswith(_POINTS) for alt in self.alts):
            return None
        tokens = [token.lstrip("+-") for token in self.info.get("SVLEN", ".").split(",")]
        known = [token for token in tokens if token not in ("", ".")]
        if known and self._stated_end is not None and not all(map(is_whole, known)):
            return None
        longest = max((self.whole(token, "SVLEN") for token in known), default=0)
        return self.pos + longest if longest else None

    @property
    def _other_contig(self) -> str | None:
        """The other chromosome of a rearrangement that names it in CHR2 (DELLY, Sniffles, GATK-SV)."""
        other = self.info.get("CHR2")
        return other if other and genes.contig_name(other) != self.contig else None

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All stretches the record speaks of: its own, and those of ``mates``."""
        found = dict.fromkeys(((self.contig, self.pos, self.end), *self.mates))
        return tuple(one for one in found if not any(_lies_within(one, other) for other in found))

    @cached_property
    def mates(self) -> tuple[Place, ...]:
        """Other ends of a rearrangement, and what lies between both ends where the joint leaves it out.

        A caller that writes a rearrangement once writes it at one of its ends.
        """
        found: list[Place] = []
        for match in filter(None, map(_BREAKEND.fullmatch, self.alts)):
            contig, mate, forward = genes.contig_name(match[3].strip("<>")), int(match[4]), bool(match[1])
            removes = contig == self.contig and forward == (match[2] == "[") == (mate > self.pos)
            found.append((contig, min(self.pos, mate), max(self.pos, mate)) if removes else (contig, mate, mate))
        if "CHR2" in self.info:
            keys = ("POS2", "END2", "END") if self._other_contig else ("POS2", "END2")
            ends = [int(self.info[key]) for key in keys if is_whole(self.info.get(key, ""))]
            found += [(genes.contig_name(self.info["CHR2"]), end, end) for end in ends[:1]]
        return tuple(found)

    def whole(self, token: str, column: str) -> int:
        """A field as a whole number. Raises MalformedFileError."""
        if not is_whole(token):
            raise MalformedFileError(
                f"{column} is {token!r}, which is no whole number",
                where=str(self.source),
                remedy="write the file again with the caller or bcftools",
            )
        return int(token)


def _lies_within(one: Place, other: Place) -> bool:
    """Whether a place is another one's part."""
    return one != other and one[0] == other[0] and other[1] <= one[1] and one[2] <= other[2]


def is_whole(token: str) -> bool:
    """Whether a token is a whole number of plain digits (Python also takes others, such as a raised 2)."""
    return token.isascii() and token.isdigit()


def _short(allele: str) -> str:
    return allele if len(allele) <= 20 else f"{allele[:17]}..."
