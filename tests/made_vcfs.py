"""Made VCFs of every disorder, and which of their lines speak of a gene, judged without the package."""

import gzip
import re
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pysam
import pysam.bcftools
from hypothesis import strategies as st

import vcf_builder as vb

# Both genes on GRCh37 and GRCh38, as UCSC and the MANE transcripts place them; not taken from the package.
WINDOWS = {
    "12": ((69201958, 69239324), (68808178, 68845544)),
    "17": ((7571720, 7590868), (7668402, 7687550)),
}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "bare": lambda name: name,
    "chr": lambda name: f"chr{name}",
    "accession": lambda name: f"NC_0000{int({'X': '23'}.get(name, name)):02}.10",
}
ORDERS = (
    ("1", "12", "17", "20", "X"),
    ("1", "12", "17", "2", "20", "X"),
    ("X", "20", "17", "12", "1"),
    ("1", "12", "20", "X", "17"),
    ("17", "12", "20", "1"),
    ("20", "12", "17"),
    ("17", "1", "X", "12"),
)
DECLARED = (
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">',
    '##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length">',
    '##INFO=<ID=MARK,Number=1,Type=String,Description="To tell like records apart">',
)
REARRANGED = (
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type">',
    '##INFO=<ID=CHR2,Number=1,Type=String,Description="Other contig">',
    '##INFO=<ID=POS2,Number=1,Type=Integer,Description="Other position">',
)
MATE = re.compile(r"[\[\]](.+):(\d+)[\[\]]")


def plain_name(contig: str) -> str:
    for name in ("1", "2", "12", "17", "20", "X"):
        if contig in {spell(name) for spell in SPELLINGS.values()}:
            return name
    return contig


def over_a_gene(contig: str, first: int, last: int) -> bool:
    return any(first <= end and last >= start for start, end in WINDOWS.get(plain_name(contig), ()))


def touches(line: str) -> bool:
    """Whether a line speaks of a base of either gene on either build, judged from its text."""
    contig, position, _, ref, alt, _, _, info = line.split("\t")[:8]
    pos = int(position)
    said = dict(item.split("=", 1) for item in info.split(";") if "=" in item)
    mate = MATE.search(alt)
    if mate is not None:
        other, there = mate[1], int(mate[2])
        joins_forward = alt[0] not in "[]" and "[" in alt
        if joins_forward and plain_name(other) == plain_name(contig) and there > pos:
            return over_a_gene(contig, pos, there)
        return over_a_gene(contig, pos, pos) or over_a_gene(other, there, there)
    if "CHR2" in said:
        return over_a_gene(contig, pos, pos) or over_a_gene(said["CHR2"], int(said["POS2"]), int(said["POS2"]))
    last = pos + len(ref) - 1
    if alt.startswith("<"):
        last = max([last, int(said.get("END", "0")), *(pos + abs(int(x)) for x in said.get("SVLEN", "0").split(","))])
    return over_a_gene(contig, pos, last)


def positions(contig: str) -> st.SearchStrategy[int]:
    """Mostly where it is easy to be wrong by one."""
    edges = [edge + step for window in WINDOWS.get(contig, ()) for edge in window for step in (-2, -1, 0, 1, 2)]
    anywhere = st.integers(1, 80_000_000)
    return st.one_of(anywhere, st.sampled_from(edges), st.integers(7_560_000, 7_700_000)) if edges else anywhere


@st.composite
def records(draw: st.DrawFn, contig: str, spell: Callable[[str], str], *, rearranged: bool) -> str:
    name, pos = spell(contig), draw(positions(contig))
    reach = draw(st.one_of(st.integers(1, 40), st.integers(1, 80_000_000)))
    edge = draw(st.sampled_from([bound for window in WINDOWS["17"] for bound in window])) + draw(st.integers(-1, 1))
    kinds = ["snv", "snv", "insertion", "deletion", "reference", "<DEL>", "<DUP>", "<CNV>", "<DEL>,<DUP>"]
    kind = draw(st.sampled_from([*kinds, "breakend", "named"] if rearranged else kinds))
    info = draw(st.sampled_from(["END={end}", "SVLEN=-{reach}", "SVLEN={reach}", "END={end};SVLEN={reach}"]))
    info = info.format(end=pos + reach, reach=reach)
    if kind == "deletion":
        return vb.record(name, pos, "C" + "A" * draw(st.sampled_from([1, 5, 300])), "C")
    if kind == "reference":
        return vb.record(name, pos, "C", "<NON_REF>", info=f"END={pos + reach}")
    if kind == "breakend":
        other = spell(draw(st.sampled_from(["1", "17", "12"])))
        there = draw(st.sampled_from([edge, 1000]))
        alt = draw(st.sampled_from(["C[{}:{}[", "C]{}:{}]", "[{}:{}[C"])).format(other, there)
        return vb.record(name, pos, "C", alt, info="SVTYPE=BND")
    if kind == "named":
        end = pos if contig == "17" else pos + 1  # DELLY writes the base behind, on whichever chromosome
        return vb.record(name, pos, "C", "<BND>", info=f"SVTYPE=BND;END={end};CHR2={spell('17')};POS2={edge}")
    if kind.startswith("<"):
        return vb.record(name, pos, "C", kind, info=info)
    return vb.record(name, pos, "C", "T" if kind == "snv" else "CTT")


@st.composite
def files(draw: st.DrawFn, *, rearranged: bool | None = None, sort: bool = True) -> str:
    """Text of a VCF with contigs in some order and spelling, with repeats, sorted within each contig."""
    spell = SPELLINGS[draw(st.sampled_from(sorted(SPELLINGS)))]
    order = draw(st.sampled_from(ORDERS))
    rearranged = draw(st.booleans()) if rearranged is None else rearranged
    lines: list[str] = []
    for contig in order:
        few = draw(st.lists(records(contig, spell, rearranged=rearranged), max_size=6))
        few += draw(st.lists(st.sampled_from(few), max_size=2)) if few else []
        lines += sorted(few, key=position) if sort else few
    lines = [line.replace("\t.\tGT", f"\tMARK={n}\tGT").replace(";.", "") for n, line in enumerate(lines)]
    if not sort:
        lines = draw(st.permutations(lines))
    contigs = [f"##contig=<ID={spell(name)}>" for name in order]
    extra = (*DECLARED, *(REARRANGED if rearranged else ()), *contigs)
    return "".join(f"{line}\n" for line in [*vb.header(build=None, extra=extra), *lines])


def position(line: str) -> int:
    return int(line.split("\t")[1])


def data_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def truth(text: str) -> list[str]:
    return [line for line in data_lines(text) if touches(line)]


def indexed(path: Path, *, csi: bool = False) -> Path:
    """An index beside the file, as tabix makes it."""
    verbosity = pysam.set_verbosity(0)
    try:
        pysam.tabix_index(str(path), preset="vcf", force=True, csi=csi)
    finally:
        pysam.set_verbosity(verbosity)
    return path.with_name(path.name + (".csi" if csi else ".tbi"))


def bcf_of(text: str, folder: Path) -> Path:
    source = folder / "source.vcf"
    source.write_text(text)
    made = folder / "made.bcf"
    verbosity = pysam.set_verbosity(0)
    try:
        pysam.bcftools.view("--no-version", "-Ob", "-o", str(made), str(source), catch_stdout=False)
    finally:
        pysam.set_verbosity(verbosity)
    return made


def bare_bcf_of(text: str, folder: Path) -> bytes:
    """A BCF without packing."""
    return gzip.decompress(bcf_of(text, folder).read_bytes())


def folder() -> AbstractContextManager[str]:
    return tempfile.TemporaryDirectory()
