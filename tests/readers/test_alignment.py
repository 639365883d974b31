"""BAM and CRAM: which reads count, how often, and what is refused. The files are made by pysam in each test."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import coverage_files as cf
from mdm2screen.errors import BuildError, FileAccessError, MalformedFileError, SampleError, TruncatedFileError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, FileContent

NOBODY = Options()
# Exon 8 of TP53 with its splice sites, GRCh37.
FIRST, LAST = 7577017, 7577157


def depth_at(content: FileContent, pos: int) -> int | None:
    (found,) = [run.depth for run in content.seen if run.start <= pos <= run.end]
    return found


def exon_8(content: FileContent) -> set[int | None]:
    return {run.depth for run in content.seen if FIRST <= run.start <= LAST}


def test_every_base_needed_has_its_depth(tmp_path: Path) -> None:
    content = cf.read(cf.alignment(tmp_path / "t.bam", cf.tiled(7, FIRST - 50, LAST + 50)), NOBODY)
    assert [run.start for run in content.seen] == [run.end for run in content.seen]
    assert sorted(run.start for run in content.seen) == cf.needed()
    assert exon_8(content) == {7}
    assert depth_at(content, 7573000) == 0
    assert content.measures_depth
    assert (content.file.format, content.file.sample, content.file.build) == ("alignment", "TUMOR_1", Build.GRCH37)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"flag": 0x400}, "duplicate read"),
        ({"flag": 0x100}, "secondary alignment"),
        ({"flag": 0x800}, "supplementary alignment"),
        ({"flag": 0x200}, "read failed by the sequencer"),
        ({"mapq": 19}, "mapping quality below 20"),
        ({"mapq": 20}, None),
        ({"quality": 19}, None),
        ({"flag": 0x1 | 0x8}, None),  # the mate is not mapped: the read is
    ],
)
def test_which_reads_count(tmp_path: Path, change: dict[str, Any], reason: str | None) -> None:
    reads = [*cf.tiled(3, FIRST, LAST), {"start": FIRST, "cigar": "141M", "name": "odd", **change}]
    content = cf.read(cf.alignment(tmp_path / "t.bam", reads), NOBODY)
    counts = reason is None and "quality" not in change
    assert exon_8(content) == {4 if counts else 3}
    records = content.file.records
    assert records.dropped == ({} if reason is None else {reason: 1})
    assert (records.total, records.in_windows) == (None, records.used + sum(records.dropped.values()))


def test_the_floors_are_the_protocols(tmp_path: Path) -> None:
    reads = [*cf.tiled(3, FIRST, LAST), {"start": FIRST, "cigar": "141M", "mapq": 5, "quality": 8, "name": "poor"}]
    path = cf.alignment(tmp_path / "t.bam", reads)
    assert exon_8(cf.read(path, Options(min_base_quality=8, min_mapping_quality=5))) == {4}
    assert exon_8(cf.read(path, Options(min_base_quality=9, min_mapping_quality=5))) == {3}
    assert exon_8(cf.read(path, Options(min_base_quality=8, min_mapping_quality=6))) == {3}


def test_mates_that_overlap_count_once(tmp_path: Path) -> None:
    pair = [
        {"start": FIRST, "cigar": "100M", "flag": 99, "mate": FIRST + 41, "name": "pair"},
        {"start": FIRST + 41, "cigar": "100M", "flag": 147, "mate": FIRST, "name": "pair"},
    ]
    content = cf.read(cf.alignment(tmp_path / "t.bam", pair), NOBODY)
    assert exon_8(content) == {1}


def test_deleted_skipped_and_clipped_bases_are_not_seen(tmp_path: Path) -> None:
    reads = [
        {"start": FIRST, "cigar": "50M10D81M"},
        {"start": FIRST, "cigar": "50M10N81M"},
        {"start": FIRST, "cigar": "50M91S"},
    ]
    content = cf.read(cf.alignment(tmp_path / "t.bam", reads), NOBODY)
    assert depth_at(content, FIRST + 49) == 3
    assert depth_at(content, FIRST + 50) == depth_at(content, FIRST + 59) == 0
    assert depth_at(content, FIRST + 60) == 2


def test_no_depth_is_cut_off(tmp_path: Path) -> None:
    """pysam's pileup stops at 8000 reads unless told otherwise."""
    reads = [{"start": FIRST, "cigar": "141M", "name": f"deep{number}"} for number in range(9000)]
    assert exon_8(cf.read(cf.alignment(tmp_path / "t.bam", reads), NOBODY)) == {9000}


made_reads = st.fixed_dictionaries(
    {
        "start": st.integers(FIRST - 60, LAST),
        "cigar": st.sampled_from(["60M", "20M5D40M", "10S50M", "30M4I26M", "25M20N35M"]),
        "mapq": st.sampled_from([0, 19, 20, 60]),
        "quality": st.sampled_from([2, 19, 20, 40]),
        "flag": st.sampled_from([0, 16, 0x100, 0x200, 0x400, 0x800]),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(made_reads, max_size=12))
def test_the_depth_is_that_of_counting_by_hand(tmp_path: Path, reads: list[dict[str, Any]]) -> None:
    import pysam

    path = cf.alignment(tmp_path / "t.bam", reads)
    by_hand: defaultdict[int, int] = defaultdict(int)
    with pysam.AlignmentFile(str(path)) as opened:
        for read in opened.fetch():
            if read.flag & 0xF04 or read.mapping_quality < 20:
                continue
            assert read.query_qualities is not None
            for query, pos in read.get_aligned_pairs(matches_only=True):
                by_hand[pos + 1] += read.query_qualities[query] >= 20
    content = cf.read(path, NOBODY)
    assert {run.start: run.depth for run in content.seen} == {pos: by_hand[pos] for pos in cf.needed()}


# Build, names, samples


def test_chromosome_lengths_prove_the_build(tmp_path: Path) -> None:
    path = cf.alignment(tmp_path / "t.bam", [{"start": 7673701}], sequences=(("chr17", 83257441),))
    assert cf.read(path, NOBODY).file.build is Build.GRCH38
    with pytest.raises(BuildError, match="the file is not on GRCh37: contig chr17 has length 83257441"):
        cf.read(path, cf.GRCH37)
    unknown = cf.alignment(tmp_path / "u.bam", [{"start": 7673701}], sequences=(("chr17", 83257000),))
    with pytest.raises(BuildError, match="neither on GRCh37 nor on GRCh38: contig chr17 has length 83257000"):
        cf.read(unknown, NOBODY)


@pytest.mark.parametrize("name", ["17", "chr17", "NC_000017.10"])
def test_the_chromosome_is_known_under_its_names(tmp_path: Path, name: str) -> None:
    reads = [{"start": FIRST, "cigar": "141M", "contig": name}]
    path = cf.alignment(tmp_path / "t.bam", reads, sequences=((name, 81195210),))
    assert exon_8(cf.read(path, NOBODY)) == {1}


def test_an_alignment_without_the_chromosome_is_refused(tmp_path: Path) -> None:
    path = cf.alignment(tmp_path / "t.bam", [{"start": 100, "contig": "chr12"}], sequences=(("chr12", 133851895),))
    with pytest.raises(MalformedFileError, match=r"t\.bam: its header names no chromosome 17"):
        cf.read(path, NOBODY)


def test_several_samples_or_a_normal_are_refused(tmp_path: Path) -> None:
    both = cf.alignment(tmp_path / "both.bam", [{"start": FIRST}], samples=("TUMOR_1", "NORMAL_1"))
    with pytest.raises(SampleError, match=r"both\.bam: holds reads of 2 samples: TUMOR_1, NORMAL_1"):
        cf.read(both, Options(tumor_sample="TUMOR_1"))
    normal = cf.alignment(tmp_path / "normal.bam", [{"start": FIRST}], samples=("P1_normal",))
    with pytest.raises(SampleError, match="holds the depth of P1_normal, which reads as a normal"):
        cf.read(normal, NOBODY)
    assert cf.read(normal, Options(tumor_sample="P1_normal")).file.sample == "P1_normal"
    nameless = cf.alignment(tmp_path / "nameless.bam", [{"start": FIRST}], samples=())
    assert cf.read(nameless, NOBODY).file.sample is None


# Files that cannot be read


def test_a_bam_without_index_is_refused(tmp_path: Path) -> None:
    path = cf.alignment(tmp_path / "t.bam", [{"start": FIRST}], index=False)
    with pytest.raises(FileAccessError) as caught:
        cf.read(path, NOBODY)
    assert str(caught.value) == ("t.bam: has no index (.bai) beside it\n  What to do: make one: samtools index t.bam")


def test_a_cut_bam_is_refused(tmp_path: Path) -> None:
    path = cf.alignment(tmp_path / "t.bam", cf.tiled(40, FIRST, LAST))
    path.write_bytes(path.read_bytes()[:-28])
    with pytest.raises(TruncatedFileError, match="the BGZF file is cut"):
        cf.read(path, NOBODY)


def test_an_index_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    path = cf.alignment(tmp_path / "t.bam", [{"start": FIRST}])
    (tmp_path / "t.bam.bai").write_bytes(b"BAI\1\xff\xff")
    with pytest.raises((MalformedFileError, FileAccessError)) as caught:
        cf.read(path, NOBODY)
    assert "samtools index" in str(caught.value)


def reference(folder: Path, length: int = 8000) -> Path:
    """A made chromosome: TP53 does not lie in it, so these CRAMs hold no read over it."""
    import pysam

    path = folder / "reference.fa"
    path.write_text(">chr17\n" + "ACGT" * (length // 4) + "\n")
    pysam.faidx(str(path))
    return path


def cram(folder: Path) -> tuple[Path, Path]:
    fasta = reference(folder)
    reads = [{"start": 101, "sequence": "ACGT" * 25}]
    path = cf.alignment(folder / "t.cram", reads, sequences=(("chr17", 8000),), reference=fasta)
    return path, fasta


def test_a_cram_without_reference_is_refused(tmp_path: Path) -> None:
    path, _ = cram(tmp_path)
    with pytest.raises(FileAccessError) as caught:
        cf.read(path, cf.GRCH37)
    assert "t.cram: is a CRAM, which is read with the reference it was made with" in str(caught.value)
    assert "--reference reference.fa" in str(caught.value)


def test_a_reference_that_is_not_there_or_not_indexed_is_refused(tmp_path: Path) -> None:
    path, fasta = cram(tmp_path)
    with pytest.raises(FileAccessError, match="no such reference file"):
        cf.read(path, Options(build=Build.GRCH37, reference=tmp_path / "nowhere.fa"))
    (tmp_path / "reference.fa.fai").unlink()
    with pytest.raises(FileAccessError, match=r"the reference has no index \(.fai\) beside it.*\n.*samtools faidx"):
        cf.read(path, Options(build=Build.GRCH37, reference=fasta))


def test_a_cram_without_index_or_cut_is_refused(tmp_path: Path) -> None:
    path, fasta = cram(tmp_path)
    (tmp_path / "t.cram.crai").unlink()
    with pytest.raises(FileAccessError, match=r"has no index \(.crai\) beside it"):
        cf.read(path, Options(build=Build.GRCH37, reference=fasta))
    path.write_bytes(path.read_bytes()[:-38])
    with pytest.raises(TruncatedFileError, match="the CRAM is cut: its end container is missing"):
        cf.read(path, Options(build=Build.GRCH37, reference=fasta))


def test_a_cram_is_read_with_its_reference_and_the_network_is_never_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A made chromosome of the true length, of which only the stretch around exon 8 is not N."""
    import os

    import pysam

    start, size = FIRST - 200, 600
    fasta = tmp_path / "chr17.fa"
    line = 60
    sequence = "N" * (start - 1) + "ACGT" * (size // 4)
    sequence += "N" * (81195210 - len(sequence))
    with fasta.open("w") as out:
        out.write(">chr17\n")
        out.writelines(sequence[i : i + line] + "\n" for i in range(0, len(sequence), line))
    pysam.faidx(str(fasta))
    reads = [{"start": start, "cigar": "400M", "sequence": "ACGT" * 100, "name": f"r{copy}"} for copy in range(12)]
    path = cf.alignment(tmp_path / "t.cram", reads, sequences=(("chr17", 81195210),), reference=fasta)
    monkeypatch.setenv("REF_PATH", "kept")
    content = cf.read(path, Options(reference=fasta))
    assert exon_8(content) == {12}
    assert not any("line end" in note for note in content.file.notes)
    assert os.environ["REF_PATH"] == "kept"
    monkeypatch.delenv("REF_PATH")
    assert exon_8(cf.read(path, Options(reference=fasta))) == {12}
    assert "REF_PATH" not in os.environ
    other = tmp_path / "other.fa"
    other.write_text(fasta.read_text().replace("ACGT", "AGCT"))
    pysam.faidx(str(other))
    with pytest.raises(
        MalformedFileError, match=r"t\.cram: cannot be read .*\n.*pass the FASTA that the CRAM was made with"
    ):
        cf.read(path, Options(reference=other))
