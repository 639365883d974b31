"""The page of one patient: what it says, that nothing of a file acts on it, and how the command writes it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
import vcf_builder as vb
from mdm2screen.cli import run
from mdm2screen.decision import Decision
from mdm2screen.reports import html
from mdm2screen.screening import demo_patients, screen_demo
from patient_builder import CHANGES, MUTATED, PLASMA, UNSETTLED, copies

HOSTILE = """<script>alert("1")</script>'"><img src=x onerror=alert(2)>]]>&amp;"""
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Elements(HTMLParser):
    """Every element with its attributes, all text, and whether every element is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(page)
        self.faults += self.open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def page(decision: Decision) -> Elements:
    return Elements(html.render(decision, eb.protocol()))


def assert_sound(elements: Elements) -> None:
    assert elements.faults == []
    ids = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [a["aria-labelledby"] or "" for tag, a in elements.found if tag == "svg"]
    assert all(set(name.split()) <= set(ids) for name in named)
    assert {tag for tag, _ in elements.found}.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("name", demo_patients())
def test_a_demo_patient_has_a_sound_page_below_a_hundred_kilobytes(name: str) -> None:
    decision = screen_demo(name)
    text = html.render(decision, eb.protocol())
    assert_sound(Elements(text))
    assert len(text.encode()) < 100_000
    assert text == html.render(decision, eb.protocol())


@pytest.mark.parametrize(
    ("central", "answer"),
    [
        ((), "Yes: the central laboratory must confirm before treatment REQUIRED"),
        ((eb.central(**copies(9)),), "Done: the central laboratory confirmed CONFIRMED"),
        ((eb.central(**copies(3)),), "Done: the central laboratory did not confirm NOT CONFIRMED"),
        ((eb.central(mdm2=()),), "Once more: the central result cannot be read either way INDETERMINATE"),
    ],
)
def test_the_page_says_in_words_whether_the_patient_goes_to_the_central_laboratory(
    central: tuple[Any, ...], answer: str
) -> None:
    elements = page(eb.patient(eb.sample(), *central))
    assert f"To the central laboratory? {answer}" in elements.text
    no = page(eb.patient(eb.sample(**MUTATED), *central))
    assert "To the central laboratory? No: nothing is asked of the central laboratory NOT REQUIRED" in no.text


def test_the_page_holds_the_answer_its_reasons_and_what_would_resolve_it() -> None:
    decision = eb.patient(eb.sample(**UNSETTLED))
    text = page(decision).text
    for words in ("INDETERMINATE MDM2 amplification cannot be settled", "6.06 to 29.89 copies", *decision.to_resolve):
        assert words in text
    for reason in (one for call in decision.calls for one in call.reasons):
        assert f"{reason.code} {reason.message}" in text
    for file in decision.inputs:
        assert file.sha256 in text
    assert decision.protocol.digest in text
    assert "ASCO 2022 abstract: CN >= 12 by local testing" in text
    assert "This trial is closed (terminated)." in text


def test_local_and_central_values_and_every_sample_stand_on_the_page() -> None:
    decision = eb.patient(eb.sample("T1"), eb.sample("P1", **PLASMA, **copies(3)), eb.central("C1", **copies(3)))
    text = page(decision).text
    for words in ("T1", "P1", "C1", "plasma", "Local and central laboratory", "(no vote)", "20 copies", "S006"):
        assert words in text


@pytest.mark.parametrize("field", ["patient", "sample", "file", "filter", "label", "qc"])
def test_what_a_file_says_is_text_and_nothing_else(field: str) -> None:
    sample = eb.sample(HOSTILE if field == "sample" else "A")
    if field == "file":
        files = tuple(one.model_copy(update={"name": HOSTILE, "sample": HOSTILE}) for one in sample.inputs)
        sample = sample.model_copy(update={"inputs": files})
    if field == "filter":
        sample = eb.sample(variants=eb.observed(eb.variant(filters=(HOSTILE,))))
    if field == "label":
        sample = eb.sample(mdm2=(eb.source(eb.segment(None, label=HOSTILE), file=HOSTILE),))
    if field == "qc":
        from mdm2screen.records import QcRecord, Source

        sample = eb.sample(qc=(QcRecord(passed=False, status=HOSTILE, source=Source(file=HOSTILE)),))
    decision = eb.patient(sample, eb.sample("B"))
    if field == "patient":
        decision = decision.model_copy(update={"patient": HOSTILE})
    elements = page(decision)
    assert_sound(elements)
    assert HOSTILE in "".join(elements.texts)


def test_characters_that_turn_the_order_of_reading_are_shown_as_such() -> None:
    text = html.render(eb.patient(eb.sample()).model_copy(update={"patient": "A\u202eB"}))
    assert "\u202e" not in text
    assert "A\\u202eB" in text


@given(st.sampled_from(CHANGES), st.sampled_from(CHANGES), st.booleans())
def test_every_patient_has_a_sound_page(one: dict[str, Any], other: dict[str, Any], at_central: bool) -> None:
    second = (eb.central if at_central else eb.sample)("B", **other)
    assert_sound(page(eb.patient(eb.sample("A", **one), second)))


def pictures(decision: Decision) -> set[str]:
    found = {a["aria-labelledby"] for tag, a in page(decision).found if tag == "svg"}
    return {str(name).partition("-")[0] for name in found}


def test_a_picture_stands_where_there_is_something_to_show() -> None:
    assert pictures(eb.patient(eb.sample(**UNSETTLED))) == {"amplicon", "purity", "tp53"}
    assert pictures(eb.patient(eb.sample())) == {"amplicon", "tp53"}  # corrected: purity changes nothing
    assert pictures(eb.patient(eb.sample(mdm2=()))) == {"tp53"}


def check(tmp_path: Path, *more: str) -> int:
    vcf, cns = vb.vcf(tmp_path / "s.vcf"), vb.amplified_cns(tmp_path / "s.cns")
    return run(["check", str(vcf), "--cn", str(cns), "--build", "GRCh37", *more])


def test_the_command_writes_the_page_beside_its_output(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    assert check(tmp_path, "--html", str(target), "--format", "tsv") == 0
    assert capsys.readouterr().out.startswith("patient\t")
    assert re.search(r"<h1>.*INDETERMINATE", target.read_text())
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_a_page_never_takes_the_place_of_another_kind_of_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert check(tmp_path, "--html", str(tmp_path / "s.vcf")) == 2
    assert "--html s.vcf is no name of a page" in capsys.readouterr().err
    assert (tmp_path / "s.vcf").read_text().startswith("##fileformat")


def test_a_page_that_cannot_be_written_is_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert check(tmp_path, "--html", str(tmp_path / "none" / "p.html")) == 3
    error = capsys.readouterr().err
    assert "cannot be written: No such file or directory" in error
    assert "check --html" in error


def test_confirm_writes_the_page_of_one_patient(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from mdm2screen.reports import json_report

    decisions = [eb.patient(eb.sample(name)).model_copy(update={"patient": name}) for name in ("A", "B")]
    run_file = tmp_path / "run.jsonl"
    run_file.write_text("".join(map(json_report.line, decisions)))
    target = tmp_path / "p.html"
    assert run(["confirm", str(run_file), "--html", str(target)]) == 2
    assert "--html writes one patient" in capsys.readouterr().err
    assert not target.exists()
    assert run(["confirm", str(run_file), "--patient", "B", "--html", str(target)]) == 0
    assert "<title>B: ELIGIBLE (mantra-2)</title>" in target.read_text()


def test_a_card_of_the_first_screen_shows_both_laboratories_once_the_central_one_answered() -> None:
    cards = page(eb.patient(eb.sample(), eb.central(**copies(3)))).text.partition("Pictures")[0]
    assert "MDM2 amplification local MET 20 copies central NOT MET 3 copies" in cards
    assert "TP53 wild-type local MET wild-type central MET wild-type" in cards
    alone = page(eb.patient(eb.sample())).text.partition("Pictures")[0]
    assert "MDM2 amplification MET 20 copies" in alone
    assert "central MET" not in alone


@pytest.mark.parametrize(("copies_", "colour"), [(9, "badge yes"), (3, "badge ")])
def test_what_the_central_laboratory_did_not_confirm_is_not_shown_as_a_yes(copies_: float, colour: str) -> None:
    text = html.render(eb.patient(eb.sample(), eb.central(**copies(copies_))), eb.protocol())
    assert f'<h1><span class="{colour}">ELIGIBLE</span>' in text


def test_every_domain_of_tp53_has_its_name_and_residues_for_those_who_hear_the_picture() -> None:
    text = page(eb.patient(eb.sample())).text
    for domain in ("transactivation 1-44", "DNA binding 102-292", "tetramerisation 325-356", "regulatory 368-387"):
        assert domain in text


@pytest.mark.parametrize(
    ("samples", "why"),
    [
        ((eb.sample(),), "Why: local testing meets every criterion; the protocol has the central laboratory test too"),
        ((eb.sample(**UNSETTLED),), "Why: local testing leaves the patient open, not excluded"),
        ((eb.sample(**MUTATED),), "Why: not eligible on local testing."),
        ((eb.sample(), eb.central(**copies(3))), "Why: the central sample does not meet its criteria: MDM2"),
    ],
)
def test_the_page_says_why_beside_whether_the_patient_goes_to_the_central_laboratory(
    samples: tuple[Any, ...], why: str
) -> None:
    assert why in page(eb.patient(*samples)).text.partition("MDM2 amplification MET")[0]


def test_a_demo_patient_can_be_looked_at(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "p.html"
    assert run(["demo", "--html", str(target)]) == 2
    assert "name one: mdm2screen demo demo-eligible --html" in capsys.readouterr().err
    assert run(["demo", "demo-indeterminate", "--html", str(target)]) == 0
    assert "MDM2 amplification cannot be settled" in target.read_text()
