"""bcftools csq as an independent opinion on TP53, each call in a process of its own.

Called twice in one process it keeps state: a contig mismatch is told once and passes in silence the second time. The
reference is the stretch around TP53 of ``shared/data/tp53_reference`` as a whole contig, so places are shifted.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import shared_data
from mdm2screen.genes import tp53_exons
from mdm2screen.records import Build

_FASTA = {
    Build.GRCH37: ("tp53_reference/TP53_GRCh37_chr17_7563097-7595868.plus.fa", 7563096),
    Build.GRCH38: ("tp53_reference/TP53_GRCh38_chr17_7659779-7692550.plus.fa", 7659778),
}
_EXON_1 = {Build.GRCH37: (7590695, 7590808), Build.GRCH38: (7687377, 7687490)}
_END = {Build.GRCH37: 7571739, Build.GRCH38: 7668421}
_RUN = "import sys, pysam.bcftools; sys.stdout.write(pysam.bcftools.csq(*sys.argv[1:]) or '')"

Change = tuple[int, str, str]
"""Position, REF, ALT on chromosome 17."""


class Opinion(NamedTuple):
    """What bcftools says of one change on NM_000546.6: its own words and amino acids (``175R>175H``), or none."""

    words: frozenset[str]
    protein: str


def sequence(build: Build) -> tuple[int, str]:
    """The plus strand around TP53 and the position before its first base."""
    name, before = _FASTA[build]
    lines = shared_data.shared(name).read_text().splitlines()
    return before, "".join(line for line in lines if not line.startswith(">"))


def opinions(folder: Path, build: Build, changes: Sequence[Change]) -> list[Opinion]:
    """bcftools' opinion on each change alone."""
    rows = [(pos, str(number), ref, alt, "") for number, (pos, ref, alt) in enumerate(changes)]
    answer = _answer(folder, build, rows, (), "--local-csq")
    found = [Opinion(frozenset(), "")] * len(changes)
    for line in answer.splitlines():
        if not line.startswith("#"):
            fields = line.split("\t")
            info = dict(item.partition("=")[::2] for item in fields[7].split(";"))
            found[int(fields[2])] = _opinion(info.get("BCSQ", ""))
    return found


def opinions_on_pairs(folder: Path, build: Build, pairs: Sequence[Sequence[Change]]) -> list[Opinion]:
    """bcftools' opinion on changes of one molecule: each group of them is a sample, phased on its second haplotype."""
    rows = []
    for change in sorted({change for group in pairs for change in group}):
        genotypes = "\t".join("0|1" if change in group else "0|0" for group in pairs)
        rows.append((change[0], ".", change[1], change[2], genotypes))
    answer = _answer(folder, build, rows, [f"S{n}" for n in range(len(pairs))], "--phase", "a", "--output-type", "t")
    said: list[list[str]] = [[] for _ in pairs]
    for line in answer.splitlines():
        fields = line.split("\t")
        if fields[0] == "CSQ" and not fields[5].startswith("@"):
            said[int(fields[1][1:])].append(fields[5])
    return [_opinion(",".join(one)) for one in said]


def _opinion(text: str) -> Opinion:
    parts = [entry.split("|") for entry in text.split(",") if entry and not entry.startswith("@")]
    words = frozenset(word for part in parts for word in part[0].lstrip("*").split("&"))
    return Opinion(words, next((part[5] for part in parts if len(part) > 5), ""))


def _answer(
    folder: Path, build: Build, rows: Sequence[tuple[int, str, str, str, str]], samples: Sequence[str], *options: str
) -> str:
    before, bases = sequence(build)
    (folder / "ref.fa").write_text(f">17\n{bases}\n")
    (folder / "genes.gff3").write_text(_gff(build, before))
    columns = [
        "#CHROM",
        "POS",
        "ID",
        "REF",
        "ALT",
        "QUAL",
        "FILTER",
        "INFO",
        *(["FORMAT", *samples] if samples else []),
    ]
    lines = [
        "##fileformat=VCFv4.2",
        f"##contig=<ID=17,length={len(bases)}>",
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        "\t".join(columns),
    ]
    for pos, name, ref, alt, genotypes in sorted(rows):
        tail = f"\tGT\t{genotypes}" if samples else ""
        lines.append(f"17\t{pos - before}\t{name}\t{ref}\t{alt}\t.\tPASS\t.{tail}")
    (folder / "in.vcf").write_text("\n".join(lines) + "\n")
    files = ["-f", str(folder / "ref.fa"), "-g", str(folder / "genes.gff3"), str(folder / "in.vcf")]
    run = [sys.executable, "-c", _RUN, *options, "-v", "0", *files]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout


def _gff(build: Build, before: int) -> str:
    """NM_000546.6 as Ensembl writes a transcript in GFF3."""
    exons = [(exon.number, exon.start[build], exon.end[build]) for exon in tp53_exons()]
    exons = [(1, *_EXON_1[build]), *((n, _END[build] if n == 11 else low, high) for n, low, high in exons)]
    coding = {exon.number: (exon.cds_start[build], exon.cds_end[build]) for exon in tp53_exons()}
    low, high, rows = exons[-1][1], exons[0][2], []

    def row(kind: str, start: int, end: int, phase: str, tags: str) -> None:
        rows.append(f"17\tensembl\t{kind}\t{start - before}\t{end - before}\t.\t-\t{phase}\t{tags}")

    row("gene", low, high, ".", "ID=gene:ENSG00000141510;Name=TP53;biotype=protein_coding;gene_id=ENSG00000141510")
    names = "ID=transcript:ENST00000269305;Parent=gene:ENSG00000141510;biotype=protein_coding"
    row("mRNA", low, high, ".", names)
    parent, length = "Parent=transcript:ENST00000269305", 0
    for number, start, end in exons:
        row("exon", start, end, ".", parent)
        if number in coding:
            row("CDS", *coding[number], str(-length % 3), parent)
            length += coding[number][1] - coding[number][0] + 1
        if number == 1:
            row("five_prime_UTR", start, end, ".", parent)
        elif number == 2:
            row("five_prime_UTR", coding[2][1] + 1, end, ".", parent)
        elif number == 11:
            row("three_prime_UTR", start, coding[11][0] - 1, ".", parent)
    return "##gff-version 3\n" + "\n".join(rows) + "\n"
