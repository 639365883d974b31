"""bcftools csq as an independent opinion on TP53, each call in a process of its own.

Called twice in one process it keeps state: a contig mismatch is told once and passes in silence the second time. The
reference is the stretch around TP53 of ``shared/data/tp53_reference`` as a whole contig, so places are shifted.
"""

import subprocess
import sys
from collections.abc import Sequence
from functools import cache
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


Row = tuple[int | str, ...]
"""POS, REF, ALT, ID and the genotypes."""


class Opinion(NamedTuple):
    """What bcftools says of one change on NM_000546.6: its own words and amino acids (``175R>175H``), or none.

    ``anchored`` are the amino acids where the same change is written with the base before it.
    """

    words: frozenset[str]
    protein: str
    anchored: str = ""


@cache
def sequence(build: Build) -> tuple[int, str]:
    """The plus strand around TP53 and the position before its first base."""
    name, before = _FASTA[build]
    lines = shared_data.shared(name).read_text().splitlines()
    return before, "".join(line for line in lines if not line.startswith(">"))


def opinions(folder: Path, build: Build, changes: Sequence[Change]) -> list[Opinion]:
    """bcftools' opinion on each change alone, written as bcftools wants it: as short and as far left as can be."""
    left = [left_aligned(change, build) for change in changes]
    rows: list[Row] = [(*change, f"left {number}") for number, change in enumerate(left)]
    rows += [(*_anchored(change, build), f"anchored {number}") for number, change in enumerate(left)]
    said = {}
    for line in _answer(folder, build, rows, (), "--local-csq").splitlines():
        if not line.startswith("#"):
            fields = line.split("\t")
            info = dict(item.partition("=")[::2] for item in fields[7].split(";"))
            said[fields[2]] = _opinion(info.get("BCSQ", ""))
    numbers = range(len(changes))
    return [said[f"left {n}"]._replace(anchored=said[f"anchored {n}"].protein) for n in numbers]


def opinions_on_pairs(folder: Path, build: Build, pairs: Sequence[Sequence[Change]]) -> list[Opinion]:
    """bcftools' opinion on changes of one molecule: each group of them is a sample, phased on its second haplotype."""
    changes = sorted({change for group in pairs for change in group})
    rows = [(*change, ".", *("0|1" if change in group else "0|0" for group in pairs)) for change in changes]
    samples = [f"S{number}" for number in range(len(pairs))]
    answer = _answer(folder, build, rows, samples, "--phase", "a", "--output-type", "t")
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


def left_aligned(change: Change, build: Build) -> Change:
    """The change without bases that stay, at the leftmost of its equivalent places, behind one base if it needs one."""
    before, bases = sequence(build)
    pos, ref, alt = change
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
        if not (ref and alt):
            pos -= 1
            base = bases[pos - before - 1]
            ref, alt = base + ref, base + alt
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return pos, ref, alt


def _anchored(change: Change, build: Build) -> Change:
    before, bases = sequence(build)
    pos, ref, alt = change
    base = bases[pos - before - 2]
    return pos - 1, base + ref, base + alt


def _answer(folder: Path, build: Build, rows: Sequence[Row], samples: Sequence[str], *options: str) -> str:
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
        *(["FORMAT"] if samples else []),
        *samples,
    ]
    lines = [
        "##fileformat=VCFv4.2",
        f"##contig=<ID=17,length={len(bases)}>",
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        "\t".join(columns),
    ]
    for pos, ref, alt, name, *genotypes in sorted(rows):
        fields = ["17", int(pos) - before, name, ref, alt, ".", "PASS", ".", *(["GT"] if samples else []), *genotypes]
        lines.append("\t".join(map(str, fields)))
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
