import json
from pathlib import Path
from typing import Any

import pytest
from decision_builder import call, callability, central, decision, input_file, mdm2, tp53, variant
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mdm2screen.callability_result import UncoveredStretch
from mdm2screen.decision import Decision, sealed
from mdm2screen.reports import json_report, json_schemas
from mdm2screen.results import Disposition

SCHEMA_FILE = Path(__file__).parents[2] / "schema" / "decision-1.1.json"

DECISIONS = {
    "good": decision(),
    "nothing known": decision(mdm2=None, tp53=None, tumor_type=None, build=None, inputs=(), verify_at_site=()),
    "unsettled": decision(
        eligibility="INDETERMINATE",
        mdm2=mdm2(copies=None, fold=None, interval={"low": 8.2, "high": None}),
        tp53=tp53(
            variants=(variant(), variant(counts=Disposition.REVIEW, hgvs_p=None, vaf=None, depth=None)),
            callability=callability(covered=1191, uncovered=(UncoveredStretch(exon=4, start=7676200, end=7676230),)),
        ),
        to_resolve=("pass the purity",),
    ),
}

# What users may build upon; design and documentation name the same paths.
STABLE_PATHS = (
    "schema_version",
    "patient",
    "protocol.id",
    "protocol.version",
    "protocol.digest",
    "molecular",
    "eligibility",
    "central_confirmation.status",
    "central_confirmation.flags",
    "calls.0.criterion",
    "calls.0.status",
    "calls.0.reasons.0.code",
    "calls.0.reasons.0.message",
    "mdm2.copies",
    "mdm2.fold",
    "mdm2.scale",
    "mdm2.interval.low",
    "mdm2.interval.high",
    "mdm2.covered_fraction",
    "tp53.variants.0.locus",
    "tp53.variants.0.ref",
    "tp53.variants.0.alt",
    "tp53.variants.0.hgvs_c",
    "tp53.variants.0.hgvs_p",
    "tp53.variants.0.consequence",
    "tp53.variants.0.vaf",
    "tp53.variants.0.depth",
    "tp53.variants.0.filter",
    "tp53.variants.0.classification",
    "tp53.variants.0.counts",
    "tp53.callability",
    "inputs.0.name",
    "inputs.0.sha256",
    "inputs.0.format",
    "inputs.0.build",
    "inputs.0.records",
    "software.version",
)


def _errors(document: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(json_schemas.schema()).iter_errors(document)]


@pytest.mark.parametrize("name", DECISIONS)
def test_json_fits_its_schema(name: str) -> None:
    assert _errors(json.loads(json_report.render(DECISIONS[name]))) == []


@pytest.mark.parametrize("name", DECISIONS)
def test_json_gives_the_same_decision_back(name: str) -> None:
    assert Decision.model_validate_json(json_report.render(DECISIONS[name])) == sealed(DECISIONS[name])


@given(st.text(), st.text(), st.floats(min_value=0, allow_infinity=False))
def test_any_text_and_number_comes_back_unchanged(patient: str, name: str, copies: float) -> None:
    made = decision(patient=patient, inputs=(input_file(name=name),), mdm2=mdm2(copies=copies))
    text = json_report.render(made)
    assert Decision.model_validate_json(text) == sealed(made)
    assert Decision.model_validate(json.loads(text)) == sealed(made)


@pytest.mark.parametrize("path", STABLE_PATHS)
def test_stable_paths_are_there(path: str) -> None:
    value: Any = json.loads(json_report.render(decision()))
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    assert value is not None


def test_what_is_missing_is_null_and_not_left_out() -> None:
    document = json.loads(json_report.render(decision(tumor_type=None, mdm2=None)))
    assert document["tumor_type"] is None
    assert document["mdm2"] is None


def test_json_is_laid_out_for_people() -> None:
    text = json_report.render(decision())
    assert text.startswith('{\n  "schema_version": "1.1",\n  "patient": "P1",\n')
    assert text.endswith("}\n")


def test_schema_is_a_valid_schema_with_its_name() -> None:
    schema = json_schemas.schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "urn:mdm2screen:decision:1.1"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"eligibility": "MAYBE"}, id="unknown word"),
        pytest.param({"surprise": 1}, id="unknown field"),
        pytest.param({"schema_version": "2.0"}, id="other version"),
    ],
)
def test_schema_refuses(change: dict[str, Any]) -> None:
    assert _errors(json.loads(json_report.render(decision())) | change)


def test_schema_refuses_a_left_out_field() -> None:
    document = json.loads(json_report.render(decision()))
    del document["mdm2"]
    assert _errors(document)


def test_kept_schema_is_the_one_of_the_code() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == json_schemas.schema_text(), (
        "the models have changed: is it a change that readers of the JSON survive? "
        f"Then write json_schemas.schema_text() to schema/{SCHEMA_FILE.name}, else raise SCHEMA_VERSION too"
    )


def test_flags_and_reasons_keep_their_order() -> None:
    made = decision(central_confirmation=central(flags=("tp53_vus", "low_vaf")), calls=(call(), call()))
    document = json.loads(json_report.render(made))
    assert document["central_confirmation"]["flags"] == ["tp53_vus", "low_vaf"]
    assert len(document["calls"]) == 2
