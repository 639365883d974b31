"""Whatever field an identifier stands in, and whatever file it comes from, no output under pseudonyms holds it."""

import json
import re
import types
import typing
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import cohort_builder as cb
import evidence_builder as eb
import run_builder as rb
import vcf_builder as vb
from mdm2screen import pseudonyms, screen
from mdm2screen.cli import run
from mdm2screen.decision import Decision, Sample
from mdm2screen.errors import Mdm2screenError, UsageError
from mdm2screen.records import Source
from mdm2screen.reports import REPORTS, html, json_report, render, request_page
from mdm2screen.requesting import central_request
from mdm2screen.results import CentralStatus
from shared_data import shared

KEY = b"k" * 32
WHO = "MRN-00471"
MADE = Path(__file__).parents[1] / "test_data"

FACTS = {
    "Annotation": {"gene", "transcript", "terms", "hgvs_c", "hgvs_p"},
    "AnnotationStatement": {"transcript", "terms", "hgvs_c", "hgvs_p"},
    "Breakpoint": {"contig"},
    "ClassRecord": {"hgvs_c", "hgvs_p", "locus"},
    "Consequence": {"terms", "hgvs_c", "hgvs_p", "region"},
    "Evidence": {"not_read"},
    "InputFile": {"sha256", "format"},
    "ObservedVariant": {"parts", "part_of"},
    "Phase": {"whole"},
    "ReportedVariant": {"gene", "hgvs_c", "hgvs_p"},
    "SeenRun": {"contig", "ref"},
    "SegmentRecord": {"contig", "gene"},
    "Software": {"name", "version"},
    "StructuralChange": {"inserted"},
    "TumorType": {"code", "name", "ancestors"},
    "VariantRecord": {"contig", "ref", "alt", "genotype", "gene"},
}
"""Fields that may keep a text, by model: places, bases, genes, and words of mdm2screen's own."""
NAMES = {
    "Callability": {"assay", "files"},
    "Evidence": {"mean_depths", "rearrangement_files"},
    "GeneCopyNumber": {"file"},
    "InputFile": {"name", "sample"},
    "MeasuredFile": {"file"},
    "Sample": {"name", "patient"},
    "SegmentRecord": {"sample"},
    "Source": {"file"},
    "VariantFile": {"file"},
}
"""Fields that are a name, which is replaced also where nothing else says that it is one."""


def filled(annotation: Any, text: str) -> Any:
    """A value of a type in which every free text is ``text``."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return filled(arguments[0], text)
    if origin is typing.Literal:
        return arguments[0]
    if origin in (typing.Union, types.UnionType):
        return filled(next(one for one in arguments if one is not type(None)), text)
    if origin is tuple:
        return tuple(filled(one, text) for one in arguments if one is not Ellipsis)
    if origin is dict:
        return {filled(arguments[0], text): filled(arguments[1], text)}
    if issubclass(annotation, BaseModel):
        fields = {name: filled(field.annotation, text) for name, field in annotation.model_fields.items()}
        return annotation.model_construct(**fields)
    if issubclass(annotation, Enum):
        return next(iter(annotation))
    return text if annotation is str else None


def texts(node: Any, model: str = "", field: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text with its model and field."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from texts(getattr(node, name), type(node).__name__, name)
    elif isinstance(node, (tuple, list, dict)):
        for member in node:
            yield from texts(member, model, field)
    elif isinstance(node, str) and not isinstance(node, Enum):
        yield model, field, node


def test_every_field_that_is_no_fact_is_replaced() -> None:
    """Of all models that a sample is made of, also of those that are added later."""
    sample = filled(Sample, f"depth of {WHO} in a file")
    (made,) = pseudonyms.renamed([sample], KEY, WHO)
    left = {(model, field) for model, field, text in texts(made) if WHO in text}
    assert left == {(model, field) for model, fields in FACTS.items() for field in fields}
    assert len({place[:2] for place in texts(made)} - left) > 30


def test_every_name_is_replaced_wholly_also_one_that_stands_there_alone() -> None:
    """An unknown name in any of its fields; two letters, which no free text would lose."""
    sample = filled(Sample, "X9")
    (made,) = pseudonyms.renamed([sample], KEY)
    gone = {(model, field) for model, field, text in texts(made) if text == pseudonyms.pseudonym(KEY, "X9")}
    # a class record whose origin is the name of its file is of a table of the user's
    assert gone == {(model, field) for model, fields in NAMES.items() for field in fields} | {("ClassRecord", "origin")}


def test_pseudonyms_change_nothing_but_texts() -> None:
    sample = filled(Sample, WHO)
    (made,) = pseudonyms.renamed([sample], KEY, WHO)
    assert len(list(texts(made))) == len(list(texts(sample)))
    assert type(made) is Sample
    assert made.evidence.mdm2[0].segments[0].scale is sample.evidence.mdm2[0].segments[0].scale


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"depth of {WHO}.somatic.vcf", ["depth of ", f"{WHO}.somatic.vcf", ""]),
        (f"depth of {WHO}", ["depth of ", WHO, ""]),
        (f"{WHO}_7 and {WHO}", ["", f"{WHO}_7", " and ", WHO, ""]),
        (f"{WHO}, of X{WHO}", ["", WHO, f", of X{WHO}"]),
        (f"{WHO}.somatic, lane 2", ["", WHO, ".somatic, lane 2"]),
    ],
)
def test_the_longest_identifier_is_replaced_first(text: str, parts: list[str]) -> None:
    inputs = [eb.content(name).file for name in (f"{WHO}.somatic.vcf", f"{WHO}_7")]
    inputs[0] = inputs[0].model_copy(update={"notes": (text,)})
    sample = eb.sample(WHO).model_copy(update={"inputs": tuple(inputs)})
    expected = "".join(pseudonyms.pseudonym(KEY, part) if n % 2 else part for n, part in enumerate(parts))
    (made,) = pseudonyms.renamed([sample], KEY)
    assert made.inputs[0].notes == (expected,)


def all_outputs(decision: Decision) -> dict[str, str]:
    found = {name: render(name, decision) for name in REPORTS} | {"page": html.render(decision, eb.protocol())}
    if decision.central_confirmation.status is CentralStatus.REQUIRED:
        asked = central_request(decision, eb.protocol())
        found |= {"request": json_report.document(asked), "request page": request_page.render(asked)}
    return found


def answer(decision: Decision) -> tuple[Any, ...]:
    calls = [
        (call.criterion, call.status, [(one.code, one.flag) for one in call.reasons])
        for call in (*decision.calls, *decision.central_confirmation.calls)
    ]
    central = decision.central_confirmation
    votes = [[(call.status, call.votes, call.codes) for call in sample.calls] for sample in decision.samples]
    warned = sorted(one.code for one in decision.warnings)
    return decision.eligibility, decision.molecular, central.status, central.flags, calls, votes, warned


def assert_hidden(made: Decision, *names: str) -> None:
    renamed = pseudonyms.pseudonymised(made, KEY, eb.protocol())
    assert answer(renamed) == answer(made)
    for output, text in all_outputs(renamed).items():
        flat = re.sub(r"[\s│|]+", "", text)
        assert not [name for name in names if name in text or re.sub(r"\s+", "", name) in flat], output
    again = pseudonyms.pseudonymised(renamed, KEY, eb.protocol())
    assert json_report.render(again) == json_report.render(renamed)


OPTIONS: list[dict[str, Any]] = [
    *({}, {"build": "GRCh37"}, {"build": "GRCh38"}),
    *({"build": "GRCh37", "cn_scale": "log2"}, {"build": "GRCh37", "tumor_sample": WHO, "cn_sample": WHO}),
]
"""What one made file or another needs."""
MADE_FILES = sorted(path for path in MADE.rglob("*") if path.is_file() and path.suffix != ".md")


def screened(path: Path) -> Decision | None:
    for options in OPTIONS:
        try:
            return screen(path, patient=WHO, **options)
        except Mdm2screenError:
            continue
    return None


@pytest.fixture(scope="module")
def of_made_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Decision]:
    """Decisions of every made file that is enough alone; file, sample and patient bear the identifier."""
    folder, found = tmp_path_factory.mktemp("made"), {}
    for path in MADE_FILES:
        copy = folder / path.parent.name / path.name.replace("TUMOR_1", WHO)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes().replace(b"TUMOR_1", WHO.encode()))
        if (decision := screened(copy)) is not None:
            found[f"{path.parent.name}/{path.name}"] = decision
    return found


def test_no_identifier_is_left_of_any_made_file(of_made_files: dict[str, Decision]) -> None:
    assert len(of_made_files) > 80
    for decision in of_made_files.values():
        assert_hidden(decision, WHO, *(file.name for file in decision.inputs))


REAL: dict[str, dict[str, Any]] = {
    "vcf/dragen_SEQC2_HCC1395.somatic.hard-filtered.vcf.gz": {"cn": "cn/cnvkit_TR_95_T.cns"},
    "vcf/dragen_SEQC2_HCC1395.somatic.sv.vcf.gz": {},
    "vcf/gatk_mutect2_cfdna_unfiltered.vcf": {"specimen": "plasma"},
    "vcf/oncomine_OCAv3_ionreporter.vcf": {},
    "vcf/pcgr_T001-BRCA.grch37.vcf.gz": {"build": "GRCh37", "cn": "cn/pcgr_T001-BRCA.grch37.cna.tsv"},
    "vcf/scout_cancer_test.freebayes_mutect_VEP95_CSQ.vcf.gz": {},
    "vcf/tso500_pisces_Lovo_nuc.vcf": {"assay": "wes", "cn": "cn/tso500_Horizon.cnv.fc.txt"},
    "cn/purple_v2.16_CUP.purple.cnv": {"cn": "cn/purple_v2.16_CUP.purple.purity"},
    "cn/gatk_SM-74NF5.called.seg": {},
    "cn/dragen_cnv_HG002.cnv.vcf.gz": {},
    "cn/ascat_A32_prostate.segments.txt": {"build": "GRCh37", "cn_sample": "A32C-0019_CRUK_PC_0019_T1"},
}


@pytest.mark.parametrize("name", REAL)
def test_no_identifier_is_left_of_real_files(name: str) -> None:
    options: dict[str, Any] = {key: shared(value) if key == "cn" else value for key, value in REAL[name].items()}
    made = screen(shared(name), patient="Hospital-17/2", **options)
    samples = {file.sample for file in made.inputs if file.sample and file.sample.lower() != "tumor"}
    assert_hidden(made, "Hospital-17/2", *samples, *(file.name for file in made.inputs))


def everything(folder: Path) -> Decision:
    """A patient whose identifier stands in a target BED, a class table, FILTER words, a QC status, a label, notes."""
    header = [f'##FILTER=<ID=low_{WHO},Description="of one run">']
    record = vb.record("17", *vb.R175H["GRCh37"], filter_=f"low_{WHO};{WHO}")
    vcf = vb.vcf(folder / f"{WHO}.vcf", record, samples=(WHO,), extra=header)
    cns = vb.amplified_cns(folder / f"{WHO}.cns")
    bed = folder / f"panel_of_{WHO}.bed"
    bed.write_text("17\t7571700\t7590900\n12\t69201900\t69239400\n")
    classes = folder / f"classes_{WHO}.tsv"
    classes.write_text("hgvs_c\tclass\nc.524G>A\tpathogenic\n")
    return screen(vcf, cn=cns, assay=str(bed), tp53_classes=[classes], build="GRCh37", patient=WHO)


def test_no_identifier_is_left_of_words_beside_the_names(tmp_path: Path) -> None:
    made = everything(tmp_path)
    said = render("json", made)
    for words in (f"panel_of_{WHO}.bed", f"classes_{WHO}.tsv says pathogenic", f'"low_{WHO}'):
        assert words in said
    assert_hidden(made, WHO)


@pytest.mark.parametrize("begins", ["ps-2[a-f]", "ps-[a-f][3-9][a-f]"])
@pytest.mark.parametrize("label", ["row of {}", "{}", "row of {} LOSS", "AMP {}"])
def test_a_pseudonym_in_a_label_reads_as_no_loss_and_no_gain(begins: str, label: str) -> None:
    """Of a sample whose pseudonym begins with 2 (-2 is the label of a deleted gene), or holds a number of copies."""
    names = [f"MRN-{number:05}" for number in range(1000)]
    name = next(one for one in names if re.match(begins, pseudonyms.pseudonym(KEY, one)))
    words: dict[str, Any] = {"label": label.format(name), "sample": name}
    tp53 = eb.segment(None, contig="17", start=7571000, end=7591000, gene="TP53", **words)
    mdm2 = eb.segment(None, gene="MDM2", **words)
    made = eb.patient(eb.sample(name, tp53_copies=(eb.source(tp53),), mdm2=(eb.source(mdm2),)))
    assert_hidden(made, name)


@pytest.mark.parametrize("name", ["PASS", "Pass"])
def test_a_sample_called_pass_fails_no_filter(name: str) -> None:
    made = eb.patient(eb.sample(name, variants=eb.observed(eb.variant(filters=("PASS",)))))
    renamed = pseudonyms.pseudonymised(made, KEY, eb.protocol())
    assert answer(renamed) == answer(made)


def test_an_identifier_by_which_a_file_is_judged_is_refused_and_changes_no_answer() -> None:
    tp53 = eb.segment(None, contig="17", start=7571000, end=7591000, gene="TP53", label="Loss")
    made = eb.patient(eb.sample("Loss", tp53_copies=(eb.source(tp53),)))
    with pytest.raises(UsageError, match="under pseudonyms the answer would be another") as caught:
        pseudonyms.pseudonymised(made, KEY, eb.protocol())
    assert "rename the sample or file" in str(caught.value.remedy)


def tied(*names: str) -> Decision:
    """Two files of equal standing whose copies differ: one of them is shown."""
    sources = tuple(eb.source(eb.segment(value), file=name) for name, value in zip(names, (20, 24), strict=True))
    return eb.patient(eb.sample("LOCAL_1", mdm2=sources))


KEYS = [bytes([number]) * 32 for number in range(8)]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: str(key[0]))
def test_what_is_said_of_the_rarer_allele_does_not_hang_on_the_key(key: bytes) -> None:
    """Two files without the rarer allele, of one and of two copies: one of them is pointed at."""
    place: dict[str, Any] = {"contig": "17", "start": 7571000, "end": 7591000, "minor": 0.0}
    names = ("first.cns", "second.cns")
    copies = tuple(
        eb.source(eb.segment(value, source=Source(file=name, line=2), **place), file=name)
        for value, name in zip((1, 2), names, strict=True)
    )
    made = eb.patient(eb.sample(tp53_copies=copies))
    renamed = pseudonyms.pseudonymised(made, key, eb.protocol())
    assert made.tp53 is not None
    assert renamed.tp53 is not None
    assert made.tp53.heterozygosity is not None
    assert renamed.tp53.heterozygosity is not None
    assert renamed.tp53.heterozygosity.copies == made.tp53.heterozygosity.copies == 1


@pytest.mark.parametrize("key", KEYS, ids=lambda key: str(key[0]))
def test_what_is_shown_of_two_files_does_not_hang_on_the_key(key: bytes) -> None:
    made = tied("first.cns", "second.cns")
    renamed = pseudonyms.pseudonymised(made, key, eb.protocol())
    assert renamed.mdm2 is not None
    assert made.mdm2 is not None
    assert renamed.mdm2.copies == made.mdm2.copies == 20


@pytest.mark.parametrize("key", KEYS, ids=lambda key: str(key[0]))
@pytest.mark.parametrize("day", [None, "2022-05-01"])
def test_which_sample_is_shown_does_not_hang_on_the_key(key: bytes, day: str | None) -> None:
    samples = [eb.sample(f"Biopsy_{n}", day=day, mdm2=(eb.source(eb.segment(20.0 + n)),)) for n in range(3)]
    made = eb.patient(*samples)
    renamed = pseudonyms.pseudonymised(made, key, eb.protocol())
    assert renamed.mdm2 is not None
    assert made.mdm2 is not None
    assert renamed.mdm2.copies == made.mdm2.copies
    assert [sample.inputs[0].sha256 for sample in renamed.samples] == [s.inputs[0].sha256 for s in made.samples]


@pytest.fixture
def key(tmp_path: Path) -> str:
    path = tmp_path / "secret.key"
    path.write_bytes(KEY)
    return str(path)


@pytest.mark.parametrize("output", ["terminal", "json", "tsv"])
@pytest.mark.parametrize("command", ["compare", "concordance"])
def test_no_identifier_is_left_of_many_patients(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, key: str, command: str, output: str
) -> None:
    run_ = cb.decision_file(tmp_path / "run-of-Hospital-17.json", *cb.trial_shaped())
    table = cb.trial_outcomes(tmp_path)
    table = table.rename(tmp_path / "outcomes-of-Hospital-17.csv")
    more = {"compare": ["jp-intimal-sarcoma"], "concordance": ["--outcomes", str(table)]}[command]
    assert run([command, str(run_), *more, "--pseudonymise", key, "--format", output]) == 0
    text = capsys.readouterr().out
    assert "ps-" in text
    assert not re.search(r"\bP\d\d\b|Hospital", text)


def test_no_identifier_is_left_in_the_folder_of_a_run(tmp_path: Path, key: str) -> None:
    sheet = rb.run(tmp_path / "run", 4)
    sheet = sheet.rename(sheet.with_name("sheet_of_P0000.csv"))
    (sheet.parent / "P0003.vcf").write_text("P0003 is no VCF")
    assert run(["batch", str(sheet), "--out", str(tmp_path / "out"), "--pseudonymise", key, "--parquet"]) == 5
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(files) > 5
    assert not [path.name for path in files if b"P000" in path.read_bytes() or "P000" in path.name]
    failure = json.loads((tmp_path / "out" / "run.json").read_text())["failures"][0]
    assert "without --pseudonymise" in failure["message"]
    assert failure["remedy"] is None
