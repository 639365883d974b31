"""A VCF as a whole: every record over the genes is used, or dropped for a named reason."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vcf_files import MDM2, TP53, read, read_path

import vcf_builder as vb
from mdm2screen.errors import BuildError, MalformedFileError
from mdm2screen.evidence import gather
from mdm2screen.genes import tp53_bases
from mdm2screen.readers import recognise, vcf
from mdm2screen.readers.contract import Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent, Presence, VariantRecord

R175H = vb.record("17", *vb.R175H["GRCh37"])
BLOCK, SITE = "reference block", "reference site without a variant"
GENOTYPE = "reference genotype in the tumor sample"
OF_MDM2 = "small or structural variant of MDM2, which no criterion asks for"
REASONS = {BLOCK, SITE, GENOTYPE, OF_MDM2}


def kept(content: FileContent) -> list[tuple[int, str, str]]:
    return [(variant.pos, variant.ref, variant.alt) for variant in content.variants]


def without_place(content: FileContent) -> list[dict[str, object]]:
    return [record.model_dump(exclude={"source", "line"}) for record in (*content.variants, *content.segments)]


# The account of records


@st.composite
def tp53_records(draw: st.DrawFn) -> tuple[str, str]:
    """A record on chromosome 12 or 17 of GRCh37 and what becomes of it."""
    contig, (first, last) = draw(st.sampled_from([("12", MDM2["GRCh37"]), ("17", TP53["GRCh37"])]))
    pos = draw(st.integers(first - 50, last + 50))
    kind, sample = draw(st.sampled_from(["snv", "block", "site", "copies", "label"])), "0/1:60,40:0.4:100"
    fate, end = "used", pos
    if kind == "snv":
        sample, fate = draw(
            st.sampled_from(
                [(sample, "used"), ("0/0:99,1:0.01:100", GENOTYPE), ("0/0:70,30:0.3:100", "used"), ("./.", "used")]
            )
        )
        text = vb.record(contig, pos, "C", "T", samples=(sample,))
        fate = OF_MDM2 if contig == "12" else fate
    elif kind in ("block", "site"):
        end, fate = (pos + 30, BLOCK) if kind == "block" else (pos, SITE)
        alt = "<NON_REF>" if kind == "block" else "."
        text = vb.record(contig, pos, "C", alt, info=f"END={end}", samples=("0/0",))
    else:
        end = pos + 40
        sample = "0/1:14" if kind == "copies" else "0/1:."
        text = vb.record(contig, pos, "N", "<DUP>", info=f"END={end}", format_="GT:CN", samples=(sample,))
        pos += 1  # a symbolic allele states the base before it
    return text, fate if pos <= last and end >= first else "elsewhere"


@settings(deadline=None, max_examples=150)
@given(st.lists(tp53_records(), max_size=12))
def test_every_record_is_used_or_dropped_for_a_named_reason(made: list[tuple[str, str]]) -> None:
    content = read(*(text for text, _ in made), vb.somewhere_else())
    records, fates = content.file.records, Counter(fate for _, fate in made)
    del fates["elsewhere"]
    assert records.total == len(made) + 1
    assert records.in_windows == records.used + sum(records.dropped.values()) == fates.total()
    assert records.used == fates.pop("used", 0)
    assert records.dropped == dict(fates)
    assert set(records.dropped) <= REASONS


@settings(deadline=None, max_examples=60)
@given(st.lists(tp53_records(), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(made: list[tuple[str, str]], random: object) -> None:
    texts = [text for text, _ in made]
    before = read(*texts, vb.somewhere_else())
    random.shuffle(texts)  # type: ignore[attr-defined]
    after = read(vb.somewhere_else(), *texts)
    assert sorted(map(repr, without_place(before))) == sorted(map(repr, without_place(after)))
    assert before.file.records == after.file.records


def test_each_reason_stands_for_its_record() -> None:
    content = read(
        vb.record("17", 7577000, "C", "<NON_REF>", info="END=7577100", samples=("0/0",)),
        vb.record("17", 7577200, "C", ".", samples=("0/0",)),
        vb.record("17", 7577300, "C", "T", samples=("0/0:99,0:0:99",)),
        vb.record("12", 69210000, "A", "G"),
        vb.record("12", 69210000, "A", "]3:5]A", info="SVTYPE=BND"),
        R175H,
        vb.somewhere_else(),
    )
    assert content.file.records.dropped == {BLOCK: 1, SITE: 1, GENOTYPE: 1, OF_MDM2: 2}
    assert content.file.records.used == 1


def test_records_that_read_alike_are_counted_each(tmp_path: Path) -> None:
    """A BCF has no line numbers to tell them apart."""
    import pysam.bcftools

    other = R175H.replace("0/1:60,40:0.4:100", "0/0:100,0:0:100")
    path = vb.vcf(tmp_path / "made.vcf", R175H, R175H, other, other)
    pysam.bcftools.view("-Ob", "-o", str(tmp_path / "made.bcf"), str(path), catch_stdout=False)
    for made in (path, tmp_path / "made.bcf"):
        records = read_path(made).file.records
        assert (records.in_windows, records.used, records.dropped) == (4, 2, {GENOTYPE: 2})


def test_a_line_with_several_alleles_is_one_record() -> None:
    content = read(vb.record("17", 7578406, "C", "T,A", samples=("1/2:50,30,20:0.3,0.2:100",)), vb.somewhere_else())
    assert [(v.alt, v.vaf, v.alt_depth) for v in content.variants] == [("T", 0.3, 30), ("A", 0.2, 20)]
    assert (content.file.records.in_windows, content.file.records.used) == (1, 1)


# Alleles


@pytest.mark.parametrize(
    ("ref", "alt", "genotype", "expected"),
    [
        ("C", "T,*", "0/1", ["T"]),
        ("C", "*,T", "0/2", ["T"]),
        ("C", "*,T", "0/1", []),
        ("C", "*", "0/1", []),
        ("C", "T,<*:DEL>", "1/2", ["T"]),
        ("C", "<*:DEL>", "0/1", []),
        ("C", "T,<NON_REF>", "0/1", ["T"]),
        ("C", "T,<*>", "0/1", ["T"]),
        ("C", "T,A", "0/2", ["A"]),
        ("c", "t", "0/1", ["T"]),
        ("C", "c,t", "0/2", ["T"]),
        ("C", "c", "0/1", []),
        ("CAG", "C,CAGAG", "1/2", ["C", "CAGAG"]),
    ],
)
def test_which_alleles_are_kept(ref: str, alt: str, genotype: str, expected: list[str]) -> None:
    content = read(vb.record("17", 7578406, ref, alt, format_="GT", samples=(genotype,)), vb.somewhere_else())
    assert [variant.alt for variant in content.variants] == expected
    assert all(variant.ref == ref.upper() and not variant.structural for variant in content.variants)


@pytest.mark.parametrize("alt", ["T,<NON_REF>", "T,<*>", "T,<X>", "T,<DEL>", "<DEL>,T", "T,*"])
@pytest.mark.parametrize(("format_", "sample"), [("GT", "1/2"), ("GT:CN", "1/2:5"), ("GT:SM:CN", "1/2:2.1:5")])
def test_a_spelled_allele_is_never_lost_to_copy_number(alt: str, format_: str, sample: str) -> None:
    """A gVCF names "any other allele" on every line; some tools write the copies of the place beside a variant."""
    record = vb.record("17", 7578406, "C", alt, format_=format_, samples=(sample,), info="END=7578500;CN=5")
    content = read(record, vb.somewhere_else())
    assert content.segments == ()
    assert [v.alt for v in content.variants if not v.structural] == ["T"]
    assert [v.alt for v in content.variants if v.structural] == (["<DEL>"] if "<DEL>" in alt else [])


def test_bases_of_doubtful_kind_are_handed_on_and_not_dropped() -> None:
    content = read(vb.record("17", 7578406, "C", "R"), vb.record("17", 7578407, "G", "N"), vb.somewhere_else())
    assert [variant.alt for variant in content.variants] == ["R", "N"]


def test_what_a_variant_record_holds() -> None:
    (variant,) = read(R175H, vb.somewhere_else()).variants
    assert variant == VariantRecord(
        contig="17",
        pos=7578406,
        ref="C",
        alt="T",
        presence=Presence.PRESENT,
        source=variant.source,
        filters=("PASS",),
        vaf=0.4,
        depth=100,
        alt_depth=40,
        genotype="0/1",
        end=7578406,
        line=R175H,
    )
    assert str(variant.source) == "made.vcf line 11 (17:7578406 C>T)"


def test_a_deletion_that_begins_before_the_gene_is_kept() -> None:
    first, last = TP53["GRCh37"]
    content = read(
        vb.record("17", first - 300, "C" + "A" * 300, "C"),
        vb.record("17", first - 300, "C" + "A" * 299, "C"),
        vb.record("17", last, "CA", "C"),
        vb.record("17", last + 1, "CA", "C"),
        vb.somewhere_else(),
    )
    assert [(v.pos, v.end) for v in content.variants] == [(first - 300, first), (last, last + 1)]


# Names of chromosomes and builds


@pytest.mark.parametrize("name", ["17", "chr17", "Chr17", "CHR17", "NC_000017.10"])
def test_every_name_of_chromosome_17_gives_the_same_answer(name: str) -> None:
    expected = without_place(read(R175H, vb.somewhere_else()))
    renamed = "\t".join([name, *R175H.split("\t")[1:]])
    assert without_place(read(renamed, vb.somewhere_else())) == expected
    assert expected[0]["contig"] == "17"


def test_accessions_in_the_records_alone_prove_no_build_but_are_read() -> None:
    renamed = "\t".join(["NC_000017.11", "7675088", *R175H.split("\t")[2:]])
    content = read(renamed, header=vb.header(build=None), options=Options(build=Build.GRCH38))
    assert kept(content) == [(7675088, "C", "T")]


def test_only_the_gene_on_the_files_own_build_counts() -> None:
    lines = [vb.record("17", *vb.R175H[build]) for build in ("GRCh37", "GRCh38")]
    for build in ("GRCh37", "GRCh38"):
        content = read(*lines, vb.somewhere_else(), header=vb.header(build=build))
        assert kept(content) == [vb.R175H[build]]
        assert content.file.records.in_windows == 1


def test_a_rearrangement_with_one_end_near_each_locus_is_kept_on_both_builds() -> None:
    """One end lies where TP53 is on GRCh37, the other where it is on GRCh38."""
    record = vb.record("17", 7577000, "N", "N]17:7675000]", info="SVTYPE=BND", format_="GT", samples=("0/1",))
    for build, pos in (("GRCh37", 7577000), ("GRCh38", 7675000)):
        content = read(record, vb.somewhere_else(), header=vb.header(build=build))
        assert [variant.pos for variant in content.variants] == [pos]


def test_a_variant_that_fits_the_other_build_casts_doubt_on_the_option() -> None:
    """R175H of GRCh37 in a file that the option, or its own header, puts on GRCh38."""
    by_option = read(R175H, header=vb.header(build=None), options=Options(build=Build.GRCH38))
    by_header = read(R175H, header=vb.header(build="GRCh38"))
    for content in (by_option, by_header):
        (file,) = gather([content]).variant_files
        assert [(v.build, v.consequence and v.consequence.hgvs_p) for v in file.elsewhere] == [
            (Build.GRCH37, "p.Arg175His")
        ]
    assert gather([read(R175H)]).variant_files[0].elsewhere == ()
    unfit = read(vb.record("17", 7578406, "A", "T"), header=vb.header(build="GRCh38"))
    assert gather([unfit]).variant_files[0].elsewhere == ()


@pytest.mark.parametrize("build", list(Build))
def test_ten_reference_bases_prove_the_build_and_nine_do_not(build: Build) -> None:
    known = sorted(tp53_bases(build).items())[:10]
    lines = [vb.record("17", pos, base, ".", samples=("0/0",)) for pos, base in known]
    assert read(*lines, header=vb.header(build=None)).file.build is build
    wrong = lines[3].replace(f"\t{known[3][1]}\t", "\tT\t" if known[3][1] != "T" else "\tA\t", 1)
    for too_little in (lines[:9], [*lines[:3], wrong, *lines[4:]]):
        with pytest.raises(BuildError, match="nothing in the file proves the genome build"):
            read(*too_little, header=vb.header(build=None))


# The file as a whole


@pytest.mark.parametrize("missing", ["first", "all"])
def test_a_vcf_without_its_fileformat_line_is_refused(tmp_path: Path, missing: str) -> None:
    header = vb.header()[1:] if missing == "first" else vb.header()[-1:]
    path = vb.write(tmp_path / "s.vcf", [*header, R175H])
    with pytest.raises(MalformedFileError, match=r"s.vcf line 1: the VCF has no ##fileformat line"):
        read_path(path)
    if missing == "all":
        assert recognise(SourceFile(path)) is vcf


def test_a_header_alone_is_read_and_proves_nothing() -> None:
    content = read()
    assert (content.variants, content.segments) == ((), ())
    assert not content.small_variants
    assert not content.copy_number
    assert content.file.records.total == 0
    assert content.file.build is Build.GRCH37


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([vb.somewhere_else()], True),
        ([vb.record("1", 5, "A", "<NON_REF>", info="END=90", samples=("0/0",)), R175H], True),
        ([vb.record("17", 7000000, "N", "<DEL>", info="SVTYPE=DEL;END=7000100", samples=("0/1",))], False),
        ([vb.record("1", 5, "N", "N[3:7[", info="SVTYPE=BND", samples=("0/1",))], False),
        ([vb.record("1", 5, "CA", "C", info="SVTYPE=DEL;END=6", samples=("0/1",))], False),
        ([vb.record("1", 5, "A", "<NON_REF>", info="END=90", samples=("0/0",))], False),
        ([vb.record("1", 5, "A", ".", samples=("0/0",))], False),
    ],
)
def test_whether_a_file_lists_small_variants_at_all(records: Sequence[str], expected: bool) -> None:
    assert read(*records).small_variants is expected


def test_a_long_list_of_chromosome_1_alone_does_not_reach_tp53() -> None:
    lines = [vb.record("1", 1000 + n, "A", "G") for n in range(150)]
    assert not read(*lines).reaches_tp53
    assert read(*lines[:19]).reaches_tp53
    assert read(*lines, vb.somewhere_else()).reaches_tp53


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ((), False),
        (('##FORMAT=<ID=CN,Number=1,Type=Float,Description="x">',), True),
        (('##INFO=<ID=CN,Number=1,Type=Integer,Description="x">',), True),
        (('##FORMAT=<ID=SM,Number=1,Type=Float,Description="x">',), True),
        (('##FILTER=<ID=CN,Description="x">',), False),
    ],
)
def test_whether_a_file_speaks_of_copy_number(extra: tuple[str, ...], expected: bool) -> None:
    assert read(vb.somewhere_else(), header=vb.header(extra=extra)).copy_number is expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b"##fileformat=VCFv4.2\n", True),
        (b"\xef\xbb\xbf##fileformat=VCFv4.5\n", True),
        (b"\n\n##fileformat=VCFv4.1\n", True),
        (b"#CHROM\tPOS\tID\n", True),
        (b"BCF\x02\x02 and so on", True),
        (b"##fileformat=VCF", True),
        (b"##fileformat=BED\n", False),
        (b"chr17\t7571719\t7590868\n", False),
        (b"", False),
    ],
)
def test_a_vcf_is_known_by_its_first_line(start: bytes, expected: bool) -> None:
    assert vcf.sniff(Head("any.txt", start)) is expected


def test_the_chosen_sample_stands_in_the_account() -> None:
    header = vb.header(samples=("NORMAL", "TUMOR"))
    record = vb.record("17", *vb.R175H["GRCh37"], samples=("0/0:90,0:0:90", "0/1:60,40:0.4:100"))
    content = read(record, header=header)
    assert content.file.sample == "TUMOR"
    assert kept(content) == [(7578406, "C", "T")]
    other = read(record, header=header, options=Options(tumor_sample="NORMAL"))
    assert other.file.sample == "NORMAL"
    assert kept(other) == []


@pytest.mark.parametrize(
    ("alt", "format_", "sample", "unseen"),
    [
        ("<NON_REF>", "GT:DP:GQ:MIN_DP", "0/0:0:0:0", True),
        ("<NON_REF>", "GT:DP:GQ:MIN_DP", "0/0:9:20:0", True),
        ("<*>", "GT:DP", "./.:0", True),
        (".", "GT:DP", "./.:30", True),
        (".", "GT", ".", True),
        ("<NON_REF>", "GT:DP:GQ:MIN_DP", "0/0:90:99:85", False),
        (".", "GT:DP", "0/0:90", False),
        (".", "GT", "0/0", False),
    ],
)
def test_a_reference_record_may_say_that_nothing_was_seen(alt: str, format_: str, sample: str, unseen: bool) -> None:
    block = vb.record("17", 7577019, "C", alt, info="END=7577155", format_=format_, samples=(sample,))
    content = read(block, vb.somewhere_else())
    assert [(r.start, r.end) for r in content.unseen] == ([(7577019, 7577155)] if unseen else [])
    seen = gather([content], assay="wes").callability
    assert [(one.exon, one.start, one.end) for one in seen.uncovered] == ([(8, 7577019, 7577155)] if unseen else [])
    assert seen.covered == 1220 - (137 if unseen else 0)


def test_a_small_variant_with_svtype_is_worked_out_all_the_same() -> None:
    """Pindel and others write SVTYPE beside spelled alleles."""
    content = read(vb.record("17", 7577548, "C", "CA", info="SVTYPE=INS"), vb.somewhere_else())
    (variant,) = gather([content]).variants
    assert variant.consequence is not None
    assert variant.consequence.hgvs_p == "p.Gly245TrpfsTer19"
