"""Nirvana's JSON: recognised, streamed, joined to the VCF; cut and reformatted files refused."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import vcf_builder as vb
from mdm2screen import readers, screen
from mdm2screen.decision import Decision
from mdm2screen.errors import BuildError, InputError, MalformedFileError, TruncatedFileError
from mdm2screen.readers import nirvana_json
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent, Presence
from mdm2screen.results import Disposition, Status

MADE = Path(__file__).parents[2] / "test_data" / "annotation" / "TUMOR_1.nirvana.json"
LINES = MADE.read_text().splitlines()
R175H_LINE = 3  # counted from 0


def read(path: Path, **options: Any) -> FileContent:
    return readers.read(path, Options(**options))


def changed(path: Path, change: Callable[[dict[str, Any]], None], *, line: int = R175H_LINE) -> Path:
    """The made file with one position changed."""
    position = json.loads(LINES[line].removesuffix(","))
    change(position)
    lines = [*LINES]
    lines[line] = json.dumps(position) + ","
    path.write_text("\n".join(lines) + "\n")
    return path


def edited(path: Path, changes: Mapping[int, str]) -> Path:
    path.write_text("".join(f"{changes.get(number, line)}\n" for number, line in enumerate(LINES)))
    return path


def test_the_made_file_is_read() -> None:
    found = read(MADE)
    assert (found.file.format, found.file.build, found.file.sample) == ("nirvana-json", Build.GRCH38, "TUMOR_1")
    assert found.annotates
    assert [(v.pos, v.ref, v.alt) for v in found.variants] == [
        (7674797, "T", "C"),
        (7675088, "C", "T"),
        (7676152, "CG", "C"),
    ]
    assert (found.file.records.total, found.file.records.in_windows, found.file.records.used) == (5, 4, 3)
    assert found.file.records.dropped == {"reference genotype in the tumor sample": 1}


def test_a_variant_brings_transcripts_reads_and_clinvar() -> None:
    variant = read(MADE).variants[1]
    assert (variant.presence, variant.vaf, variant.depth, variant.filters) == (Presence.PRESENT, 0.4, 100, ("PASS",))
    assert str(variant.source) == "TUMOR_1.nirvana.json line 4 (chr17:7675088)"
    first = variant.annotations[0]
    assert (first.program, first.transcript, first.hgvs_c, first.hgvs_p) == (
        "Nirvana",
        "NM_000546",
        "c.524G>A",
        "p.Arg175His",
    )
    assert [one.chosen for one in variant.annotations] == [True, False, False]
    assert [(one.origin, one.significance, one.words) for one in variant.classes] == [
        ("ClinVar", "pathogenic", "pathogenic; reviewed by expert panel")
    ]


def test_the_conditions_speak_where_the_variant_itself_has_no_clinvar_entry(tmp_path: Path) -> None:
    def without(position: dict[str, Any]) -> None:
        position["variants"][0]["clinvar"] = position["variants"][0]["clinvar"][:1]

    (found,) = read(changed(tmp_path / "a.json", without)).variants[1].classes
    assert found.significance == "likely_pathogenic"


def test_the_newer_clinvar_section(tmp_path: Path) -> None:
    def newer(position: dict[str, Any]) -> None:
        entry = {
            "refAllele": "C",
            "altAllele": "T",
            "classifications": {
                "germlineClassification": {"classification": "Pathogenic", "reviewStatus": "reviewed by expert panel"},
                "oncogenicityClassification": {"classification": "Oncogenic"},
            },
        }
        position["variants"][0] |= {"clinvar": [], "clinvar-preview": [entry, entry | {"altAllele": "A"}]}

    found = read(changed(tmp_path / "a.json", newer)).variants[1].classes
    assert [(one.origin, one.significance) for one in found] == [
        ("ClinVar", "pathogenic"),
        ("ClinVar (oncogenicity)", "pathogenic"),
    ]


def test_a_class_that_is_not_understood_is_noted(tmp_path: Path) -> None:
    def strange(position: dict[str, Any]) -> None:
        position["variants"][0]["clinvar"][1]["significance"] = ["rather bad"]

    found = read(changed(tmp_path / "a.json", strange))
    assert found.file.notes[0].startswith("line 4: annotation not understood: ClinVar says 'rather_bad'")
    assert found.variants[1].unread


def test_it_may_be_packed(tmp_path: Path) -> None:
    packed = vb.bgzf(tmp_path / "a.json.gz", MADE.read_bytes())
    assert read(packed).variants[1].annotations == read(MADE).variants[1].annotations


@pytest.mark.parametrize("name", ["hg38", "GRCh38"])
def test_the_build_is_the_headers(tmp_path: Path, name: str) -> None:
    path = edited(tmp_path / "a.json", {0: LINES[0].replace("GRCh38", name)})
    assert read(path).file.build is Build.GRCH38
    with pytest.raises(BuildError):
        read(path, build=Build.GRCH37)


def test_a_sample_without_the_allele_has_no_variant(tmp_path: Path) -> None:
    def two(position: dict[str, Any]) -> None:
        position["samples"].append({"genotype": "0/0"})

    path = changed(tmp_path / "a.json", two)
    text = path.read_text().replace('"samples":["TUMOR_1"]', '"samples":["TUMOR_1","NORMAL_1"]')
    path.write_text(text)
    assert [v.pos for v in read(path, tumor_sample="NORMAL_1").variants] == []
    assert [v.pos for v in read(path).variants] == [7674797, 7675088, 7676152]


def test_an_empty_sample_and_a_no_call(tmp_path: Path) -> None:
    def empty(position: dict[str, Any]) -> None:
        position["samples"] = [{"isEmpty": True}]

    def no_call(position: dict[str, Any]) -> None:
        position["samples"] = [{"genotype": "./."}]

    assert 7675088 not in [v.pos for v in read(changed(tmp_path / "a.json", empty)).variants]
    assert read(changed(tmp_path / "b.json", no_call)).variants[1].presence is Presence.NO_CALL


def test_recomposed_and_structural_variants_are_left_to_the_vcf(tmp_path: Path) -> None:
    def recomposed(position: dict[str, Any]) -> None:
        position["variants"][0]["isRecomposedVariant"] = True

    def structural(position: dict[str, Any]) -> None:
        position["altAlleles"] = ["<DEL>"]

    for change, words in [(recomposed, "recomposed"), (structural, "structural")]:
        dropped = read(changed(tmp_path / "a.json", change)).file.records.dropped
        assert sum(words in reason for reason in dropped) == 1


def test_variants_of_several_alleles_are_told_apart_by_their_trimmed_bases(tmp_path: Path) -> None:
    def both(position: dict[str, Any]) -> None:
        position["samples"][0]["genotype"] = "1/2"

    path = changed(tmp_path / "a.json", both, line=4)
    found = [(v.alt, v.annotations[0].hgvs_c) for v in read(path).variants if v.pos == 7676152]
    assert found == [("C", "c.216del"), ("CGG", "c.216dup")]


# Broken files


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    for count in (3, 5, len(LINES) - 1):
        cut = tmp_path / f"{count}.json"
        cut.write_text("\n".join(LINES[:count]) + "\n")
        with pytest.raises(TruncatedFileError, match="cut"):
            read(cut)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"header": {"annotator": "Nirvana 3.18.1", "genomeAssembly": "GRCh38"}, "positions": []}),
        json.dumps({"header": {"annotator": "Nirvana 3.18.1"}, "positions": []}, indent=1),
        '{"positions":[\n{"chromosome": "chr17"}\n]}',
    ],
)
def test_a_file_that_was_written_in_another_layout_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(MalformedFileError, match="header") as caught:
        read(tmp_path / "a.json")
    assert "one position on each line" in (caught.value.remedy or "")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    "line",
    [
        '{"chromosome":"chr17","position":"seven"},',
        '{"chromosome":"chr17","position":7675088,"refAllele":"C","altAlleles":["T"],"variants":[1]},',
        '{"chromosome":"chr17","position":76750',
        '{"chromosome":"chr17"},',
        '{"chromosome":"chr17","position":7675088,"refAllele":"C","altAlleles":["T"],'
        '"samples":[{"genotype":"0/1","variantFrequencies":[7]}],"variants":[{"refAllele":"C","altAllele":"T"}]},',
    ],
)
def test_a_line_that_is_no_position_is_an_error_with_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(edited(tmp_path / "a.json", {R175H_LINE: line}))
    assert caught.value.where == "a.json line 4"


def test_other_json_is_not_nirvanas(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"reportId": "x", "results": []}\n')
    with pytest.raises(InputError, match="no reader recognises"):
        readers.recognise(SourceFile(tmp_path / "a.json"))
    assert readers.recognise(SourceFile(MADE)).FORMAT is nirvana_json.FORMAT


# Beside a VCF


def screened(tmp_path: Path, *records: str) -> Decision:
    vcf = vb.vcf(tmp_path / "TUMOR_1.vcf", *records, build="GRCh38", samples=["TUMOR_1"])
    return screen(vcf, MADE, assay="wes")


R175H = vb.record("chr17", *vb.R175H["GRCh38"])
INTRON = vb.record("17", 7674797, "T", "C")
FRAMESHIFT = vb.record("17", 7676151, "ACG", "AC")  # the same deletion, written otherwise


def test_the_vcfs_variants_get_what_the_json_says(tmp_path: Path) -> None:
    decision = screened(tmp_path, INTRON, R175H, FRAMESHIFT)
    assert decision.tp53 is not None
    assert [(v.hgvs_c, v.annotation.verdict) for v in decision.tp53.variants if v.annotation] == [
        ("c.672+62A>G", "agrees"),
        ("c.524G>A", "agrees"),
        ("c.216del", "agrees"),
    ]
    assert not [r for call in decision.calls for r in call.reasons if r.code == "T025"]


def test_a_variant_that_only_the_json_has_leaves_the_answer_open(tmp_path: Path) -> None:
    decision = screened(tmp_path, INTRON)
    tp53 = next(call for call in decision.calls if call.criterion == "tp53_wild_type")
    assert tp53.status is Status.INDETERMINATE
    open_ones = [reason for reason in tp53.reasons if reason.code == "T025"]
    assert [str(reason.evidence[0]) for reason in open_ones] == [
        "TUMOR_1.nirvana.json line 4 (chr17:7675088)",
        "TUMOR_1.nirvana.json line 5 (chr17:7676152)",
    ]
    assert "stands in TUMOR_1.nirvana.json and in no VCF" in open_ones[0].message


def test_a_harmless_variant_that_only_the_json_has_is_listed(tmp_path: Path) -> None:
    decision = screened(tmp_path, R175H, FRAMESHIFT)
    assert decision.tp53 is not None
    listed = [v for v in decision.tp53.variants if v.counts is Disposition.IGNORED]
    assert [(v.hgvs_c, "in no VCF" in v.why) for v in listed] == [("c.672+62A>G", True)]


def test_the_json_alone_is_no_list_of_variants() -> None:
    decision = screen(MADE, assay="wes")
    tp53 = next(call for call in decision.calls if call.criterion == "tp53_wild_type")
    assert tp53.status is Status.INDETERMINATE
    assert {"T011", "T025"} <= {reason.code for reason in tp53.reasons}
