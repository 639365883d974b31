"""CDKN2A in a VCF: records of copy number alone, whatever the packing, and only where a protocol asks for it."""

from pathlib import Path

import pytest
from test_vcf_locate import example, found_lines

import vcf_builder as vb
from made_vcfs import bcf_of, indexed
from mdm2screen.decision import Decision
from mdm2screen.genes import CDKN2A, GENES
from mdm2screen.protocol import shipped_text
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_locate import locate
from mdm2screen.readers.vcf_located import Located
from mdm2screen.records import InputFile
from mdm2screen.results import Status
from mdm2screen.screening import screen

ASKED = (*GENES, CDKN2A)
DECLARED = (
    "##contig=<ID=9>",
    '##ALT=<ID=DEL,Description="Deletion">',
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">',
    '##FORMAT=<ID=CN,Number=1,Type=Float,Description="Copies">',
    '##FORMAT=<ID=PR,Number=R,Type=Integer,Description="Pairs">',
)


def cn(start: int, end: int, copies: str, alt: str = "<DEL>") -> str:
    return vb.record("9", start, "N", alt, info=f"END={end}", format_="GT:CN", samples=(f"0/1:{copies}",))


OVER = cn(21_960_000, 21_980_000, "0.2")
NEUTRAL = cn(21_000_000, 22_900_000, "2", alt=".")
BESIDE = cn(22_000_000, 22_100_000, "0")
SMALL = vb.record("9", 21_971_000, "C", "T")
LABEL = vb.record("9", 21_965_000, "N", "<DEL>", info="END=21978000", format_="GT", samples=("1/1",))
JUNCTION = vb.record("9", 21_965_000, "N", "<DEL>", info="END=21978000", format_="GT:PR", samples=("0/1:9,9",))


def text_with(*records: str) -> str:
    lines = example(header=DECLARED).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("12\t"))
    return "".join(f"{line}\n" for line in [*lines[:at], *records, *lines[at:]])


def located(path: Path, *, asked: bool = True) -> Located:
    return locate(SourceFile(path), ASKED if asked else GENES)


def on_9(found: Located) -> list[str]:
    return [line for line in found_lines(found) if line.startswith("9\t")]


def test_every_way_finds_the_same_records(tmp_path: Path) -> None:
    text = text_with(NEUTRAL, OVER, LABEL, SMALL, BESIDE)
    plain = tmp_path / "t.vcf"
    plain.write_text(text)
    assert on_9(located(plain)) == [NEUTRAL, OVER, LABEL]
    packed = vb.bgzf(tmp_path / "t.vcf.gz", text.encode())
    indexed(packed)
    by_index = located(packed)
    assert by_index.way == "by index t.vcf.gz.tbi"
    assert found_lines(by_index) == found_lines(located(plain))
    decoded = on_9(located(bcf_of(text, tmp_path)))
    assert [line.split("\t")[1] for line in decoded] == [line.split("\t")[1] for line in (NEUTRAL, OVER, LABEL)]


def test_unasked_no_line_of_chromosome_9_is_found(tmp_path: Path) -> None:
    text = text_with(NEUTRAL, OVER, LABEL, SMALL, BESIDE)
    packed = vb.bgzf(tmp_path / "t.vcf.gz", text.encode())
    assert on_9(located(packed, asked=False)) == []
    assert found_lines(located(packed, asked=False)) == [
        line for line in found_lines(located(packed)) if line not in (NEUTRAL, OVER, LABEL)
    ]


def screened(tmp_path: Path, *records: str, name: str = "half") -> tuple[Decision, InputFile]:
    trial = tmp_path / "half.toml"
    text = shipped_text("mantra-4").replace('copies_max = { value = "unknown"', "copies_max = { value = 0.5")
    trial.write_text(text.replace('id = "mantra-4"', 'id = "half"'))
    path = tmp_path / "t.vcf"
    path.write_text(text_with(*records))
    decision = screen(path, protocol=trial if name == "half" else name, assay="wgs", purity=1, ploidy=2)
    return decision, decision.inputs[0]


@pytest.mark.parametrize(
    ("records", "status", "code"),
    [
        ((OVER,), Status.MET, "G001"),
        ((NEUTRAL,), Status.NOT_MET, "G002"),
        ((NEUTRAL, OVER), Status.INDETERMINATE, "G004"),
        ((LABEL,), Status.INDETERMINATE, "G008"),
        ((BESIDE,), Status.INDETERMINATE, "G005"),
        ((SMALL,), Status.INDETERMINATE, "G005"),
    ],
)
def test_the_answer(tmp_path: Path, records: tuple[str, ...], status: Status, code: str) -> None:
    decision, _ = screened(tmp_path, *records)
    call = decision.calls[0]
    assert (call.criterion, call.status, call.reasons[0].code) == ("cdkn2a_loss", status, code)
    assert [one.gene for one in decision.genes] == ["CDKN2A"]


def test_a_joint_says_nothing_of_copies_and_is_dropped_by_name(tmp_path: Path) -> None:
    decision, file = screened(tmp_path, JUNCTION, SMALL)
    assert decision.calls[0].status is Status.INDETERMINATE
    assert file.records.dropped["small or structural variant of CDKN2A, which no criterion asks for"] == 1


def test_no_other_protocol_hears_of_it(tmp_path: Path) -> None:
    without, none = screened(tmp_path, name="mantra-2")
    decision, file = screened(tmp_path, NEUTRAL, OVER, LABEL, JUNCTION, name="mantra-2")
    assert decision.genes == ()
    assert file.records.model_dump(exclude={"total"}) == none.records.model_dump(exclude={"total"})
    codes = [[(call.status, [r.code for r in call.reasons]) for call in one.calls] for one in (decision, without)]
    assert codes[0] == codes[1]
