"""Made VCFs of a size: two samples, a CSQ annotation, records spread over the genome as its chromosomes are long.

Nothing in them is anybody's. The same size gives the same file on every machine.
"""

import gzip
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pysam

from mdm2screen import genes
from mdm2screen.records import Build

SIZES = {"panel": 50_000, "exome": 500_000, "genome": 5_000_000}
"""Records of each kind of file."""

PACKINGS = ("plain", "bgzf", "indexed", "gzip")
"""How each file is written: as text, BGZF without and with a tabix index, and gzip of one member."""

_LENGTHS = genes.CHROMOSOME_LENGTHS[Build.GRCH38]
_TP53 = genes.TP53.loci[Build.GRCH38]
_R175H = (7675088, "C", "T", "missense_variant", "TP53")
_PIECE = 20_000  # lines written at a time
_KINDS = ("intron_variant", "intergenic_variant", "upstream_gene_variant", "missense_variant", "3_prime_UTR_variant")
_FIELDS = "Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|HGVSc|HGVSp|gnomADe_AF"


def _header() -> str:
    lines = [
        "##fileformat=VCFv4.2",
        '##FILTER=<ID=PASS,Description="All filters passed">',
        '##FILTER=<ID=germline,Description="Evidence indicates this site is germline, not somatic">',
        '##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">',
        '##INFO=<ID=ECNT,Number=1,Type=Integer,Description="Events in this haplotype">',
        '##INFO=<ID=POPAF,Number=A,Type=Float,Description="Population allele frequency, negative log 10">',
        '##INFO=<ID=TLOD,Number=A,Type=Float,Description="Log 10 likelihood ratio of a variant">',
        f'##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequences from Ensembl VEP. Format: {_FIELDS}">',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads per allele">',
        '##FORMAT=<ID=AF,Number=A,Type=Float,Description="Allele fraction">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
        '##FORMAT=<ID=SB,Number=4,Type=Integer,Description="Reads per allele and strand">',
        "##tumor_sample=TUMOR",
        "##normal_sample=NORMAL",
        *(f"##contig=<ID=chr{name},length={length}>" for name, length in _LENGTHS.items()),
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNORMAL\tTUMOR",
    ]
    return "".join(f"{line}\n" for line in lines)


def _lines(records: int) -> Iterator[str]:
    """Data lines in the order of the genome; one of them is TP53 R175H on GRCh38."""
    draw = random.Random(records)
    total = sum(_LENGTHS.values())
    for name, length in _LENGTHS.items():
        count = max(2, round(records * length / total))
        places = {draw.randrange(10_000, length - 10_000) for _ in range(count)}
        if name == _TP53.contig:  # within TP53 a REF has to be the genome's own, and one variant is enough
            places = {pos for pos in places if not _TP53.start - 20 <= pos <= _TP53.end} | {_R175H[0]}
        for pos in sorted(places):
            if name == _TP53.contig and pos == _R175H[0]:
                yield _line(draw, name, *_R175H)
                continue
            ref, alt = draw.choice(("AC", "AG", "AT", "CA", "CG", "CT", "GA", "GC", "GT", "TA", "TC", "TG"))
            if draw.random() < 0.1:
                ref += "ACGT"[pos % 4] * (1 + pos % 7)
            yield _line(draw, name, pos, ref, alt, _KINDS[pos % len(_KINDS)], f"GENE{pos // 60_000}")


def _line(draw: random.Random, name: str, pos: int, ref: str, alt: str, kind: str, gene: str) -> str:
    depth, other, reads = draw.randrange(40, 160), draw.randrange(20, 80), draw.randrange(3, 40)
    feature = f"ENST{pos % 1_000_000:011d}"
    csq = (
        f"{alt}|{kind}|MODIFIER|{gene}|ENSG{pos // 60_000:011d}|Transcript|{feature}.4|protein_coding|"
        f"{pos % 12 + 1}/12|{feature}.4:c.{pos % 3000}{ref[0]}>{alt}||"
    )
    ids = f"rs{draw.randrange(1_000_000_000)}" if pos % 3 else "."
    return (
        f"chr{name}\t{pos}\t{ids}\t{ref}\t{alt}\t.\t{'PASS' if pos % 4 or gene == 'TP53' else 'germline'}\t"
        f"DP={depth + other};ECNT={pos % 3 + 1};POPAF={draw.randrange(730) / 100};TLOD={draw.randrange(9000) / 100};"
        f"CSQ={csq}{draw.randrange(10_000) / 1e6},{csq.replace('.4', '.7')}\tGT:AD:AF:DP:SB\t"
        f"0/0:{other},0:0.012:{other}:{other // 2},{other - other // 2},0,0\t"
        f"0/1:{depth - reads},{reads}:{reads / depth:.3f}:{depth}:{depth // 2},{depth // 3},{reads // 2},{reads // 3}\n"
    )


def make(folder: Path, kind: str) -> dict[str, Path]:
    """The file of one kind in every packing; one that stands there already is kept."""
    paths = {packing: folder / packing / f"{kind}.vcf{'' if packing == 'plain' else '.gz'}" for packing in PACKINGS}
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    if not paths["plain"].exists():
        part = paths["plain"].with_suffix(".part")
        with part.open("w", encoding="ascii") as stream:
            stream.write(_header())
            piece: list[str] = []
            for line in _lines(SIZES[kind]):
                piece.append(line)
                if len(piece) == _PIECE:
                    stream.write("".join(piece))
                    piece.clear()
            stream.write("".join(piece))
        part.rename(paths["plain"])
    if not paths["bgzf"].exists():
        pysam.tabix_compress(str(paths["plain"]), str(paths["bgzf"]), force=True)
    index = paths["indexed"].with_name(paths["indexed"].name + ".tbi")
    if not index.exists():
        shutil.copyfile(paths["bgzf"], paths["indexed"])
        pysam.tabix_index(str(paths["indexed"]), preset="vcf", force=True)
    if not paths["gzip"].exists():
        with paths["plain"].open("rb") as source, gzip.open(paths["gzip"], "wb", compresslevel=6) as packed:
            shutil.copyfileobj(source, packed, 1 << 20)
    return paths
