"""However a VCF is packed, indexed or ordered, no record over a gene is missed.

The truth is a scan of the text, line by line, written here without the package.
"""

import gzip
import os
import struct
from collections.abc import Sequence
from pathlib import Path

import pysam
import pysam.bcftools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vcf_builder as vb
from made_vcfs import (
    REARRANGED,
    SPELLINGS,
    bare_bcf_of,
    bcf_of,
    data_lines,
    files,
    folder,
    indexed,
    position,
    records,
    truth,
)
from mdm2screen.errors import MalformedFileError, TruncatedFileError
from mdm2screen.readers import vcf
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_locate import locate
from mdm2screen.readers.vcf_located import Located
from mdm2screen.records import Build


def found_lines(located: Located) -> list[str]:
    return [line for _, line in located.lines]


def found(path: Path) -> list[str]:
    return found_lines(locate(SourceFile(path)))


def example(*extra: str, header: Sequence[str] = ()) -> str:
    """R175H and an MDM2 record among a hundred others, on GRCh37."""
    lines = [vb.record("1", 1_000_000 + n, "A", "G") for n in range(40)]
    lines += [vb.record("12", 60_000_000 + n, "A", "G") for n in range(40)]
    lines += [vb.record("12", 69_210_000, "A", "G"), vb.record("12", 100_000_000, "A", "G")]
    lines += [vb.record("17", *vb.R175H["GRCh37"]), *extra, vb.record("17", 40_000_000, "A", "G")]
    lines += [vb.somewhere_else()]
    return "".join(f"{line}\n" for line in [*vb.header(extra=("##contig=<ID=1>", *header)), *lines])


# The same records whatever the packing


@settings(deadline=None, max_examples=120)
@given(text=files(), block=st.sampled_from([37, 250, 3000]))
def test_every_way_finds_the_records_a_plain_scan_finds(text: str, block: int) -> None:
    content, expected = text.encode(), truth(text)
    with folder() as name:
        here = Path(name)
        (here / "made.vcf").write_bytes(content)
        assert found(here / "made.vcf") == expected
        assert found(vb.gzipped(here / "gzip.vcf.gz", content)) == expected
        for suffix in ("none", "tbi", "csi"):
            path = vb.bgzf(here / f"{suffix}.vcf.gz", content, block=block)
            if suffix != "none" and data_lines(text):
                indexed(path, csi=suffix == "csi")
            assert found(path) == expected, suffix


@settings(deadline=None, max_examples=60)
@given(text=files())
def test_a_bcf_holds_the_same_records(text: str) -> None:
    with folder() as name:
        located = locate(SourceFile(bcf_of(text, Path(name))))
    assert found_lines(located) == truth(text)
    assert located.way == "every record decoded (BCF)"
    assert located.total == len(data_lines(text))


@settings(deadline=None, max_examples=60)
@given(text=files(sort=False))
def test_a_displaced_record_is_found(text: str) -> None:
    content, expected = text.encode(), truth(text)
    with folder() as name:
        here = Path(name)
        (here / "made.vcf").write_bytes(content)
        assert found(here / "made.vcf") == expected
        assert found(vb.bgzf(here / "made.vcf.gz", content, block=250)) == expected


@settings(deadline=None, max_examples=60)
@given(text=files(rearranged=False), other=files(rearranged=False), csi=st.booleans())
def test_an_index_made_for_another_file_hides_nothing(text: str, other: str, csi: bool) -> None:
    """It is newer than the file, so that its date gives nothing away."""
    with folder() as name:
        here = Path(name)
        if not data_lines(other):
            return
        index = indexed(vb.bgzf(here / "other.vcf.gz", other.encode(), block=250), csi=csi)
        path = vb.bgzf(here / "made.vcf.gz", text.encode(), block=250)
        index.rename(path.with_name(f"made.vcf.gz{index.suffix}"))
        assert found(path) == truth(text)


@settings(deadline=None, max_examples=60)
@given(text=files(rearranged=False), added=records("17", SPELLINGS["bare"], rearranged=False), data=st.data())
def test_an_index_from_before_a_record_was_added_hides_nothing(text: str, added: str, data: st.DataObject) -> None:
    lines = text.splitlines(keepends=True)
    first = len(lines) - len(data_lines(text))
    place = data.draw(st.integers(first, len(lines)))
    longer = "".join([*lines[:place], added + "\n", *lines[place:]])
    with folder() as name:
        path = vb.bgzf(Path(name) / "made.vcf.gz", text.encode(), block=250)
        index = indexed(path) if data_lines(text) else None  # without a record there is nothing to index
        vb.bgzf(path, longer.encode(), block=250)
        if index is not None:
            os.utime(index)
        assert found(path) == truth(longer)


_SAMPLE = "GT:AD:AF:DP\t0/1:60,40:0.4:100"


def test_an_index_that_fits_the_blocks_of_a_changed_file_by_chance_hides_nothing(tmp_path: Path) -> None:
    declared = [
        "##fileformat=VCFv4.2",
        '##FILTER=<ID=PASS,Description="All filters passed">',
        *(
            f'##FORMAT=<ID={name},Number={number},Type={kind},Description="{words}">'
            for name, number, kind, words in (
                ("GT", "1", "String", "Genotype"),
                ("AD", "R", "Integer", "Reads per allele"),
                ("AF", "A", "Float", "Allele fraction"),
                ("DP", "1", "Integer", "Depth"),
            )
        ),
        '##INFO=<ID=END,Number=1,Type=Integer,Description="End">',
        '##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length">',
        '##INFO=<ID=MARK,Number=1,Type=String,Description="To tell like records apart">',
        *(f"##contig=<ID={name}>" for name in ("1", "12", "17", "2", "20", "X")),
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tTUMOR",
    ]
    block, copies, deleted = "<NON_REF>", "<DEL>,<DUP>", "<DEL>"
    places = [
        *(("12", 1000, "T", f"MARK={mark}") for mark in range(3)),
        *(("17", 1000000, *rest) for rest in (("T", "MARK=3"), (block, "END=1000001"), ("T", "MARK=5"))),
        ("17", 1000000, block, "END=1000001"),
        *(("20", 100, *rest) for rest in ((copies, "END=200;SVLEN=100"), ("T", "MARK=8"))),
        *(("20", 100, copies, "END=200;SVLEN=100") for _ in range(2)),
        *(("20", pos, block, f"END={end}") for pos, end in ((960, 1000), (1296, 1301))),
        ("20", 12918, deleted, "END=12920"),
        ("20", 106319, "T", "MARK=14"),
        *(("X", 13814, block, "END=13815") for _ in range(3)),
    ]
    records_of = [f"{c}\t{pos}\t.\tC\t{alt}\t.\tPASS\t{info}\t{_SAMPLE}" for c, pos, alt, info in places]
    added = f"17\t7571720\t.\tC\tT\t.\tPASS\t.\t{_SAMPLE}"
    before, after = (
        "".join(f"{line}\n" for line in [*declared, *some])
        for some in (records_of, [*records_of[:13], added, *records_of[13:]])
    )
    path = vb.bgzf(tmp_path / "made.vcf.gz", before.encode(), block=250)
    index = indexed(path)
    vb.bgzf(path, after.encode(), block=250)
    os.utime(index)
    # as zlib packs these blocks, each that the index names begins at the same byte of both files
    assert found(path) == [added]


# What was done is said


@pytest.mark.parametrize("csi", [False, True])
@pytest.mark.parametrize("block", [97, 4000, 60000])
def test_a_fresh_index_is_used_and_named(tmp_path: Path, block: int, csi: bool) -> None:
    text = example()
    path = vb.bgzf(tmp_path / "made.vcf.gz", text.encode(), block=block)
    index = indexed(path, csi=csi)
    located = locate(SourceFile(path))
    assert (located.way, located.note) == (f"by index {index.name}", None)
    assert found_lines(located) == truth(text)
    assert len(found_lines(located)) == 2
    assert located.header == list(enumerate(text.splitlines(), start=1))[: len(located.header)]
    content = vcf.read(SourceFile(path), Options())
    assert content.file.way == f"by index {index.name}"
    assert content.file.records.total is None
    assert [(v.pos, v.alt) for v in content.variants] == [(7578406, "T")]


def test_files_packed_by_htslib_itself(tmp_path: Path) -> None:
    (tmp_path / "made.vcf").write_text(example())
    pysam.tabix_compress(str(tmp_path / "made.vcf"), str(tmp_path / "made.vcf.gz"))
    indexed(tmp_path / "made.vcf.gz")
    assert locate(SourceFile(tmp_path / "made.vcf.gz")).way == "by index made.vcf.gz.tbi"


@pytest.mark.parametrize(
    ("made", "way"),
    [
        ("plain", "every line searched"),
        ("gzip", "every line searched"),
        ("bgzf", "every block unpacked and searched"),
        ("bcf", "every record decoded (BCF)"),
    ],
)
def test_the_way_stands_in_the_account_of_the_file(tmp_path: Path, made: str, way: str) -> None:
    text = example()
    path = tmp_path / "made.vcf"
    if made == "plain":
        path.write_text(text)
    elif made == "bcf":
        path = bcf_of(text, tmp_path)
    else:
        {"gzip": vb.gzipped, "bgzf": vb.bgzf}[made](path, text.encode())
    content = vcf.read(SourceFile(path), Options())
    assert content.file.way == way
    assert content.file.records.total == 85
    assert content.file.build is Build.GRCH37
    assert [(v.pos, v.vaf, v.depth) for v in content.variants] == [(7578406, 0.4, 100)]


def test_an_older_index_is_not_used_and_that_is_said(tmp_path: Path) -> None:
    path = vb.bgzf(tmp_path / "made.vcf.gz", example().encode())
    index = indexed(path)
    os.utime(index, ns=(0, path.stat().st_mtime_ns - 1))
    content = vcf.read(SourceFile(path), Options())
    assert content.file.way == "every block unpacked and searched"
    assert content.file.notes == ("the index made.vcf.gz.tbi was not used: it is older than the file",)
    csi = indexed(path, csi=True)
    os.utime(path, ns=(0, index.stat().st_mtime_ns + 1))
    os.utime(csi)
    assert locate(SourceFile(path)).way == "by index made.vcf.gz.csi"


def test_an_index_that_does_not_know_chromosome_17_does_not_hide_it(tmp_path: Path) -> None:
    """Made before the file was written again: all its offsets hold, and TP53 lies behind them."""
    before = "".join(line for line in example().splitlines(keepends=True) if not line.startswith("17\t"))
    path = vb.bgzf(tmp_path / "made.vcf.gz", before.encode())
    index = indexed(path)
    vb.bgzf(path, example().encode())
    os.utime(index)
    located = locate(SourceFile(path))
    assert found_lines(located) == truth(example())
    assert located.note == "the index made.vcf.gz.tbi was not used: it cannot be read, or is of another file"


def test_an_index_that_ends_before_the_file_does_not_hide_its_end(tmp_path: Path) -> None:
    """Records were added in a block of their own: every offset of the index holds, and every line it leads to."""
    before = example().replace(vb.somewhere_else() + "\n", "").replace(vb.record("17", *vb.R175H["GRCh37"]) + "\n", "")
    path = vb.bgzf(tmp_path / "made.vcf.gz", before.encode(), block=len(before))
    index = indexed(path)
    assert locate(SourceFile(path)).way == "by index made.vcf.gz.tbi"
    after = before + vb.record("17", *vb.R175H["GRCh37"]) + "\n"
    vb.bgzf(path, after.encode(), block=len(before))
    os.utime(index)
    located = locate(SourceFile(path))
    assert found_lines(located) == truth(after)
    assert located.note == "the index made.vcf.gz.tbi was not used: it is of another file"


@pytest.mark.parametrize("damage", ["empty", "cut", "other magic", "garbage", "not packed"])
def test_a_damaged_index_is_not_used(tmp_path: Path, damage: str) -> None:
    path = vb.bgzf(tmp_path / "made.vcf.gz", example().encode())
    index = indexed(path)
    content = gzip.decompress(index.read_bytes())
    index.write_bytes(
        {
            "empty": b"",
            "cut": gzip.compress(content[: len(content) // 2]),
            "other magic": gzip.compress(b"BAI\1" + content[4:]),
            "garbage": gzip.compress(content[:40] + b"\xff" * (len(content) - 40)),
            "not packed": content,
        }[damage]
    )
    located = locate(SourceFile(path))
    assert located.way == "every block unpacked and searched"
    assert located.note is not None
    assert found_lines(located) == truth(example())


def test_both_spellings_of_a_chromosome_in_one_indexed_file(tmp_path: Path) -> None:
    """Two files joined; an index lists chr17 and 17 as two contigs."""
    chr17 = [vb.record("chr17", 7577538, "C", "T"), vb.record("chr17", 50_000_000, "A", "G")]
    text = example() + "".join(f"{line}\n" for line in chr17)
    path = vb.bgzf(tmp_path / "made.vcf.gz", text.encode())
    indexed(path)
    located = locate(SourceFile(path))
    assert located.way == "by index made.vcf.gz.tbi"
    assert found_lines(located) == truth(text)
    assert [position(line) for line in found_lines(located)] == [69210000, 7578406, 7577538]


def test_windows_line_ends_read_alike_with_an_index_and_without(tmp_path: Path) -> None:
    text = example().replace("\n", "\r\n")
    answers = []
    for name in ("with.vcf.gz", "without.vcf.gz"):
        path = vb.bgzf(tmp_path / name, text.encode())
        if name == "with.vcf.gz":
            indexed(path)
        content = vcf.read(SourceFile(path), Options(tumor_sample="TUMOR"))
        answers.append([(v.pos, v.depth, v.vaf, v.line[:10]) for v in content.variants])
    assert answers[0] == answers[1] == [(7578406, 100, 0.4, "17\t7578406")]


def test_rearrangements_may_reach_tp53_from_elsewhere_so_that_the_index_does_not_suffice(tmp_path: Path) -> None:
    lonely = vb.record("1", 2_000_000, "N", "N[17:7577000[", info="SVTYPE=BND")
    text = example(header=REARRANGED[:1]).replace("12\t60000000", lonely + "\n12\t60000000", 1)
    path = vb.bgzf(tmp_path / "made.vcf.gz", text.encode())
    indexed(path)
    located = locate(SourceFile(path))
    assert lonely in found_lines(located)
    assert located.note is not None
    assert "rearrangements, which may reach TP53 from anywhere" in located.note


def test_an_index_is_not_enough_where_what_is_read_holds_no_small_variant(tmp_path: Path) -> None:
    lines = [vb.record("1", 5000, "A", "G"), vb.record("17", 7_000_000, "N", "<DEL>", info="END=8000000")]
    text = "".join(f"{line}\n" for line in [*vb.header(), *lines, vb.record("20", 5000, "N", "<DEL>", info="END=6000")])
    path = vb.bgzf(tmp_path / "made.vcf.gz", text.encode())
    indexed(path)
    located = locate(SourceFile(path))
    assert (located.way, located.small_variants) == ("every block unpacked and searched", True)
    assert found_lines(located) == [lines[1]]


# Cut files


@pytest.mark.parametrize("with_index", [False, True])
def test_a_cut_at_every_block_border_is_an_error(tmp_path: Path, with_index: bool) -> None:
    path = vb.bgzf(tmp_path / "made.vcf.gz", example().encode(), block=300)
    if with_index:
        indexed(path)
    whole, borders = path.read_bytes(), list(SourceFile(path).blocks.starts)
    assert len(borders) > 15
    for border in borders[1:]:
        path.write_bytes(whole[:border])
        if with_index:
            os.utime(path.with_name("made.vcf.gz.tbi"))
        with pytest.raises(TruncatedFileError, match="the end block is missing"):
            locate(SourceFile(path))


def test_a_damaged_block_is_an_error_by_index_too(tmp_path: Path) -> None:
    path = vb.bgzf(tmp_path / "made.vcf.gz", example().encode(), block=300)
    indexed(path)
    whole = bytearray(path.read_bytes())
    block = max(
        start for start, unpacked in SourceFile(path).blocks.starts.items() if unpacked < example().index("\n17\t")
    )
    whole[block + 25] ^= 0x55
    path.write_bytes(whole)
    os.utime(path.with_name("made.vcf.gz.tbi"))
    with pytest.raises(TruncatedFileError):
        locate(SourceFile(path))


def test_a_bcf_cut_anywhere_is_an_error(tmp_path: Path) -> None:
    whole = bcf_of(example(), tmp_path).read_bytes()
    path = tmp_path / "cut.bcf"
    for size in range(20, len(whole), 7):
        path.write_bytes(whole[:size])
        with pytest.raises(TruncatedFileError):
            locate(SourceFile(path))


def test_a_bcf_without_packing_that_is_cut_within_header_or_record_is_an_error(tmp_path: Path) -> None:
    whole = bare_bcf_of(example(), tmp_path)
    path = tmp_path / "cut.bcf"
    for size in (5, 8, 9, 100, 1000, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(TruncatedFileError):
            locate(SourceFile(path))


def test_a_bcf_packed_by_plain_gzip_is_read_and_its_cut_noticed(tmp_path: Path) -> None:
    whole = gzip.compress(bare_bcf_of(example(), tmp_path))
    path = tmp_path / "made.bcf"
    path.write_bytes(whole)
    assert found(path) == truth(example())
    path.write_bytes(whole[:-20])
    with pytest.raises(TruncatedFileError):
        locate(SourceFile(path))


def test_a_bcf_without_packing_needs_no_line_end(tmp_path: Path) -> None:
    path = tmp_path / "bare.bcf"
    path.write_bytes(bare_bcf_of(example(), tmp_path))
    assert found(path) == truth(example())
    assert vcf.read(SourceFile(path), Options()).file.notes == ()


@pytest.mark.parametrize("damage", ["contig", "alleles", "sample"])
def test_a_bcf_record_that_does_not_decode_is_an_error(tmp_path: Path, damage: str) -> None:
    """cyvcf2 and pysam end their iteration at such a record, as if the file ended there."""
    content = bytearray(bare_bcf_of(example(), tmp_path))
    at = 9 + struct.unpack_from("<I", content, 5)[0]
    for _ in range(50):
        at += 8 + sum(struct.unpack_from("<II", content, at))
    shared, _ = struct.unpack_from("<II", content, at)
    offset = {"contig": at + 8, "alleles": at + 8 + 24, "sample": at + 8 + shared}[damage]
    content[offset : offset + 3] = b"\xff\xff\x7f" if damage == "contig" else b"\xf7\xf7\xf7"
    path = vb.bgzf(tmp_path / "damaged.bcf", bytes(content))
    with pytest.raises(TruncatedFileError, match="of 85 records could be decoded"):
        locate(SourceFile(path))


def test_a_bcf_whose_header_is_no_header_is_an_error(tmp_path: Path) -> None:
    path = vb.bgzf(tmp_path / "made.bcf", b"BCF\2\2" + struct.pack("<I", 12) + b"no header..\0")
    with pytest.raises(TruncatedFileError, match="0 of 0 records could be decoded"):
        locate(SourceFile(path))


@pytest.mark.parametrize("packing", ["plain", "gzip", "bgzf"])
def test_a_last_line_cut_within_its_last_column_is_an_error(tmp_path: Path, packing: str) -> None:
    """A VCF cut within its last column has all its columns: `0/1` cut to `0` is a reference genotype."""
    content = "".join(f"{line}\n" for line in [*vb.header(), vb.record("17", *vb.R175H["GRCh37"])]).encode()
    path = tmp_path / "cut.vcf"
    write = {"plain": lambda p, c: p.write_bytes(c), "gzip": vb.gzipped, "bgzf": vb.bgzf}[packing]
    write(path, content[: -len("/1:60,40:0.4:100\n")])
    with pytest.raises(TruncatedFileError, match="the last line has no line end and lacks fields"):
        locate(SourceFile(path))
    write(path, content[:-1])
    content_of = vcf.read(SourceFile(path), Options())
    assert [variant.pos for variant in content_of.variants] == [7578406]
    assert content_of.file.notes == ("the last line has no line end: the file may be cut",)


@pytest.mark.parametrize(
    ("format_", "sample", "cut"), [("GT", "0/1", "0"), ("GT", "1|0", "1"), ("GT:CN", "0/1:14", "0/1")]
)
def test_a_last_genotype_that_may_be_cut_is_an_error(tmp_path: Path, format_: str, sample: str, cut: str) -> None:
    whole = vb.record("17", *vb.R175H["GRCh37"], format_=format_, samples=(sample,))
    path = tmp_path / "made.vcf"
    path.write_text("\n".join([*vb.header(), whole]))
    assert found(path) == [whole]
    path.write_text("\n".join([*vb.header(), whole.removesuffix(sample) + cut]))
    with pytest.raises(TruncatedFileError, match="the last line has no line end and lacks fields"):
        locate(SourceFile(path))


def test_copies_in_a_last_line_without_its_end_are_an_error(tmp_path: Path) -> None:
    """14 copies, cut, read 1."""
    info = "SVTYPE=DUP;END=69300000"
    record = vb.record("12", 69_000_000, "N", "<DUP>", info=info, format_="GT:CN", samples=("0/1:1",))
    (tmp_path / "made.vcf").write_text("\n".join([*vb.header(), record]))
    with pytest.raises(TruncatedFileError, match="may lack the end of its last number"):
        found(tmp_path / "made.vcf")


@pytest.mark.parametrize("packing", ["plain", "gzip", "bgzf"])
def test_a_short_list_without_its_last_line_end_that_holds_nothing_after_tp53_may_be_cut(
    tmp_path: Path, packing: str
) -> None:
    """Cut within the last column of any line before TP53, a file has all its columns."""
    write = {"plain": lambda p, c: p.write_bytes(c), "gzip": vb.gzipped, "bgzf": vb.bgzf}[packing]
    before, after = vb.record("1", 1000, "A", "G"), vb.record("17", 40_000_000, "A", "G")
    for last, reached in ((before, False), (vb.record("17", 7_580_000, "A", "G"), False), (after, True)):
        text = "\n".join([*vb.header(), before, last])
        write(tmp_path / "cut.vcf", text.encode())
        assert locate(SourceFile(tmp_path / "cut.vcf")).reaches_tp53 is reached
        write(tmp_path / "whole.vcf", f"{text}\n".encode())
        assert locate(SourceFile(tmp_path / "whole.vcf")).reaches_tp53


# A file that cannot be what it should be


def written(tmp_path: Path, *lines: str) -> SourceFile:
    return SourceFile(vb.write(tmp_path / "made.vcf", lines))


def test_two_files_joined_end_to_end_are_refused(tmp_path: Path) -> None:
    """The columns of the second header may stand in another order."""
    one = [*vb.header(samples=("TUMOR", "NORMAL")), vb.record("17", *vb.R175H["GRCh37"], samples=("0/1", "0/0"))]
    other = [*vb.header(samples=("NORMAL", "TUMOR")), vb.record("20", 5, "A", "C", samples=("0/0", "0/1"))]
    with pytest.raises(MalformedFileError, match=r"made.vcf line \d+: a header line stands after the first record"):
        locate(written(tmp_path, *one, *other))


@pytest.mark.parametrize("name", ["NC_000017", "chromosome17", "chr_17", "17p", "gi|568815581"])
def test_chromosomes_under_unknown_names_are_refused_and_not_passed_over(tmp_path: Path, name: str) -> None:
    with pytest.raises(MalformedFileError, match="no record lies on a chromosome under a name that is known"):
        locate(written(tmp_path, *vb.header(), vb.record(name, *vb.R175H["GRCh37"])))


def test_a_line_with_too_few_columns_is_named_by_line_or_locus(tmp_path: Path) -> None:
    text = example().replace("\tGT:AD:AF:DP\t0/1:60,40:0.4:100\n17\t40000000", "\tGT:AD:AF:DP\n17\t40000000")
    with pytest.raises(MalformedFileError, match=r"made.vcf line \d+: has 9 columns where the #CHROM line has 10"):
        locate(written(tmp_path, *text.splitlines()))
    path = vb.bgzf(tmp_path / "made.vcf.gz", text.encode())
    indexed(path)
    with pytest.raises(MalformedFileError, match=r"made.vcf.gz \(17:7578406\): has 9 columns"):
        locate(SourceFile(path))


def test_records_without_a_header_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match="where the #CHROM line has 0"):
        locate(written(tmp_path, vb.somewhere_else()))


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    lines = example().splitlines()
    located = locate(written(tmp_path, "", *lines[:5], " ", *lines[5:], "", ""))
    assert found_lines(located) == truth(example())
    assert located.total == 85


# Does the list go on beyond TP53?


def reaches(tmp_path: Path, *lines: str, order: Sequence[str] = ()) -> bool:
    header = vb.header(build=None, extra=[f"##contig=<ID={name}>" for name in order])
    return locate(written(tmp_path, *header, *lines)).reaches_tp53


def many(contig: str, count: int = 150, start: int = 1000) -> list[str]:
    return [vb.record(contig, start + n, "A", "G") for n in range(count)]


def test_a_long_list_that_ends_before_tp53_is_noticed(tmp_path: Path) -> None:
    assert not reaches(tmp_path, *many("1"))
    assert not reaches(tmp_path, *many("1"), vb.record("17", 7_000_000, "A", "G"))
    assert reaches(tmp_path, *many("1"), vb.record("17", 8_000_000, "A", "G"))
    assert reaches(tmp_path, *many("1"), *many("20", 1))
    assert reaches(tmp_path, *many("1", 98), *many("2", 1))


def test_many_records_on_one_chromosome_alone_are_part_of_a_list(tmp_path: Path) -> None:
    assert reaches(tmp_path, *many("1", 19))
    assert not reaches(tmp_path, *many("1", 20))
    assert not reaches(tmp_path, *many("X", 20))
    assert reaches(tmp_path, *many("17", 20))


def test_a_long_list_that_ends_within_tp53_is_noticed(tmp_path: Path) -> None:
    """Its first half of the gene is there, and the other may be cut off."""
    assert not reaches(tmp_path, *many("1"), vb.record("17", 7_573_000, "A", "G"))
    assert not reaches(tmp_path, *many("1"), vb.record("17", 7_670_000, "A", "G"))


def test_later_chromosomes_prove_nothing_where_the_header_puts_them_first(tmp_path: Path) -> None:
    order = ("1", "18", "20", "X", "17")
    assert not reaches(tmp_path, *many("1"), *many("20"), order=order)
    assert reaches(tmp_path, *many("1"), *many("20"), vb.record("17", 8_000_000, "A", "G"), order=order)
    assert reaches(tmp_path, *many("1"), *many("20"), order=("1", "17", "20"))
    assert reaches(tmp_path, *many("1"), *many("20"), order=("1", "20"))
