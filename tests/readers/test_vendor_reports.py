"""What holds for every vendor's report: one reader claims it, and silence is no answer."""

import contextlib
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vendor_files import REPORTS, VENDOR, made, of, one, read_made, read_text

from mdm2screen import screen
from mdm2screen.errors import FileAccessError, InputError, TruncatedFileError, UnknownFormatError
from mdm2screen.readers import READERS, _module, formats
from mdm2screen.readers.contract import Head
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent
from mdm2screen.results import Status

ALL_REPORTS = pytest.mark.parametrize("name", REPORTS)
WITH_COPIES = [name for name in REPORTS if "SNV" not in name]
NEW_FORMATS = sorted({name for name in REPORTS.values() if name != "vcf"})


def content_alone(content: FileContent) -> tuple[object, ...]:
    """What the content says, without the file it stands in."""
    blank = {"source": None}
    return (
        [s.model_copy(update=blank) for s in content.segments],
        [v.model_copy(update={**blank, "line": ""}) for v in content.variants],
        [v.model_copy(update=blank) for v in content.reported],
        [p.model_copy(update=blank) for p in content.purities],
        content.file.records,
        content.file.sample,
        content.file.build,
        content.copy_number,
    )


def test_every_made_report_is_expected() -> None:
    assert {path.name for path in VENDOR.iterdir()} - {"README.md"} == REPORTS.keys()


@ALL_REPORTS
def test_a_report_is_claimed_by_one_reader(name: str) -> None:
    head = Head(name, SourceFile(VENDOR / name).head())
    assert [r.FORMAT.name for r in map(_module, READERS) if r.sniff(head)] == [REPORTS[name]]


@ALL_REPORTS
def test_no_report_proves_wild_type_by_its_silence(name: str) -> None:
    """Even with an assay declared: a list of findings is no list of all variants."""
    content = read_made(name)
    assert not content.small_variants
    decision = screen(VENDOR / name, assay="wes", diagnosis="BLCA")
    (call,) = (call for call in decision.calls if call.criterion == "tp53_wild_type")
    assert call.status is not Status.MET


@ALL_REPORTS
def test_every_record_over_the_genes_is_accounted_for(name: str) -> None:
    content = read_made(name)
    records = content.file.records
    kept = {str(one.source) for one in content.segments} | {str(one.source) for one in content.variants}
    kept |= {str(one.source) for one in content.reported}
    assert records.used == len(kept) > 0
    assert records.used + sum(records.dropped.values()) == records.in_windows
    assert content.copy_number == (name in WITH_COPIES)


@pytest.mark.parametrize("name", [name for name in WITH_COPIES if REPORTS[name] != "vcf"])
def test_a_report_without_mdm2_is_silent_and_says_what_silence_means(name: str) -> None:
    without = re.sub(r"\bMDM2\b", "MDM4", made(name))
    content = read_text(without, name=name)
    assert of(content, "MDM2") == []
    assert content.copy_number
    assert content.silence == next(f.silence for f in formats() if f.name == REPORTS[name])


@pytest.mark.parametrize("name", [name for name in WITH_COPIES if REPORTS[name] != "vcf"])
def test_silence_leaves_mdm2_indeterminate(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(re.sub(r"\bMDM2\b", "MDM4", made(name)))
    decision = screen(tmp_path / name)
    (call,) = (call for call in decision.calls if call.criterion == "mdm2_amplification")
    assert call.status is Status.INDETERMINATE
    assert [reason.code for reason in call.reasons] == ["M005"]


@ALL_REPORTS
@pytest.mark.parametrize("dress", ["windows", "bom", "gzip"])
def test_line_ends_byte_order_mark_and_packing_change_nothing(name: str, dress: str) -> None:
    text = made(name).encode()
    dressed = {
        "windows": text.replace(b"\n", b"\r\n"),
        "bom": b"\xef\xbb\xbf" + text,
        "gzip": gzip.compress(text),
    }[dress]
    assert content_alone(read_text(dressed, name=name)) == content_alone(read_made(name))


@ALL_REPORTS
def test_a_packed_report_cut_short_is_an_error(name: str) -> None:
    with pytest.raises(TruncatedFileError):
        read_text(gzip.compress(made(name).encode())[:-6], name=name)


@pytest.mark.parametrize("name", [name for name in REPORTS if name.endswith((".xml", ".json"))])
def test_a_report_cut_short_anywhere_is_an_error_of_input(name: str) -> None:
    text = made(name)
    for part in range(1, 10):
        with pytest.raises(InputError):
            read_text(text[: len(text) * part // 10], name=name)


def test_a_workbook_is_refused_with_what_to_do() -> None:
    with pytest.raises(FileAccessError) as error:
        read_text(b"PK\x03\x04rest of a workbook", name="guardant.xlsx")
    assert error.value.remedy == "export the sheet as tab-separated text, or unzip it first"


def test_other_xml_and_json_are_not_recognised() -> None:
    for text in ("<?xml version='1.0'?><report/>", '{"report": {}}', "[1, 2]"):
        with pytest.raises(UnknownFormatError):
            read_text(text)


@pytest.mark.parametrize("name", NEW_FORMATS)
def test_each_format_says_what_it_answers_and_what_it_does_not(name: str) -> None:
    (format_,) = (one for one in formats() if one.name == name)
    assert "MDM2" in format_.answers
    assert format_.cannot
    assert format_.silence
    assert format_.documented.startswith("https://")


def test_json_on_one_long_line_is_recognised() -> None:
    """Longer than a field of a comma-separated table may be."""
    report = json.loads(made("TUMOR_1.tempus.json")) | {"padding": "x" * 200_000}
    assert one(read_text(json.dumps(report))).value == 16
    with pytest.raises(UnknownFormatError):
        read_text("x" * 200_000)


JSON_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8), st.just([]), st.just({}),
    st.just(["MDM2"]), st.just({"gene": "TP53"}), st.just("TP53"), st.just("MDM2"),
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in REPORTS if name.endswith(".json")])
@given(data=st.data())
def test_json_of_any_shape_is_read_or_refused_but_breaks_nothing(name: str, data: st.DataObject) -> None:
    report = json.loads(made(name))
    places: list[tuple[Any, Any]] = []
    waiting: list[Any] = [report]
    while waiting:
        box = waiting.pop()
        keys = list(box) if isinstance(box, dict) else range(len(box))
        places += [(box, key) for key in keys]
        waiting += [box[key] for key in keys if isinstance(box[key], dict | list)]
    box, key = places[data.draw(st.integers(0, len(places) - 1))]
    box[key] = data.draw(JSON_VALUES)
    with contextlib.suppress(InputError):
        read_text(json.dumps(report))


@pytest.mark.parametrize("name", [name for name in REPORTS if not name.endswith((".json", ".vcf"))])
@given(data=st.data())
def test_text_of_any_content_is_read_or_refused_but_breaks_nothing(name: str, data: st.DataObject) -> None:
    text = made(name)
    words = [match.span() for match in re.finditer(r"[^\s<>\"]+", text)]
    start, end = words[data.draw(st.integers(0, len(words) - 1))]
    instead = data.draw(st.sampled_from(["", "NA", "-1", "1e400", "TP53", "MDM2", "x", "0", "\t", "\n", "9" * 30, "<"]))
    with contextlib.suppress(InputError):
        read_text(text[:start] + instead + text[end:], name=name)
