"""Decisions read back: nothing changed, nothing cut, of a version that is understood."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.cli import run
from mdm2screen.decision import Decision, content_digest
from mdm2screen.errors import InputError
from mdm2screen.readers.decision_file import is_decision_file, read_decisions
from mdm2screen.reports import json_report

ONE = eb.patient(eb.sample(day="2022-05-01"), eb.central())
OTHER = ONE.model_copy(update={"patient": "P2"})
DOCUMENT = json.loads(json_report.render(ONE))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def without_digest(decision: Decision) -> Decision:
    return decision.model_copy(update={"digest": None})


@pytest.mark.parametrize(
    "text",
    [
        json_report.render(ONE) + json_report.render(OTHER),
        json_report.line(ONE) + json_report.line(OTHER),
        f"[{json_report.render(ONE)},{json_report.render(OTHER)}]",
        "\ufeff\n" + json_report.line(ONE) + "\n\n" + json_report.line(OTHER) + "\n",
    ],
    ids=["one after the other", "lines", "list", "byte order mark and blank lines"],
)
def test_one_or_many_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "d.json", text)
    assert is_decision_file(path)
    assert [without_digest(one) for one in read_decisions(path)] == [ONE, OTHER]


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl.gz"
    path.write_bytes(gzip.compress(json_report.line(ONE).encode()))
    assert len(read_decisions(path)) == 1


def test_another_layout_of_the_same_content_is_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "d.json", json.dumps(DOCUMENT, sort_keys=True))
    assert without_digest(read_decisions(path)[0]) == ONE


def sorted_keys(document: Any, **options: Any) -> str:
    return json.dumps(document, sort_keys=True, **options)


def whole_floats_as_integers(node: Any) -> Any:
    """What a JSON tool makes of 20.0 that knows one kind of number."""
    if isinstance(node, dict):
        return {key: whole_floats_as_integers(value) for key, value in node.items()}
    if isinstance(node, list):
        return [whole_floats_as_integers(value) for value in node]
    return int(node) if isinstance(node, float) and node.is_integer() else node


@pytest.mark.parametrize("options", [{}, {"indent": 4}, {"separators": (",", ":")}])
def test_sorted_keys_are_recognised(tmp_path: Path, options: dict[str, Any]) -> None:
    for text in (sorted_keys(DOCUMENT, **options), sorted_keys([DOCUMENT], **options)):
        path = written(tmp_path / "d.json", text)
        assert is_decision_file(path)
        assert without_digest(read_decisions(path)[0]) == ONE


def test_whole_numbers_are_the_same_with_and_without_a_point(tmp_path: Path) -> None:
    text = json.dumps(whole_floats_as_integers(DOCUMENT))
    assert '"copies": 20.0' in json.dumps(DOCUMENT)
    assert '"copies": 20,' in text
    assert without_digest(read_decisions(written(tmp_path / "d.json", text))[0]) == ONE


def test_another_number_is_another_content(tmp_path: Path) -> None:
    text = json.dumps(DOCUMENT).replace('"copies": 20.0', '"copies": 20.5')
    with pytest.raises(InputError, match="its digest differs"):
        read_decisions(written(tmp_path / "d.json", text))


def test_a_boolean_is_no_number() -> None:
    assert len({content_digest({"a": one}) for one in (True, 1, "1", 1.5)}) == 4


@pytest.mark.parametrize("roles", [(), ("central",), ("central", "central")])
@pytest.mark.parametrize("command", ["request", "confirm", "compare", "concordance"])
def test_a_decision_without_a_local_sample_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, roles: tuple[str, ...], command: str
) -> None:
    samples = [one | {"role": role} for one, role in zip(DOCUMENT["samples"], roles, strict=False)]
    document = DOCUMENT | {"samples": samples}
    path = written(tmp_path / "d.json", json.dumps(document | {"digest": content_digest(document)}))
    more = {"confirm": [str(path)], "compare": ["mantra-2"]}.get(command, [])
    assert run([command, str(path), *more]) == 3
    error = capsys.readouterr().err
    assert "d.json line 1: holds no local sample" in error
    assert "mdm2screen check" in error


@pytest.mark.parametrize("change", [{"patient": "P\ud800"}, {"headline": "\udfff"}, {"P\ud800": 1}])
def test_half_a_character_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, change: dict[str, Any]
) -> None:
    document = DOCUMENT | change
    path = written(tmp_path / "d.json", json.dumps(document | {"digest": content_digest(document)}))
    assert run(["request", str(path)]) == 3
    assert "d.json line 1: holds half a character" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "message", "code"),
    [
        ({"eligibility": "NOT_ELIGIBLE"}, "its digest differs", "input.digest"),
        ({"digest": None}, "its digest differs", "input.digest"),
        ({"digest": "0" * 64}, "its digest differs", "input.digest"),
        ({"schema_version": "1.0"}, "schema version 1.0 kept no evidence", "input.schema_version"),
        (
            {"schema_version": "1.7"},
            "1.7 is not known; this mdm2screen reads 1.1",
            "input.schema_version",
        ),
        ({"eligibility": "MAYBE"}, "does not fit the schema: eligibility: ", "input.malformed"),
        ({"surprise": 1}, "does not fit the schema: surprise: ", "input.malformed"),
    ],
)
def test_a_changed_file_is_refused_with_its_reason(
    tmp_path: Path, change: dict[str, Any], message: str, code: str
) -> None:
    path = written(tmp_path / "d.json", json.dumps(DOCUMENT | change))
    with pytest.raises(InputError, match=message) as caught:
        read_decisions(path)
    assert (caught.value.code, caught.value.exit_code) == (code, 3)
    assert caught.value.where == "d.json line 1"
    assert caught.value.remedy is not None
    assert "mdm2screen check" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "holds no decision"),
        ('{"a": 1}', "is no decision of mdm2screen"),
        ("[1]", "is no decision of mdm2screen"),
        ("plain words", "is not JSON, or was cut"),
        (json_report.render(ONE)[:-40], "is not JSON, or was cut"),
        ('{"schema_version": NaN}', "NaN is no number"),
        ("[" * 100_000, "is not JSON, or was cut"),
    ],
)
def test_what_is_no_decision_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_decisions(written(tmp_path / "d.json", text))


def test_the_line_of_a_broken_decision_is_named(tmp_path: Path) -> None:
    text = json_report.line(ONE) + json_report.line(OTHER)[:-30]
    with pytest.raises(InputError, match="is not JSON") as caught:
        read_decisions(written(tmp_path / "run.jsonl", text))
    assert caught.value.where == "run.jsonl line 2"


def test_other_json_is_no_decision_file(tmp_path: Path) -> None:
    assert not is_decision_file(written(tmp_path / "t.json", '{"report": {"schema_version": "1.4"}}'))
    assert not is_decision_file(written(tmp_path / "t.vcf", "##fileformat=VCFv4.2\n"))


@given(st.dictionaries(st.text(max_size=3), st.none() | st.booleans() | st.floats(allow_nan=False) | st.text()))
def test_the_digest_does_not_depend_on_the_order_of_keys(document: dict[str, Any]) -> None:
    turned = dict(reversed(document.items()))
    assert content_digest(document) == content_digest(turned) == content_digest(turned | {"digest": "x"})


def test_results_given_to_check_are_told_where_they_belong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "local.json"
    path.write_text(json_report.render(eb.patient(eb.sample())))
    assert run(["check", str(path)]) == 3
    assert "it holds results of mdm2screen: pass it to confirm, request, compare" in capsys.readouterr().err
