"""AmpliconClassifier: the class of the amplicon is shown, the highest copies of it decide nothing."""

import pytest
from cn_files import MADE, made, over, read_path, read_text

import evidence_builder as eb
from mdm2screen import screen
from mdm2screen.errors import SampleError
from mdm2screen.evidence import gather
from mdm2screen.readers.contract import Options
from mdm2screen.records import Scale
from mdm2screen.reports import terminal_report
from mdm2screen.results import Status

FIRST = Options(cn_sample="TUMOR_1")


def test_the_class_is_kept_and_the_number_is_a_label() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1_gene_list.tsv", FIRST), "MDM2")
    assert (segment.value, segment.scale, segment.ecdna) == (None, Scale.LABEL, "ecDNA_1")
    assert segment.label == "ecDNA_1 (at most 44.1 copies, not corrected)"


def test_unknown_copies_are_a_label_too() -> None:
    content = read_text(made("TUMOR_1_gene_list.tsv").replace("44.1", "unknown"), FIRST)
    assert [s.label for s in content.segments] == ["ecDNA_1 (at most unknown copies, not corrected)"]


def test_two_samples_ask_which() -> None:
    with pytest.raises(SampleError, match="holds 2 samples: TUMOR_1, TUMOR_2"):
        read_path(MADE / "TUMOR_1_gene_list.tsv", Options())


def test_the_other_samples_row_is_counted_as_dropped() -> None:
    records = read_path(MADE / "TUMOR_1_gene_list.tsv", FIRST).file.records
    assert (records.total, records.used, records.dropped) == (3, 1, {"another sample": 1})


def test_an_amplicon_never_meets_a_number() -> None:
    decision = screen(MADE / "TUMOR_1_gene_list.tsv", cn_sample="TUMOR_1")
    assert decision.calls[0].status is Status.INDETERMINATE
    assert "M008" in [reason.code for reason in decision.calls[0].reasons]


def test_the_class_reaches_the_finding_and_the_page() -> None:
    """Beside the copies of another file, which alone decide."""
    decision = screen(MADE / "TUMOR_1.cns", MADE / "TUMOR_1_gene_list.tsv", build="GRCh37", cn_sample="TUMOR_1")
    assert decision.calls[0].status is Status.MET
    assert decision.mdm2 is not None
    contexts = {source.file: source.context for source in decision.mdm2.sources}
    context = contexts["TUMOR_1_gene_list.tsv"]
    assert context is not None
    assert (context.ecdna, context.raised, context.stretch) == (("ecDNA_1",), None, None)
    cnvkit = contexts["TUMOR_1.cns"]
    assert cnvkit is not None
    assert cnvkit.raised
    page = " ".join(terminal_report.render(decision).split())
    assert (
        "Around MDM2 amplicon class: ecDNA_1" in page
    )  # and nothing on how high MDM2 stands, of which the file is silent
    assert '"ecdna":["ecDNA_1"]' in decision.model_dump_json()


def test_a_gene_on_several_features_has_all_their_classes() -> None:
    text = made("TUMOR_1_gene_list.tsv") + "TUMOR_1\tamplicon2\tLinear_1\tMDM2\t8.0\tTrue\tTrue\tNM_002392\n"
    content = read_text(text, FIRST, name="T1_gene_list.tsv")
    assert [segment.ecdna for segment in content.segments] == ["ecDNA_1", "Linear_1"]
    call = eb.protocol().local[0].evaluate(gather([content]))
    assert call.mdm2 is not None
    (source,) = call.mdm2.sources
    assert source.context is not None
    assert source.context.ecdna == ("Linear_1", "ecDNA_1")
