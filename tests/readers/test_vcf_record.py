"""One line as callers write it: genotype, allele fraction, depth, filter, extent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vcf_files import data_line, read

import vcf_builder as vb
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Presence

PRESENT, NO_CALL, ABSENT = Presence.PRESENT, Presence.NO_CALL, None


def line(
    format_: str | None = "GT",
    sample: str = "0/1",
    *,
    ref: str = "C",
    alt: str = "T",
    filter_: str = "PASS",
    info: str = ".",
    pos: int = 7578406,
    contig: str = "17",
) -> VcfLine:
    samples = () if format_ is None else (sample,)
    text = vb.record(contig, pos, ref, alt, filter_=filter_, info=info, format_=format_, samples=samples)
    return data_line(text, column=None if format_ is None else 9)


# Genotype


@pytest.mark.parametrize(
    ("genotype", "first", "second"),
    [
        ("0/0", ABSENT, ABSENT),
        ("0|0", ABSENT, ABSENT),
        ("0", ABSENT, ABSENT),
        ("0/1", PRESENT, ABSENT),
        ("0|1", PRESENT, ABSENT),
        ("1|0", PRESENT, ABSENT),
        ("1", PRESENT, ABSENT),
        ("1/1", PRESENT, ABSENT),
        ("0/2", ABSENT, PRESENT),
        ("1/2", PRESENT, PRESENT),
        ("2|1", PRESENT, PRESENT),
        ("0/1/2", PRESENT, PRESENT),
        ("0|0|1", PRESENT, ABSENT),
        ("./.", NO_CALL, NO_CALL),
        (".|.", NO_CALL, NO_CALL),
        (".", NO_CALL, NO_CALL),
        ("./1", PRESENT, NO_CALL),
        ("0/.", NO_CALL, NO_CALL),
        ("/0|1", PRESENT, ABSENT),  # VCF 4.4 lets a genotype begin with its phase
    ],
)
def test_what_a_genotype_says_of_each_allele(genotype: str, first: Presence | None, second: Presence | None) -> None:
    found = line("GT", genotype, alt="T,A")
    assert (found.presence(1), found.presence(2)) == (first, second)


@pytest.mark.parametrize(
    ("filter_", "fraction", "expected"),
    [
        ("PASS", "0.31", PRESENT),
        (".", "0.31", PRESENT),
        ("LowDP", "0.31", NO_CALL),
        ("PASS", "0", NO_CALL),
        ("PASS", ".", NO_CALL),
    ],
)
def test_a_no_call_beside_reads_is_a_call_where_no_filter_failed(
    filter_: str, fraction: str, expected: Presence
) -> None:
    assert line("GT:AF", f"./.:{fraction}", filter_=filter_).presence(1) is expected


@pytest.mark.parametrize(
    ("format_", "sample", "expected"),
    [
        ("GT:DP:RD:AD:FREQ", "0/0:62:49:12:19.67%", NO_CALL),  # VarScan
        ("GT:AD:AF:DP", "0/0:190,10:0.05:200", NO_CALL),
        ("GT:AD:AF:DP", "0/0:191,9:0.045:200", ABSENT),
        ("GT:DP:RO:AO", "0/0:100:85:15", NO_CALL),  # FreeBayes with its model of two copies
        ("GT:AF:FAO:FDP", "0/0:0.0207039:30:1449", ABSENT),
        ("GT:AD:DP", "0/2:50,30,20:100", NO_CALL),
        ("GT:AD:DP", "0/0:100,0:100", ABSENT),
    ],
)
def test_a_reference_genotype_beside_many_reads_of_the_allele_is_no_statement(
    format_: str, sample: str, expected: Presence | None
) -> None:
    found = line(format_, sample, alt="T,A" if sample.startswith("0/2") else "T")
    assert found.presence(1) is expected


@pytest.mark.parametrize(
    ("format_", "sample", "expected"),
    [
        ("DP:AU:CU:GU:TU", "100:0,0:70,70:0,0:30,31", PRESENT),  # Strelka2 has no genotype
        ("DP:AU:CU:GU:TU", "100:0,0:100,101:0,0:0,0", ABSENT),
        ("DP:AU:CU:GU:TU", "100:0,0:98,99:0,0:0,3", PRESENT),  # reads of the second tier alone
        ("PR:SR", "30,5:20,8", PRESENT),  # Manta
        ("DP:AF", ".:.", NO_CALL),  # merged: the record is another sample's
        ("AD", ".", NO_CALL),
        ("AD:AF", ".,.:.", NO_CALL),
        (".", ".", NO_CALL),
    ],
)
def test_without_a_genotype_the_reads_speak(format_: str, sample: str, expected: Presence | None) -> None:
    assert line(format_, sample).presence(1) is expected


@pytest.mark.parametrize("genotype", ["0/3", "10/11", "0x10", "chr17", "0/", "a/b"])
def test_a_genotype_that_the_line_cannot_have_is_an_error(genotype: str) -> None:
    with pytest.raises(MalformedFileError, match="is none that this line can have"):
        line("GT", genotype, alt="T,A").presence(1)


def test_a_call_without_one_read_of_many_is_neither() -> None:
    assert line("GT:AD", "0/1:100,0").presence(1) is NO_CALL
    assert line("GT:AD", "0/1:99,1").presence(1) is PRESENT
    assert line("GT:AD", "0/1:0,0").presence(1) is PRESENT


def test_without_sample_columns_every_listed_allele_is_there() -> None:
    assert line(None, info="DP=80;AF=0.02").presence(1) is PRESENT
    assert line(None).presence(1) is PRESENT
    assert line(None, info="AF=0").presence(1) is PRESENT  # often the frequency in a population


def test_trailing_fields_may_be_left_out() -> None:
    found = line("GT:AD:AF:DP", "0/1")
    assert (found.presence(1), found.fraction(1), found.depth, found.alt_depth(1)) == (PRESENT, None, None, None)
    found = line("GT:AD:AF:DP", "0/1:60,40")
    assert (found.fraction(1), found.depth, found.alt_depth(1)) == (0.4, 100, 40)


def test_a_line_without_the_genotype_key_is_read_by_its_other_keys() -> None:
    assert line("DP:AD", "100:60,40").presence(1) is PRESENT
    assert line("DP:AD", "100:100,0").presence(1) is ABSENT


# Allele fraction, depth and reads: one row per caller

CALLERS = {
    "Mutect2: AF is its own estimate, not AD / DP": ("GT:AD:AF:DP", "0/1:60,40:0.385:103", "T", 0.385, 103, 40),
    "DRAGEN": ("GT:SQ:AD:AF:F1R2:F2R1:DP", "0/1:40.1:60,40:0.400:30,20:30,20:100", "T", 0.4, 100, 40),
    "Pisces": ("GT:GQ:AD:DP:VF:NL:SB", "0/1:100:1450,71:1521:0.04668:20:-100", "T", 0.04668, 1521, 71),
    "DeepSomatic": ("GT:GQ:DP:AD:VAF:PL", "1/1:30:100:60,40:0.396:30,0,9", "T", 0.396, 100, 40),
    "VarDict": ("GT:DP:VD:AD:AF:RD:ALD", "0/1:100:40:60,40:0.4:30,30:20,20", "T", 0.4, 100, 40),
    "VarScan: AD holds ALT reads alone": (
        "GT:GQ:DP:RD:AD:FREQ:DP4",
        "0/1:.:80:70:10:12.5%:1,2,3,4",
        "T",
        0.125,
        80,
        10,
    ),
    "VarScan with a decimal comma": ("GT:GQ:DP:RD:AD:FREQ:DP4", "0/1:.:80:70:10:12,5%:1,2,3,4", "T", 0.125, 80, 10),
    "VarScan without FREQ": ("GT:DP:RD:AD", "0/1:80:60:20", "T", 0.25, 80, 20),
    "FreeBayes": ("GT:DP:RO:QR:AO:QA", "0/1:100:60:2000:40:1500", "T", 0.4, 100, 40),
    "FreeBayes without DP": ("GT:RO:AO", "0/1:60:40", "T", 0.4, 100, 40),
    "Ion Torrent: flow counts go before base counts": (
        "GT:GQ:DP:FDP:RO:FRO:AO:FAO:AF",
        "0/1:99:1999:1500:900:500:999:1000:0.666667",
        "T",
        0.666667,
        1500,
        1000,
    ),
    "Ion Torrent without AF": ("GT:DP:FDP:AO:FAO", "0/1:1999:1500:999:300", "T", 0.2, 1500, 300),
    "Mutect 1": ("GT:AD:BQ:DP:FA", "0/1:60,40:30:100:0.4", "T", 0.4, 100, 40),
    "Strelka2 SNV: tier 1 of ALT over tier 1 of both": (
        "DP:FDP:SDP:SUBDP:AU:CU:GU:TU",
        "120:0:0:0:9,9:60,77:11,11:40,52",
        "T",
        0.4,
        120,
        40,
    ),
    "Strelka2 indel": ("DP:DP2:TAR:TIR:TOR", "130:130:60,66:20,22:50,50", "CA", 0.25, 130, 20),
    "HaplotypeCaller": ("GT:AD:DP:GQ:PL", "0/1:60,40:101:99:1,2,3", "T", 40 / 101, 101, 40),
}


@pytest.mark.parametrize("caller", CALLERS)
def test_fraction_depth_and_reads_of_each_caller(caller: str) -> None:
    format_, sample, alt, fraction, depth, reads = CALLERS[caller]
    found = line(format_, sample, alt=alt)
    assert found.presence(1) is PRESENT
    assert found.fraction(1) == pytest.approx(fraction)
    assert found.alt_depth(1) == reads
    assert found.depth == depth


def test_lofreq_speaks_in_info_alone() -> None:
    found = line(None, info="DP=431;AF=0.013921;SB=0;DP4=210,215,3,3")
    assert (found.fraction(1), found.depth) == (0.013921, 431)


def test_info_af_of_a_line_with_samples_is_a_population_frequency_and_never_read() -> None:
    assert line("GT", "0/1", info="AF=0.00021").fraction(1) is None
    assert line("GT:AD:DP", "0/1:50,50:100", info="AF=0.00021").fraction(1) == 0.5


def test_info_depth_is_the_sum_of_samples_and_read_only_where_there_is_one() -> None:
    assert line("GT", "0/1", info="DP=70").depth == 70
    two = vb.record("17", 7578406, "C", "T", info="DP=170", format_="GT", samples=("0/1", "0/0"))
    assert data_line(two).depth is None


@pytest.mark.parametrize(
    ("format_", "sample", "fractions", "reads"),
    [
        ("GT:AD:AF:DP", "0/1/2:50,30,20:0.31,0.19:100", (0.31, 0.19), (30, 20)),
        ("GT:AD:DP", "1/2:50,30,20:100", (0.3, 0.2), (30, 20)),
        ("GT:DP:RO:AO", "1/2:100:50:30,20", (0.3, 0.2), (30, 20)),
        ("GT:FDP:FAO:AF", "1/2:100:30,20:0.3,0.2", (0.3, 0.2), (30, 20)),
        ("GT:DP:FREQ", "1/2:100:30%,20%", (0.3, 0.2), (None, None)),
        ("GT:AD:AF:DP", "1/2:50,30,20:0.31,.:100", (0.31, 0.2), (30, 20)),
        ("GT:VF:DP", "1/2:0.5:100", (None, None), (None, None)),  # one value for two alleles belongs to neither
        ("GT:FREQ", "1/2:12,5%", (None, None), (None, None)),  # a decimal comma is no list
    ],
)
def test_every_allele_of_a_line_has_its_own_value(
    format_: str, sample: str, fractions: tuple[float, float], reads: tuple[int, int]
) -> None:
    found = line(format_, sample, alt="T,A")
    assert (found.fraction(1), found.fraction(2)) == fractions
    assert (found.alt_depth(1), found.alt_depth(2)) == reads


@pytest.mark.parametrize(
    "value", ["", ".", "NaN", "nan", "inf", "-0.1", "1.5", "45", "0.1_2", "high", "12,5", "%", "101%", "1,2,3"]
)
def test_what_is_no_fraction_is_none(value: str) -> None:
    assert line("GT:AF:FREQ", f"0/1:{value}:{value}").fraction(1) is None


@pytest.mark.parametrize("value", ["", ".", "-5", "1.5", "1e3", "²"])
def test_what_is_no_count_is_none(value: str) -> None:
    found = line("GT:DP:AO", f"0/1:{value}:{value}")
    assert (found.depth, found.alt_depth(1)) == (None, None)


def test_more_reads_with_the_allele_than_reads_is_no_fraction() -> None:
    assert line("GT:AD:DP", "0/1:0,30:20").fraction(1) is None


def test_no_reads_at_all_is_no_fraction() -> None:
    assert line("GT:AD:DP", "0/1:0,0:0").fraction(1) is None


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_fractions_from_counts_are_exact(ref: int, alt: int) -> None:
    found = line("GT:AD", f"0/1:{ref},{alt}")
    assert found.fraction(1) == (alt / (ref + alt) if ref + alt else None)


# Filter


@pytest.mark.parametrize(
    ("token", "filters", "passed"),
    [
        (".", (), True),
        ("PASS", ("PASS",), True),
        ("weak_evidence", ("weak_evidence",), False),
        ("germline;panel_of_normals", ("germline", "panel_of_normals"), False),
        ("PASS;LowDP", ("PASS", "LowDP"), False),
        ("pass", ("pass",), False),
    ],
)
def test_filter_tokens(token: str, filters: tuple[str, ...], passed: bool) -> None:
    found = line(filter_=token)
    assert (found.filters, found.passed) == (filters, passed)


# Alleles


@pytest.mark.parametrize(
    ("alt", "info", "literal", "reference"),
    [
        ("T", ".", True, False),
        ("t", ".", True, False),
        ("T,*", ".", True, False),
        ("T,<NON_REF>", ".", True, False),
        ("T,<*>", ".", True, False),
        ("<NON_REF>", ".", False, True),
        ("<*>", ".", False, True),
        ("<X>", ".", False, True),
        (".", ".", False, True),
        ("*", ".", False, False),
        ("<DEL>", "SVTYPE=DEL;END=7578500", False, False),
        ("CATTG", "SVTYPE=INS;END=7578406", False, False),
        ("C[chr3:1000[", "SVTYPE=BND", False, False),
        ("C.", "SVTYPE=BND", False, False),
    ],
)
def test_what_kind_of_line_it_is(alt: str, info: str, literal: bool, reference: bool) -> None:
    found = line(alt=alt, info=info)
    assert (found.is_literal, found.is_reference) == (literal, reference)


# Extent

END, LENGTH = 7578500, 94


@pytest.mark.parametrize(
    ("ref", "alt", "info", "end"),
    [
        ("C", "T", ".", 7578406),
        ("CAGTC", "C", ".", 7578410),
        ("C", "CAAAA", ".", 7578406),
        ("C", "<DEL>", "END=7578500", END),
        ("C", "<DEL>", "SVLEN=-94", END),
        ("C", "<DEL>", "SVLEN=94", END),  # VCF 4.4 and later
        ("C", "<DEL>", "END=7578500;SVLEN=-94", END),
        ("C", "<CNV>", "END=.;SVLEN=94", END),
        ("C", "<DUP>", "END=7578400;SVLEN=94", END),  # an END before POS says nothing
        ("C", "<DUP>", "END=7578500;SVLEN=95", END),  # one base apart: END
        ("C", "<DUP>", "END=7578406;SVLEN=94", END),  # further apart: the furthest, so that nothing is missed
        ("C", "<DEL>", "END=7578500;SVLEN=-20", END),
        ("C", "<INV>", "END=7578500;SVLEN=0", END),  # the difference in length that VCF 4.3 asks for
        ("C", "<DEL>", "END=7578500;SVLEN=.", END),
        ("C", "<DEL>", "END=7578500;SVLEN=1e5", END),
        ("C", "<DEL>,<DUP>", "SVLEN=-20,94", END),
        ("C", "A,<DEL>", "SVLEN=.,-94", END),
        ("C", "<INS>", "SVLEN=3000;END=7578406", 7578406),
        ("C", "<INS>", "SVLEN=3000", 7578406),
        ("C", "<TRA>", "SVLEN=999999999", 7578406),
        ("C", "C[17:9000000[", "SVTYPE=BND", 7578406),
        ("C", "<NON_REF>", "END=7578500", END),
        ("CAGTC", "C", "END=7578406", 7578410),  # REF reaches further than END says
        ("C", "<BND>", "CHR2=3;END=90000000", 7578406),  # END counts on the other chromosome
        ("C", "<DEL>", "CHR2=chr17;END=7578500", END),
    ],
)
def test_how_far_a_record_reaches(ref: str, alt: str, info: str, end: int) -> None:
    assert line(ref=ref, alt=alt, info=info).end == end


@pytest.mark.parametrize(
    ("info", "contradicts"),
    [
        ("END=7578500;SVLEN=-94", False),
        ("END=7578500;SVLEN=95", False),
        ("END=7578500;SVLEN=93", False),
        ("END=7578500;SVLEN=92", True),
        ("END=7578500;SVLEN=-9400", True),
        ("END=7578500", False),
        ("SVLEN=94", False),
    ],
)
def test_end_and_length_may_differ_by_one_base(info: str, contradicts: bool) -> None:
    assert line(alt="<DUP>", info=info).contradicts_itself is contradicts


@pytest.mark.parametrize("alt", ["<DEL>", "<DUP>", "<DUP:TANDEM>", "<INV>", "<CNV>", "<CN0>", "<LOH>"])
@pytest.mark.parametrize("info", ["SVTYPE=X", "END=100", "SVLEN=.", "SVLEN=0", "END=."])
def test_a_stretch_of_unknown_length_is_an_error_and_not_one_base(alt: str, info: str) -> None:
    with pytest.raises(MalformedFileError, match="neither an END after POS nor an SVLEN"):
        _ = line(alt=alt, info=info).end


@pytest.mark.parametrize("info", ["END=7.6e+06", "END=7600000.0", "END=chr3", "SVLEN=-1e5", "SVLEN=long"])
def test_an_extent_that_is_no_whole_number_is_an_error(info: str) -> None:
    with pytest.raises(MalformedFileError, match=r"(END|SVLEN) is '.*', which is no whole number"):
        _ = line(alt="<DEL>", info=info).end


@pytest.mark.parametrize("token", ["", ".", "-1", "7,578,406", "7.5e6", "²"])
def test_a_position_that_is_no_whole_number_is_an_error(token: str) -> None:
    text = vb.record("17", 7578406, "C", "T").replace("7578406", token)
    with pytest.raises(MalformedFileError, match=r"POS is .* which is no whole number"):
        _ = VcfLine(line().file, 7, tuple(text.split("\t")), 9).pos


@pytest.mark.parametrize(
    ("contig", "pos", "alt", "info", "places"),
    [
        ("17", 10, "N[chr3:500[", ".", {("17", 10, 10), ("3", 500, 500)}),
        ("chr3", 500, "]chr17:10]N", ".", {("3", 500, 500), ("17", 10, 10)}),
        ("3", 500, "N]NC_000017.11:10]", ".", {("3", 500, 500), ("17", 10, 10)}),
        ("3", 500, "N[<17>:10[", ".", {("3", 500, 500), ("17", 10, 10)}),
        ("3", 500, "N[HLA-A*01:01:01:01:77[", ".", {("3", 500, 500), ("HLA-A*01:01:01:01", 77, 77)}),
        # joints that leave out what lies between both ends, and joints that do not
        ("17", 10, "N[17:500[", ".", {("17", 10, 500)}),
        ("17", 500, "]17:10]N", ".", {("17", 10, 500)}),
        ("17", 500, "N[17:10[", ".", {("17", 500, 500), ("17", 10, 10)}),
        ("17", 10, "]17:500]N", ".", {("17", 10, 10), ("17", 500, 500)}),
        ("17", 10, "N]17:500]", ".", {("17", 10, 10), ("17", 500, 500)}),
        ("17", 10, "[17:500[N", ".", {("17", 10, 10), ("17", 500, 500)}),
        # a rearrangement that is written once, with its other end in INFO
        ("3", 500, "<BND>", "CHR2=chr17;POS2=10;END=501", {("3", 500, 500), ("17", 10, 10)}),
        ("3", 500, "<TRA>", "CHR2=17;END=10", {("3", 500, 500), ("17", 10, 10)}),
        ("3", 500, "<CTX>", "CHR2=17;END=500;END2=10", {("3", 500, 500), ("17", 10, 10)}),
        ("17", 10, "<BND>", "CHR2=17;POS2=500", {("17", 10, 10), ("17", 500, 500)}),
        ("17", 10, "<CTX>", "CHR2=chr17;END=10;END2=500", {("17", 10, 10), ("17", 500, 500)}),
        ("17", 10, "<INV>", "CHR2=17;END=500", {("17", 10, 500)}),
        ("17", 10, "N.", ".", {("17", 10, 10)}),
        ("17", 10, "T", ".", {("17", 10, 10)}),
    ],
)
def test_all_places_a_record_speaks_of(
    contig: str, pos: int, alt: str, info: str, places: set[tuple[str, int, int]]
) -> None:
    assert set(line(contig=contig, pos=pos, ref="N", alt=alt, info=info).places) == places


# Ion Torrent lists its hotspots whether they are mutated or not

HOTSPOT = "GT:GQ:DP:FDP:RO:FRO:AO:FAO:AF:SAR:SAF"


@pytest.mark.parametrize(
    ("filter_", "sample", "expected"),
    [
        ("PASS", "0/0:99:1999:2000:1999:2000:0:0:0:0:0", []),
        ("PASS", "0/0:60:1999:2000:1990:1991:9:9:0.0045:4:5", []),
        (".", "0/0:99:1999:2000:1999:2000:0:0:0:0:0", []),
        ("NOCALL", "./.:0:5:5:5:5:0:0:0:0:0", [NO_CALL]),
        ("PASS", "0/1:99:1999:2000:1200:1200:799:800:0.4:400:400", [PRESENT]),
    ],
)
def test_oncomine_hotspot_rows(filter_: str, sample: str, expected: list[Presence]) -> None:
    record = vb.record(
        "17", 7578406, "C", "T", id_="COSM10648", filter_=filter_, format_=HOTSPOT, samples=(sample,), info="HS"
    )
    content = read(record, vb.somewhere_else())
    assert [variant.presence for variant in content.variants] == expected
    assert content.file.records.in_windows == 1


def test_a_source_names_line_and_locus_and_shortens_long_alleles() -> None:
    assert str(line().source).endswith(" line 7 (17:7578406 C>T)")
    assert str(line(ref="C" * 40, alt="C").source).endswith(f"(17:7578406 {'C' * 17}...>C)")


def test_reads_beside_a_fraction_of_zero_are_neither() -> None:
    assert line("AF:AD", "0.0:0,30").presence(1) is NO_CALL
    assert line("AF:AD", "0.0:30,0").presence(1) is ABSENT
