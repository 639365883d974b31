import unicodedata
from typing import Any

import pytest
from decision_builder import (
    agreement,
    amplicon,
    branch,
    call,
    callability,
    calls,
    central,
    decision,
    input_file,
    mdm2,
    mdm2_source,
    polymorphism,
    protocol,
    reason,
    robustness,
    tp53,
    variant,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from mdm2screen.callability_result import Exposure, UncoveredStretch
from mdm2screen.decision import Decision
from mdm2screen.mdm2_finding import AgreementVerdict, AmplifiedStretch, FileCopies, Firmness, Flip
from mdm2screen.records import RecordCounts, Reference, Significance, Source
from mdm2screen.reports import terminal_report, wording
from mdm2screen.results import (
    CentralStatus,
    ClassSource,
    Disposition,
    Eligibility,
    Interval,
    SiteCheck,
    Software,
    Status,
)

WIDTHS = (80, 120)


def page(made: Decision, **options: Any) -> str:
    return terminal_report.render(made, **options)


def words(made: Decision, **options: Any) -> str:
    """The page with every run of blanks and line ends as one blank."""
    return " ".join(page(made, **options).split())


def unsettled() -> Decision:
    possible = Interval(low=8.2, high=33.0)
    open_fold = branch(
        measure="fold",
        threshold=6.0,
        status=Status.INDETERMINATE,
        interval=Interval(low=4.1, high=None),
        margin=-1.9,
    )
    return decision(
        headline="MDM2 cannot be decided; diagnosis to be verified",
        molecular=Eligibility.INDETERMINATE,
        eligibility=Eligibility.INDETERMINATE,
        tumor_type=None,
        calls=(call(status=Status.INDETERMINATE, reasons=(reason(code="M003", message="purity unknown"),)),),
        to_resolve=("pass the purity: --purity",),
        mdm2=mdm2(
            copies=None,
            fold=None,
            purity=None,
            purity_source=None,
            ploidy_source=None,
            ploidy=None,
            interval=possible,
            assumed="purity 20% to 100%, ploidy 2 to 4.5",
            needed_purity=0.65,
            covered_fraction=0.93,
            branches=(branch(status=Status.INDETERMINATE, interval=possible, margin=-3.8), open_fold),
            sources=(
                mdm2_source(status=Status.INDETERMINATE, interval=possible),
                mdm2_source(
                    file="panel.tsv",
                    producer="GISTIC",
                    lowest=None,
                    mean=None,
                    highest=None,
                    labels=("AMP",),
                    interval=None,
                    status=Status.INDETERMINATE,
                    evidence=(),
                ),
            ),
        ),
    )


def disqualified(**changes: Any) -> Decision:
    fields: dict[str, Any] = {
        "headline": "not eligible: TP53 is not wild-type",
        "molecular": Eligibility.NOT_ELIGIBLE,
        "eligibility": Eligibility.NOT_ELIGIBLE,
        "central_confirmation": central(status=CentralStatus.NOT_REQUIRED, reasons=(), flags=()),
        "calls": (calls()[0], call(criterion="tp53_wild_type", status=Status.NOT_MET)),
        "tp53": tp53(variants=(variant(), polymorphism())),
    }
    return decision(**(fields | changes))


@pytest.mark.parametrize(
    ("made", "first"),
    [
        (decision(), "ELIGIBLE on local testing; central confirmation required"),
        (disqualified(), "NOT ELIGIBLE: TP53 is not wild-type"),
        (unsettled(), "INDETERMINATE: MDM2 cannot be decided; diagnosis to be verified"),
    ],
)
def test_first_line_is_the_answer(made: Decision, first: str) -> None:
    assert page(made).splitlines()[0] == first


def test_the_answer_and_its_reasons_fit_the_first_screen() -> None:
    screen = "\n".join(page(decision()).splitlines()[:25])
    for line in (
        "Patient               P1",
        "Molecular             ELIGIBLE (the genomic criteria alone)",
        "Eligibility           ELIGIBLE (all criteria)",
        "Central confirmation  REQUIRED",
        "This trial is closed (terminated).",
        "MDM2 amplification    MET",
        "TP53 wild-type        MET",
        "Tumor type            MET (BLCA)",
    ):
        assert line in screen


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("made", [decision(), disqualified(), unsettled()])
def test_lines_keep_to_the_width(made: Decision, width: int) -> None:
    lines = page(made, width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("made", [decision(), disqualified(), unsettled()])
def test_nothing_is_cut_off_at_any_width(made: Decision) -> None:
    bare = {"".join(page(made, width=width).split()).replace("-", "") for width in (40, 60, *WIDTHS)}
    letters = {len(text) for text in bare}
    assert len(letters) == 1


def test_width_is_80_unless_given() -> None:
    assert page(unsettled()) == page(unsettled(), width=80)
    assert page(unsettled(), width=3) == page(unsettled(), width=40)


def test_a_reason_shows_code_message_and_place() -> None:
    text = words(decision(), width=120)
    assert "M001 MDM2 has 14.2 tumor copies; the protocol asks for 12 or more" in text
    assert "P1.call.cns line 214 (chr12:68500001-70100000)" in text


def test_of_many_places_the_first_few_are_shown() -> None:
    evidence = tuple(Source(file="P1.vcf", line=line) for line in range(1, 8))
    text = words(decision(calls=(call(reasons=(reason(evidence=evidence),)),)))
    assert "P1.vcf line 4; and 3 more" in text
    assert "P1.vcf line 5" not in text


def test_mdm2_details_when_settled() -> None:
    text = words(decision(), width=120)
    assert "Tumor copies 14.2 (7.1-fold of two copies)" in text
    assert "purity 60% (from options), ploidy 2.1 (from P1.purple.purity.tsv)" in text
    assert "copies >= 12 MET (14.2, 2.2 above)" in text
    assert "fold >= 6 MET (7.1, 1.1 above)" in text
    assert "log2 ratio to two copies: lowest 2.19, mean 2.31, highest 2.44 = 14.2 tumor copies: MET" in text
    assert "not corrected for purity; 2 segments, 100% of the gene" in text


def test_mdm2_details_when_not_settled() -> None:
    text = words(unsettled(), width=120)
    assert "Tumor copies not settled; possible: 8.2 to 33" in text
    assert "Assumed purity 20% to 100%, ploidy 2 to 4.5" in text
    assert "copies >= 12 INDETERMINATE (lowest 8.2, 3.8 below; highest 33, 21 above)" in text
    assert "fold >= 6 INDETERMINATE (lowest 4.1, 1.9 below; no upper limit)" in text
    assert "Would be met at a purity of 0.65 or less (at ploidy 2)" in text
    assert "Gene covered 93%" in text
    assert "label AMP, no number no number of tumor copies: INDETERMINATE" in text
    assert "GISTIC: panel.tsv" in text


def test_mdm2_without_any_number() -> None:
    made = decision(mdm2=mdm2(copies=None, interval=None, branches=(), sources=(), covered_fraction=None))
    assert "Tumor copies no number" in words(made)


def test_mdm2_firmness_agreement_and_context_are_told() -> None:
    other = FileCopies(file="P1.tsv", interval=None, status=Status.INDETERMINATE)
    both = agreement(verdict=AgreementVerdict.NOT_COMPARABLE, values=(*agreement().values, other))
    source = mdm2_source(context=amplicon(), confidence=Interval(low=1.9, high=2.5), fewest_markers=2)
    found = mdm2(confidence=Interval(low=11.2, high=17), agreement=both, sources=(source,))
    text = words(decision(mdm2=found), width=120)
    assert "Confidence limits 11.2 to 17 tumor copies" in text
    assert "Firmness FRAGILE: depends on purity met at a purity of 0.71 or less (at ploidy 2.1)" in text
    assert "Agreement the files cannot be compared P1.call.cns: 14.2 P1.tsv: no number" in text
    assert "lowest 2.19 (confidence limits 1.9 to 2.5)" in text
    assert "2 segments (fewest markers 2)" in text
    stretch = "stretch 12:68500001-70100000, 1.6 Mb in 3 segments, 0.2 Mb of it without a number"
    assert f"{stretch}: focal (at most 10 Mb); as high elsewhere on chromosome 12: 2" in text
    assert "raised with MDM2: CDK4 3.5" in text
    assert "not raised: HMGA2 -0.43" in text
    assert "without a number: FRS2" in text
    assert "MDM1" not in text
    assert "amplicon class: ecDNA+" in text


def test_mdm2_robust_says_over_what() -> None:
    firm = robustness(verdict=Firmness.ROBUST, depends_on=(), flips=())
    text = words(decision(mdm2=mdm2(robustness=firm)), width=120)
    assert "Firmness ROBUST: the same over the protocol's whole range of purity and ploidy" in text


def test_mdm2_flips_say_at_what_else_they_hold() -> None:
    flips = (
        Flip(quantity="purity", value=0.168, at=None, reference=Reference.DIPLOID),
        Flip(quantity="ploidy", value=2.858, at=0.2, reference=Reference.SAMPLE),
    )
    text = words(decision(mdm2=mdm2(robustness=robustness(flips=flips))), width=120)
    assert "met at a purity of 0.16 or less, if the ratio is to two copies" in text
    assert "met at a ploidy of 2.86 or more (at purity 0.2)" in text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"raised": False, "stretch": None}, "MDM2 is not raised"),
        ({"stretch": None}, "size of the amplified stretch not known"),
        (
            {"stretch": AmplifiedStretch(start=1, end=9, segments=1, unmeasured=0, extent=None)},
            "its true size is not known",
        ),
    ],
)
def test_mdm2_context_without_a_size(changes: dict[str, Any], expected: str) -> None:
    source = mdm2_source(context=amplicon(**changes))
    assert expected in words(decision(mdm2=mdm2(sources=(source,))), width=120)


def test_mdm2_one_value_is_told_once() -> None:
    source = mdm2_source(lowest=14.2, mean=14.2, highest=14.2, scale="tumor_copies", segments=1)
    text = words(decision(mdm2=mdm2(sources=(source,))), width=120)
    assert "tumor copies: 14.2 = 14.2 tumor copies: MET" in text
    assert "1 segment, 100% of the gene" in text


def test_variants_that_take_wild_type_away_are_told_in_full() -> None:
    text = words(disqualified(), width=120)
    assert "p.Arg175His c.524G>A missense: takes wild-type away" in text
    assert "missense change at hotspot residue 175" in text
    assert "VAF 34.2% depth 512 FILTER PASS class hotspot" in text
    assert "17:7675088 C>T, P1.vcf.gz line 88231" in text


def test_variants_to_review_say_so_and_what_is_not_given() -> None:
    shown = variant(counts=Disposition.REVIEW, vaf=None, depth=None, hgvs_p=None, hgvs_c=None, ref="C" * 40)
    text = words(disqualified(tp53=tp53(variants=(shown,))), width=120)
    assert "17:7675088 CCCCCCCCCCCC...(40 bases)>T missense: to be reviewed" in text
    assert "VAF not given depth not given" in text


def test_a_place_without_line_is_shown_by_its_locus() -> None:
    shown = variant(source=Source(file="P1.vcf.gz", locus="chr17:7675088"))
    assert "P1.vcf.gz (chr17:7675088)" in words(disqualified(tp53=tp53(variants=(shown,))), width=120)


def test_a_very_long_name_is_shortened() -> None:
    shown = variant(hgvs_p=None, hgvs_c=f"c.524_525ins{'ACGT' * 500}")
    text = page(disqualified(tp53=tp53(variants=(shown,))))
    assert "..." in text
    assert "ACGT" * 50 not in "".join(text.split())


def test_ignored_variants_are_listed_by_their_reason() -> None:
    deep = [polymorphism(hgvs_p=None, hgvs_c=f"c.75-{n}G>A", why="deep intronic") for n in (40, 41)]
    text = page(decision(tp53=tp53(variants=(polymorphism(), *deep))))
    start = text.index("Ignored variants: 3")
    assert [line.strip() for line in text[start:].splitlines()[1:6]] == [
        "-  known benign polymorphism",
        "p.Pro72Arg  c.215C>G  VAF 51%  depth 433  FILTER PASS",
        "-  deep intronic",
        "c.75-40G>A  VAF 51%  depth 433  FILTER PASS",
        "c.75-41G>A  VAF 51%  depth 433  FILTER PASS",
    ]


def test_of_many_variants_ignored_for_one_reason_the_first_are_listed_and_the_others_counted() -> None:
    deep = [polymorphism(hgvs_p=None, hgvs_c=f"c.75-{n}G>A", why="deep intronic") for n in range(40, 80)]
    text = page(decision(tp53=tp53(variants=tuple(deep))))
    assert text.count("c.75-") == 12
    assert "and 28 more; the JSON lists all" in text


def test_a_splice_variant_goes_by_its_c_name() -> None:
    lost = variant(hgvs_c="c.375+1G>A", hgvs_p="p.?", consequence="splice_donor_variant&intron_variant")
    text = page(disqualified(tp53=tp53(variants=(lost,))))
    assert "c.375+1G>A  p.?  splice donor variant, intron variant: takes wild-type away" in text


def test_a_breakend_is_shown_as_it_is_written() -> None:
    joint = variant(ref="N", alt="N]chr17:7700000]", hgvs_c=None, hgvs_p=None, consequence="structural_variant")
    text = page(disqualified(tp53=tp53(variants=(joint,))))
    assert "17:7675088 N>N]chr17:7700000]  structural variant: takes wild-type away" in text
    assert "bases)" not in text[text.index("structural variant") :]


def test_what_a_source_says_is_not_said_twice() -> None:
    place = Source(file="own.tsv", line=3)
    told = ClassSource(origin="own.tsv", significance=Significance.PATHOGENIC, words="seen in a family", source=place)
    alone = words(disqualified(tp53=tp53(variants=(variant(class_sources=(told,), why="own words"),))))
    assert "own.tsv: pathogenic: seen in a family, own.tsv line 3" in alone
    again = words(disqualified(tp53=tp53(variants=(variant(class_sources=(told,), why="own.tsv: seen in a family"),))))
    assert "own.tsv: pathogenic, own.tsv line 3" in again


def test_callability_and_what_was_not_seen() -> None:
    stretches = (
        UncoveredStretch(exon=4, start=7676200, end=7676230),
        UncoveredStretch(exon=9, start=7673600, end=7673600),
    )
    text = words(decision(tp53=tp53(callability=callability(covered=1190, uncovered=stretches))), width=120)
    assert "declared: wes; 1190 of 1222 coding and splice-site bases" in text
    assert "exon 4, 17:7676200-7676230 (31 bases) exon 9, 17:7673600 (1 base)" in text


def test_unknown_callability_is_said() -> None:
    seen = callability(exposure=Exposure.UNKNOWN, assay=None, covered=None)
    assert "unknown; no file and no option says what it sees of TP53" in words(decision(tp53=tp53(callability=seen)))


def test_what_to_do_next_comes_before_the_details() -> None:
    text = page(unsettled())
    assert text.index("What would resolve it") < text.index("MDM2 in detail")
    assert "pass the purity: --purity" in text


def test_flags_are_shown_in_words() -> None:
    flags = (*wording.FLAGS, "some_new_flag")
    text = words(decision(central_confirmation=central(flags=flags)))
    assert all(wording.FLAGS[flag] in text for flag in wording.FLAGS)
    assert "some new flag" in text


def test_no_central_section_where_there_is_nothing_to_say() -> None:
    text = page(disqualified())
    assert text.count("Central confirmation") == 1
    assert "NOT REQUIRED" in text


def test_missing_diagnosis_is_said() -> None:
    made = decision(tumor_type=None, calls=(call(criterion="tumor_type", status=Status.INDETERMINATE),))
    assert "Tumor type            INDETERMINATE (no diagnosis given)" in page(made)


def test_site_checks_inputs_and_origin_are_shown() -> None:
    counts = RecordCounts(total=301, in_windows=2, used=1, dropped={"no call": 1})
    files = (
        input_file(records=counts, notes=("the last line has no line end",)),
        input_file(build=None, sample=None),
    )
    text = words(decision(inputs=files), width=120)
    assert "To be verified at the site - age 18 years or more - no earlier MDM2 inhibitor" in text
    assert "P1.vcf.gz vcf, sha256 9f86d081884c" in text
    assert "sample P1_T; build GRCh38 (contig lengths in the header)" in text
    assert "301 records, 2 over the genes, 1 used, dropped: no call (1)" in text
    assert "note: the last line has no line end" in text
    assert "no genome build needed" in text
    assert "mdm2screen 0.1.0" in text
    assert "mantra-2, version 1.0, sha256 d7a8fbb307d7" in text
    assert text.endswith(wording.CLOSING)


def test_a_decision_about_nothing_is_still_a_page() -> None:
    made = decision(mdm2=None, tp53=None, inputs=(), verify_at_site=(), calls=())
    text = page(made)
    assert "in detail" not in text
    assert "Inputs" not in text


def test_no_escape_sequence_without_color() -> None:
    assert "\x1b" not in page(decision())
    assert "\x1b" not in page(decision(), color=False)


def test_color_adds_nothing_but_color() -> None:
    colored = page(unsettled(), color=True)
    assert "\x1b[1;33mINDETERMINATE" in colored
    plain = "".join(part[part.index("m") + 1 :] if i else part for i, part in enumerate(colored.split("\x1b")))
    assert "\n".join(line.rstrip() for line in plain.splitlines()) + "\n" == page(unsettled())


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = page(decision()), page(decision(), color=True)
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "50", "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert (page(decision()), page(decision(), color=True)) == before


def test_own_words_are_ascii() -> None:
    assert all(page(made).isascii() for made in (decision(), disqualified(), unsettled()))


def test_markup_in_a_file_name_is_text() -> None:
    made = decision(inputs=(input_file(name="[red]x[/red].vcf"),), patient=":smile: [bold]P1[/]")
    for color in (True, False):
        assert "[red]x[/red].vcf" in page(made, color=color)
        assert ":smile: [bold]P1[/]" in page(made, color=color)


def test_escape_sequences_of_files_are_text() -> None:
    text = page(decision(patient="\x1b[2J\x1b]0;owned\x07P1\rELIGIBLE", inputs=(input_file(name="a\nELIGIBLE"),)))
    assert "\\x1b[2J\\x1b]0;owned\\x07P1\\rELIGIBLE" in text
    assert "a\\nELIGIBLE" in text


def _everywhere(nasty: str) -> Decision:
    """One decision with the same text wherever a file or a person may bring text in."""
    place = Source(file=nasty, line=3, locus=nasty)
    because = reason(message=nasty, evidence=(place,))
    names = {
        "hgvs_c": nasty,
        "hgvs_p": nasty,
        "filter": nasty,
        "classification": nasty,
        "why": nasty,
        "locus": nasty,
    }
    variants = (variant(source=place, consequence=nasty, ref=nasty, alt=nasty, **names), polymorphism(**names))
    source = mdm2_source(file=nasty, producer=nasty, labels=(nasty,), evidence=(place,))
    counts = RecordCounts(total=1, dropped={nasty: 1})
    file = input_file(
        name=nasty, sample=nasty, build_because=nasty, way=nasty, format=nasty, notes=(nasty,), records=counts
    )
    return decision(
        patient=nasty,
        protocol=protocol(id=nasty, version=nasty, title=nasty, status=nasty, digest=nasty),
        headline=nasty,
        central_confirmation=central(flags=(nasty,), reasons=(because,)),
        calls=(call(criterion=nasty, reasons=(because,)), call(criterion="tumor_type")),
        mdm2=mdm2(sources=(source, mdm2_source(evidence=(), file=nasty)), assumed=nasty),
        tp53=tp53(variants=variants, callability=callability(assay=nasty)),
        tumor_type=nasty,
        to_resolve=(nasty,),
        verify_at_site=(SiteCheck(item=nasty, source=nasty),),
        inputs=(file,),
        software=Software(version=nasty),
    )


@settings(deadline=None)  # a whole page per example
@given(st.text() | st.text(alphabet="\x1b[]/:;mJred\t\r\n\x07\x9b\u202e "))
def test_no_text_acts_on_the_terminal(nasty: str) -> None:
    text = page(_everywhere(nasty)).replace("\n", "")
    assert not {unicodedata.category(character) for character in text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("state", "expected"),
    [("kept", "kept: 0.9 of 2 copies"), ("lost_in_part", "lost in part: 0.9 of 2 copies"), (None, None)],
)
def test_heterozygosity_is_shown_where_it_is_known(state: str | None, expected: str | None) -> None:
    known = state and {"state": state, "copies": 2.0, "minor": 0.9, "source": Source(file="cn.tsv", line=4)}
    shown = words(decision(tp53=tp53(heterozygosity=known)), width=120)
    assert ("Heterozygosity" in shown) == (expected is not None)
    assert expected is None or f"{expected} are of the rarer allele (cn.tsv)" in shown
