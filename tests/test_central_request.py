"""The page the central laboratory gets: what was found, what to test, why, and the digests of the files."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import evidence_builder as eb
from mdm2screen import callability, data
from mdm2screen.cli import run
from mdm2screen.decision import Decision
from mdm2screen.errors import UsageError
from mdm2screen.records import Build, Region
from mdm2screen.reports import json_report, request_page
from mdm2screen.requesting import CentralRequest, central_request
from mdm2screen.results import Status, reason_codes
from patient_builder import MUTATED, PLASMA, UNCOVERED, UNSETTLED, VUS, copies

SCHEMA = Path(__file__).parents[1] / "schema" / "request-1.0.json"


def request(*samples: Any) -> CentralRequest:
    return central_request(eb.patient(*samples), eb.protocol())


def by_flag(made: CentralRequest) -> dict[str | None, str]:
    return {one.flag: one.what for one in made.tests}


def test_every_flag_has_a_test_and_every_test_a_flag() -> None:
    flags = {entry.flag for entry in reason_codes().values() if entry.flag}
    assert flags == set(data.toml("central_tests.toml"))


def test_it_says_what_was_found_and_what_the_protocol_asks() -> None:
    made = request(eb.sample(**copies(13)))
    assert [(one.criterion, one.status, one.value) for one in made.found][:2] == [
        ("mdm2_amplification", Status.MET, "13 copies"),
        ("tp53_wild_type", Status.MET, "wild-type"),
    ]
    asked = [one.what for one in made.tests if one.flag is None]
    assert asked[0].endswith("the criterion is 8 copies in a tumor cell")
    assert "exons (2 to 11)" in asked[1]
    assert by_flag(made)["near_threshold"] == "report MDM2 copies with their confidence interval"
    assert [(one.name, len(one.sha256)) for one in made.files] == [("LOCAL_1.vcf", 64)]


def test_each_point_says_why() -> None:
    made = request(eb.sample(**UNSETTLED, **VUS))
    why = {one.flag: one.why for one in made.tests}
    assert "p." in why["tp53_vus"]
    assert "neither a file nor an option states the purity" in why["purity_unknown"]
    assert "log2" not in why["purity_unknown"]


def test_the_stretches_that_were_not_seen_are_named() -> None:
    targets = callability.of_regions("panel.bed", (Region(contig="17", start=7572000, end=7578300),), Build.GRCH37)
    made = request(eb.sample(callability=targets))
    assert "Not seen locally (GRCh37): exon 2 17:" in by_flag(made)["tp53_not_fully_callable"]
    assert "Not seen" not in by_flag(request(eb.sample(**UNCOVERED)))["tp53_not_fully_callable"]


def test_a_number_that_is_not_public_is_said() -> None:
    trial = eb.protocol()
    unknown = trial.central[0].model_copy(
        update={"copies_min": trial.central[0].copies_min.model_copy(update={"value": "unknown"})}  # type: ignore[attr-defined]
    )
    assert unknown.asks.endswith("the criterion is a number that is not public")


@pytest.mark.parametrize(
    ("samples", "state"),
    [
        ((eb.sample(**MUTATED),), "NOT_REQUIRED"),
        ((eb.sample(), eb.central()), "CONFIRMED"),
        ((eb.sample(), eb.central(**MUTATED)), "NOT_CONFIRMED"),
    ],
)
def test_where_nothing_is_to_be_tested_it_says_so(samples: tuple[Any, ...], state: str) -> None:
    with pytest.raises(UsageError, match=f"nothing to ask .* about P1: central confirmation is {state}"):
        request(*samples)


def test_an_open_central_result_is_asked_again_and_files_of_that_side_are_not_listed() -> None:
    made = request(eb.sample(), eb.central(mdm2=()))
    assert [one.name for one in made.files] == ["LOCAL_1.vcf"]
    assert [one.name for one in made.samples] == ["LOCAL_1"]


def test_the_page_holds_all_of_it() -> None:
    made = request(eb.sample(day="2022-05-01", **copies(13)))
    page = " ".join(request_page.render(made).split())
    for words in ("P1", "13 copies", "2022-05-01", made.files[0].sha256, *(one.what for one in made.tests)):
        assert words in page
    assert max(map(len, request_page.render(made).splitlines())) <= 80


def write(path: Path, decision: Decision) -> Path:
    path.write_text(json_report.render(decision))
    return path


def test_as_json_it_fits_the_published_schema(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["schema", "request"]) == 0
    schema = capsys.readouterr().out
    assert schema == SCHEMA.read_text()
    path = write(tmp_path / "l.json", eb.patient(eb.sample()))
    assert run(["request", str(path), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(schema)).validate(document)
    assert CentralRequest.model_validate(document).patient == "P1"


def test_wrong_usage_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write(tmp_path / "l.json", eb.patient(eb.sample(**MUTATED)))
    assert run(["request", str(path)]) == 2
    assert "not eligible on local testing" in capsys.readouterr().err
    assert run(["request", str(path), "--format", "tsv"]) == 2
    assert "choose terminal or json" in capsys.readouterr().err
    two = tmp_path / "two.jsonl"
    both = (eb.patient(eb.sample()), eb.patient(eb.sample()).model_copy(update={"patient": "P2"}))
    two.write_text("".join(map(json_report.line, both)))
    assert run(["request", str(two)]) == 2
    error = capsys.readouterr().err
    assert "the local results are of 2 patients" in error
    assert "--patient P1" in error
    assert run(["schema", "recipe"]) == 2
    assert "choose one of: decision, request, comparison" in capsys.readouterr().err


def test_tissue_is_asked_for_once() -> None:
    made = central_request(eb.patient(eb.sample(**PLASMA)), eb.protocol())
    assert [one.flag for one in made.tests if "test tumor tissue" in one.what] == ["plasma_only"]


def test_a_request_states_an_earlier_mdm2_inhibitor(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write(tmp_path / "l.json", eb.patient(eb.sample(day="2022-05-01")))
    assert run(["request", str(path), "--mdm2-inhibitor", "2022-06-01", "--format", "json"]) == 0
    flags = [one["flag"] for one in json.loads(capsys.readouterr().out)["tests"]]
    assert "tp53_predates_mdm2_inhibitor" in flags
