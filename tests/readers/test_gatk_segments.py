import pytest
from cn_files import MADE, made, over, read_path, read_text, values

from mdm2screen.errors import BuildError, SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale
from shared_data import shared


def test_a_called_segment() -> None:
    content = read_path(MADE / "TUMOR_1.called.seg", Options())
    (segment,) = over(content, "MDM2")
    assert (segment.start, segment.end, segment.value) == (69190001, 69250000, 3.1044)
    assert (segment.label, segment.probes, segment.sample) == ("+", 38, "TUMOR_1")
    assert segment.scale is Scale.LOG2_RATIO
    assert segment.reference is Reference.SAMPLE
    assert segment.purity_state is PurityState.UNCORRECTED
    assert segment.source.locus == "12:69190001-69250000"
    assert segment.source.line == 7


def test_segments_before_calling_have_no_label() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.cr.seg", Options()), "MDM2")
    assert segment.label is None


@pytest.mark.parametrize("token", ["NaN", "-Infinity"])
def test_no_number_is_no_value(token: str) -> None:
    content = read_text(made("TUMOR_1.cr.seg").replace("3.104400", token))
    assert values(content, "MDM2") == [None]
    assert content.file.records.used == 2


def test_contig_lengths_prove_the_build() -> None:
    text = made("TUMOR_1.called.seg").replace("\tAS:GRCh37", "")
    content = read_text(text, Options())
    assert content.file.build is Build.GRCH37
    assert content.file.build_because == "contig 12 has length 133851895"


@pytest.mark.parametrize("tag", ["AS:GRCh38", "UR:file:///ref/Homo_sapiens_assembly38.fasta"])
def test_the_assembly_named_in_the_header_proves_the_build(tag: str) -> None:
    text = made("TUMOR_1.called.seg").replace("LN:133851895\tAS:GRCh37", f"LN:1\t{tag}")
    text = text.replace("LN:81195210\tAS:GRCh37", "LN:1").replace("133800000", "133200000")
    assert read_text(text, Options()).file.build is Build.GRCH38


def test_a_header_that_contradicts_itself_is_refused() -> None:
    text = made("TUMOR_1.called.seg").replace("AS:GRCh37", "AS:GRCh38")
    with pytest.raises(BuildError, match="the file contradicts itself about the genome build"):
        read_text(text, Options())


def test_a_header_without_contigs_proves_nothing() -> None:
    lines = made("TUMOR_1.called.seg").splitlines(keepends=True)
    with pytest.raises(BuildError, match="nothing in the file proves the genome build"):
        read_text("".join(line for line in lines if not line.startswith("@SQ")), Options())


def test_the_sample_must_be_the_one_asked_for() -> None:
    assert read_path(MADE / "TUMOR_1.called.seg", Options(cn_sample="TUMOR_1")).file.sample == "TUMOR_1"
    with pytest.raises(SampleError) as caught:
        read_path(MADE / "TUMOR_1.called.seg", Options(cn_sample="TUMOR_2"))
    assert str(caught.value) == (
        "TUMOR_1.called.seg: has no sample TUMOR_2; it has: TUMOR_1\n  What to do: pass one of them as --cn-sample"
    )


def test_real_amplified_sample_on_a_proven_build() -> None:
    content = read_path(shared("cn/gatk_SM-74NF5.called.seg"), Options())
    assert content.file.build is Build.GRCH37
    assert content.file.sample == "SM-74NF5"
    (mdm2,) = over(content, "MDM2")
    assert (mdm2.value, mdm2.label, mdm2.start, mdm2.end) == (1.571057, "+", 68548882, 70150695)
    assert values(content, "TP53") == [0.144678]
    assert content.file.records.total == 404
