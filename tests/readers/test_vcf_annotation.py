"""From the annotated line of a VCF to the decision: notes, warnings, the page, the JSON."""

import json
from pathlib import Path

import pytest
from vcf_files import read

import vcf_builder as vb
from mdm2screen import screen
from mdm2screen.cli import run
from mdm2screen.decision import Decision
from mdm2screen.results import Tp53Variant

FIELDS = "Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp"
CSQ = f'##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: {FIELDS}">'
R175H = "CSQ=T|missense_variant|TP53|NM_000546.6|NM_000546.6:c.524G>A|NP_000537.3:p.Arg175His"
STOP = "CSQ=T|stop_gained|TP53|NM_000546.6||"


def test_the_reader_gives_each_allele_its_annotation() -> None:
    content = read(
        vb.record(
            "17", 7578406, "C", "T,A", info=f"{R175H},A|missense_variant|TP53|NM_000546.6||", samples=["1/2:1:1:9"]
        ),
        header=vb.header(extra=[CSQ]),
    )
    assert [[one.hgvs_p for one in variant.annotations] for variant in content.variants] == [["p.Arg175His"], [None]]
    assert content.file.notes == ()


def test_what_does_not_parse_is_noted_with_its_line_and_the_variant_stays() -> None:
    content = read(vb.record("17", 7578406, "C", "T", info="CSQ=T|missense_variant"), header=vb.header(extra=[CSQ]))
    assert content.file.notes == (
        "line 12: annotation not understood: an entry of CSQ has 2 fields, the header names 6",
    )
    assert len(content.variants) == 1


def test_the_significance_of_the_line_belongs_to_its_allele() -> None:
    content = read(vb.record("17", 7578406, "C", "T", info="CLNSIG=Pathogenic;ONCOGENIC=Likely_Oncogenic"))
    assert [(one.origin, one.significance) for one in content.variants[0].classes] == [
        ("ClinVar", "pathogenic"),
        ("OncoKB", "likely_pathogenic"),
    ]


CLIN_SIG = (
    '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. '
    f'Format: {FIELDS}|CLIN_SIG">'
)


@pytest.mark.parametrize(
    ("release", "stated", "expected"),
    [
        ("97", "pathogenic", ["uncertain"]),
        ("95", "benign&pathogenic", ["uncertain"]),
        ("95", "benign", []),
        ("98", "pathogenic", ["pathogenic"]),
        ("109", "benign", ["benign"]),
        (None, "pathogenic", ["pathogenic"]),
    ],
)
def test_an_old_vep_does_not_say_of_which_allele_the_significance_is(
    release: str | None, stated: str, expected: list[str]
) -> None:
    """VEP before release 98 lists what is known of every allele at the place."""
    info = f"CSQ=T|missense_variant|TP53|NM_000546.6|||{stated}"
    ran = [] if release is None else [f'##VEP="v{release}" time="2019-10-02 14:52:20" cache="x"']
    content = read(vb.record("17", 7578404, "A", "T", info=info), header=vb.header(extra=[*ran, CLIN_SIG]))
    assert [one.significance for one in content.variants[0].classes] == expected
    if release == "97":
        assert (
            content.variants[0].classes[0].words == "pathogenic, but VEP 97 does not say of which allele at this place"
        )


def test_structural_records_carry_no_small_variant_annotation() -> None:
    info = "SVTYPE=DEL;END=7578500;CSQ=deletion|transcript_ablation|TP53|NM_000546.6||"
    content = read(vb.record("17", 7578406, "C", "<DEL>", info=info), header=vb.header(extra=[CSQ]))
    assert [(one.annotations, one.unread) for one in content.variants] == [((), ())]


def screened(tmp_path: Path, info: str, *, pos: int = 7578406, ref: str = "C", alt: str = "T") -> Decision:
    record = vb.record("17", pos, ref, alt, info=info)
    return screen(vb.vcf(tmp_path / "made.vcf", record, extra=[CSQ]), assay="wes")


def variant(decision: Decision) -> Tp53Variant:
    assert decision.tp53 is not None
    return decision.tp53.variants[0]


def test_annotation_that_does_not_parse_is_a_warning_with_its_line(tmp_path: Path) -> None:
    decision = screened(tmp_path, "CSQ=T|missense_variant")
    (warning,) = [one for one in decision.warnings if one.code == "T024"]
    assert warning.evidence[0].line == 12
    assert (variant(decision).hgvs_p, variant(decision).counts) == ("p.Arg175His", "disqualifies")


def test_the_json_shows_what_the_file_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = vb.vcf(tmp_path / "made.vcf", vb.record("17", 7578406, "C", "T", info=R175H), extra=[CSQ])
    run(["check", str(path), "--assay", "wes", "--format", "json"])
    shown = json.loads(capsys.readouterr().out)["tp53"]["variants"][0]["annotation"]
    assert shown == {
        "verdict": "agrees",
        "statements": [
            {
                "program": "VEP",
                "transcript": "NM_000546",
                "terms": ["missense_variant"],
                "hgvs_c": "c.524G>A",
                "hgvs_p": "p.Arg175His",
                "with_others": False,
                "differs": [],
            }
        ],
        "claims_effect": False,
        "note": None,
    }


@pytest.mark.parametrize(
    ("info", "line"),
    [
        (R175H, "annotation in the file: VEP missense_variant p.Arg175His (agrees)"),
        (STOP, "annotation in the file: VEP stop_gained (differs in consequence)"),
        (
            R175H.replace("NM_000546.6|", "NM_001126115.1|", 1),
            "annotation in the file: annotated on NM_001126115, not on NM_000546 or ENST00000269305",
        ),
        ("CSQ=broken", "annotation in the file: an entry of CSQ has 1 fields, the header names 6"),
    ],
)
def test_the_page_has_one_line_per_statement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], info: str, line: str
) -> None:
    path = vb.vcf(tmp_path / "made.vcf", vb.record("17", 7578406, "C", "T", info=info), extra=[CSQ])
    run(["check", str(path), "--assay", "wes"])
    assert line in " ".join(capsys.readouterr().out.split())


def test_a_stop_that_only_the_file_sees_leaves_the_answer_open(tmp_path: Path) -> None:
    decision = screened(tmp_path, "CSQ=C|stop_gained|TP53|NM_000546.6||", pos=7578100, ref="T", alt="C")
    assert variant(decision).counts == "review"
    assert "T023" in [reason.code for call in decision.calls for reason in call.reasons]
