"""Which alleles of a VCF lie on one molecule, as callers and phasers write it.

GT ``0|1`` with PS (VCF specification: GATK, DRAGEN, WhatsHap, Octopus). PGT with PID (Mutect2, HaplotypeCaller,
TNscope): haplotypes of the assembled reads, also where GT is not phased. INFO/MNVTAG (DRAGEN, TSO500): the change of
several bases that a row is a part of, ``chr17:7578406_CG->TA``. Strelka2, VarDict, VarScan and LoFreq say nothing.
"""

import re

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.vcf_fields import VcfFields
from mdm2screen.records import Phase

_GENOTYPE = re.compile(r"[/|]?(\d+|\.)([/|](\d+|\.))*")
_MNV = re.compile(r"[^:]+:(\d+)_([ACGTN]+)->([ACGTN]+)", re.IGNORECASE)
# By the specification all phased genotypes without PS are of one set.
_NO_SET = "phased without a phase set"


def phase(line: VcfFields, allele: int) -> Phase | None:
    """What the line says of the phase of ALT ``allele`` (1 for the first). Raises MalformedFileError."""
    whole = _whole(line)
    group, haplotypes = _of_reads(line, allele) or _of_genotype(line, allele) or (None, ())
    if group is not None:
        return Phase(group=group, haplotypes=haplotypes, whole=whole)
    return None if whole is None else Phase(group=f"MNV {whole[0]} {whole[1]}>{whole[2]}", haplotypes=(0,), whole=whole)


def _of_reads(line: VcfFields, allele: int) -> tuple[str, tuple[int, ...]] | None:
    """PGT and PID. PGT says which of two haplotypes holds the ALT allele, not what the sample's genotype is."""
    name, text = line.tumor.get("PID", "."), line.tumor.get("PGT", ".")
    if name in ("", ".") or text in ("", "."):
        return None
    haplotypes = _haplotypes(line, "PGT", text, allele)
    return (f"PID {name}", haplotypes) if haplotypes else None


def _of_genotype(line: VcfFields, allele: int) -> tuple[str, tuple[int, ...]] | None:
    """GT and PS."""
    name = line.tumor.get("PS", ".")
    haplotypes = _haplotypes(line, "GT", line.tumor.get("GT", "."), allele)
    return (_NO_SET if name in ("", ".") else f"PS {name}", haplotypes) if haplotypes else None


def _haplotypes(line: VcfFields, key: str, text: str, allele: int) -> tuple[int, ...]:
    """The haplotypes that hold an allele, counted from 0; none where the genotype is not phased."""
    if not _GENOTYPE.fullmatch(text):
        raise _unreadable(line, key, text, "no genotype such as 0|1")
    if "/" in text:
        return ()
    alleles = text.removeprefix("|").split("|")  # since 4.4 a first | may stand before the first allele
    return tuple(n for n, one in enumerate(alleles) if one == str(allele)) if len(alleles) > 1 else ()


def _whole(line: VcfFields) -> tuple[int, str, str] | None:
    text = line.info.get("MNVTAG") or "."
    if text == ".":
        return None
    match = _MNV.fullmatch(text)
    if match is None:
        raise _unreadable(line, "MNVTAG", text, "not of the form chr17:7578406_CG->TA")
    return int(match[1]), match[2].upper(), match[3].upper()


def _unreadable(line: VcfFields, key: str, text: str, what: str) -> MalformedFileError:
    remedy = "write the file again with the caller, or remove this field"
    return MalformedFileError(f"{key} is {text!r}, {what}", where=str(line.source), remedy=remedy)
