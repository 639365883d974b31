import pytest
from cn_files import MADE, made, over, read_path, read_text, table, values

from mdm2screen.errors import MalformedFileError, SampleError, ScaleError
from mdm2screen.readers import dnacopy_seg
from mdm2screen.readers.contract import CnScale, Head, Options
from mdm2screen.records import Build, PurityState, Reference, Scale
from shared_data import shared

CBS = "ID|chrom|loc.start|loc.end|num.mark|seg.mean"
TCGA = "Sample|Chromosome|Start|End|Num_Probes|Segment_Mean"


def stated(scale: CnScale, sample: str | None = None) -> Options:
    return Options(build=Build.GRCH37, cn_scale=scale, cn_sample=sample)


def test_a_documented_header_promises_log2() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.cr.igv.seg"), "MDM2")
    assert (segment.value, segment.scale, segment.reference) == (3.1044, Scale.LOG2_RATIO, Reference.UNKNOWN)
    assert segment.purity_state is PurityState.UNCORRECTED
    assert (segment.start, segment.end, segment.probes, segment.sample) == (69190001, 69250000, 38, "TUMOR_1")


def test_the_call_before_the_value_is_a_label() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.called.igv.seg"), "MDM2")
    assert (segment.value, segment.label) == (3.1044, "+")


def test_quotes_row_names_powers_of_ten_and_chromosome_23() -> None:
    content = read_path(MADE / "dnacopy_by_R.seg")
    assert values(content, "MDM2") == [3.1044]
    assert over(content, "TP53")[0].end == 80_900_000
    assert content.file.sample == "TUMOR_1"
    assert content.file.records.total == 5


def test_row_names_with_a_column_of_their_own() -> None:
    lines = made("dnacopy_by_R.seg").splitlines()
    content = read_text("\n".join(['""\t' + lines[0], *lines[1:]]) + "\n")
    assert values(content, "MDM2") == [3.1044]


def test_a_position_in_powers_of_ten() -> None:
    text = table(CBS, "S|12|6.9e+07|7e+07|9|2.5", "S|17|1|8e+07|9|-0.1")
    (segment,) = over(read_text(text), "MDM2")
    assert (segment.start, segment.end) == (69_000_000, 70_000_000)


def test_a_chromosome_column_that_became_decimal() -> None:
    text = table(CBS, "S|12.0|69000000|70000000|9|2.5", "S|17.0|1|80000000|9|-0.1")
    assert values(read_text(text), "MDM2") == [2.5]


@pytest.mark.parametrize("name", ["23", "X", "chrX"])
def test_sex_chromosomes_are_not_the_genes(name: str) -> None:
    text = table(CBS, f"S|{name}|69000000|70000000|9|2.5", "S|17|1|80000000|9|-0.1")
    assert values(read_text(text), "MDM2") == []


def test_lines_of_a_viewer_before_the_header_are_passed_over() -> None:
    text = "#type=COPY_NUMBER\n#track name=tumor viewLimits=-1.5:1.5\n" + made("TUMOR_1.cr.igv.seg")
    assert values(read_text(text), "MDM2") == [3.1044]


def test_a_gdc_table() -> None:
    content = read_path(MADE / "gdc.seg.txt")
    assert content.file.sample == "00000000-0000-0000-0000-000000000001"
    assert values(content, "MDM2") == [3.1044]


def test_half_positions_are_rounded_inwards_and_reversed_rows_dropped() -> None:
    content = read_path(MADE / "purecn_dnacopy.seg")
    first, second = over(content, "MDM2")
    assert (first.start, first.end, second.start, second.end) == (69190001, 69220000, 69220002, 69250000)
    assert (first.value, first.label) == (3.1044, "C 31.4")
    assert content.file.records.dropped == {"ends before it starts": 1}


def test_a_position_between_halves_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match=r"loc_start is '69000000.3', which is not a position"):
        read_text(table(CBS, "S|12|69000000.3|70000000|9|2.5"))


def test_several_samples_are_listed_and_never_guessed() -> None:
    with pytest.raises(SampleError) as caught:
        read_path(MADE / "cohort.seg")
    assert str(caught.value) == (
        "cohort.seg: holds 3 samples: NA, TUMOR_1, TUMOR_2\n  What to do: say which is the tumor: --cn-sample NAME"
    )


@pytest.mark.parametrize(("sample", "mdm2"), [("TUMOR_1", 3.1044), ("TUMOR_2", 0.011), ("NA", -0.02)])
def test_one_sample_is_read_and_the_others_are_accounted_for(sample: str, mdm2: float) -> None:
    content = read_path(MADE / "cohort.seg", Options(build=Build.GRCH37, cn_sample=sample))
    assert values(content, "MDM2") == [mdm2]
    assert {s.sample for s in content.segments} == {content.file.sample} == {sample}
    assert content.file.records.total == 7
    assert content.file.records.dropped == {"another sample": 4}


def test_the_tumor_named_for_the_vcf_is_taken_where_the_table_has_it() -> None:
    content = read_path(MADE / "cohort.seg", Options(build=Build.GRCH37, tumor_sample="TUMOR_2"))
    assert values(content, "MDM2") == [0.011]


def test_no_negative_value_is_no_log2_profile() -> None:
    with pytest.raises(ScaleError) as caught:
        read_path(MADE / "TUMOR_1.ratio.seg")
    assert str(caught.value) == (
        "TUMOR_1.ratio.seg: segment_mean should be log2, but no value of TUMOR_1 is negative\n"
        "  What to do: find out how it was made and say so: --cn-scale log2, log10, ratio or copies"
    )


def test_allele_fractions_are_suspected() -> None:
    with pytest.raises(
        ScaleError, match=r"\(all lie within 0 and 0.5: perhaps the allele fractions of GATK's"
    ) as caught:
        read_path(MADE / "TUMOR_1.af.igv.seg")
    assert "pass the .cr.igv.seg beside it" in str(caught.value)


def test_the_scale_is_judged_on_the_chosen_sample() -> None:
    text = table(TCGA, "A|12|1|133000000|9|0.5", "A|17|1|80000000|9|7.5", "B|12|1|133000000|9|-0.5")
    assert values(read_text(text, Options(build=Build.GRCH37, cn_sample="B")), "MDM2") == [-0.5]
    with pytest.raises(ScaleError, match="no value of A is negative"):
        read_text(text, Options(build=Build.GRCH37, cn_sample="A"))


def test_a_user_who_knows_better_may_say_log2() -> None:
    text = table(TCGA, "A|12|69000000|69500000|9|3.5")
    assert values(read_text(text, stated(CnScale.LOG2)), "MDM2") == [3.5]


def test_log10_is_converted() -> None:
    (segment,) = over(read_text(table(CBS, "A|12|69000000|69500000|9|1"), stated(CnScale.LOG10)), "MDM2")
    assert segment.value is not None
    assert 2**segment.value == pytest.approx(10)
    assert segment.scale is Scale.LOG2_RATIO


def test_linear_ratios_are_kept_linear() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.ratio.seg", stated(CnScale.RATIO)), "MDM2")
    assert (segment.value, segment.scale, segment.reference) == (8.6, Scale.LINEAR_RATIO, Reference.UNKNOWN)
    assert segment.purity_state is PurityState.UNCORRECTED


def test_copies_are_observed_copies_of_unknown_correction() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.ratio.seg", stated(CnScale.COPIES)), "MDM2")
    assert (segment.value, segment.scale, segment.reference) == (8.6, Scale.OBSERVED_COPIES, Reference.UNKNOWN)
    assert segment.purity_state is PurityState.UNKNOWN


@pytest.mark.parametrize("scale", [CnScale.RATIO, CnScale.COPIES])
def test_a_negative_value_contradicts_a_ratio_and_a_number_of_copies(scale: CnScale) -> None:
    with pytest.raises(ScaleError) as caught:
        read_path(MADE / "TUMOR_1.cr.igv.seg", stated(scale))
    assert str(caught.value) == (
        f"TUMOR_1.cr.igv.seg line 2: segment_mean is -0.0712, but --cn-scale {scale} was given, and no {scale} "
        "is negative\n  What to do: a column with negative values is a logarithm: --cn-scale log2 or log10"
    )


@pytest.mark.parametrize(
    "header",
    [
        "sampleName|chromosome|start|end|nbrOfLoci|mean",
        "Sample|Chromosome|Start|End|Num_Probes|SegmentValue",
        "ID|chrom|loc.start|loc.end|seg.mean",
    ],
)
def test_an_undocumented_header_says_nothing_of_the_scale(header: str) -> None:
    row = "A|12|69000000|69500000|9|-0.5" if header.count("|") == 5 else "A|12|69000000|69500000|-0.5"
    column = header.rpartition("|")[2].lower().replace(".", "_")
    with pytest.raises(ScaleError, match=f"made.tsv: nothing tells the scale of the column {column}"):
        read_text(table(header, row))
    (segment,) = read_text(table(header, row), stated(CnScale.LOG2)).segments
    assert segment.value == -0.5
    assert segment.purity_state is PurityState.UNKNOWN


@pytest.mark.parametrize(
    "header",
    [
        "Sample|Chromosome|Start|End|Num_Targets|Segment_Mean|Segment_Name|Segment_Call|Qual|Filter|Copy_Number|Ploidy",
        "Sample|Chromosome|Start|End|Num_Targets|Segment_Mean",
        "ProfileID|Chromosome|Start|End|NumProbes|SegmentMean|Status",
        "DepMap_ID|Chromosome|Start|End|Num_Probes|Segment_Mean|Status",
        "GDC_Aliquot|Chromosome|Start|End|Copy_Number|Major_Copy_Number|Minor_Copy_Number",
        "SAMPLE_NAME|CHROMOSOME|START|STOP|DATAPOINTS|LOG2_RATIO_MEAN",
        "Sample|Chromosome|Start|End|Num_Probes|Segment_Mean|Segment_Call",
    ],
)
def test_tables_of_other_making_are_not_claimed(header: str) -> None:
    assert not dnacopy_seg.sniff(Head("made.seg", table(header).encode()))


def test_no_number_anywhere_contradicts_nothing() -> None:
    assert values(read_text(table(CBS, "A|12|69000000|69500000|9|NA")), "MDM2") == [None]


def test_a_decimal_comma_is_named_wherever_it_stands() -> None:
    with pytest.raises(MalformedFileError, match=r"line 3: seg_mean is '-0,1'.*a decimal comma\?"):
        read_text(table(CBS, "A|12|69000000|69500000|9|2", "A|1|1|200000|9|-0,1"))


def test_another_samples_bad_number_does_not_lose_the_run() -> None:
    text = table(CBS, "A|12|69000000|69500000|9|-0.2", "B|12|69000000|69500000|9|high")
    assert values(read_text(text, Options(build=Build.GRCH37, cn_sample="A")), "MDM2") == [-0.2]


def test_real_purecn_example() -> None:
    content = read_path(shared("cn/purecn_example.seg"))
    assert values(content, "MDM2") == [0.8812]
    assert content.file.sample == "Sample1"


def test_real_cohort_lists_its_samples() -> None:
    path = shared("cohort/nsclc_msk_pd1_2018/data_cna_hg19.seg")
    with pytest.raises(SampleError, match=r"holds 240 samples: P-0000012-T03-IM3, .* and 230 more"):
        read_path(path)
    with pytest.raises(SampleError, match=r"has no sample P-0008786; it has: P-0008786-T01-IM5, "):
        read_path(path, Options(build=Build.GRCH37, cn_sample="P-0008786"))


def test_real_cohort_gives_the_sample_asked_for() -> None:
    path = shared("cohort/nsclc_msk_pd1_2018/data_cna_hg19.seg")
    content = read_path(path, Options(build=Build.GRCH37, cn_sample="P-0008786-T01-IM5"))
    truth = shared("cohort/nsclc_msk_pd1_2018/DERIVED_truth.tsv").read_text().splitlines()
    (row,) = (line.split("\t") for line in truth if line.startswith("P-0008786-T01-IM5\t"))
    assert values(content, "MDM2") == [float(row[3])]
    assert content.file.records.total == 12_888


def test_values_around_two_are_copies_whatever_one_negative_fit_says() -> None:
    copies = [2.01] * 20 + [-0.01, 2.9]
    rows = [f"T1\t{n}\t1\t90000001\t50\t{value}" for n, value in enumerate(copies, start=1)]
    text = "\n".join(["ID\tchrom\tloc.start\tloc.end\tnum.mark\tseg.mean", *rows])
    with pytest.raises(ScaleError, match=r"the values of T1 lie around 2\.01 and not around 0"):
        read_text(text)


@pytest.mark.parametrize("value", ["100", "1100", "1e308"])
def test_a_value_no_tumor_can_have_asks_for_the_scale(value: str) -> None:
    rows = ["T1\t1\t1\t90000001\t50\t-0.1", f"T1\t12\t1\t90000001\t50\t{value}", "T1\t2\t1\t90000001\t50\t0.1"]
    text = "\n".join(["ID\tchrom\tloc.start\tloc.end\tnum.mark\tseg.mean", *rows])
    with pytest.raises(ScaleError, match=r"cannot be a log2 ratio") as error:
        read_text(text)
    assert "line 3" in str(error.value)
