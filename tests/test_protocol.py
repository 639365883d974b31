"""Protocols as data: what is accepted, what is refused, and that all faults are shown together."""

import re

import pytest

from mdm2screen.errors import ProtocolError
from mdm2screen.protocol import is_changed_copy, load_shipped, parse, shipped, shipped_text
from mdm2screen.rules import RULES

GOOD = shipped_text("mantra-2")
FIRST = shipped_text("mantra-2", "2022-06")


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(ProtocolError) as error:
        parse(text, "mine.toml")
    assert error.value.exit_code == 4
    assert all(fault in str(error.value) for fault in error.value.faults)
    return error.value.faults


@pytest.mark.parametrize("identifier", shipped())
def test_every_shipped_protocol_is_valid_and_named_as_its_file(identifier: str) -> None:
    assert load_shipped(identifier).id == identifier


def test_mantra_2_as_published() -> None:
    trial = load_shipped("mantra-2")
    assert trial.status == "terminated"
    local, central = trial.local[0].model_dump(), trial.central[0].model_dump()
    assert (local["copies_min"]["value"], local["fold_min"]["value"]) == (12, 6)
    assert (central["copies_min"]["value"], central["fold_min"]) == (8, None)
    assert [rule.criterion for rule in trial.local] == ["mdm2_amplification", "tp53_wild_type", "tumor_type"]
    assert trial.local[1].model_dump()["vaf_floor"]["value"] == "unknown"


def test_every_number_has_a_unit_and_a_source() -> None:
    numbers = re.findall(r"\{ (?:value|low) = .*\}", GOOD)
    assert len(numbers) >= 12
    assert all('unit = "' in number and 'source = "' in number for number in numbers)


def test_the_digest_is_of_the_content_and_not_of_line_ends() -> None:
    assert parse(GOOD, "a").digest == parse(GOOD.replace("\n", "\r\n"), "b").digest
    assert parse(GOOD, "a").digest != parse(GOOD.replace("value = 12", "value = 11", 1), "a").digest


def test_an_unknown_key_anywhere_is_refused() -> None:
    assert faults(GOOD.replace('status = "', 'statos = "x"\nstatus = "', 1)) == (
        "statos: unknown key; did you mean status",
    )
    found = faults(GOOD.replace("near_miss", "near_mis", 1))
    assert found == (
        "local 1 (mdm2_amplification): near_miss: Field required",
        "local 1 (mdm2_amplification): near_mis: unknown key; did you mean near_miss",
    )


def test_a_misspelt_rule_is_refused_with_the_nearest() -> None:
    found = faults(GOOD.replace('rule = "mdm2_amplification"', 'rule = "mdm2_amplificaton"', 1))
    assert found == ("local 1 (mdm2_amplificaton): no such rule; did you mean mdm2_amplification",)
    (found_far,) = faults(GOOD.replace('rule = "tumor_type"', 'rule = "age"', 1))
    assert all(rule in found_far for rule in RULES)


def test_no_criteria_are_refused() -> None:
    without = re.sub(r"\[\[(local|central).*?(?=\[\[verify)", "", FIRST, flags=re.DOTALL)
    assert faults(without) == ("local: Field required",)
    assert faults("local = []\n" + without) == ("local: Tuple should have at least 1 item after validation, not 0",)
    assert faults("local = 3\n" + without) == ("local: must be a list of [[local]] tables",)


def test_all_faults_are_shown_together() -> None:
    text = GOOD.replace("value = 12", "value = -12", 1).replace('strictness = "patho', 'strictness = "path', 1)
    text = text.replace('code = "INTS"', 'code = "INTZ"', 1).replace('status = "terminated"', 'status = "over"', 1)
    found = faults(text)
    assert len(found) >= 4
    for words in ("copies_min", "strictness", "'INTZ' is no OncoTree code", "status: Input should be"):
        assert any(words in fault for fault in found)


def test_a_rule_without_any_threshold_is_refused() -> None:
    text = re.sub(r"(copies_min|fold_min) = .*\n", "", GOOD, count=2)
    assert faults(text) == ("local 1 (mdm2_amplification): needs copies_min or fold_min",)


def test_a_criterion_twice_is_refused() -> None:
    (fault,) = faults(FIRST + '\n[[local]]\nrule = "tumor_type"\n')
    assert "criterion stands twice: tumor_type" in fault


@pytest.mark.parametrize("value", ["nan", "inf", "-1", '"unknwon"'])
def test_a_threshold_that_is_no_number_is_refused(value: str) -> None:
    assert any("copies_min" in fault for fault in faults(GOOD.replace("value = 12", f"value = {value}", 1)))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("low = 0.2, high = 1.0", "low = 20, high = 100", "60 percent is written 0.6"),
        ("low = 0.2, high = 1.0", 'low = "0.2", high = 1.0', "should be a valid number"),
        ("min_covered_fraction = { value = 0.5", "min_covered_fraction = { value = 50", "from 0 to 1"),
        ('vaf_floor = { value = "unknown"', "vaf_floor = { value = 5", "from 0 to 1"),
        ("value = 12", 'value = "12"', "must be a number from 0 to 1000"),
        ("value = 12", "value = true", "must be a number from 0 to 1000"),
        ('id = "mantra-2"', 'id = "mantra-2"\ndigest = "0"', "digest: unknown key"),
        ('rule = "tumor_type"', 'rule = ["tumor_type"]', "no such rule"),
    ],
)
def test_percentages_texts_and_nonsense_are_refused(old: str, new: str, words: str) -> None:
    (fault,) = faults(GOOD.replace(old, new, 1))
    assert words in fault


def test_a_changed_copy_is_known_until_it_has_a_name_of_its_own() -> None:
    changed = GOOD.replace("value = 12", "value = 8", 1)
    assert not is_changed_copy(parse(GOOD, "a"))
    assert is_changed_copy(parse(changed, "a"))
    assert not is_changed_copy(parse(changed.replace('id = "mantra-2"', 'id = "mine"'), "a"))
    assert not is_changed_copy(parse(changed.replace('version = "2022-10"', 'version = "mine"'), "a"))
    assert is_changed_copy(parse(changed, "a", version="2022-06"))
    # one version alone, as "protocols show mantra-2@2022-06" prints it, says the same
    assert not is_changed_copy(parse(FIRST, "a"))


def test_a_range_the_wrong_way_round_is_refused() -> None:
    (fault,) = faults(GOOD.replace("low = 0.2, high = 1.0", "low = 1.0, high = 0.2", 1))
    assert "low must be above zero and not above high" in fault


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(ProtocolError, match=r"mine\.toml: is not TOML"):
        parse("copies >= 12", "mine.toml")
