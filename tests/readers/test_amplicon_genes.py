"""AmpliconClassifier: the class of the amplicon is shown, the highest copies of it decide nothing."""

import pytest
from cn_files import MADE, made, over, read_path, read_text

from mdm2screen import screen
from mdm2screen.errors import SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Scale
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
