"""ANNOVAR (table_annovar -vcfinput): one block of INFO keys per ALT, with the same keys in each block.

``Func.refGene``, ``ExonicFunc.refGene``, ``AAChange.refGene`` (``TP53:NM_000546:exon5:c.G524A:p.R175H,...``) and
``GeneDetail.refGene``; the suffix is the table's name (refGeneWithVer, ensGene ...). ``\\x3b`` and ``\\x3d`` stand for
``;`` and ``=``. ExonicFunc is the gravest over all transcripts. Source: the ANNOVAR documentation.
"""

import re
from collections.abc import Iterator

from mdm2screen.readers import annotation_words
from mdm2screen.readers.annotation_classes import classes_of
from mdm2screen.readers.annotation_line import AnnotatedAllele, Said, annotation, stated
from mdm2screen.records import Annotation

_START, _END, _FUNCTION = "ANNOVAR_DATE", "ALLELE_END", "Func."
_SUBSTITUTION = re.compile(r"c\.([ACGT])(\d+)([ACGT])")
_BLOCK = re.compile(r"c\.(\d+_\d+|\d+)([ACGT]+)")


def read(allele: AnnotatedAllele) -> Said:
    """What ANNOVAR says of the allele."""
    blocks = [block for block in _blocks(allele) if any(key.startswith(_FUNCTION) for key in block)]
    if not blocks:
        return Said()
    if len(blocks) != len(allele.alts):
        return Said(unread=[f"ANNOVAR tells of {len(blocks)} alleles, the line has {len(allele.alts)}"])
    block = blocks[allele.number - 1]
    said = Said()
    for key in block:
        if key.startswith(_FUNCTION):
            said += _of_table(block, key.removeprefix(_FUNCTION))
    if said.annotations:
        said += classes_of(block, allele.source)
    return said


def outside(allele: AnnotatedAllele) -> dict[str, str]:
    """INFO without the blocks that ANNOVAR wrote, the first of a repeated key."""
    return _sorted(allele)[0]


def _blocks(allele: AnnotatedAllele) -> list[dict[str, str]]:
    return _sorted(allele)[1:]


def _sorted(allele: AnnotatedAllele) -> list[dict[str, str]]:
    """The keys outside, then those of each ALT; a block begins with its date, or where a function is told again."""
    parts: list[dict[str, str]] = [{}]
    inside = False
    for key, value in allele.items:
        starts = key == _START or (key.startswith(_FUNCTION) and (not inside or key in parts[-1]))
        if starts:
            parts.append({})
        inside = (inside or starts) and key != _END
        if inside:
            parts[-1][key] = re.sub(r"\\x([0-9a-fA-F]{2})", lambda code: chr(int(code[1], 16)), value)
        else:
            parts[0].setdefault(key, value)
    return parts


def _of_table(block: dict[str, str], table: str) -> Said:
    said = Said()
    function, program = block[f"{_FUNCTION}{table}"], f"ANNOVAR ({table})"
    exonic = annotation_words.terms(block.get(f"ExonicFunc.{table}", "").replace(" ", "_").split(";"))
    for item in filter(stated, block.get(f"AAChange.{table}", "").split(",")):
        parts = item.split(":")
        if len(parts) < 4:
            said.unread.append(f"AAChange.{table} holds {item!r}, which is not gene:transcript:exon:c.")
            continue
        coding = next((part for part in parts if part.startswith("c.")), "")
        protein = next((part for part in parts if part.startswith("p.")), None)
        named = annotation(
            program, gene=parts[0], transcript=parts[1], terms=exonic, hgvs_c=_hgvs(coding), hgvs_p=protein
        )
        said.annotations += [named] if named else []
    said.annotations += _details(block, table, function, program)
    if not said.annotations and not said.unread:
        gene = next((g for g in re.split(r"[;,]", block.get(f"Gene.{table}", "")) if g == "TP53"), "none")
        named = annotation(program, gene=gene, transcript=None, terms=annotation_words.terms(function.split(";")))
        said.annotations += [named] if named else []
    return said


def _details(block: dict[str, str], table: str, function: str, program: str) -> Iterator[Annotation]:
    """Splice sites and UTRs stand in GeneDetail, as transcript:exon:c. or transcript:c."""
    places = [word for word in function.split(";") if word in ("splicing", "UTR5", "UTR3")]
    for item in re.split(r"[;,]", block.get(f"GeneDetail.{table}", "")):
        parts = item.split(":")
        if places and len(parts) > 1 and parts[-1].startswith("c."):
            found = annotation(
                program, gene="TP53", transcript=parts[0], terms=annotation_words.terms(places), hgvs_c=_hgvs(parts[-1])
            )
            if found and "TP53" in re.split(r"[;,]", block.get(f"Gene.{table}", "")):
                yield found


def _hgvs(coding: str) -> str:
    """ANNOVAR's c. name as HGVS: ``c.G524A`` and ``c.948_949TT`` are its own."""
    return _BLOCK.sub(r"c.\1delins\2", coding) if _BLOCK.fullmatch(coding) else _SUBSTITUTION.sub(r"c.\2\1>\3", coding)
