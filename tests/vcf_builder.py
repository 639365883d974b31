"""Made VCFs: one good file, change what a test is about."""

import gzip
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

BGZF_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")

LENGTHS = {
    "GRCh37": {"12": 133851895, "17": 81195210, "20": 63025520},
    "GRCh38": {"12": 133275309, "17": 83257441, "20": 64444167},
}
# TP53 c.524G>A p.Arg175His, by build
R175H = {"GRCh37": (7578406, "C", "T"), "GRCh38": (7675088, "C", "T")}
ELSEWHERE = ("20", 1000000, "A", "G")


def header(
    *,
    build: str | None = "GRCh37",
    samples: Sequence[str] = ("TUMOR",),
    extra: Sequence[str] = (),
    fileformat: str = "VCFv4.2",
) -> list[str]:
    contigs = [] if build is None else [f"##contig=<ID={c},length={n}>" for c, n in LENGTHS[build].items()]
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    columns += ["FORMAT", *samples] if samples else []
    declared = [
        '##FILTER=<ID=PASS,Description="All filters passed">',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads per allele">',
        '##FORMAT=<ID=AF,Number=A,Type=Float,Description="Allele fraction">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
    ]
    return [f"##fileformat={fileformat}", *declared, *contigs, *extra, "\t".join(columns)]


def record(
    contig: str,
    pos: int,
    ref: str,
    alt: str,
    *,
    id_: str = ".",
    filter_: str = "PASS",
    info: str = ".",
    format_: str | None = "GT:AD:AF:DP",
    samples: Sequence[str] = ("0/1:60,40:0.4:100",),
) -> str:
    fields = [contig, str(pos), id_, ref, alt, ".", filter_, info]
    fields += [] if format_ is None else [format_, *samples]
    return "\t".join(fields)


def somewhere_else() -> str:
    """A small variant far from both genes, after them in file order."""
    return record(*ELSEWHERE)


def write(path: Path, lines: Sequence[str], *, end: str = "\n") -> Path:
    path.write_bytes("".join(f"{line}{end}" for line in lines).encode())
    return path


def vcf(path: Path, *records: str, build: str | None = "GRCh37", **changes: Sequence[str]) -> Path:
    """A VCF with these records and one elsewhere."""
    return write(path, [*header(build=build, **changes), *records, somewhere_else()])  # type: ignore[arg-type]


def bgzf(path: Path, content: bytes, *, block: int = 4000, end: bool = True) -> Path:
    """``content`` as BGZF blocks of ``block`` bytes before packing (SAM specification, section 4.1)."""
    packed = b"".join(_block(content[start : start + block]) for start in range(0, len(content), block))
    path.write_bytes(packed + (BGZF_END if end else b""))
    return path


def _block(content: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-15)
    body = deflate.compress(content) + deflate.flush()
    size = len(body) + 25
    head = struct.pack("<4BI2BH2BHH", 31, 139, 8, 4, 0, 0, 255, 6, 66, 67, 2, size)
    return head + body + struct.pack("<II", zlib.crc32(content), len(content))


def gzipped(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content, mtime=0))
    return path


def amplified_cns(path: Path, log2: str = "3.5") -> Path:
    """A CNVkit table, GRCh37: MDM2 as given, TP53 neutral."""
    rows = [
        "chromosome\tstart\tend\tgene\tlog2\tprobes",
        f"12\t68000000\t70000000\tMDM2\t{log2}\t40",
        "17\t7000000\t8000000\tTP53\t0.01\t30",
    ]
    return write(path, rows)


def lines_of(path: Path) -> list[str]:
    """Lines of a VCF, packed or not."""
    raw = path.read_bytes()
    return (gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw).decode().splitlines()
