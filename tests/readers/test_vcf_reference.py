"""gVCF: what blocks, sites and variant rows of each producer say was seen, and what they do not."""

from pathlib import Path

import pytest

import coverage_files as cf
import evidence_builder as eb
import vcf_builder as vb
from mdm2screen.errors import BuildError, MalformedFileError, ReferenceMismatchError
from mdm2screen.evidence import gather
from mdm2screen.genes import tp53_bases
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, FileContent

Seen = list[tuple[int, int, int | None, int | None, bool | None]]


def shown(content: FileContent) -> Seen:
    return [(run.start, run.end, run.depth, run.quality, run.callable) for run in content.seen]


def base(pos: int, build: Build = Build.GRCH37) -> str:
    return tp53_bases(build)[pos]


def block(first: int, last: int, sample: str, *, build: Build = Build.GRCH37, **changes: str) -> str:
    fields = {"alt": "<NON_REF>", "format_": "GT:DP:GQ:MIN_DP"} | changes
    alt, format_ = fields.pop("alt"), fields.pop("format_")
    info = fields.pop("info", f"END={last}")
    return vb.record("17", first, base(first, build), alt, info=info, format_=format_, samples=(sample,), **fields)


def read(folder: Path, *records: str, options: Options | None = None, **changes: object) -> FileContent:
    return cf.read(vb.vcf(folder / "made.g.vcf", *records, **changes), options or Options())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sample", "unseen"),
    [
        ("./.:0,0:.:0", True),
        ("./.:.:.:.", True),
        ("0/0:0,0:.:0", True),
        ("./.:300,0:0:300", False),
        ("0/0:9,0:0:9", False),
    ],
)
def test_a_variant_row_without_a_read_in_the_tumor_shows_that_nothing_was_seen(
    tmp_path: Path, sample: str, unseen: bool
) -> None:
    content = read(tmp_path, vb.record("17", 7578373, "T", "C", samples=(sample,)))
    assert [(region.start, region.end) for region in content.unseen] == ([(7578373, 7578373)] if unseen else [])
    found = eb.protocol().local[1].evaluate(gather([content], assay="wes"))
    assert ([reason.code for reason in found.reasons] == ["T010"]) is unseen


@pytest.mark.parametrize(
    ("name", "expected", "dropped"),
    [
        (
            "gatk.g.vcf",
            [
                (7577100, 7577110, 120, 99, None),  # MIN_DP, not the median in DP
                (7577112, 7577119, 110, 0, None),  # nothing vouches for the reference
                (7577120, 7577120, 133, 99, None),  # one base: its DP is exact
                (7577111, 7577111, 140, None, None),  # a variant row was seen with its DP
            ],
            {},
        ),
        ("dragen.g.vcf", [(7577100, 7577110, 120, 99, None), (7577112, 7577119, 110, 30, False)], {}),
        (
            "deepvariant.g.vcf",
            [(7577100, 7577110, 120, 50, None), (7577111, 7577111, 140, None, None)],
            {"reference block": 1},  # no call
        ),
        (
            "bcftools.g.vcf",
            [
                (7577100, 7577110, 120, None, None),
                (7577112, 7577119, 60, None, None),
                (7577120, 7577120, 98, None, None),
            ],
            {},
        ),
        (
            "strelka.genome.vcf",
            [(7577100, 7577110, 120, 60, None), (7577112, 7577119, 110, 12, False)],
            {"reference site without a variant": 1},  # a mean over two bases
        ),
    ],
)
def test_what_each_producer_says_was_seen(name: str, expected: Seen, dropped: dict[str, int]) -> None:
    content = cf.made(name, Options())
    assert shown(content) == expected
    assert content.measures_depth
    assert content.small_variants
    records = content.file.records
    assert records.dropped == dropped
    assert records.in_windows == records.used + sum(records.dropped.values())


def test_a_block_that_says_no_call_is_not_seen() -> None:
    content = cf.made("deepvariant.g.vcf", Options())
    assert [(one.start, one.end) for one in content.unseen] == [(7577112, 7577119)]


def test_only_the_tumors_own_column_counts_and_its_own_length() -> None:
    """VCF 4.5: LEN is of each sample; the normal's block is longer and shallower."""
    tumor = cf.made("vcf45.g.vcf", Options())
    assert shown(tumor) == [(7577100, 7577110, 120, 99, None)]
    normal = cf.made("vcf45.g.vcf", Options(tumor_sample="NORMAL"))
    assert shown(normal) == [(7577100, 7577499, 35, 60, None)]


def test_a_block_before_the_gene_that_reaches_into_it_is_found_by_its_length(tmp_path: Path) -> None:
    record = vb.record(
        "17", 7500000, "N", "<*>", info=".", format_="GT:DP:GQ:MIN_DP:LEN", samples=("0/0:99:99:90:90000",)
    )
    assert shown(read(tmp_path, record)) == [(7500000, 7589999, 90, 99, None)]


def test_a_length_that_is_no_number_is_an_error(tmp_path: Path) -> None:
    record = vb.record("17", 7577100, "T", "<*>", format_="GT:DP:LEN", samples=("0/0:99:ten",))
    with pytest.raises(MalformedFileError, match=r"line 11 .*LEN is 'ten', which is no whole number"):
        read(tmp_path, record)


@pytest.mark.parametrize(
    ("format_", "sample", "depth"),
    [
        ("GT:DP:GQ:MIN_DP", "0/0:150:99:120", 120),
        ("GT:MIN_DP:MED_DP:GQ", "0/0:120:150:50", 120),
        ("GT:DP:GQ", "0/0:150:99", None),  # a mean of eleven bases
        ("GT:MED_DP", "0/0:150", None),
        ("GT", "0/0", None),
        ("GT:MIN_DP", "0/0:.", None),
    ],
)
def test_a_mean_over_a_block_proves_nothing(tmp_path: Path, format_: str, sample: str, depth: int | None) -> None:
    content = read(tmp_path, block(7577100, 7577110, sample, format_=format_))
    assert [run.depth for run in content.seen] == ([] if depth is None else [depth])
    assert content.measures_depth is (depth is not None)
    assert content.file.records.dropped == ({} if depth else {"reference block": 1})


@pytest.mark.parametrize(
    ("filter_", "callable_"),
    [
        ("PASS", None),
        (".", None),
        ("RefCall", None),
        ("LowGQX", False),
        ("LowGQX;HighDPFRatio", False),
        ("LowDepth", False),
    ],
)
def test_a_filter_on_a_block_takes_its_word_back(tmp_path: Path, filter_: str, callable_: bool | None) -> None:
    content = read(tmp_path, block(7577100, 7577110, "0/0:150:99:120", filter_=filter_))
    assert [run.callable for run in content.seen] == [callable_]


@pytest.mark.parametrize(
    ("key", "value", "quality"),
    [("GQ", "37", 37), ("GQX", "30", 30), ("RGQ", "12", 12), ("GQ", "29.9", 29), ("GQ", ".", None), ("PL", "9", None)],
)
def test_the_confidence_in_the_reference(tmp_path: Path, key: str, value: str, quality: int | None) -> None:
    content = read(tmp_path, block(7577100, 7577110, f"0/0:120:{value}", format_=f"GT:MIN_DP:{key}"))
    assert [run.quality for run in content.seen] == [quality]


def test_single_reference_sites_of_a_variant_list_do_not_measure_the_gene(tmp_path: Path) -> None:
    sites = [block(pos, pos, "0/0:500", alt=".", format_="GT:DP", info=".") for pos in (7577100, 7577110, 7577120)]
    content = read(tmp_path, *sites)
    assert (content.seen, content.measures_depth) == ((), False)
    assert content.file.records.dropped == {"reference site without a variant": 3}
    seen = gather([content], assay="wes")
    assert (seen.measured, seen.callability.covered) == ((), 1220)


def test_a_gvcf_without_a_block_over_the_gene_shows_nothing_of_it(tmp_path: Path) -> None:
    record = vb.record("12", 69210000, "N", "<NON_REF>", info="END=69211000", format_="GT:MIN_DP", samples=("0/0:300",))
    content = read(tmp_path, record)
    assert (content.seen, content.measures_depth) == ((), True)
    assert content.file.records.dropped == {"reference block": 1}
    assert [one.runs for one in gather([content], assay="wes").measured] == [()]


@pytest.mark.parametrize("order", [1, -1])
def test_neighbouring_reference_sites_measure_it_in_any_order(tmp_path: Path, order: int) -> None:
    sites = [block(pos, pos, "0/0:500", alt=".", format_="GT:DP", info=".") for pos in (7577100, 7577101, 7577103)]
    content = read(tmp_path, *sites[::order])
    assert content.measures_depth
    assert sorted(cf.seen(content)) == [(pos, pos, 500) for pos in (7577100, 7577101, 7577103)]


def test_a_plain_variant_list_measures_nothing(tmp_path: Path) -> None:
    content = read(tmp_path, vb.record("17", 7579472, "G", "C"))
    assert (content.seen, content.measures_depth) == ((), False)


def test_a_deletion_was_seen_over_its_reference_bases(tmp_path: Path) -> None:
    content = read(
        tmp_path,
        block(7577100, 7577110, "0/0:150:99:120"),
        vb.record("17", 7577117, "CAAAC", "C,<NON_REF>", samples=("0/1:60,40,0:0.4,0:100",)),
    )
    assert cf.seen(content)[1] == (7577117, 7577121, 100)


def test_a_no_call_at_a_variant_row_shows_nothing(tmp_path: Path) -> None:
    content = read(
        tmp_path,
        block(7577100, 7577110, "0/0:150:99:120"),
        vb.record("17", 7577120, "C", "T,<NON_REF>", samples=("./.:0,0,0:.,.:40",)),
    )
    assert cf.seen(content) == [(7577100, 7577110, 120)]


def test_a_file_of_reference_blocks_alone_lists_no_variant_and_says_so(tmp_path: Path) -> None:
    first = cf.needed()[0]
    path = vb.write(tmp_path / "panel.g.vcf", [*vb.header(), block(first, cf.needed()[-1], "0/0:150:99:120")])
    content = cf.read(path, Options())
    assert content.small_variants
    assert content.reaches_tp53


# Another build, another genome


def test_blocks_of_another_build_prove_it(tmp_path: Path) -> None:
    blocks = [block(pos, pos + 1, "0/0:150:99:120", build=Build.GRCH38) for pos in range(7673710, 7673750, 2)]
    assert read(tmp_path, *blocks, build=None).file.build is Build.GRCH38
    with pytest.raises(BuildError, match="not on GRCh37: REF agrees with TP53 at all"):
        read(tmp_path, *blocks, build=None, options=Options(build=Build.GRCH37))
    with pytest.raises(BuildError, match="contradicts itself about the genome build"):
        read(tmp_path, *blocks, build="GRCh37")


def test_a_block_whose_base_is_not_the_references_is_refused(tmp_path: Path) -> None:
    wrong = vb.record("17", 7577100, "A", "<NON_REF>", info="END=7577110", format_="GT:MIN_DP", samples=("0/0:120",))
    content = read(tmp_path, wrong)
    with pytest.raises(ReferenceMismatchError) as caught:
        gather([content])
    message = str(caught.value)
    assert "REF has A at chromosome 17 position 7577100, where GRCh37 has T" in message
    assert "made.g.vcf line 11 (17:7577100" in message
    unknown = wrong.replace("\tA\t", "\tN\t")
    assert len(gather([read(tmp_path, unknown)]).measured) == 1
