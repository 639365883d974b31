"""Laws over every reader of copy number: one made tumor, written as each producer would, is judged alike."""

import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cn_purities import PURITY_FILES, PurityFile
from cn_reports import REPORTS, VCFS
from cn_tables import TABLES
from cn_writers import NOT_MET, OPEN, THRESHOLD, Tumor, Writer
from mdm2screen import evidence, readers
from mdm2screen.protocol import load_shipped
from mdm2screen.readers.contract import CnScale, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent, PurityRecord, Specimen
from mdm2screen.results import Call, Status

WRITERS: tuple[Writer, ...] = (*TABLES, *VCFS, *REPORTS)
EACH = pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
RANK = {Status.NOT_MET: 0, Status.INDETERMINATE: 1, Status.MET: 2}

# Readers that state no copy number, and why.
WITHOUT_COPIES = {
    "bed": "targets of an assay",
    "alignment": "depth over TP53 alone",
    "mosdepth_per_base": "depth over TP53 alone",
    "mosdepth_thresholds": "depth over TP53 alone",
    "mosdepth_quantized": "depth over TP53 alone",
    "mosdepth_regions": "depth over TP53 alone",
    "gatk_callable_loci": "depth over TP53 alone",
    "gatk_depth_of_coverage": "depth over TP53 alone",
    "samtools_depth": "depth over TP53 alone",
    "gatk_contamination": "contamination of the sample",
    "nirvana_json": "annotation of a VCF",
    "cbioportal_sv": "rearrangements",
}

purities = st.one_of(st.just(1.0), st.integers(20, 100).map(lambda percent: percent / 100))
ploidies = st.one_of(st.just(2.0), st.integers(150, 500).map(lambda hundredths: hundredths / 100))
any_copies = st.integers(5, 6000).map(lambda hundredths: hundredths / 100)
# whole copies are printed by some, and any number is rounded somewhere
clear_copies = any_copies.filter(lambda copies: abs(copies - THRESHOLD) >= 1)


@st.composite
def tumors(draw: st.DrawFn, copies: st.SearchStrategy[float] = clear_copies) -> Tumor:
    return Tumor(draw(copies), draw(purities), draw(ploidies))


@cache
def rule() -> Any:
    return load_shipped("mantra-2").local[0]


def read(files: Iterable[tuple[str, str]], options: Options) -> list[FileContent]:
    """Files, as name and text, through whatever reader recognises each."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for number, (name, text) in enumerate(files):
            path = Path(folder) / str(number) / name
            path.parent.mkdir()
            path.write_text(text)
            found.append(readers.read(path, options))
    return found


def options_of(writer: Writer) -> Options:
    scale = writer.options.get("cn_scale")
    return Options(build=Build.GRCH37, cn_scale=None if scale is None else CnScale(scale))


def judged(
    contents: Sequence[FileContent], given_: PurityRecord | None, specimen: Specimen | str | None = None
) -> Call:
    of = None if specimen is None else Specimen(specimen)
    call = rule().evaluate(evidence.gather(contents, given=given_, specimen=of))
    assert isinstance(call, Call)
    return call


def call_of(writer: Writer, tumor: Tumor, text: str | None = None) -> Call:
    """MDM2 by the file that the writer makes of the tumor, with its purity and ploidy given as options."""
    written = writer.sheet(tumor).text() if text is None else text
    contents = read([(writer.file, written)], options_of(writer))
    return judged(contents, evidence.stated_by_user(tumor.purity, tumor.ploidy), writer.options.get("specimen"))


def test_every_reader_is_in_the_laws_or_says_why_not() -> None:
    """A new reader belongs into ``cn_tables``, ``cn_reports`` or ``cn_purities``, or into ``WITHOUT_COPIES``."""
    written = {writer.reader for writer in WRITERS} | {file.reader for file in PURITY_FILES.values()}
    assert written | WITHOUT_COPIES.keys() == set(readers.READERS)
    assert written.isdisjoint(WITHOUT_COPIES)
    assert len({writer.name for writer in WRITERS}) == len(WRITERS)


@EACH
def test_the_content_alone_says_which_reader_it_is_for(writer: Writer, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(writer.sheet(Tumor(20, 0.5, 2.2)).text())
    module = readers.recognise(SourceFile(path))
    assert getattr(module, "__name__", "").rpartition(".")[2] == writer.reader


@EACH
@settings(max_examples=12)
@given(tumor=tumors())
def test_a_tumor_is_judged_alike_in_every_scale(writer: Writer, tumor: Tumor) -> None:
    """Where a format can carry the number, as tumor copies are; where it cannot, open and never the opposite."""
    assert call_of(writer, tumor).status in writer.says(tumor)


@EACH
@pytest.mark.parametrize("copies", [1, 4, 30])
def test_a_pure_diploid_tumor_is_judged_alike_in_every_scale(writer: Writer, copies: float) -> None:
    """There all scales, references and corrections are one, so that no format may stay open for one of them."""
    tumor = Tumor(copies, 1.0, 2.0)
    expected = writer.says(tumor)
    assert call_of(writer, tumor).status in expected
    assert len(expected) == 1 or writer.name == "GISTIC numbers"


@EACH
@settings(max_examples=8)
@given(tumor=tumors(any_copies), more=any_copies)
def test_more_copies_never_make_the_answer_less(writer: Writer, tumor: Tumor, more: float) -> None:
    """Near the threshold too, with whatever rounding the format has."""
    higher = tumor._replace(copies=tumor.copies + more)
    assert RANK[call_of(writer, higher).status] >= RANK[call_of(writer, tumor).status]


@pytest.mark.parametrize("writer", [one for one in WRITERS if not one.ordered], ids=lambda writer: writer.name)
@settings(max_examples=6)
@given(tumor=tumors(any_copies), data=st.data())
def test_the_order_of_rows_changes_nothing(writer: Writer, tumor: Tumor, data: st.DataObject) -> None:
    sheet = writer.sheet(tumor)
    shuffled = tuple(data.draw(st.permutations(sheet.rows)))
    one, other = call_of(writer, tumor), call_of(writer, tumor, sheet.text(shuffled))
    assert (one.status, [r.code for r in one.reasons]) == (other.status, [r.code for r in other.reasons])
    assert one.mdm2 is not None
    assert other.mdm2 is not None
    assert (one.mdm2.interval, one.mdm2.robustness) == (other.mdm2.interval, other.mdm2.robustness)


@settings(max_examples=60)
@given(tumor=tumors(), names=st.lists(st.sampled_from([w.name for w in WRITERS]), min_size=2, max_size=3, unique=True))
def test_the_order_of_files_changes_nothing_and_producers_of_one_tumor_agree(tumor: Tumor, names: list[str]) -> None:
    chosen = [writer for writer in WRITERS if writer.name in names]
    assume(len({writer.options.get("cn_scale") for writer in chosen}) == 1)
    files = [(writer.file, writer.sheet(tumor).text()) for writer in chosen]
    contents = read(files, options_of(chosen[0]))
    known = evidence.stated_by_user(tumor.purity, tumor.ploidy)
    calls = [judged(order, known) for order in permutations(contents)]
    assert len({call.model_dump_json() for call in calls}) == 1
    assert "M009" not in {reason.code for reason in calls[0].reasons}
    assert calls[0].status in {tumor.truth, OPEN}


def test_the_law_of_files_is_about_equal_names_too() -> None:
    """Several producers call their file after the sample alone."""
    tumor = Tumor(30, 0.5, 2.0)
    chosen = [writer for writer in WRITERS if writer.file == "T1.cnv.vcf"][:2]
    contents = read([(w.file, w.sheet(tumor).text()) for w in chosen], options_of(chosen[0]))
    known = evidence.stated_by_user(tumor.purity, tumor.ploidy)
    answers = {judged(order, known).model_dump_json() for order in permutations(contents)}
    assert len(answers) == 1


CNVKIT = next(writer for writer in WRITERS if writer.name == "CNVkit .cns")
EACH_PURITY = pytest.mark.parametrize("side", PURITY_FILES.values(), ids=PURITY_FILES.keys())


@EACH_PURITY
@settings(max_examples=10)
@given(tumor=tumors())
def test_purity_from_a_file_is_as_good_as_from_an_option(side: PurityFile, tumor: Tumor) -> None:
    """The ratio of CNVkit beside each file that states a purity; the ploidy from there, or from the option."""
    assume(not (tumor.purity == 1 and side.name == "T1.vcf"))  # a cellularity of 1 is nobody's measurement
    text = side.written(
        f"{tumor.purity:g}", f"{tumor.ploidy:g}", percent=f"{100 * tumor.purity:g}", normal=f"{1 - tumor.purity:.2f}"
    )
    contents = read([(CNVKIT.file, CNVKIT.sheet(tumor).text()), (side.name, text)], options_of(CNVKIT))
    ploidy = None if side.states_ploidy else evidence.stated_by_user(None, tumor.ploidy)
    call = judged(contents, ploidy, side.specimen)
    assert call.mdm2 is not None
    assert call.mdm2.purity == pytest.approx(tumor.purity)
    assert call.mdm2.ploidy == pytest.approx(tumor.ploidy)
    assert call.status is tumor.truth


def test_an_unknown_purity_never_makes_the_opposite_answer() -> None:
    """The whole range of the protocol counts, so that each format is right or open."""
    for writer in WRITERS:
        for tumor in (Tumor(30, 0.3, 2.0), Tumor(6, 0.9, 2.0), Tumor(3, 0.5, 3.5)):
            contents = read([(writer.file, writer.sheet(tumor).text())], options_of(writer))
            assert judged(contents, None).status in {tumor.truth, OPEN}, (writer.name, tumor)
    assert NOT_MET is Tumor(3, 0.5, 3.5).truth
