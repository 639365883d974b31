"""Copy number in VCF records, by the dialect of each producer."""

from collections.abc import Sequence

import pytest
from vcf_files import MDM2, TP53, read

import vcf_builder as vb
from mdm2screen.errors import MalformedFileError
from mdm2screen.records import FileContent, FilterKind, PurityState, Reference, Scale, SegmentRecord, VariantRecord

DUP, DEL = "SVTYPE=DUP;END=69300000", "SVTYPE=DEL;END=69300000"
MDM2_START, TP53_START = MDM2["GRCh37"][0], TP53["GRCh37"][0]
ASCN = ("##ModelSource=DEPTH+BAF", "##EstimatedTumorPurity=0.62")


def declared(*keys: str) -> list[str]:
    return [f'##FORMAT=<ID={key},Number=1,Type=Integer,Description="{key}">' for key in keys]


def content_of(*records: str, extra: Sequence[str] = (), fileformat: str = "VCFv4.2") -> FileContent:
    return read(*records, vb.somewhere_else(), header=vb.header(extra=extra, fileformat=fileformat))


def mdm2(
    alt: str,
    info: str,
    format_: str,
    sample: str,
    *,
    extra: Sequence[str] = (),
    filter_: str = "PASS",
    pos: int = 69000000,
    id_: str = ".",
    fileformat: str = "VCFv4.2",
) -> SegmentRecord:
    """The one segment of a record over MDM2."""
    record = vb.record("12", pos, "N", alt, id_=id_, info=info, format_=format_, samples=(sample,), filter_=filter_)
    (segment,) = content_of(record, extra=extra, fileformat=fileformat).segments
    return segment


def tp53(alt: str, info: str, format_: str = "GT", sample: str = "0/1", **changes: str) -> FileContent:
    """A record from far before TP53 to the END in ``info``."""
    pos = int(changes.pop("pos", "7000000"))
    record = vb.record("17", pos, "N", alt, info=info, format_=format_, samples=(sample,), **changes)
    return content_of(record)


def review(content: FileContent) -> list[tuple[str, int, int | None]]:
    """Structural variants of TP53 that are handed on."""
    assert all(variant.structural for variant in content.variants)
    return [(variant.alt, variant.pos, variant.end) for variant in content.variants]


def said(segment: SegmentRecord) -> tuple[object, ...]:
    return segment.value, segment.scale, segment.reference, segment.purity_state, segment.producer


# DRAGEN

RATIO = (Scale.LINEAR_RATIO, Reference.SAMPLE, PurityState.UNCORRECTED, "DRAGEN CNV VCF")
COPIES = (Scale.TUMOR_COPIES, Reference.DIPLOID, PurityState.CORRECTED, "DRAGEN CNV VCF")


def test_dragen_without_alleles_gives_the_linear_ratio_and_never_its_rounded_cn() -> None:
    segment = mdm2("<DUP>", DUP + ";REFLEN=300000", "GT:SM:CN:BC:PE", "./1:5.87321:12:42:10,12")
    assert said(segment) == (5.87321, *RATIO)
    assert segment.probes == 42


@pytest.mark.parametrize("model", ["DEPTH+BAF", "DEPTH+BAF_DOUBLED", "DEPTH+BAF_DEDUPLICATED", "VAF"])
def test_dragen_allele_specific_gives_tumor_copies(model: str) -> None:
    extra = (f"##ModelSource={model}", "##EstimatedTumorPurity=0.62", "##OverallPloidy=2.1")
    segment = mdm2("<DUP>", DUP, "GT:CN:MCN:SM:BC", "0/1:14:1:4.7:42", extra=extra)
    assert said(segment) == (14.0, *COPIES)
    assert segment.minor == 1


@pytest.mark.parametrize(
    "extra",
    [
        ("##ModelSource=DEPTH+BAF_WEAK", "##EstimatedTumorPurity=0.62"),
        ("##ModelSource=SAMPLE_MEDIAN", "##EstimatedTumorPurity=0.62"),
        ("##ModelSource=DEGENERATE_DIPLOID", "##EstimatedTumorPurity=NA"),
        ("##ModelSource=DEGENERATE_DIPLOID", "##EstimatedTumorPurity=0.62"),
        ("##ModelSource=DEPTH+BAF", "##EstimatedTumorPurity=NA"),
        ("##ModelSource=DEPTH+BAF",),
        ("##EstimatedTumorPurity=0.62",),
    ],
)
def test_a_dragen_model_without_purity_is_only_a_ratio(extra: tuple[str, ...]) -> None:
    segment = mdm2("<DUP>", DUP, "GT:CN:MCN:SM:BC", "0/1:14:1:4.7:42", extra=extra)
    assert said(segment) == (4.7, *RATIO)
    assert segment.minor is None


def test_dragen_states_events_by_the_base_before_and_neutral_rows_by_their_first_base() -> None:
    event = vb.record("12", MDM2_START - 1, "N", "<DUP>", info=DUP, format_="GT:SM:BC", samples=("./1:4:9",))
    neutral = vb.record(
        "17", TP53_START, "N", ".", info="END=7600000;REFLEN=1", format_="GT:SM:BC", samples=("./.:1:9",)
    )
    before, after = content_of(event, neutral).segments
    assert (before.start, before.end) == (MDM2_START, 69300000)
    assert (after.start, after.end, after.value) == (TP53_START, 7600000, 1.0)


def test_a_segment_that_ends_before_the_gene_is_not_over_it() -> None:
    first, last = MDM2["GRCh37"]
    inside = [
        vb.record("12", first - 500, "N", "<DUP>", info=f"END={first}", format_="GT:SM", samples=("./1:4",)),
        vb.record("12", last - 1, "N", "<DUP>", info="END=69300000", format_="GT:SM", samples=("./1:5",)),
    ]
    outside = [
        vb.record("12", first - 500, "N", "<DUP>", info=f"END={first - 1}", format_="GT:SM", samples=("./1:6",)),
        vb.record("12", last, "N", "<DUP>", info="END=69300000", format_="GT:SM", samples=("./1:7",)),
    ]
    content = content_of(*inside, *outside)
    assert [segment.value for segment in content.segments] == [4.0, 5.0]


def test_a_dragen_segment_that_failed_its_filter_has_no_usable_number() -> None:
    segment = mdm2("<DUP>", DUP, "GT:SM:CN:BC", "./1:5.9:12:2", filter_="cnvQual;cnvLength")
    assert (segment.value, segment.label, segment.scale) == (None, "cnvQual;cnvLength", Scale.LINEAR_RATIO)


def test_a_neutral_row_without_a_number_is_no_segment() -> None:
    record = vb.record("12", 69000000, "N", ".", info="END=69300000", format_="GT:SM:CN", samples=("./.:.:.",))
    content = content_of(record)
    assert content.segments == ()
    assert content.file.records.dropped == {"reference site without a variant": 1}


# CNVkit


@pytest.mark.parametrize(
    ("alt", "info", "format_", "sample", "value"),
    [
        ("<DUP>", "FOLD_CHANGE=7.2;FOLD_CHANGE_LOG=2.848", "GT:GQ:CN:CNQ", "0/1:42:14:42", 2.848),
        ("<DEL>", "FOLD_CHANGE=0.5;FOLD_CHANGE_LOG=-1", "GT:GQ", "0/1:42", -1.0),  # older: no CN for a deletion
        ("<CNV>", "FOLD_CHANGE=1;FOLD_CHANGE_LOG=0.0", "GT:GQ:CN:CN1:CN2:CNQ", "0/1:42:2:2:0:42", 0.0),
    ],
)
def test_cnvkit_gives_log2_and_never_its_rounded_cn(
    alt: str, info: str, format_: str, sample: str, value: float
) -> None:
    where = "IMPRECISE;SVTYPE=CNV;END=69300000;SVLEN=300000;PROBES=17;CIPOS=(0,200060);CIEND=0,131"
    segment = mdm2(alt, f"{where};{info}", format_, sample, filter_=".")
    assert said(segment) == (value, Scale.LOG2_RATIO, Reference.SAMPLE, PurityState.UNKNOWN, "CNVkit VCF")
    assert (segment.start, segment.end, segment.probes) == (69000001, 69300000, 17)


def test_a_cnvkit_file_without_a_record_over_mdm2_is_silent() -> None:
    content = content_of(extra=declared("CN"))
    assert content.segments == ()
    assert content.copy_number
    assert content.silence is not None
    assert "neither of coverage nor of neutral copy number" in content.silence


# GATK gCNV


@pytest.mark.parametrize(("copies", "at_least"), [("4", False), ("5", True)])
def test_the_highest_number_gcnv_can_write_means_that_or_more(copies: str, at_least: bool) -> None:
    segment = mdm2("<DUP>", "END=69300000", "GT:CN:NP:QA:QS", f"2:{copies}:9:80:90")
    assert (segment.value, segment.at_least) == (float(copies), at_least)


# Oncomine


@pytest.mark.parametrize("cellularity", ["1.000000", "0", "NA", None])
def test_without_a_cellularity_below_one_nothing_was_corrected(cellularity: str | None) -> None:
    extra = [] if cellularity is None else [f"##CellularityAsAFractionBetween0-1={cellularity}"]
    info = ONCOMINE.format(raw="5")
    segment = mdm2("<CNV>", info, "GT:GQ:CN", "./.:0:5", extra=extra, pos=69207031, id_="MDM2")
    assert said(segment)[1:] == (
        Scale.OBSERVED_COPIES,
        Reference.DIPLOID,
        PurityState.UNKNOWN,
        "Oncomine VCF",
    )


ONCOMINE = "PRECISE=FALSE;SVTYPE=CNV;END=69238239;LEN=31208;NUMTILES=8;CDF_MAPD=0.01:1.2,0.99:2.4;REF_CN=2;RAW_CN={raw}"


@pytest.mark.parametrize(("copies", "value"), [("43.7", 43.7), ("1.89", 1.89), ("12", 12.0), ("11.999", 11.999)])
def test_oncomine_copies_are_text_and_already_corrected(copies: str, value: float) -> None:
    """Declared Integer in the header; a library that believes it stops here."""
    segment = mdm2(
        "<CNV>",
        ONCOMINE.format(raw="9.1") + ";FUNC=[{'gene':'MDM2','oncomineVariantClass':'Amplification'}]",
        "GT:GQ:CN",
        f"./.:0:{copies}",
        extra=[*declared("CN"), "##CellularityAsAFractionBetween0-1=0.6"],
        pos=69207031,
        id_="MDM2",
    )
    assert segment.value == value
    assert said(segment)[1:] == (
        Scale.TUMOR_COPIES,
        Reference.DIPLOID,
        PurityState.CORRECTED_BY_LAB,
        "Oncomine VCF",
    )
    assert (segment.gene, segment.start, segment.end, segment.probes) == ("MDM2", 69207031, 69238239, 8)


@pytest.mark.parametrize(("filter_", "copies"), [("NOCALL", "1.9"), ("FAIL", "43"), ("PASS", "."), ("NOCALL", ".")])
def test_an_oncomine_row_that_is_no_call_has_no_usable_number(filter_: str, copies: str) -> None:
    segment = mdm2(
        "<CNV>", ONCOMINE.format(raw="."), "GT:GQ:CN", f"./.:0:{copies}", pos=69207031, id_="MDM2", filter_=filter_
    )
    assert segment.value is None
    assert segment.gene == "MDM2"


def test_a_row_of_the_gene_tp53_is_copy_number_and_no_structural_variant() -> None:
    info = "SVTYPE=CNV;END=7579940;RAW_CN=1.9;NUMTILES=20"
    record = vb.record("17", 7572900, "N", "<CNV>", id_="TP53", info=info, format_="GT:GQ:CN", samples=("./.:0:1.1",))
    content = content_of(record)
    assert [segment.value for segment in content.segments] == [1.1]
    assert review(content) == []


# Any other producer

GENERIC = (Scale.OBSERVED_COPIES, Reference.UNKNOWN, PurityState.UNKNOWN, "VCF CN")


@pytest.mark.parametrize(
    ("alt", "info", "format_", "sample", "value"),
    [
        ("<DUP>", DUP, "GT:CN", "0/1:14", 14.0),
        ("<DUP>", DUP + ";CN=14", "GT", "0/1", 14.0),  # Sentieon CNVscope
        ("<DUP>", DUP + ";CN=3", "GT:CN", "0/1:14", 14.0),  # the tumor's own value goes first
        ("<CNV>", DUP, "CN:CNQ", "43.7:99", 43.7),
        ("<CN0>", DUP, "GT:CN", "1/1:0", 0.0),
        (".", "END=69300000", "GT:CN", "0/0:2", 2.0),  # a neutral segment
        (".", "END=69300000;CN=2", "GT", "0/0", 2.0),
        ("<CNV>", "SVLEN=300000", "GT:CN", "0/1:14", 14.0),  # VCF 4.5: no END
        ("<DEL>", "SVLEN=-300000", "GT:CN", "0/1:1", 1.0),
    ],
)
def test_generic_copies(alt: str, info: str, format_: str, sample: str, value: float) -> None:
    segment = mdm2(alt, info, format_, sample)
    assert said(segment) == (value, *GENERIC)
    assert segment.end == 69300000


def test_a_dup_without_a_number_is_a_label() -> None:
    segment = mdm2("<DUP>", DUP, "GT:GQ", "0/1:50")
    assert (segment.value, segment.scale, segment.label) == (None, Scale.LABEL, "<DUP>")


@pytest.mark.parametrize("token", [".", "NA", "NaN", "inf", ""])
def test_a_missing_number_is_a_label_too(token: str) -> None:
    segment = mdm2("<DUP>", DUP, "GT:CN", f"0/1:{token}")
    assert (segment.value, segment.scale) == (None, Scale.LABEL)


@pytest.mark.parametrize("token", ["12,5", "twelve", ">=12", "1_0", "12x"])
def test_copies_that_are_no_number_are_an_error(token: str) -> None:
    with pytest.raises(MalformedFileError, match=rf"made.vcf line \d+ \(12:69000000 .*CN is '{token}'"):
        mdm2("<DUP>", DUP, "GT:CN", f"0/1:{token}")


@pytest.mark.parametrize("fileformat", ["VCFv4.4", "VCFv4.5"])
def test_info_cn_of_one_allele_is_not_taken_for_all_copies(fileformat: str) -> None:
    segment = mdm2("<DUP>", DUP + ";CN=13", "GT", "0/1", fileformat=fileformat)
    assert (segment.value, segment.scale) == (None, Scale.LABEL)
    both = mdm2("<CNV>,<CNV>", "END=69300000;CN=1,13", "GT:CN", "1/2:14", fileformat=fileformat)
    assert both.value == 14.0


def test_a_filter_that_was_not_applied_is_no_failure() -> None:
    assert mdm2("<DUP>", DUP, "GT:CN", "0/1:14", filter_=".").value == 14.0


def test_end_and_length_that_contradict_each_other_leave_no_usable_number() -> None:
    segment = mdm2("<DUP>", "END=69000001;SVLEN=300000", "GT:CN", "0/1:14")
    assert (segment.value, segment.label) == (None, "END and SVLEN contradict each other")


def test_a_genotype_of_reference_drops_a_label() -> None:
    """In a file of several samples the duplication is another one's."""
    bare = vb.record("12", 69000000, "N", "<DUP>", info=DUP, format_="GT", samples=("0/0",))
    assert content_of(bare).segments == ()
    assert content_of(bare).file.records.dropped == {"reference genotype in the tumor sample": 1}


# Joints are no depth

MANTA = ("PR:SR", "30,12:20,9")


@pytest.mark.parametrize(
    ("alt", "info", "format_", "sample"),
    [
        ("<DUP:TANDEM>", DUP + ";SVLEN=300000;SOMATIC;SOMATICSCORE=60", *MANTA),
        ("<DUP>", DUP, *MANTA),
        ("<DEL>", DEL + ";HOMLEN=2;HOMSEQ=AC", "GT", "0/1"),
        ("<DUP>", DUP + ";SU=20;PE=12;SR=8", "GT:SU:PE:SR", "0/1:20:12:8"),
        ("<DUP>", DUP + ";PE=12;CT=5to3", "GT:DR:DV:RR:RV", "0/1:10:12:5:7"),
        ("<DUP>", DUP + ";SUPPORT=9", "GT:GQ:DR:DV", "0/1:60:12:9"),
        ("<DUP>", DUP + ";SVCLAIM=J", "GT", "0/1"),
        ("<INV>", "SVTYPE=INV;END=69300000", "GT:CN", "0/1:14"),
        ("<INS>", "SVTYPE=INS;END=69220000;SVLEN=400", "GT:CN", "0/1:14"),
        ("<CNV:TR>", "END=69220000;SVLEN=20000;CN=14", "GT", "0/1"),
        ("<CPX>", "SVTYPE=CPX;END=69300000", "GT", "0/1"),
    ],
)
def test_joints_are_no_copy_number(alt: str, info: str, format_: str, sample: str) -> None:
    pos = 69210000 if alt in ("<INS>", "<CNV:TR>") else 69000000
    record = vb.record("12", pos, "N", alt, info=info, format_=format_, samples=(sample,))
    content = content_of(record)
    assert content.segments == ()
    assert not content.copy_number
    assert content.file.records.dropped == {"small or structural variant of MDM2, which no criterion asks for": 1}


@pytest.mark.parametrize("key", ["PR", "SR", "PE", "SU", "DV", "RV", "CT", "SUPPORT", "HOMLEN", "HOMSEQ", "SVINSSEQ"])
def test_each_field_of_a_caller_of_joints_marks_a_joint(key: str) -> None:
    for info, format_, sample in ((f"{DUP};{key}=3", "GT", "0/1"), (DUP, f"GT:{key}", "0/1:3")):
        record = vb.record("12", 69000000, "N", "<DUP>", info=info, format_=format_, samples=(sample,))
        assert content_of(record).segments == ()


@pytest.mark.parametrize("alt", ["<INV>", "<BND>", "<TRA>", "<CTX>", "<INS:ME>"])
def test_alleles_that_are_never_copies_whatever_number_stands_beside_them(alt: str) -> None:
    info = "SVTYPE=X;END=69220000;CN=14"
    record = vb.record("12", 69210000, "N", alt, info=info, format_="GT:CN", samples=("0/1:14",))
    assert content_of(record).segments == ()


@pytest.mark.parametrize("alt", ["<DEL>", "<DUP>", "<CNV>", "<CN0>", "<LOH>", "<LOSS>", "<GAIN>", "<AMP>"])
def test_alleles_that_are_labels_without_a_number(alt: str) -> None:
    assert mdm2(alt, DUP, "GT", "0/1").label == alt


@pytest.mark.parametrize("alt", ["<DEL>", "<LOSS>", "<CN0>", "<CN1>"])
def test_losses_of_the_whole_of_tp53_without_a_number_go_to_review(alt: str) -> None:
    assert review(tp53(alt, "END=8000000")) == [(alt, 7000000, 8000000)]


@pytest.mark.parametrize("alt", ["<DUP>", "<GAIN>", "<AMP>"])
def test_gains_that_end_within_tp53_go_to_review(alt: str) -> None:
    assert review(tp53(alt, "END=7577000", "GT:CN", "0/1:4")) == [(alt, 7000000, 7577000)]


@pytest.mark.parametrize("claim", ["D", "DJ"])
def test_a_claim_of_depth_is_a_label(claim: str) -> None:
    segment = mdm2("<DUP:TANDEM>", f"{DUP};SVCLAIM={claim}", *MANTA)
    assert segment.scale is Scale.LABEL


def test_a_depth_beside_a_joint_is_a_depth() -> None:
    assert mdm2("<DUP>", DUP, "GT:CN:PR:SR", "0/1:14:30,12:20,9").value == 14.0
    assert mdm2("<DUP>", DUP + ";HOMLEN=2", "GT:SM:PE", "./1:4.5:10,12").value == 4.5


# Over TP53


@pytest.mark.parametrize(
    ("alt", "info"),
    [
        ("<DUP:TANDEM>", "SVTYPE=DUP;END=8000000"),
        ("<DEL>", "SVTYPE=DEL;END=8000000"),
        ("<DEL>", "SVTYPE=DEL;SVLEN=-1000000"),
        ("<INV>", "SVTYPE=INV;END=8000000"),
        ("<CPX>", "SVTYPE=CPX;END=8000000"),
        ("<DUP:INV>", "SVTYPE=DUP;END=8000000"),
        ("<XYZ>", "END=8000000"),
    ],
)
def test_joints_over_tp53_go_to_review(alt: str, info: str) -> None:
    content = tp53(alt, info, *MANTA)
    assert review(content) == [(alt, 7000000, 8000000)]
    assert content.segments == ()


@pytest.mark.parametrize(
    ("pos", "alt"),
    [
        (7577000, "N[chr3:1000["),
        (7577000, "]chr3:1000]N"),
        (7577000, "N."),
        (7577000, "<INS>"),
        (7577000, "<TRA>"),
    ],
)
def test_breakends_within_tp53_go_to_review(pos: int, alt: str) -> None:
    content = tp53(alt, "SVTYPE=BND", *MANTA, pos=str(pos))
    assert review(content) == [(alt, pos, pos)]


@pytest.mark.parametrize(
    ("contig", "pos", "alt", "info", "place"),
    [
        ("3", 1000, "N[chr17:7577000[", "SVTYPE=BND", (7577000, 7577000)),
        ("17", 40000000, "]17:7577000]N", "SVTYPE=BND", (7577000, 40000000)),
        ("17", 40000000, "N]17:7577000]", "SVTYPE=BND", (7577000, 7577000)),
        ("1", 1000, "<BND>", "SVTYPE=BND;CHR2=17;POS2=7577000;END=1001", (7577000, 7577000)),
        ("1", 1000, "<TRA>", "SVTYPE=TRA;CHR2=chr17;END=7577000", (7577000, 7577000)),
        ("17", 7000000, "N[17:8000000[", "SVTYPE=BND", (7000000, 8000000)),  # leaves the whole gene out
        ("17", 8000000, "]17:7000000]N", "SVTYPE=BND", (7000000, 8000000)),
    ],
)
def test_a_rearrangement_is_found_by_either_end(
    contig: str, pos: int, alt: str, info: str, place: tuple[int, int]
) -> None:
    record = vb.record(contig, pos, "N", alt, info=info, format_=MANTA[0], samples=(MANTA[1],))
    content = content_of(record)
    assert review(content) == [(alt, *place)]
    assert content.variants[0].source.locus == f"{contig}:{pos} N>{alt}"
    assert content.file.records.in_windows == content.file.records.used == 1


@pytest.mark.parametrize("alt", ["N]17:8000000]", "[17:8000000[N", "]17:8000000]N"])
def test_a_breakend_pair_that_only_goes_around_the_gene_is_not_over_it(alt: str) -> None:
    content = tp53(alt, "SVTYPE=BND", *MANTA)
    assert (review(content), content.file.records.in_windows) == ([], 0)


@pytest.mark.parametrize(
    ("alt", "sample"), [("<DEL>", "0/1:1"), ("<DUP>", "0/1:4"), ("<CNV>", "0/1:1"), ("<CN1>", "0/1:1")]
)
@pytest.mark.parametrize(("pos", "end"), [(7000000, 7577000), (7577000, 8000000), (7577000, 7578000)])
def test_a_segment_that_begins_or_ends_within_tp53_breaks_it(alt: str, sample: str, pos: int, end: int) -> None:
    content = tp53(alt, f"END={end}", "GT:CN", sample, pos=str(pos))
    assert review(content) == [(alt, pos, end)]
    assert [segment.value for segment in content.segments] == [float(sample[-1])]


@pytest.mark.parametrize(
    ("alt", "sample"), [("<DEL>", "0/1:1"), ("<DUP>", "0/1:4"), ("<CNV>", "0/1:1"), ("<LOH>", "1/1:2")]
)
def test_a_segment_with_a_number_over_the_whole_gene_is_copy_number_alone(alt: str, sample: str) -> None:
    content = tp53(alt, "END=8000000", "GT:CN", sample)
    assert review(content) == []
    assert len(content.segments) == 1


@pytest.mark.parametrize("alt", ["<CNV>", "<LOH>"])
def test_a_segment_that_is_no_loss_does_not_break_the_gene_it_ends_in(alt: str) -> None:
    assert review(tp53(alt, "END=7577000", "GT:CN", "0/1:2")) == []


@pytest.mark.parametrize(
    ("format_", "sample", "filter_"),
    [
        ("GT:GQ", "0/1:40", "PASS"),  # no number at all
        ("GT:CN", "0/1:.", "PASS"),
        ("GT:SM:CN", "1/1:0.08:0", "cnvLength"),  # a deletion of both copies that failed a filter
        ("GT:CN", "1/1:0", "LowValidation"),
    ],
)
def test_a_deletion_of_the_whole_gene_without_a_usable_number_goes_to_review(
    format_: str, sample: str, filter_: str
) -> None:
    content = tp53("<DEL>", "SVTYPE=DEL;END=8000000", format_, sample, filter_=filter_)
    assert review(content) == [("<DEL>", 7000000, 8000000)]
    assert [segment.value for segment in content.segments] == [None]
    assert content.variants[0].filters == (filter_,)


@pytest.mark.parametrize("alt", ["<DUP>", "<CNV>", "<LOH>"])
def test_other_segments_of_the_whole_gene_without_a_number_are_labels(alt: str) -> None:
    content = tp53(alt, "SVTYPE=CNV;END=8000000", "GT:GQ", "0/1:40")
    assert review(content) == []
    assert [segment.label for segment in content.segments] == [alt]


def test_a_genotype_of_reference_is_no_structural_variant() -> None:
    for alt, info in (("<DEL>", "END=7577000"), ("<INV>", "END=8000000"), ("N[3:9[", "SVTYPE=BND")):
        pos = "7577000" if alt.startswith("N") else "7000000"
        assert tp53(alt, info, "GT:PR", "0/0:30,0", pos=pos).variants == ()


def test_a_structural_variant_keeps_what_its_line_says() -> None:
    content = tp53("<DEL>", "SVTYPE=DEL;END=7577000", "GT:CN", "0/1:1", filter_="MinQUAL")
    (variant,) = content.variants
    expected = VariantRecord(
        contig="17",
        pos=7000000,
        ref="N",
        alt="<DEL>",
        presence=variant.presence,
        source=variant.source,
        filters=("MinQUAL",),
        filter_kinds=(FilterKind.LOW_CONFIDENCE,),
        genotype="0/1",
        structural=True,
        end=7577000,
        line=variant.line,
        change=variant.change,
    )
    assert variant == expected
    assert variant.change is not None
    assert (variant.change.kind, variant.change.words) == ("CNV", "<DEL>")
    assert "SVTYPE=DEL;END=7577000" in variant.line


@pytest.mark.parametrize(
    ("genotype", "copies", "value"),
    [("0/0", "40", None), ("0", "0", None), ("0/0", "2", 2.0), ("0/1", "40", 40.0), ("./.", "40", 40.0)],
)
def test_a_reference_genotype_beside_many_copies_is_no_number(genotype: str, copies: str, value: float | None) -> None:
    segment = mdm2("<DUP>", "END=69300000", "GT:CN", f"{genotype}:{copies}")
    assert segment.value == value
    if value is None:
        assert segment.label == f"genotype {genotype} beside a copy number of {copies} (observed_copies)"


def test_an_info_copy_number_of_several_samples_is_nobodys() -> None:
    info = "SVTYPE=CNV;END=69300000;CN=40"
    both = vb.record("12", 69000000, "N", "<DUP>", info=info, format_="GT", samples=("0/1", "0/1"))
    one = vb.record("12", 69000000, "N", "<DUP>", info=info, format_="GT", samples=("0/1",))
    (shared_by_two,) = read(both, header=vb.header(samples=("TUMOR", "NORMAL"))).segments
    (own,) = content_of(one).segments
    assert (shared_by_two.value, own.value) == (None, 40)
