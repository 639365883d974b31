"""The page of a run in a real browser: it sorts, filters, prints, and shows text as text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import run_builder as rb
import vcf_builder as vb
from browser.checks import assert_fits, assert_readable, assert_sound
from browser.chromium import Page
from mdm2screen.decision import Decision
from mdm2screen.protocol_file import load_protocol
from mdm2screen.reports.html import run_page
from mdm2screen.run_result import Failure, RunSummary
from mdm2screen.runs.batch import run_batch

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(2)>',
    "' autofocus onfocus=alert(3) x='",
    "{{ 7 * 7 }}<b>",
)
ENTER, TAB = "\ue007", "\ue004"
FIRST, COPIES = "#patients tbody th", "#patients tbody td:nth-child(5)"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of known and unknown copies, with a mutated TP53, two failures, and names that hold HTML."""
    folder = tmp_path_factory.mktemp("run")
    pure = {"purity": "0.9", "ploidy": "2"}
    rows = [
        rb.patient_files(folder, "P10", "3.5") | pure,
        rb.patient_files(folder, "P9", "0.1") | pure,
        rb.patient_files(folder, "P2", "4.6", vb.record("17", *vb.R175H["GRCh37"])) | pure,
        rb.patient_files(folder, "P1", "1.0"),
        {key: value for key, value in rb.patient_files(folder, "P3").items() if key != "cn"},
        rb.patient_files(folder, "P4") | {"vcf": "lost.vcf"},
    ]
    rows += [rb.patient_files(folder, f"H{n}") | {"patient": name} for n, name in enumerate(HOSTILE)]
    sheet = rb.sheet(folder / "<img src=x onerror=alert(4)>.csv", rows)
    run_batch(sheet, folder / "out", with_executor="serial")
    return folder / "out"


@pytest.fixture
def run(page: Page, out: Path) -> Page:
    return page.open(out / "report.html")


def decided(out: Path) -> Iterator[Decision]:
    for line in (out / "decisions.jsonl").read_text().splitlines():
        yield Decision.model_validate_json(line)


def test_the_page_is_whole_and_named_and_asks_for_nothing(run: Page) -> None:
    assert_sound(run)
    assert run.texts("h1") == ["7 of 10 patients to the central laboratory"]
    assert len(run.texts(FIRST)) == 9
    assert run.texts("table.failed tbody td")[:2] == ["lost.vcf", "input.access"]


def test_it_can_be_read_by_day_by_night_on_paper_and_on_a_narrow_screen(run: Page) -> None:
    assert_readable(run)
    run.emulate(dark=True)
    assert run.run("return getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
    assert_fits(run)


def header(page: Page, words: str) -> None:
    for button in page.driver.find_elements("css selector", "#patients thead button"):
        if button.text.strip().startswith(words):
            button.click()


def test_copies_are_sorted_as_numbers_and_what_is_missing_is_last_both_ways(run: Page) -> None:
    header(run, "Copies")
    rising = run.texts(COPIES)
    assert rising[-1] == "no number"
    numbers = [float(text.split(" ")[0]) for text in rising[:-1]]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 2
    assert run.run("return document.querySelector('th[aria-sort]').getAttribute('aria-sort')") == "ascending"
    header(run, "Copies")
    falling = run.texts(COPIES)
    assert falling[-1] == "no number"
    assert [float(text.split(" ")[0]) for text in falling[:-1]] == sorted(numbers, reverse=True)


def test_names_are_sorted_as_people_count(run: Page) -> None:
    header(run, "Patient")
    assert [name for name in run.texts(FIRST) if name.startswith("P")] == ["P1", "P2", "P3", "P9", "P10"]


def test_a_person_without_a_mouse_sorts_and_filters(run: Page) -> None:
    run.run("document.querySelector('form.controls button').focus()")
    run.press(TAB, TAB)  # over the part that scrolls to the first header
    assert run.focused().startswith("Patient")
    run.press(ENTER)
    assert run.run("return document.querySelector('th[aria-sort]').innerText").strip().startswith("Patient")
    run.press(TAB, ENTER)
    assert run.run("return document.querySelectorAll('th[aria-sort]').length") == 1
    assert run.run("return document.querySelector('th[aria-sort]').innerText").strip().startswith("Molecular")
    run.find("input[type=search]").click()
    run.press(*"r175h")
    assert run.texts("#shown") == ["0 of 9 patients shown"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [("p1", ["P10", "P1"]), ("P10", ["P10"]), ("arg175his", ["P2"]), ("purity unknown p1", ["P1"]), ("nobody", [])],
)
def test_search_looks_at_all_words_of_a_row(run: Page, asked: str, left: list[str]) -> None:
    run.find("input[type=search]").send_keys(asked)
    assert run.texts(FIRST) == left
    assert run.texts("#shown") == [f"{len(left)} of 9 patients shown"]


def test_a_choice_is_an_answer_and_no_part_of_one(run: Page) -> None:
    choices = {label.split("\n")[0]: number for number, label in enumerate(run.texts("form.controls label")[1:])}
    assert list(choices) == ["Molecular", "Eligibility", "MDM2", "TP53", "Central laboratory"]

    def choose(name: str, value: str) -> list[str]:
        from selenium.webdriver.support.ui import Select

        Select(run.driver.find_elements("css selector", "form.controls select")[choices[name]]).select_by_value(value)
        return run.texts(FIRST)

    assert choose("MDM2", "MET") == ["P10", "P2", *HOSTILE]
    assert choose("TP53", "NOT_MET") == ["P2"]
    run.find("form.controls button").click()
    assert len(run.texts(FIRST)) == 9
    assert run.texts("#shown") == ["9 of 9 patients shown"]
    assert choose("Eligibility", "ELIGIBLE") == ["P10", *HOSTILE]


def test_what_was_filtered_away_is_printed_and_the_controls_are_not(run: Page) -> None:
    run.find("input[type=search]").send_keys("P10")
    assert len(run.texts(FIRST)) == 1
    run.emulate(media="print")
    assert len(run.texts(FIRST)) == 9
    assert run.texts("form.controls") == run.texts("#shown") == []
    assert run.run("return getComputedStyle(document.querySelector('#patients button'), '::after').content") == "none"
    run.emulate()
    assert re.match(rb"%PDF-1\.[0-9]", run.pdf())


def test_without_script_the_table_is_whole_and_nothing_is_there_that_does_nothing(page: Page, out: Path) -> None:
    page.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.open(out / "report.html")
        assert len(page.driver.find_elements("css selector", FIRST)) == 9
        assert not page.find("form.controls").is_displayed()
        assert page.driver.find_elements("css selector", "#patients button") == []
    finally:
        page.command("Emulation.setScriptExecutionDisabled", value=False)


def test_the_link_of_a_patient_leads_to_the_page_and_back(run: Page) -> None:
    for name in ("P1", HOSTILE[0]):
        (link,) = [one for one in run.driver.find_elements("css selector", f"{FIRST} a") if one.text == name]
        link.click()
        assert run.texts("header strong") == [name]
        assert_sound(run)
        (back,) = [one for one in run.driver.find_elements("css selector", "header a") if "All patients" in one.text]
        back.click()
        assert run.driver.current_url.endswith("/out/report.html")


def test_names_and_messages_that_hold_html_are_text(page: Page, out: Path, tmp_path: Path) -> None:
    summary = RunSummary.model_validate_json((out / "run.json").read_text())
    bad = "</script><script>alert(5)</script><img src=x onerror=alert(6)>"
    failure = Failure(patient=bad, file=bad, code="input.malformed", message=bad, remedy=bad)
    summary = summary.model_copy(update={"failures": (failure,), "warnings": (bad,)})
    protocol = load_protocol("mantra-2")
    made = run_page.render(summary, protocol, decided(out), plot=None, link=lambda _: None)
    (tmp_path / "page.html").write_text("".join(made))
    for path in (out / "report.html", tmp_path / "page.html"):
        page.open(path)
        assert page.run("return document.querySelectorAll('img, [onerror], [onload], [onfocus], b').length") == 0
        assert page.run("return document.scripts.length") == 1
        assert [name for name in page.texts(FIRST) if name in HOSTILE] == list(HOSTILE)
        assert "<img src=x onerror=alert(4)>.csv" in page.texts("header strong")
        assert page.messages() == []  # nor did the policy have to stop anything
    assert page.texts("table.failed tbody th") == [bad]
    assert page.texts("table.failed tbody td") == [bad, "input.malformed", bad, bad]


def test_the_policy_runs_the_script_of_the_page_and_no_other(run: Page) -> None:
    run.run(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
        "const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i);"
    )
    assert run.run("return window.ran === undefined") is True
    assert all("Content Security Policy" in message for message in run.messages())


def test_a_thousand_patients_sort_and_filter_at_once(page: Page, out: Path, tmp_path: Path) -> None:
    some = list(decided(out))
    many = (some[n % len(some)].model_copy(update={"patient": f"P{n}"}) for n in range(1000))
    summary = RunSummary.model_validate_json((out / "run.json").read_text())
    made = run_page.render(summary, load_protocol("mantra-2"), many, plot=None, link=lambda _: "patients/x.html")
    (tmp_path / "many.html").write_text("".join(made))
    assert (tmp_path / "many.html").stat().st_size < 2_000_000
    page.open(tmp_path / "many.html")
    spent = page.run(
        "const begin = performance.now();"
        "document.querySelectorAll('#patients thead button')[4].click();"
        "const search = document.querySelector('input[type=search]'); search.value = 'P99';"
        "search.dispatchEvent(new Event('input', {bubbles: true})); document.body.getBoundingClientRect();"
        "return performance.now() - begin;"
    )
    assert page.texts("#shown") == ["11 of 1000 patients shown"]
    assert spent < 2000  # milliseconds: a person does not wait
