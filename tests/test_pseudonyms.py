"""No identifier is left in any output, and nothing else is changed."""

import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
import vcf_builder as vb
from mdm2screen import patients, pseudonyms
from mdm2screen.cli import run
from mdm2screen.decision import Decision
from mdm2screen.evidence import stated_by_user
from mdm2screen.protocol import shipped_text
from mdm2screen.reports import REPORTS, json_report, render
from mdm2screen.results import reason
from patient_builder import CHANGES, MUTATED

KEY = b"k" * 32
NAMES = ("MRN-00471", "Biopsy_77", "Biopsy_77.somatic.vcf", "central-lab-12.cns", "C:88/12")


def named(names: tuple[str, ...] = NAMES, **changes: Any) -> Decision:
    """A patient whose patient, samples and files bear these names."""
    patient, sample, vcf, cns, central = names
    files = [eb.content(vcf, format="vcf").file.model_copy(update={"sample": sample, "notes": (f"depth of {sample}",)})]
    files.append(eb.content(cns).file.model_copy(update={"sample": sample}))
    evidence = {"mdm2": (eb.source(eb.segment(20, sample=sample), file=cns),)} | changes
    local = eb.sample(sample, **evidence).model_copy(update={"inputs": tuple(files)})
    there = eb.central(central).model_copy(update={"patient": central})
    return eb.patient(local, there).model_copy(update={"patient": patient})


@pytest.mark.parametrize("output", sorted(REPORTS))
@pytest.mark.parametrize("changes", CHANGES)
def test_no_identifier_is_left_in_any_output(output: str, changes: dict[str, Any]) -> None:
    decision = named(**changes)
    text = render(output, pseudonyms.pseudonymised(decision, KEY, eb.protocol()))
    assert not [name for name in NAMES if name in text]
    assert pseudonyms.pseudonym(KEY, NAMES[0]) in re.sub(r"\s", "", text)
    assert any(name in render("json", decision) for name in NAMES)


# A number in front, so that no word of mdm2screen's own is drawn.
identifiers = st.text(st.characters(categories=["Lu", "Nd"], codec="ascii"), min_size=6, max_size=9).map("7Q{}".format)


@given(st.tuples(*(identifiers for _ in NAMES)), st.sampled_from(CHANGES))
def test_whatever_the_identifiers_are(names: tuple[str, ...], changes: dict[str, Any]) -> None:
    text = render("json", pseudonyms.pseudonymised(named(names, **changes), KEY, eb.protocol()))
    assert not [name for name in names if re.search(rf"(?<![0-9A-Za-z]){name}(?![0-9A-Za-z])", text)]


@pytest.mark.parametrize("changes", CHANGES)
def test_the_answer_stays(changes: dict[str, Any]) -> None:
    before = named(**changes)
    after = pseudonyms.pseudonymised(before, KEY, eb.protocol())
    assert (after.eligibility, after.headline) == (before.eligibility, before.headline)
    assert after.central_confirmation.status is before.central_confirmation.status
    codes = [[one.code for call in made.calls for one in call.reasons] for made in (before, after)]
    assert sorted(codes[0]) == sorted(codes[1])
    assert sorted(file.sha256 for file in after.inputs) == sorted(file.sha256 for file in before.inputs)


def test_a_pseudonym_is_the_hmac_of_the_identifier() -> None:
    digest = hmac.new(KEY, b"MRN-00471", hashlib.sha256).hexdigest()
    assert pseudonyms.pseudonym(KEY, "MRN-00471") == f"ps-{digest[:32]}"
    assert pseudonyms.pseudonym(b"l" * 32, "MRN-00471") != pseudonyms.pseudonym(KEY, "MRN-00471")


def test_a_pseudonym_stays_what_it_is() -> None:
    once = pseudonyms.pseudonym(KEY, "MRN-00471")
    assert pseudonyms.pseudonym(KEY, once) == once
    for near in (f"{once}0", once[:-1], once.upper(), f"{once}.vcf"):
        assert pseudonyms.pseudonym(KEY, near) != near


def test_a_decision_pseudonymised_twice_is_that_of_once() -> None:
    once = pseudonyms.pseudonymised(named(), KEY, eb.protocol())
    assert pseudonyms.pseudonymised(once, KEY, eb.protocol()) == once


def test_samples_of_one_name_have_one_pseudonym_and_their_numbers() -> None:
    made = eb.patient(eb.sample("Biopsy_77"), eb.sample("Biopsy_77", mdm2=()))
    renamed = pseudonyms.pseudonymised(made, KEY, eb.protocol())
    name = pseudonyms.pseudonym(KEY, "Biopsy_77")
    assert [sample.name for sample in renamed.samples] == [name, f"{name} (2)"]


def test_results_pseudonymised_by_one_key_are_paired(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, key: Path
) -> None:
    """Of two patients, and once more with the key: as many pairs, and the same pseudonyms."""
    people = ("MRN-00471", "MRN-00472")
    plain = {}
    for side in ("local", "central"):
        found = [eb.patient(eb.sample(f"{side}-{n}")).model_copy(update={"patient": n}) for n in people]
        plain[side] = found if side == "local" else found[::-1]
        renamed = [pseudonyms.pseudonymised(one, KEY, eb.protocol()) for one in plain[side]]
        (tmp_path / f"{side}.jsonl").write_text("".join(map(json_report.line, renamed)))
    sides = [str(tmp_path / f"{side}.jsonl") for side in ("local", "central")]
    expected = [pseudonyms.pseudonym(KEY, one) for one in people]
    for more in ([], ["--pseudonymise", str(key)]):
        assert run(["confirm", *sides, "--format", "json", *more]) == 0
        found_ = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [one["patient"] for one in found_] == expected
        assert [one["central_confirmation"]["status"] for one in found_] == ["CONFIRMED"] * 2
        assert not [warning for one in found_ for warning in one["warnings"] if warning["code"] == "S010"]


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("day", ["2022-07-01", "2023-01-01"])
def test_check_as_of_a_day_with_a_key(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, key: Path, day: str, own: bool
) -> None:
    vcf = vb.vcf(tmp_path / "MRN-00471.vcf", vb.record("17", 7579472, "G", "C"))
    cns = vb.amplified_cns(tmp_path / "MRN-00471.cns")
    arguments = ["check", str(vcf), "--cn", str(cns), "--build", "GRCh37", "--as-of", day, "--format", "json"]
    if own:
        (tmp_path / "own.toml").write_text(shipped_text("mantra-2").replace('id = "mantra-2"', 'id = "own"'))
        arguments += ["--protocol", str(tmp_path / "own.toml")]
    assert run(arguments) == 0
    plain = json.loads(capsys.readouterr().out)
    assert run([*arguments, "--pseudonymise", str(key)]) == 0
    renamed = json.loads(capsys.readouterr().out)
    assert plain["protocol"] == renamed["protocol"]
    assert plain["protocol"]["version"] == ("2022-06" if day == "2022-07-01" else "2022-10")
    assert "MRN-00471" not in json.dumps(renamed)


def test_a_version_that_answers_otherwise_is_said(key: Path) -> None:
    """The evidence is judged again: an earlier version said something else of it."""
    old = eb.patient(eb.sample()).model_copy(update={"eligibility": "NOT_ELIGIBLE"})
    (made,) = patients.pseudonymised([old], key)
    assert made.eligibility == "ELIGIBLE"
    assert [one.code for one in made.warnings] == ["S011"]


def test_a_short_identifier_touches_no_number_and_no_word() -> None:
    decision = pseudonyms.pseudonymised(named(("12", "1", "7.vcf", "2.cns", "20")), KEY, eb.protocol())
    assert decision.mdm2 is not None
    assert decision.mdm2.copies == 20
    assert "MDM2 has 20 copies" in decision.calls[0].reasons[0].message
    assert decision.samples[0].evidence.mdm2[0].segments[0].contig == "12"


def test_the_name_callers_give_to_every_tumor_stays_and_warns_of_nothing() -> None:
    names = ("P-0001", "TUMOR", "a.somatic.vcf", "b.cns", "TUMOR")
    decision = pseudonyms.pseudonymised(named(names), KEY, eb.protocol())
    assert not [one for one in decision.warnings if one.code == "S001"]
    assert {file.sample for file in decision.inputs} == {"TUMOR"}


def noted(name: str, note: str, *, patient: str = "P-0001") -> str:
    """The one note of a file of this name, under pseudonyms."""
    file = eb.content(name).file.model_copy(update={"notes": (note,)})
    made = eb.patient(eb.sample().model_copy(update={"inputs": (file,)})).model_copy(update={"patient": patient})
    return pseudonyms.pseudonymised(made, KEY, eb.protocol()).inputs[0].notes[0]


@pytest.mark.parametrize(
    ("name", "note", "gone"),
    [
        ("MRN-00471.somatic.vcf", "depth of MRN-00471", "MRN-00471"),
        ("MRN.00471.vcf", "depth of MRN.00471", "MRN.00471"),
        ("TP53.vcf", "depth over TP53", None),
        ("hg38.bed", "lifted to hg38", None),
        ("somatic.vcf", "looks somatic", None),
        ("7.vcf", "depth of 7", None),
        ("tumor.vcf", "depth of tumor", None),
        ("a.vcf", "depth of P-0001, whoever it is", "P-0001"),
    ],
)
def test_what_begins_a_file_name_is_an_identifier_where_it_has_a_digit(name: str, note: str, gone: str | None) -> None:
    expected = note if gone is None else note.replace(gone, pseudonyms.pseudonym(KEY, gone))
    assert noted(name, note) == expected


def test_what_is_no_file_of_the_users_keeps_its_name() -> None:
    """Lists that ship, options, and an assay that is no file."""
    given_ = stated_by_user(0.8, 2.0)
    made = eb.patient(eb.sample(**MUTATED, purity=given_))
    renamed = pseudonyms.pseudonymised(made, KEY, eb.protocol())
    evidence = renamed.samples[0].evidence
    assert evidence.callability.assay == "wes"
    assert evidence.purity == given_
    sources = {one.source.file for variant in evidence.variants for one in variant.classes}
    assert sources == {"genes/tp53_hotspots.tsv"}


def test_a_warning_that_no_evidence_gives_again_stays() -> None:
    made = eb.patient(eb.sample())
    made = made.model_copy(update={"warnings": (reason("S011", "an earlier version said NOT_ELIGIBLE"),)})
    renamed = pseudonyms.pseudonymised(made, KEY, eb.protocol())
    assert renamed.warnings == made.warnings


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "secret.key"
    path.write_bytes(KEY + b"\n")
    return path


@pytest.mark.parametrize("output", sorted(REPORTS))
def test_check_with_a_key(capsys: pytest.CaptureFixture[str], tmp_path: Path, key: Path, output: str) -> None:
    vcf = vb.vcf(tmp_path / "MRN-00471.vcf", vb.record("17", 7578406, "C", "T"), samples=("MRN-00471",))
    cns = vb.amplified_cns(tmp_path / "MRN-00471.cns")
    given_ = [str(vcf), "--cn", str(cns), "--build", "GRCh37", "--assay", "wes", "--patient", "MRN-00471"]
    assert run(["check", *given_, "--pseudonymise", str(key), "--format", output]) == 0
    text = re.sub(r"\s", "", capsys.readouterr().out)
    assert "MRN-00471" not in text
    assert pseudonyms.pseudonym(KEY, "MRN-00471") in text


def test_request_confirm_and_compare_with_a_key(capsys: pytest.CaptureFixture[str], tmp_path: Path, key: Path) -> None:
    local, central = tmp_path / "l.json", tmp_path / "c.json"
    local.write_text(json_report.render(eb.patient(eb.sample("Biopsy_77")).model_copy(update={"patient": "MRN-00471"})))
    other = eb.patient(eb.sample("Biopsy_78", mdm2=())).model_copy(update={"patient": "Central-5"})
    central.write_text(json_report.render(other))
    named = ["--patient", "MRN-00471"]
    for command in (["request", local], ["confirm", local, central, *named], ["compare", local, central]):
        assert run([*map(str, command), "--pseudonymise", str(key), "--format", "json"]) == 0
        text = capsys.readouterr().out
        assert not [name for name in ("MRN-00471", "Biopsy_7", "Central-5") if name in text]
        assert "ps-" in text
    warned = run(["confirm", str(local), str(central), *named, "--pseudonymise", str(key), "--format", "json"])
    assert warned == 0
    warnings = {one["code"]: one["message"] for one in json.loads(capsys.readouterr().out)["warnings"]}
    pseudonym = pseudonyms.pseudonym(KEY, "Central-5")
    assert warnings["S010"].startswith("the results name different patients: ps-")
    assert pseudonym in warnings["S010"]


@pytest.mark.parametrize(("content", "found"), [(b"short", 5), (b"x" * 31 + b"\r\n", 31)])
def test_a_short_key_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, found: int) -> None:
    (tmp_path / "l.json").write_text(json_report.render(eb.patient(eb.sample())))
    (tmp_path / "k").write_bytes(content)
    assert run(["request", str(tmp_path / "l.json"), "--pseudonymise", str(tmp_path / "k")]) == 3
    error = capsys.readouterr().err
    assert f"the key holds {found} bytes, and at least 32 are needed" in error
    assert "openssl rand -hex 32" in error
