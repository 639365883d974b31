"""Earlier results joined: pairing, protocols, files on both sides, another version's answer."""

import json
from pathlib import Path
from typing import Any

import pytest

import evidence_builder as eb
import mdm2screen
import vcf_builder as vb
from mdm2screen import patients, pseudonyms
from mdm2screen.cli import run
from mdm2screen.decision import Decision, Sample
from mdm2screen.errors import InputError, UsageError
from mdm2screen.protocol import load_shipped, parse, shipped_text
from mdm2screen.reports import json_report
from mdm2screen.results import CentralStatus, Eligibility
from mdm2screen.sample_options import prior_treatment
from patient_builder import MUTATED, copies

LOCAL = eb.patient(eb.sample())
CENTRAL = eb.patient(eb.sample("CENTRAL_1", **copies(9))).model_copy(update={"patient": "C-9"})


def named(decision: Decision, patient: str) -> Decision:
    return decision.model_copy(update={"patient": patient})


def test_what_check_wrote_at_the_central_laboratory_is_judged_by_the_central_criteria() -> None:
    assert CENTRAL.eligibility is Eligibility.NOT_ELIGIBLE  # 9 copies, by the local threshold
    joined = patients.confirm(LOCAL, CENTRAL)
    assert joined.central_confirmation.status is CentralStatus.CONFIRMED
    assert (joined.patient, joined.eligibility) == ("P1", Eligibility.ELIGIBLE)
    assert [sample.role for sample in joined.samples] == ["local", "central"]


def test_differently_named_patients_are_joined_and_pointed_out() -> None:
    joined = patients.confirm(LOCAL, CENTRAL)
    assert [one.message for one in joined.warnings if one.code == "S010"] == [
        "the results name different patients: P1 (LOCAL_1, local); C-9 (CENTRAL_1, central)"
    ]
    assert not patients.confirm(LOCAL, named(CENTRAL, "P1")).warnings


def test_a_confirmed_decision_takes_further_central_results() -> None:
    first = patients.confirm(LOCAL, eb.patient(eb.sample("C1", mdm2=())))
    assert first.central_confirmation.status is CentralStatus.INDETERMINATE
    second = patients.confirm(first, CENTRAL)
    assert second.central_confirmation.status is CentralStatus.CONFIRMED
    assert len(second.samples) == 3


def test_a_side_of_raw_samples_is_joined_likewise() -> None:
    assert patients.confirm(eb.sample(), eb.central(**copies(9))).central_confirmation.status == "CONFIRMED"


def test_tissue_and_plasma_of_two_names_need_one() -> None:
    plasma = named(eb.patient(eb.sample("PLASMA", specimen="plasma")), "P1-plasma")
    with pytest.raises(UsageError, match="different patients: P1, P1-plasma"):
        patients.confirm([LOCAL, plasma], CENTRAL)
    joined = patients.confirm([LOCAL, plasma], CENTRAL, patient="P1")
    assert joined.patient == "P1"
    assert len(joined.samples) == 3


def test_a_central_result_of_the_local_files_is_refused() -> None:
    with pytest.raises(InputError, match=r"CENTRAL_1 rests on files of the local one \(LOCAL_1.vcf\)") as caught:
        patients.confirm(LOCAL, eb.central().model_copy(update={"inputs": LOCAL.inputs}))
    assert caught.value.exit_code == 3


def test_one_file_on_both_sides_is_pointed_out() -> None:
    """A file beside the evidence, such as one that states the purity."""
    both = eb.central().model_copy(update={"inputs": (*LOCAL.inputs, *eb.central().inputs)})
    warnings = {one.code: one.message for one in patients.confirm(LOCAL, both).warnings}
    assert warnings["S012"] == "both sides rest on LOCAL_1.vcf"


def test_evidence_of_the_local_laboratory_confirms_nothing_whatever_is_passed_beside_it() -> None:
    local, central = eb.sample(), eb.central()
    shared = local.inputs[0].model_copy(update={"name": "made.tsv"})
    sides = [one.model_copy(update={"inputs": (*one.inputs, shared)}) for one in (local, central)]
    with pytest.raises(InputError, match=r"CENTRAL_1 rests on files of the local one \(made.tsv\)"):
        patients.confirm(*sides)


def test_a_file_that_was_packed_anew_is_the_same_file() -> None:
    def sample(side: Any, file: str, *values: float) -> Sample:
        _, last = eb.MDM2_37
        beside = eb.segment(values[1], start=last + 5000, end=last + 9000)
        source = eb.source(eb.segment(values[0]), file=file).model_copy(update={"context": (beside,)})
        made: Sample = side(file, mdm2=(source,))
        return made

    local = sample(eb.sample, "a.tsv", 20.31, 4.17)
    with pytest.raises(InputError, match=r"rests on files of the local one \(b.tsv.gz\)"):
        patients.confirm(local, sample(eb.central, "b.tsv.gz", 20.31, 4.17))
    with pytest.raises(InputError, match=r"b.tsv.gz stands in two local results"):
        patients.confirm([local, sample(eb.sample, "b.tsv.gz", 20.31, 4.17)], patient="P")
    assert patients.confirm(local, sample(eb.central, "b.tsv", 20.31, 4.18)).central_confirmation.status == "CONFIRMED"
    whole = sample(eb.sample, "a.tsv", 20, 4), sample(eb.central, "b.tsv", 20, 4)
    assert patients.confirm(*whole).central_confirmation.status == "CONFIRMED"  # whole numbers agree by chance


def test_a_result_that_names_nobody_is_pointed_out() -> None:
    said = {one.code for one in patients.confirm(LOCAL, named(CENTRAL, "TUMOR")).warnings}
    assert "S016" in said
    assert "S016" not in {one.code for one in patients.confirm(LOCAL, named(CENTRAL, "TUMOR"), patient="P1").warnings}


def test_the_exit_code_of_several_patients_is_asked_for_one_by_one(
    capsys: pytest.CaptureFixture[str], three: Path
) -> None:
    assert run(["confirm", str(three), "--exit-code"]) == 2
    assert "--exit-code is that of one patient" in capsys.readouterr().err


def test_a_result_under_another_protocol_is_refused_and_one_protocol_file_serves() -> None:
    own = parse(shipped_text("mantra-2").replace('id = "mantra-2"', 'id = "own"'), "own.toml")
    local = eb.patient(eb.sample(), trial=own)
    with pytest.raises(UsageError, match="was decided under own version"):
        patients.confirm(local, CENTRAL, protocol="mantra-2")
    assert patients.confirm(local, CENTRAL, protocol=own).protocol.id == "own"
    with pytest.raises(UsageError, match=r"decided under own version .* and mantra-2 version"):
        patients.confirm([local, LOCAL], CENTRAL, protocol=own)


def test_another_answer_of_an_earlier_version_is_said() -> None:
    calls = tuple(one.model_copy(update={"status": "INDETERMINATE"}) for one in LOCAL.calls[:1]) + LOCAL.calls[1:]
    for changes in ({"eligibility": Eligibility.INDETERMINATE}, {"calls": calls}):
        old = LOCAL.model_copy(update=changes)
        warnings = {one.code: one.message for one in patients.confirm(old, CENTRAL).warnings}
        assert warnings["S011"].startswith("mdm2screen 0 wrote ")
        assert "INDETERMINATE" in warnings["S011"].partition(";")[0]
        assert f"on the same evidence {mdm2screen.__version__} says ELIGIBLE" in warnings["S011"]
    assert "S011" not in {one.code for one in patients.confirm(LOCAL, CENTRAL).warnings}


def test_patients_are_paired_by_name_where_there_are_several() -> None:
    pairs = patients.paired([named(LOCAL, "A"), named(LOCAL, "B")], [named(CENTRAL, "B")])
    assert [(pair.patient, len(pair.local), len(pair.central)) for pair in pairs] == [("A", 1, 0), ("B", 1, 1)]
    with pytest.raises(UsageError, match="central results of C-9 have no local result"):
        patients.paired([named(LOCAL, "A"), named(LOCAL, "B")], [CENTRAL])


@pytest.fixture
def results(tmp_path: Path) -> dict[str, Path]:
    """Two laboratories' files and what check made of them."""
    found = {}
    for name, purity in (("local", "0.4"), ("central", "0.5")):
        found[f"{name}.vcf"] = vb.vcf(tmp_path / f"{name}.vcf", vb.record("17", 7579472, "G", "C", id_=name))
        found[f"{name}.cns"] = vb.amplified_cns(tmp_path / f"{name}.cns")
        found[name] = tmp_path / f"{name}.json"
        found[f"{name}.purity"] = Path(purity)
    (tmp_path / "central.cns").write_text((tmp_path / "local.cns").read_text() + "\n")
    return found


def check(capsys: pytest.CaptureFixture[str], results: dict[str, Path], name: str, *more: str) -> None:
    arguments = [results[f"{name}.vcf"], "--cn", results[f"{name}.cns"], "--purity", results[f"{name}.purity"]]
    given = [*map(str, arguments), "--build", "GRCh37", "--assay", "wes", "--diagnosis", "BLCA"]
    assert run(["check", *given, "--format", "json", *more]) == 0
    results[name].write_text(capsys.readouterr().out)


def test_the_way_of_a_patient_as_a_person_types_it(
    capsys: pytest.CaptureFixture[str], results: dict[str, Path]
) -> None:
    check(capsys, results, "local", "--patient", "P-017", "--collected", "2022-05-01")
    check(capsys, results, "central", "--patient", "P-017", "--collected", "2022-06-01")
    assert run(["request", str(results["local"])]) == 0
    page = capsys.readouterr().out
    for words in ("Request for central confirmation", "P-017", "To be tested, and why", "taken 2022-05-01", "sha256"):
        assert words in page
    assert run(["confirm", str(results["local"]), str(results["central"])]) == 0
    page = capsys.readouterr().out
    assert page.startswith("ELIGIBLE on local testing; confirmed by the central laboratory\n")
    for words in (
        "MDM2 amplification  agree",
        "local                 MET",
        "central               MET",
        "taken 2022-06-01",
    ):
        assert words in page


def test_raw_files_on_either_side_give_the_same(capsys: pytest.CaptureFixture[str], results: dict[str, Path]) -> None:
    for name in ("local", "central"):
        check(capsys, results, name, "--patient", "P-017")
    assert run(["confirm", str(results["local"]), str(results["central"]), "--format", "json"]) == 0
    from_results = json.loads(capsys.readouterr().out)
    options = []
    for side in ("local", "central"):
        pairs = {"cn": results[f"{side}.cns"], "purity": results[f"{side}.purity"], "build": "GRCh37", "assay": "wes"}
        pairs |= {"diagnosis": "BLCA"}
        options += [word for key, value in pairs.items() for word in (f"--{side}", f"{key}={value}")]
    arguments = [str(results["local.vcf"]), str(results["central.vcf"]), *options, "--patient", "P-017"]
    assert run(["confirm", *arguments, "--format", "json"]) == 0
    from_files = json.loads(capsys.readouterr().out)
    for one in (from_results, from_files):
        one.pop("digest")
        for sample in one["samples"]:
            sample.pop("patient")
    assert from_results == from_files


def test_many_patients_are_confirmed_at_once_one_line_each(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    local, central = tmp_path / "local.jsonl", tmp_path / "central.jsonl"
    local.write_text("".join(json_report.line(named(LOCAL, name)) for name in "AB"))
    central.write_text(json_report.line(named(CENTRAL, "B")))
    assert run(["confirm", str(local), str(central), "--format", "json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    states = {one["patient"]: one["central_confirmation"]["status"] for one in lines}
    assert states == {"A": "REQUIRED", "B": "CONFIRMED"}
    assert run(["confirm", str(local), str(central), "--format", "tsv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize(
    ("options", "message", "code"),
    [
        (["--local", "purity"], "--local purity is no KEY=VALUE", 2),
        (["--central", "purty=0.6"], "did you mean purity?", 2),
        (["--local", "purity=0.6", "--local", "purity=0.7"], "--local purity is given twice", 2),
        (["--local", "purity=0.6"], "holds results of mdm2screen, which need no options (purity)", 2),
        (["--more-local", "lost.json"], "no such file", 3),
        (["--protocol", "lost"], "no protocol is called 'lost'", 4),
        (["--mdm2-inhibitor", "May"], "is neither a date, yes nor no", 2),
        (["--pseudonymise", "lost.key"], "no such file", 3),
        (["--format", "html"], "there is no report 'html'", 2),
        (["--patient", " "], "--patient is empty", 2),
    ],
)
def test_wrong_usage_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str], message: str, code: int
) -> None:
    for name, decision in (("l.json", LOCAL), ("c.json", named(CENTRAL, "P1"))):
        (tmp_path / name).write_text(json_report.render(decision))
    assert run(["confirm", str(tmp_path / "l.json"), str(tmp_path / "c.json"), *options]) == code
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("local", "central", "code"),
    [
        ({}, copies(9), 0),
        (MUTATED, copies(9), 10),
        (MUTATED, copies(3), 10),
        ({}, copies(3), 12),
        ({}, {"mdm2": ()}, 11),
        ({"mdm2": ()}, copies(9), 11),
        ({"mdm2": ()}, copies(3), 12),
    ],
)
def test_the_exit_code_can_be_the_answer_of_both_laboratories(
    tmp_path: Path, local: dict[str, Any], central: dict[str, Any], code: int
) -> None:
    (tmp_path / "l.json").write_text(json_report.render(eb.patient(eb.sample(**local))))
    (tmp_path / "c.json").write_text(json_report.render(eb.patient(eb.sample("C", **central))))
    sides = [str(tmp_path / "l.json"), str(tmp_path / "c.json")]
    assert run(["confirm", *sides]) == 0
    assert run(["confirm", *sides, "--exit-code"]) == code


def test_results_that_name_different_patients_are_joined_only_where_the_user_says_who_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The worst mistake there is: confirmed by another patient's result."""
    (tmp_path / "l.json").write_text(json_report.render(LOCAL))
    (tmp_path / "c.json").write_text(json_report.render(CENTRAL))
    sides = [str(tmp_path / "l.json"), str(tmp_path / "c.json")]
    assert run(["confirm", *sides]) == 2
    error = capsys.readouterr().err
    assert "the local result is of P1, the central one of C-9" in error
    assert "--patient P1" in error
    assert run(["confirm", *sides, "--patient", "P1"]) == 0
    assert "S010" in capsys.readouterr().out


def test_a_name_that_no_result_has_is_pointed_out() -> None:
    joined = patients.confirm(LOCAL, named(CENTRAL, "P1"), patient="P-9")
    assert [one.message for one in joined.warnings if one.code == "S010"] == [
        "the patient is called P-9 here, and P1 (LOCAL_1, local; CENTRAL_1, central) in the results"
    ]


def test_one_sample_read_in_two_ways_is_not_two() -> None:
    """Else the more convenient purity would decide."""
    low = eb.sample("A", **copies(3))
    high = eb.sample("A", **copies(20))
    with pytest.raises(InputError, match=r"A.vcf stands in two local results \(A\): they are of one sample"):
        patients.confirm([low, high])
    assert len(patients.confirm([low, low]).samples) == 1
    column = {"sample": "OTHER"}
    other = high.model_copy(update={"inputs": tuple(one.model_copy(update=column) for one in high.inputs)})
    assert len(patients.confirm([low, other], patient="P1").samples) == 2  # two columns of one file


def test_a_central_result_of_another_protocol_is_judged_again_and_that_is_said() -> None:
    other = eb.patient(eb.sample("C"), trial=load_shipped("jp-intimal-sarcoma"))
    said = {one.code: one.message for one in patients.confirm(LOCAL, other).warnings}
    assert said["S015"].startswith("the central result was decided under jp-intimal-sarcoma version ")
    assert "S015" not in {one.code for one in patients.confirm(LOCAL, named(CENTRAL, "P1")).warnings}


@pytest.mark.parametrize("day", ["2022-13-01", "01.05.2022", "20220501", "May"])
def test_a_day_that_is_none_is_said(capsys: pytest.CaptureFixture[str], day: str) -> None:
    assert run(["check", "x.vcf", "--collected", day]) == 2
    assert f"--collected {day} is no date" in capsys.readouterr().err


def test_of_a_joined_result_only_central_samples_are_central() -> None:
    """Local evidence of a result that was already joined confirms nothing."""
    first = patients.confirm(LOCAL, eb.central("C1", mdm2=()))
    assert first.central_confirmation.status is CentralStatus.INDETERMINATE
    again = patients.confirm(eb.sample("OTHER"), first)
    assert [(one.name, one.role) for one in again.samples] == [("OTHER", "local"), ("C1", "central")]
    assert again.central_confirmation.status is CentralStatus.INDETERMINATE


def test_a_sample_that_comes_twice_counts_once() -> None:
    first = patients.confirm(LOCAL, CENTRAL)
    again = patients.confirm(first, first)
    assert [one.name for one in again.samples] == ["LOCAL_1", "CENTRAL_1"]
    assert again.central_confirmation == first.central_confirmation


def test_local_samples_alone_are_joined_before_there_is_a_central_result() -> None:
    plasma = named(eb.patient(eb.sample("PLASMA", specimen="plasma", **MUTATED)), "P1")
    joined = patients.confirm([LOCAL, plasma])
    assert (joined.eligibility, len(joined.samples)) == (Eligibility.NOT_ELIGIBLE, 2)


@pytest.mark.parametrize(("first", "second"), [("A", "B"), ("A", "TUMOR"), ("TUMOR", "primary")])
def test_raw_files_of_two_names_are_pointed_out_unless_the_user_names_the_patient(first: str, second: str) -> None:
    sides = eb.sample(first), eb.central(second)
    warned = "S016" in {one.code for one in patients.confirm(*sides).warnings}
    assert warned is (second == "B")
    assert "S016" not in {one.code for one in patients.confirm(*sides, patient="P1").warnings}


def test_results_of_different_patients_are_pointed_out_on_the_local_side_too() -> None:
    joined = patients.confirm([LOCAL, named(eb.patient(eb.sample("B")), "P2")], patient="P1")
    (said,) = (one.message for one in joined.warnings if one.code == "S010")
    assert said.startswith("the results name different patients: ")
    assert set(said.partition(": ")[2].split("; ")) == {"P1 (LOCAL_1, local)", "P2 (B, local)"}


def treated(decision: Decision, said: str | None) -> Decision:
    return decision.model_copy(update={"mdm2_inhibitor": prior_treatment(said)})


@pytest.mark.parametrize(
    ("local", "central", "expected"),
    [
        ("2022-06-01", None, "2022-06-01"),
        (None, "2022-06-01", "2022-06-01"),
        ("yes", "2022-06-01", "2022-06-01"),
        ("2022-06-01", "yes", "2022-06-01"),
        ("yes", "yes", "yes"),
        ("no", None, "no"),
        (None, None, None),
    ],
)
def test_what_either_side_states_of_an_mdm2_inhibitor_counts(
    local: str | None, central: str | None, expected: str | None
) -> None:
    joined = patients.confirm(treated(LOCAL, local), treated(CENTRAL, central))
    assert joined.mdm2_inhibitor == prior_treatment(expected)
    assert ("S009" in {one.code for one in joined.warnings}) is (expected not in (None, "no"))


@pytest.mark.parametrize(("local", "central"), [("no", "yes"), ("2022-06-01", "2022-07-01"), ("no", "2022-07-01")])
def test_statements_of_an_mdm2_inhibitor_that_contradict_each_other_are_refused(local: str, central: str) -> None:
    sides = treated(LOCAL, local), treated(CENTRAL, central)
    with pytest.raises(UsageError, match="contradict each other about an earlier MDM2 inhibitor") as caught:
        patients.confirm(*sides)
    assert "--mdm2-inhibitor DATE, yes or no" in str(caught.value.remedy)
    assert "in the result of P1" in caught.value.what
    stated = prior_treatment("2022-06-15")
    assert patients.confirm(*sides, mdm2_inhibitor=stated).mdm2_inhibitor == stated


def test_an_answer_changed_by_joined_raw_files_is_no_change_of_version() -> None:
    joined = patients.confirm([LOCAL, eb.sample("B", **MUTATED)], CENTRAL, patient="P1")
    assert joined.eligibility is Eligibility.NOT_ELIGIBLE
    assert "S011" not in {one.code for one in joined.warnings}


@pytest.fixture
def three(tmp_path: Path) -> Path:
    path = tmp_path / "run.jsonl"
    path.write_text(
        "".join(json_report.line(named(eb.patient(eb.sample(name)), name)) for name in ("P-01", "P-02", "Q-77"))
    )
    return path


def test_a_patient_is_picked_of_a_file_with_several(capsys: pytest.CaptureFixture[str], three: Path) -> None:
    for command in ("confirm", "request"):
        assert run([command, str(three), "--patient", "Q-77", "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["patient"] == "Q-77"
    assert run(["confirm", str(three), "--patient", "Q-78"]) == 2
    error = capsys.readouterr().err
    assert "run.jsonl holds 3 patients, and none is Q-78" in error
    assert "did you mean Q-77?" in error


def test_more_results_are_no_raw_files(
    capsys: pytest.CaptureFixture[str], three: Path, results: dict[str, Path]
) -> None:
    vcf = results["local.vcf"]
    for side in ("local", "central"):
        assert run(["confirm", str(three), str(three), f"--more-{side}", str(vcf)]) == 2
        error = capsys.readouterr().err
        assert f"--more-{side} local.vcf holds no results of mdm2screen" in error
        assert "--format json" in error


def test_central_options_need_a_central_result(capsys: pytest.CaptureFixture[str], three: Path) -> None:
    assert run(["confirm", str(three), "--central", "purity=0.5"]) == 2
    assert "central options were given, but no CENTRAL" in capsys.readouterr().err


def test_raw_files_are_joined_under_the_protocol_of_a_day(
    capsys: pytest.CaptureFixture[str], results: dict[str, Path]
) -> None:
    sides = [str(results["local.vcf"]), str(results["central.vcf"])]
    options = [word for side in ("local", "central") for word in (f"--{side}", "build=GRCh37")]
    assert run(["confirm", *sides, *options, "--as-of", "2022-07-01", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["protocol"]["version"] == "2022-06"


def test_what_confirm_alone_can_see_is_flagged_and_stays_under_pseudonyms() -> None:
    key = b"k" * 32
    raw = patients.confirm(eb.sample("ALPHA"), eb.central("OMEGA"))
    old = LOCAL.model_copy(update={"eligibility": Eligibility.INDETERMINATE})
    changed = patients.confirm(old, named(CENTRAL, "P1"))
    for decision, code, flag in ((raw, "S016", "different_samples"), (changed, "S011", "answer_changed")):
        for one in (decision, pseudonyms.pseudonymised(decision, key, eb.protocol())):
            assert code in {warning.code for warning in one.warnings}
            assert flag in one.central_confirmation.flags
    assert "ALPHA" not in pseudonyms.pseudonymised(raw, key, eb.protocol()).model_dump_json()
