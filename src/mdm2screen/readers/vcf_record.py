"""What one VCF line says of the tumor: genotype, allele fraction and depth, as each caller writes them."""

import re
from dataclasses import dataclass
from functools import cached_property

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.vcf_fields import VcfFields, is_whole
from mdm2screen.readers.vcf_support import Support, support
from mdm2screen.records import Presence

_DECIMAL_COMMA = re.compile(r"\d+,\d+%")  # VarScan in some languages; a list has a percent sign behind each number
_GENOTYPE = re.compile(r"[/|]?(\d+|\.)([/|](\d+|\.))*")
_TIERS = {"A": "AU", "C": "CU", "G": "GU", "T": "TU"}
# A genotype of reference beside this fraction of reads with the allele is no statement: a model of two copies calls
# 0/0 what a part of the tumor has (VarScan did so at 19.67%). A choice of mdm2screen, which only asks for a look.
_READS_AGAINST_REFERENCE = 0.05


@dataclass(frozen=True)
class VcfLine(VcfFields):
    """A data line with what its tumor column says."""

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
            # callers without a genotype model write ./. beside reads: a passed row with reads is a call, and so is
            # any row of those that count reads of a joint (GRIDSS); its FILTER is weighed by itself
            stands = self.passed or self.structural_support(allele) is not None
            return Presence.PRESENT if (fraction or 0) > 0 and stands else Presence.NO_CALL
        if called:
            return Presence.NO_CALL if (fraction or 0) >= _READS_AGAINST_REFERENCE else self._in_normal(allele)
        if self.tumor and not any(value.strip(".,") for value in self.tumor.values()):
            return Presence.NO_CALL  # a column left empty: the record is another sample's
        if fraction == 0:
            return Presence.NO_CALL if self.alt_depth(allele) else None
        return Presence.PRESENT

    def _in_normal(self, allele: int) -> Presence | None:
        """What is left of an allele that the tumor's genotype denies: nothing, unless the matched normal has it."""
        if self.normal_column is None:
            return None
        genotype, _, _ = self.fields[self.normal_column].partition(":")
        has = "GT" in self.tumor and str(allele) in re.findall(r"\d+", genotype)
        return Presence.NORMAL_ONLY if has else None

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
        said = self.structural_support(allele)
        if said is not None:
            return said.alt / said.total if said.total else None
        for key in ("AF", "VAF", "VF", "FREQ", "FA"):
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
        counts = [int(x) for x in self.tumor.get("AD", "").split(",") if is_whole(x)]
        if len(counts) > 1:
            return sum(counts)
        reference = _count(self.tumor.get("RO", self.tumor.get("RD", "")))
        if reference is not None:
            return reference + sum(self.alt_depth(n) or 0 for n in range(1, len(self.alts) + 1))
        return _count(self.info.get("DP", "")) if len(self.fields) <= 10 else None

    def alt_depth(self, allele: int) -> int | None:
        """Reads with ALT ``allele`` in the tumor."""
        said = self.structural_support(allele)
        if said is not None:
            return said.alt
        counts = self.tumor.get("AD", "").split(",")
        if len(counts) == len(self.alts) + 1:
            return _count(counts[allele])
        if "RD" in self.tumor and len(counts) == 1:  # VarScan: AD holds the ALT reads alone
            return _count(counts[0])
        for key in ("FAO", "AO"):
            value = _count(self._of_allele(self.tumor.get(key), allele) or "")
            if value is not None:
                return value
        if not self.tumor and len(self.alts) == 1:  # LoFreq: reads with REF on both strands, then those with ALT
            strands = self.info.get("DP4", "").split(",")
            return int(strands[2]) + int(strands[3]) if len(strands) == 4 and all(map(is_whole, strands)) else None
        strelka = self._strelka_depths(allele)
        return None if strelka is None else strelka[0]

    def structural_support(self, allele: int) -> Support | None:
        """Reads for and against ALT ``allele``, where it is a structural variant, symbolic or spelled in bases."""
        spelled = self.alts[allele - 1].isalpha() and "SVTYPE" not in self.info
        return None if spelled else support(self.tumor, allele)

    def _strelka_depths(self, allele: int) -> tuple[int, int] | None:
        """Strelka2's reads with ALT and with REF, of tier 1; of the laxer tier 2 where tier 1 has none with ALT."""
        alt = self.tumor.get(_TIERS.get(self.alts[allele - 1].upper(), ""), self.tumor.get("TIR", ""))
        ref = self.tumor.get(_TIERS.get(self.ref, ""), self.tumor.get("TAR", ""))
        pairs = zip(alt.split(","), ref.split(","), strict=False)
        tiers = [(int(a), int(r)) for a, r in pairs if is_whole(a) and is_whole(r)]
        return next((tier for tier in tiers if tier[0]), tiers[0] if tiers else None)

    def _of_allele(self, value: str | None, allele: int) -> str | None:
        """The part of a per-ALT field that belongs to ``allele``; a single value stands for a single ALT."""
        if value is None or value in ("", "."):
            return None
        parts = [value] if _DECIMAL_COMMA.fullmatch(value) else value.split(",")
        if len(parts) != len(self.alts):
            return None
        return parts[allele - 1]


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
    return int(token) if is_whole(token) else None
