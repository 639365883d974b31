"""``--tp53-classes`` from the command line to the decision."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import vcf_builder as vb
from mdm2screen import Decision, UsageError, screen
from mdm2screen.cli import run
from mdm2screen.errors import MalformedFileError, UnknownFormatError
from mdm2screen.readers import CLASS_READERS, READERS, formats
from mdm2screen.results import Status
from shared_data import shared

MADE = Path(__file__).parents[1] / "test_data" / "tp53"
D186G = {"GRCh37": (7578373, "T", "C"), "GRCh38": (7675055, "T", "C")}
N235S = {"GRCh37": (7577577, "T", "C"), "GRCh38": (7674259, "T", "C")}
DELETION = {"GRCh37": (7579469, "ACG", "AC"), "GRCh38": (7676151, "ACG", "AC")}  # c.216del, not trimmed


@pytest.fixture
def tumor(tmp_path: Path) -> Path:
    return vb.vcf(tmp_path / "tumor.vcf", vb.record("17", *D186G["GRCh37"]))


def decide(*files: Path, classes: Any = (), **changes: Any) -> Decision:
    return screen(*files, tp53_classes=classes, **({"assay": "wes"} | changes))


def tp53(decision: Decision) -> tuple[Status, list[str]]:
    call = next(call for call in decision.calls if call.criterion == "tp53_wild_type")
    return call.status, [reason.code for reason in call.reasons]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ((), (Status.INDETERMINATE, ["T003"])),
        ("lab_classes.tsv", (Status.NOT_MET, ["T002"])),
        ("lab_classes.csv", (Status.MET, ["T001"])),
        ("nci_view.csv", (Status.NOT_MET, ["T002"])),
        ("clinvar.vcf", (Status.NOT_MET, ["T002"])),
        (["lab_classes.tsv", "nci_view.csv"], (Status.NOT_MET, ["T002"])),
        (["lab_classes.csv", "nci_view.csv"], (Status.INDETERMINATE, ["T026"])),
        (["lab_classes.csv", "lab_classes.tsv"], (Status.INDETERMINATE, ["T026"])),
    ],
)
def test_each_kind_of_table_and_their_conflicts(tumor: Path, table: Any, expected: tuple[Status, list[str]]) -> None:
    names = [table] if isinstance(table, str) else table
    assert tp53(decide(tumor, classes=[MADE / name for name in names])) == expected


@pytest.mark.parametrize("build", ["GRCh37", "GRCh38"])
@pytest.mark.parametrize(
    ("variant", "expected"),
    [
        (D186G, (Status.NOT_MET, ["T002"])),
        (N235S, (Status.INDETERMINATE, ["T003"])),  # ClinVar: benign, without assertion criteria
        (DELETION, (Status.NOT_MET, ["T002"])),
    ],
)
def test_clinvar_on_grch38_serves_a_tumor_on_either_build(
    tmp_path: Path, build: str, variant: dict[str, tuple[int, str, str]], expected: tuple[Status, list[str]]
) -> None:
    path = vb.vcf(tmp_path / "tumor.vcf", vb.record("17", *variant[build]), build=build)
    decision = decide(path, classes=MADE / "clinvar.vcf", build=build)
    assert tp53(decision) == expected
    assert decision.build == build
    assert decision.warnings == ()
    assert decision.tp53 is not None
    assert "ClinVar" in [one.origin for one in decision.tp53.variants[0].class_sources]


def test_the_table_stands_among_the_inputs_with_its_digest(tumor: Path) -> None:
    table = MADE / "lab_classes.tsv"
    decision = decide(tumor, classes=table)
    (file,) = [file for file in decision.inputs if file.name == table.name]
    assert file.sha256 == hashlib.sha256(table.read_bytes()).hexdigest()
    assert (file.format, file.of_patient, file.records.used) == ("tp53-classes", False, 4)
    assert decision.patient == "TUMOR"


def test_a_table_alone_is_no_patient() -> None:
    with pytest.raises(UsageError, match="no file was given"):
        decide(classes=MADE / "lab_classes.tsv")


def test_a_table_is_given_once(tumor: Path) -> None:
    with pytest.raises(UsageError, match=r"lab_classes\.tsv is given twice"):
        decide(tumor, classes=[MADE / "lab_classes.tsv"] * 2)


def test_a_table_of_classes_brings_no_variant_and_no_coverage(tmp_path: Path) -> None:
    """ClinVar lists thousands of mutations; not one is the patient's."""
    wild_type = vb.vcf(tmp_path / "tumor.vcf", vb.record("17", 7579472, "G", "C"))
    decision = decide(wild_type, classes=[MADE / "clinvar.vcf", MADE / "nci_view.csv", MADE / "lab_classes.tsv"])
    assert tp53(decision) == (Status.MET, ["T001"])
    assert decision.tp53 is not None
    assert [v.hgvs_p for v in decision.tp53.variants] == ["p.Pro72Arg"]
    cn = vb.amplified_cns(tmp_path / "tumor.cns")
    assert "T011" in tp53(decide(cn, classes=MADE / "clinvar.vcf", build="GRCh37"))[1]


@pytest.mark.parametrize("name", ["clinvar.vcf", "lab_classes.tsv", "lab_classes.csv", "nci_view.csv"])
def test_a_table_of_classes_among_the_patients_files_is_refused(tumor: Path, name: str) -> None:
    with pytest.raises(UnknownFormatError, match="lists classes of variants, not a patient's variants") as error:
        decide(tumor, MADE / name)
    assert "--tp53-classes" in str(error.value)


def test_a_tumor_annotated_with_clinvar_is_no_table_and_no_table_is_sought_in_it(tmp_path: Path) -> None:
    declared = '##INFO=<ID=CLNSIG,Number=.,Type=String,Description="class">'
    record = vb.record("17", *D186G["GRCh37"], info="CLNSIG=Benign")
    path = vb.vcf(tmp_path / "tumor.vcf", record, extra=[declared])
    assert decide(path).inputs[0].format == "vcf"
    with pytest.raises(UnknownFormatError, match="is no table of classes"):
        decide(path, classes=path)


def test_a_list_in_clinvars_layout_without_sample_is_still_a_tumors_where_it_is_given_as_one(tmp_path: Path) -> None:
    """LoFreq writes no sample; only ClinVar's own name makes a list ClinVar's."""
    text = (MADE / "clinvar.vcf").read_text().replace("##source=ClinVar", "##source=lofreq call")
    path = tmp_path / "tumor.vcf"
    path.write_text(text)
    assert decide(path, build="GRCh38").inputs[0].format == "vcf"


def test_a_faulty_table_is_an_error_with_exit_code_3(
    tumor: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "lab.tsv"
    table.write_text("variant\tclass\nR175H\tbad\n")
    with pytest.raises(MalformedFileError):
        decide(tumor, classes=table)
    assert run(["check", str(tumor), "--tp53-classes", str(table)]) == 3
    assert "lab.tsv line 2: 'bad' is no class that is known here" in capsys.readouterr().err
    assert run(["check", str(tumor), "--tp53-classes", str(tmp_path / "none.tsv")]) == 3


def test_the_command_takes_several_tables_and_shows_every_source(
    tumor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", str(tumor), "--assay", "wes"]
    for name in ("lab_classes.csv", "nci_view.csv"):
        arguments += ["--tp53-classes", str(MADE / name)]
    assert run([*arguments, "--format", "json"]) == 0
    (variant,) = json.loads(capsys.readouterr().out)["tp53"]["variants"]
    assert variant["domain"] == "DNA binding"
    assert variant["classification"] == "conflicting classes"
    assert [(one["origin"], one["significance"], one["source"]["line"]) for one in variant["class_sources"]] == [
        ("lab_classes.csv", "likely_benign", 2),
        ("NCI TP53 Database", "likely_pathogenic", 2),
    ]
    assert run(arguments) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "domain: DNA binding" in page
    assert "sources disagree: NCI TP53 Database says transactivation non-functional, DNE_LOF; " in page
    assert "lab_classes.csv: likely benign, lab_classes.csv line 2" in page
    assert "NCI TP53 Database: likely pathogenic, nci_view.csv line 2" in page


def test_the_order_of_tables_changes_no_answer(tumor: Path) -> None:
    tables = [MADE / name for name in ("lab_classes.csv", "nci_view.csv", "clinvar.vcf")]
    assert decide(tumor, classes=tables) == decide(tumor, classes=tables[::-1])


def test_every_format_of_classes_is_listed() -> None:
    names = [one.name for one in formats()]
    assert names[len(READERS) :] == ["tp53-classes", "tp53-classes-nci", "tp53-classes-clinvar"]
    assert len(names) == len(READERS) + len(CLASS_READERS)


def test_the_public_tables_serve_a_real_tumor() -> None:
    """LoVo is wild-type with P72R; ClinVar's uncertain list and the functional table leave it so."""
    tables = [shared("tp53_variants/clinvar_tp53_vus.csv"), shared("tp53_functional/FunctionIshiokaDownload_r21.csv")]
    decision = decide(shared("vcf/tso500_pisces_Lovo_nuc.vcf"), classes=tables)
    assert tp53(decision) == (Status.MET, ["T001"])
    assert decision.tp53 is not None
    (p72r,) = [v for v in decision.tp53.variants if v.hgvs_p == "p.Pro72Arg"]
    assert {one.origin for one in p72r.class_sources} == {
        "known polymorphisms",
        "clinvar_tp53_vus.csv",
        "NCI TP53 Database",
    }
