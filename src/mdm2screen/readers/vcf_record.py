"""One VCF line, split as text: alleles, extent, genotype, filter, allele fraction and depth.

Text on purpose: libraries type, round and drop (FORMAT/CN declared Integer with 43.7, FILTER ``.`` as PASS).
"""

import re
from dataclasses import dataclass
from functools import cached_property

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Presence, Source

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
_DECIMAL_COMMA = re.compile(r"\d+,\d+%")  # VarScan in some languages; a list has a percent sign behind each number
_GENOTYPE = re.compile(r"[/|]?(\d+|\.)([/|](\d+|\.))*")
_TIERS = {"A": "AU", "C": "CU", "G": "GU", "T": "TU"}
# A genotype of reference beside this fraction of reads with the allele is no statement: a model of two copies calls
# 0/0 what a part of the tumor has (VarScan did so at 19.67%). A choice of mdm2screen, which only asks for a look.
_READS_AGAINST_REFERENCE = 0.05


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

    @property
    def contig(self) -> str:
        """CHROM as this package writes it."""
        return genes.contig_name(self.fields[0])

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
        return max(own, stated or 0, by_length or 0)

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
        end = max(self._whole(one, "END") for one in token.split(","))
        return end if end >= self.pos else None

    @cached_property
    def _end_by_length(self) -> int | None:
        """POS + |SVLEN| of a symbolic allele that is a stretch."""
        if not any(alt.startswith("<") and not alt.startswith(_POINTS) for alt in self.alts):
            return None
        tokens = [token.lstrip("+-") for token in self.info.get("SVLEN", ".").split(",")]
        known = [token for token in tokens if token not in ("", ".")]
        if known and self._stated_end is not None and not all(map(_is_whole, known)):
            return None
        longest = max((self._whole(token, "SVLEN") for token in known), default=0)
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
            ends = [int(self.info[key]) for key in keys if _is_whole(self.info.get(key, ""))]
            found += [(genes.contig_name(self.info["CHR2"]), end, end) for end in ends[:1]]
        return tuple(found)

    @property
    def says_not_seen(self) -> bool:
        """Whether the tumor column says that nothing was seen here: no call at all, or a depth of zero."""
        depths = [self.tumor[key] for key in ("MIN_DP", "DP") if key in self.tumor]
        genotype = self.tumor.get("GT")
        no_call = genotype is not None and not re.search(r"\d", genotype)
        return depths[:1] == ["0"] or no_call

    def presence(self, allele: int) -> Presence | None:
        """What the genotype says of ALT ``allele`` (1 for the first); ``None`` where it says reference."""
        if self.sample_column is None:
            return Presence.PRESENT  # without a column a line says no more than that the allele was called
        called = re.findall(r"\d+|\.", self._genotype)
        fraction = self.fraction(allele)
        if str(allele) in called:
            # called, and not one read of many with it: the row contradicts itself
            return Presence.NO_CALL if fraction == 0 and (self.depth or 0) > 0 else Presence.PRESENT
        if "." in called:
            # callers without a genotype model write ./. beside reads: a passed row with reads is a call
            return Presence.PRESENT if (fraction or 0) > 0 and self.passed else Presence.NO_CALL
        if called:
            return Presence.NO_CALL if (fraction or 0) >= _READS_AGAINST_REFERENCE else None
        if self.tumor and not any(value.strip(".,") for value in self.tumor.values()):
            return Presence.NO_CALL  # a column left empty: the record is another sample's
        if fraction == 0:
            return Presence.NO_CALL if self.alt_depth(allele) else None
        return Presence.PRESENT

    @property
    def _genotype(self) -> str:
        """GT of the tumor. Raises MalformedFileError for one that is none, or of an allele the line has not."""
        text = self.tumor.get("GT", "")
        indices = [int(one) for one in re.findall(r"\d+", text)]
        if (text and not _GENOTYPE.fullmatch(text)) or max(indices, default=0) > len(self.alts):
            raise MalformedFileError(
                f"the genotype {text!r} is none that this line can have",
                where=str(self.source),
                remedy="write the file again with the caller or bcftools",
            )
        return text

    def fraction(self, allele: int) -> float | None:
        """Variant allele fraction of ALT ``allele``; ``None`` where the line gives none."""
        for key in ("AF", "VAF", "VF", "FREQ"):
            value = _fraction(self._of_allele(self.tumor.get(key), allele))
            if value is not None:
                return value
        if not self.tumor:
            # LoFreq, which writes DP4, means the tumor's fraction; elsewhere AF is often that of a population
            return _fraction(self._of_allele(self.info.get("AF"), allele)) if "DP4" in self.info else None
        strelka = self._strelka_depths(allele)
        alt, depth = (self.alt_depth(allele), self.depth) if strelka is None else (strelka[0], sum(strelka))
        return alt / depth if alt is not None and depth and alt <= depth else None

    @cached_property
    def depth(self) -> int | None:
        """Reads over the position in the tumor."""
        flows = "FAO" in self.tumor  # Ion Torrent; Strelka2 counts in FDP what it filtered out
        for key in ("FDP", "DP") if flows else ("DP",):
            value = _count(self.tumor.get(key, ""))
            if value is not None:
                return value
        counts = [int(x) for x in self.tumor.get("AD", "").split(",") if _is_whole(x)]
        if len(counts) > 1:
            return sum(counts)
        reference = _count(self.tumor.get("RO", self.tumor.get("RD", "")))
        if reference is not None:
            return reference + sum(self.alt_depth(n) or 0 for n in range(1, len(self.alts) + 1))
        return _count(self.info.get("DP", "")) if len(self.fields) <= 10 else None

    def alt_depth(self, allele: int) -> int | None:
        """Reads with ALT ``allele`` in the tumor."""
        counts = self.tumor.get("AD", "").split(",")
        if len(counts) == len(self.alts) + 1:
            return _count(counts[allele])
        if "RD" in self.tumor and len(counts) == 1:  # VarScan: AD holds the ALT reads alone
            return _count(counts[0])
        for key in ("FAO", "AO"):
            value = _count(self._of_allele(self.tumor.get(key), allele) or "")
            if value is not None:
                return value
        strelka = self._strelka_depths(allele)
        return None if strelka is None else strelka[0]

    def _strelka_depths(self, allele: int) -> tuple[int, int] | None:
        """Strelka2's reads with ALT and with REF, of tier 1; of the laxer tier 2 where tier 1 has none with ALT."""
        alt = self.tumor.get(_TIERS.get(self.alts[allele - 1].upper(), ""), self.tumor.get("TIR", ""))
        ref = self.tumor.get(_TIERS.get(self.ref, ""), self.tumor.get("TAR", ""))
        pairs = zip(alt.split(","), ref.split(","), strict=False)
        tiers = [(int(a), int(r)) for a, r in pairs if _is_whole(a) and _is_whole(r)]
        return next((tier for tier in tiers if tier[0]), tiers[0] if tiers else None)

    def _of_allele(self, value: str | None, allele: int) -> str | None:
        """The part of a per-ALT field that belongs to ``allele``; a single value stands for a single ALT."""
        if value is None or value in ("", "."):
            return None
        parts = [value] if _DECIMAL_COMMA.fullmatch(value) else value.split(",")
        if len(parts) != len(self.alts):
            return None
        return parts[allele - 1]

    def _whole(self, token: str, column: str) -> int:
        if not _is_whole(token):
            raise MalformedFileError(
                f"{column} is {token!r}, which is no whole number",
                where=str(self.source),
                remedy="write the file again with the caller or bcftools",
            )
        return int(token)


def _lies_within(one: Place, other: Place) -> bool:
    """Whether a place is another one's part."""
    return one != other and one[0] == other[0] and other[1] <= one[1] and one[2] <= other[2]


def _is_whole(token: str) -> bool:
    return token.isascii() and token.isdigit()


def _fraction(token: str | None) -> float | None:
    """``0.125``, ``12.5%`` or ``12,5%`` as a fraction; ``None`` for anything else."""
    if token is None or "_" in token:  # Python would read 0.1_2
        return None
    percent = token.endswith("%")
    try:
        value = float(token.removesuffix("%").replace(",", ".")) / (100 if percent else 1)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _count(token: str) -> int | None:
    return int(token) if _is_whole(token) else None


def _short(allele: str) -> str:
    return allele if len(allele) <= 20 else f"{allele[:17]}..."
