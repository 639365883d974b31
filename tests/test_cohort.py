"""240 lung tumors of a public study (nsclc_msk_pd1_2018): our call on each beside the study's own."""

import sys
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

import pytest

from mdm2screen.evidence import gather
from mdm2screen.protocol import load_shipped
from mdm2screen.readers import read
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, FileContent, PurityRecord, Source
from mdm2screen.results import Call, Mdm2Finding, Status
from mdm2screen.rules import Rule
from shared_data import shared

STUDY = "cohort/nsclc_msk_pd1_2018"
AMPLIFIED = 2
# A log2 of 0.91, which the study did not call: 12 copies at a purity of 0.17 (diploid) and 0.33 (ploidy 4.5).
BORDERLINE = "P-0004279-T01-IM5"


class Tumor(NamedTuple):
    """One tumor: the study's discrete MDM2 call, and ours."""

    sample: str
    study: int
    content: FileContent
    call: Call

    @property
    def finding(self) -> Mdm2Finding:
        assert self.call.mdm2 is not None
        return self.call.mdm2

    def at(self, purity: float) -> Call:
        """The call at a stated purity of a diploid tumor."""
        known = PurityRecord(purity=purity, ploidy=2.0, source=Source(file="options"))
        return rule().evaluate(gather([self.content], given=known))


def rule() -> Rule:
    return load_shipped("mantra-2").local[0]


@cache
def study_calls() -> dict[str, int]:
    with shared(f"{STUDY}/data_cna.txt").open(encoding="utf-8") as table:
        names = next(table).rstrip("\n").split("\t")
        row = next(line for line in table if line.startswith("MDM2\t")).rstrip("\n").split("\t")
    return {name: int(float(value)) for name, value in zip(names[1:], row[1:], strict=True)}


@pytest.fixture(scope="module")
def tumors(tmp_path_factory: pytest.TempPathFactory) -> list[Tumor]:
    """The cohort's segments read sample by sample, from one pass over the file."""
    folder = tmp_path_factory.mktemp("cohort")
    lines: dict[str, list[str]] = defaultdict(list)
    with shared(f"{STUDY}/data_cna_hg19.seg").open(encoding="utf-8") as table:
        header = next(table)
        for line in table:
            lines[line.partition("\t")[0]].append(line)
    found = []
    for sample, study in study_calls().items():
        path = folder / f"{sample}.seg"
        path.write_text(header + "".join(lines[sample]), encoding="utf-8")
        content = read(path, Options(build=Build.GRCH37))
        found.append(Tumor(sample, study, content, rule().evaluate(gather([content]))))
    return found


def table_of(tumors: list[Tumor]) -> str:
    """Study against us, then every tumor that either calls amplified or open."""
    counts = Counter((tumor.study == AMPLIFIED, tumor.call.status) for tumor in tumors)
    rows = [
        f"{'amplified' if one else 'unamplified':11}  {status:13}  {n}" for (one, status), n in sorted(counts.items())
    ]
    for tumor in tumors:
        if tumor.study == AMPLIFIED or tumor.call.status is not Status.NOT_MET:
            (source,) = tumor.finding.sources
            span = tumor.finding.interval
            needed = tumor.finding.needed_purity
            assert span is not None
            at = "" if needed is None else f"  met at a purity of {needed:.2f} or less"
            size = source.context.stretch.extent if source.context and source.context.stretch else None
            value = f"log2 {source.lowest:6.3f} {span.low:6.2f} to {span.high:6.2f} copies"
            rows.append(f"{tumor.sample:18} {tumor.study:2} {value} {tumor.call.status:13} {size}{at}")
    return "\n".join(rows)


def test_no_unamplified_tumor_is_met_and_no_amplified_one_is_missed(
    tumors: list[Tumor], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{table_of(tumors)}\n")
    assert len(tumors) == 240
    unamplified = Counter(tumor.call.status for tumor in tumors if tumor.study != AMPLIFIED)
    amplified = Counter(tumor.call.status for tumor in tumors if tumor.study == AMPLIFIED)
    assert unamplified == {Status.NOT_MET: 233, Status.INDETERMINATE: 1}
    assert amplified == {Status.MET: 1, Status.INDETERMINATE: 5}


def test_every_open_tumor_of_the_cohort_names_the_purity_that_decides(tumors: list[Tumor]) -> None:
    for tumor in tumors:
        if tumor.call.status is Status.INDETERMINATE:
            assert next(reason.code for reason in tumor.call.reasons) == "M003"
            assert "at a purity of" in tumor.call.reasons[0].message
            assert tumor.finding.robustness is not None
            assert any(flip.quantity == "purity" for flip in tumor.finding.robustness.flips)


def test_the_borderline_tumor_is_the_only_open_one_that_the_study_did_not_call(tumors: list[Tumor]) -> None:
    still_open = [t.sample for t in tumors if t.study != AMPLIFIED and t.call.status is Status.INDETERMINATE]
    assert still_open == [BORDERLINE]


def test_the_purity_that_is_named_does_decide(tumors: list[Tumor]) -> None:
    """A little below it the same tumor is amplified, a little above it is not."""
    tried = 0
    for tumor in tumors:
        needed = tumor.finding.needed_purity
        if needed is None or needed * 0.95 < 0.2:
            continue
        for factor, status in ((0.95, Status.MET), (1.05, Status.NOT_MET)):
            assert tumor.at(needed * factor).status is status
            tried += 1
    assert tried == 10
