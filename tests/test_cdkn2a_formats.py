"""CDKN2A in every format of copy number: read only where a protocol asks for it, and judged as the tumor is."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cn_writers import MET, NOT_MET, OPEN, Tumor, Writer, at_least, at_least_gains, exactly, never
from mdm2screen import evidence
from mdm2screen.genes import CDKN2A, GENES
from mdm2screen.protocol import parse, shipped_text
from mdm2screen.records import FileContent, Specimen
from mdm2screen.results import Status
from test_laws_of_formats import EACH, WRITERS, options_of, purities, read

# Their bins are wider than the gene, so that they tell nothing of it.
WIDE_BINS = {"FREEC windows", "ichorCNA", "ichorCNA bins", "ichorCNA, up to 7", "QDNAseq bins"}
HALF = shipped_text("mantra-4").replace('copies_max = { value = "unknown"', "copies_max = { value = 0.5")

lost_or_not = st.just(0.0) | st.integers(100, 600).map(lambda hundredths: hundredths / 100)
ploidies = st.just(2.0) | st.integers(150, 450).map(lambda hundredths: hundredths / 100)


@cache
def rule() -> Any:
    return parse(HALF, "half").local[0]


def contents_of(writer: Writer, tumor: Tumor, *, asked: bool = True) -> list[FileContent]:
    options = replace(options_of(writer), genes=(*GENES, CDKN2A) if asked else GENES)
    return read([(writer.file, writer.sheet(tumor).text())], options)


def status_of(writer: Writer, tumor: Tumor, *, known: bool = True) -> Status:
    stated = evidence.stated_by_user(tumor.purity, tumor.ploidy) if known else None
    specimen = writer.options.get("specimen")
    gathered = evidence.gather(
        contents_of(writer, tumor), given=stated, specimen=Specimen(specimen) if specimen else None
    )
    return Status(rule().evaluate(gathered).status)


def expected(writer: Writer, tumor: Tumor) -> set[Status]:
    truth = MET if tumor.copies < 0.5 else NOT_MET
    if writer.says is never or writer.name in WIDE_BINS:
        return {OPEN}
    if writer.says is exactly:
        return {truth}
    pure = (tumor.purity, tumor.ploidy) == (1, 2)
    return {truth} if pure and writer.says not in (at_least, at_least_gains) else {truth, OPEN}


@EACH
@settings(max_examples=10)
@given(copies=lost_or_not, purity=purities, ploidy=ploidies)
def test_a_loss_is_judged_alike_in_every_format(writer: Writer, copies: float, purity: float, ploidy: float) -> None:
    tumor = Tumor(copies, purity, ploidy, "CDKN2A")
    assert status_of(writer, tumor) in expected(writer, tumor)


@EACH
@pytest.mark.parametrize("copies", [0.0, 2.0])
def test_an_unknown_purity_never_makes_the_opposite_answer(writer: Writer, copies: float) -> None:
    for purity in (0.3, 0.9):
        tumor = Tumor(copies, purity, 2.0, "CDKN2A")
        assert status_of(writer, tumor, known=False) in {MET if copies == 0 else NOT_MET, OPEN}


@EACH
def test_what_no_protocol_asks_for_is_neither_kept_nor_counted(writer: Writer) -> None:
    tumor = Tumor(20, 0.8, 2.0)
    (asked,), (unasked,) = contents_of(writer, tumor), contents_of(writer, tumor, asked=False)
    of_it = [s for s in asked.segments if s.gene == "CDKN2A" or s.contig == "9"]
    assert of_it
    assert [s for s in asked.segments if s not in of_it] == list(unasked.segments)
    assert asked.context == unasked.context
    counts = asked.file.records.in_windows - unasked.file.records.in_windows
    in_one_record = writer.reader == "depmap_genes"
    assert counts == len(of_it) or in_one_record


def test_every_format_is_in_these_laws() -> None:
    assert {writer.name for writer in WRITERS} >= WIDE_BINS
