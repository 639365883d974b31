"""The library as others embed it."""

import doctest
import inspect
import logging
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import mdm2screen
import vcf_builder as vb
from mdm2screen import Build, Eligibility, InputError, UsageError, load_protocol, screen, to_frame


def test_every_public_name_exists_and_is_documented() -> None:
    for name in mdm2screen.__all__:
        value = getattr(mdm2screen, name)
        assert name == "__version__" or inspect.getdoc(value)
        assert not inspect.ismodule(value), name  # a module of the same name would hide it
    assert set(mdm2screen.__all__) == set(dir(mdm2screen))
    with pytest.raises(AttributeError, match="no attribute 'screem'"):
        mdm2screen.screem  # noqa: B018


def test_a_public_name_is_never_a_module_whatever_was_imported_before() -> None:
    homes = set(mdm2screen._HOMES.values())
    assert not homes & set(mdm2screen.__all__)


@pytest.fixture
def patient(tmp_path: Path) -> dict[str, Path]:
    return {
        "vcf": vb.vcf(tmp_path / "s.vcf", vb.record("17", 7579472, "G", "C")),
        "cn": vb.amplified_cns(tmp_path / "s.cns"),
    }


def test_screen_returns_a_typed_decision(patient: dict[str, Path]) -> None:
    decision = screen(patient["vcf"], cn=patient["cn"], build="hg19", assay="wes", diagnosis="BLCA")
    assert decision.eligibility is Eligibility.ELIGIBLE
    assert (decision.patient, decision.build) == ("TUMOR", Build.GRCH37)
    assert [file.name for file in decision.inputs] == ["s.cns", "s.vcf"]
    assert all(len(file.sha256) == 64 for file in decision.inputs)
    assert decision.software.version == mdm2screen.__version__


def test_files_may_come_in_any_order_and_as_text_or_path(patient: dict[str, Path]) -> None:
    options: dict[str, Any] = {"build": Build.GRCH37, "assay": "wes", "diagnosis": "BLCA", "patient": "P1"}
    one = screen(patient["vcf"], cn=[patient["cn"]], **options)
    other = screen(str(patient["cn"]), str(patient["vcf"]), **options)
    assert one == other


def test_a_protocol_of_ones_own(patient: dict[str, Path], tmp_path: Path) -> None:
    from mdm2screen.protocol import shipped_text

    text = shipped_text("mantra-2").replace("value = 12", "value = 40", 1).replace("value = 6,", "value = 20,", 1)
    mine = tmp_path / "mine.toml"
    mine.write_text(text)
    options: dict[str, Any] = {"build": "GRCh37", "assay": "wes", "diagnosis": "BLCA"}
    by_path = screen(patient["vcf"], cn=patient["cn"], protocol=mine, **options)
    by_value = screen(patient["vcf"], cn=patient["cn"], protocol=load_protocol(mine), **options)
    assert by_path == by_value
    assert by_path.eligibility is Eligibility.INDETERMINATE
    assert by_path.protocol.digest != load_protocol("mantra-2").digest


def test_a_panel_bed_as_assay(patient: dict[str, Path], tmp_path: Path) -> None:
    bed = tmp_path / "panel.bed"
    bed.write_text("17\t7571719\t7590868\tTP53\n")
    covered = screen(patient["vcf"], build="GRCh37", assay=bed)
    assert covered.tp53 is not None
    assert (covered.tp53.callability.assay, covered.tp53.callability.uncovered) == ("panel.bed", ())
    bed.write_text("17\t7571719\t7577000\tTP53\n")
    partly = screen(patient["vcf"], build="GRCh37", assay=str(bed))
    assert partly.tp53 is not None
    assert [stretch.exon for stretch in partly.tp53.callability.uncovered] == [2, 2, 3, 4, 5, 6, 7, 8]
    with pytest.raises(UsageError, match="is no target BED but cnvkit-segments"):
        screen(patient["vcf"], build="GRCh37", assay=patient["cn"])


def test_the_library_neither_prints_nor_logs(
    patient: dict[str, Path], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        screen(patient["vcf"], cn=patient["cn"], build="GRCh37")
        with pytest.raises(InputError):
            screen(patient["cn"])
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_decisions_as_a_frame(patient: dict[str, Path]) -> None:
    decision = screen(patient["vcf"], cn=patient["cn"], build="GRCh37")
    frame = to_frame([decision, decision])
    assert isinstance(frame, pd.DataFrame)
    assert frame["eligibility"].tolist() == ["INDETERMINATE"] * 2
    assert frame["mdm2_copies_low"].tolist() == pytest.approx([2 * 2**3.5] * 2)


@pytest.mark.parametrize("purity", ["30%", 30, None.__class__, float("nan")])
def test_every_error_is_one_of_ours(patient: dict[str, Path], purity: object) -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        screen(patient["vcf"], build="GRCh37", purity=purity)  # type: ignore[arg-type]


def test_a_decision_survives_json(patient: dict[str, Path]) -> None:
    decision = screen(patient["vcf"], cn=patient["cn"], build="GRCh37")
    assert mdm2screen.Decision.model_validate_json(decision.model_dump_json()) == decision


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(mdm2screen).failed == 0
