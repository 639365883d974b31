"""XML and JSON before any vendor's meaning: safety, places, completeness."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen.errors import InputError, MalformedFileError, TruncatedFileError
from mdm2screen.readers import json_tree, xml_tree
from mdm2screen.readers.source_file import SourceFile

ENTITY = '<!DOCTYPE r [<!ENTITY a "x">]>'
OUTSIDE = '<!DOCTYPE r SYSTEM "file:///etc/hostname">'
BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def source(folder: Path, text: str | bytes) -> SourceFile:
    path = folder / "report"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return SourceFile(path)


@pytest.mark.parametrize("declaration", [ENTITY, OUTSIDE, BOMB, "<!DOCTYPE r>"])
def test_a_document_type_is_refused(declaration: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match="report line 2: the XML declares a document type"):
        xml_tree.parse(source(tmp_path, f'<?xml version="1.0"?>\n{declaration}<r>&a;</r>'))


def test_elements_know_their_line_and_lose_their_namespace(tmp_path: Path) -> None:
    text = '<x:r xmlns:x="urn:made" x:kind=" a ">\n <x:part n="1">one</x:part>\n <part n="2">&lt;two&gt;</part>\n</x:r>'
    root = xml_tree.parse(source(tmp_path, text))
    assert (root.name, root.get("kind"), root.get("absent")) == ("r", "a", "")
    assert [(e.line, e.get("n"), e.text) for e in root.named("part")] == [(2, "1", "one"), (3, "2", "<two>")]
    assert [element.name for element in root.walk()] == ["r", "part", "part"]


@pytest.mark.parametrize("text", ["<r><a>", "<r><a></a>", "<r", "", "<r><![CDATA[x"])
def test_xml_that_ends_early_is_cut(text: str, tmp_path: Path) -> None:
    if not text:
        text = "<?xml version='1.0'?>\n"
    with pytest.raises(TruncatedFileError, match="the XML ends before its end"):
        xml_tree.parse(source(tmp_path, text))


def test_xml_that_is_not_sound_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match=r"report line 2: is no sound XML \(mismatched tag\)"):
        xml_tree.parse(source(tmp_path, "<r>\n<a></b></r>"))


def test_xml_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><r n="\u00e9"/>'.encode("latin-1")
    assert xml_tree.parse(source(tmp_path, text)).get("n") == "\u00e9"


def test_xml_in_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match="report"):
        xml_tree.parse(source(tmp_path, '<?xml version="1.0" encoding="made-up"?><r/>'))


@pytest.mark.parametrize("text", ['{"a": [1, 2', '{"a": "b', '{"a"', "{", '{"a": 1,\n'])
def test_json_that_ends_early_is_cut(text: str, tmp_path: Path) -> None:
    with pytest.raises(TruncatedFileError, match="the JSON ends before its end"):
        json_tree.parse(source(tmp_path, text))


def test_json_that_is_not_sound_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match="report line 2: is no sound JSON"):
        json_tree.parse(source(tmp_path, '{"a": 1\n "b": 2}'))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1, "b": {"copyNumber": 2, "copyNumber": 14}}', "an object of the JSON holds copyNumber twice"),
        ("[]", "the JSON holds no object at its top"),
        (b'{"a": "\xff"}', "the JSON cannot be read"),
        ("[" * 200000, "the JSON (cannot be read|ends before its end)"),
        ('{"a": ' + "9" * 5000 + "}", "the JSON cannot be read"),
    ],
)
def test_json_that_cannot_be_trusted_is_refused(text: str | bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        json_tree.parse(source(tmp_path, text))


def test_a_number_that_is_none_becomes_no_number(tmp_path: Path) -> None:
    assert json_tree.parse(source(tmp_path, '{"a": NaN, "b": -Infinity}')) == {"a": None, "b": None}


def test_objects_are_walked_in_order_with_their_paths() -> None:
    value = {"a": [{"b": 1}, {"c": {"d": [[{"e": 2}]]}}], "f": {}}
    paths = [path for path, _ in json_tree.walk(value)]
    assert paths == ["", "a[0]", "a[1]", "a[1].c", "a[1].c.d[0][0]", "f"]


@given(st.recursive(st.none() | st.booleans() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)))
def test_every_object_is_walked_once(value: object) -> None:
    def count(one: object) -> int:
        if isinstance(one, dict):
            return 1 + sum(map(count, one.values()))
        return sum(map(count, one)) if isinstance(one, list) else 0

    assert len(list(json_tree.walk(value))) == count(value)


@pytest.mark.parametrize(
    ("value", "expected"), [(5, "5"), (1.5, "1.5"), (" x ", "x"), (None, ""), (True, ""), ([1], ""), ("", "")]
)
def test_text_of_a_field(value: object, expected: str) -> None:
    assert json_tree.text({"a": value}, "a") == expected
    assert json_tree.text({"a": value, "b": "second"}, "a", "b") == (expected or "second")
