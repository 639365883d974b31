"""TP53 in detail, as a section of the terminal page."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from mdm2screen.numerals import number, percent
from mdm2screen.records import Source
from mdm2screen.reports import terminal_callability, wording
from mdm2screen.reports.terminal_parts import Row, bold, in_detail, lines, rows, section, text
from mdm2screen.results import (
    Disposition,
    Heterozygosity,
    Tp53Finding,
    Tp53Variant,
)

_LONGEST_NAME = 60
_LONGEST_ALLELE = 12
_IGNORED_SHOWN = 12

_VERDICTS = {
    Disposition.DISQUALIFIES: ("takes wild-type away", "bold red"),
    Disposition.REVIEW: ("to be reviewed", "bold yellow"),
}


def tp53(finding: Tp53Finding) -> RenderableType:
    """What the assay sees, the variants that weigh, and the others in few lines."""
    weighty = [v for v in finding.variants if v.counts is not Disposition.IGNORED]
    ignored = [v for v in finding.variants if v.counts is Disposition.IGNORED]
    return section(
        bold(in_detail("TP53", finding.sample)),
        rows((*terminal_callability.rows(finding.callability), *_alleles(finding.heterozygosity))),
        *(_variant(variant) for variant in weighty),
        _ignored(ignored),
    )


def _alleles(found: Heterozygosity | None) -> Iterator[Row]:
    if found is not None:
        copies = "" if found.copies is None else f" of {number(found.copies)} copies"
        words = f"{wording.blanks(found.state)}: {number(found.minor)}{copies} are of the rarer allele"
        yield text("Heterozygosity"), text(f"{words} ({found.source.file})")


def _variant(variant: Tp53Variant) -> RenderableType:
    verdict, style = _VERDICTS[variant.counts]
    names = [*_names(variant), wording.consequence(variant.consequence)]
    title = Text.assemble(bold("  ".join(names)), ": ", text(verdict, style))
    return Group(Text(""), title, Padding(_details(variant), (0, 0, 0, 2)))


def _details(variant: Tp53Variant) -> Text:
    germline = [text(f"germline: {variant.germline}")] if variant.germline else []
    return lines(
        text(variant.why),
        *germline,
        text(f"{_quality(variant)}  class {wording.blanks(variant.classification)}"),
        *map(text, _context(variant)),
        *map(text, _annotation(variant)),
        text(f"{_change(variant)}, {_place(variant.source)}", "dim"),
    )


def _context(variant: Tp53Variant) -> Iterator[str]:
    """The domain of the protein, and what each source says of the variant."""
    if variant.domain is not None:
        yield f"domain: {variant.domain}"
    for one in variant.class_sources:
        words = "" if one.words in variant.why else f": {one.words}"
        yield f"{one.origin}: {wording.blanks(one.significance)}{words}, {_place(one.source)}"


def _annotation(variant: Tp53Variant) -> Iterator[str]:
    """What each program wrote of the variant, and whether that is what mdm2screen says."""
    checked = variant.annotation
    if checked is None:
        return
    for one in checked.statements:
        names = [one.program, "&".join(one.terms), _shortened(one.hgvs_p or one.hgvs_c or "")]
        yield f"annotation in the file: {' '.join(filter(None, names))} ({wording.annotated(checked, one)})"
    if checked.note:
        yield f"annotation in the file: {checked.note}"


def _change(variant: Tp53Variant) -> str:
    return f"{variant.locus} {_allele(variant.ref)}>{_allele(variant.alt)}"


def _place(source: Source) -> str:
    """A line leads to the variant by itself; without one, the locus as the file writes it."""
    return str(source if source.line is None else source.model_copy(update={"locus": None}))


def _names(variant: Tp53Variant) -> list[str]:
    """The names it has, the most telling one first; the change itself where it has none."""
    known = (name for name in (variant.name, variant.hgvs_c, variant.hgvs_p) if name and name[:2] in ("p.", "c."))
    return [_shortened(name) for name in dict.fromkeys(known)] or [_shortened(_change(variant))]


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}..."


def _allele(written: str) -> str:
    """An allele, long ones cut short; a breakend is no run of bases."""
    if not written.isalpha():
        return _shortened(written)
    return written if len(written) <= _LONGEST_ALLELE else f"{written[:_LONGEST_ALLELE]}...({len(written)} bases)"


def _ignored(variants: Iterable[Tp53Variant]) -> RenderableType:
    """Variants without weight, those of one reason together."""
    by_reason: dict[str, list[str]] = {}
    for variant in variants:
        by_reason.setdefault(variant.why, []).append(_brief(variant))
    if not by_reason:
        return Group()
    total = sum(map(len, by_reason.values()))
    reasons = ((text("-"), lines(text(why), *map(text, _first(names)))) for why, names in by_reason.items())
    return Group(Text(""), Text(f"Ignored variants: {total}"), rows(reasons, label_width=1))


def _brief(variant: Tp53Variant) -> str:
    return "  ".join([*_names(variant), _quality(variant)])


def _quality(variant: Tp53Variant) -> str:
    vaf = "not given" if variant.vaf is None else percent(variant.vaf)
    depth = "not given" if variant.depth is None else str(variant.depth)
    return f"VAF {vaf}  depth {depth}  FILTER {variant.filter}"


def _first(names: list[str]) -> list[str]:
    more = len(names) - _IGNORED_SHOWN
    return [*names[:_IGNORED_SHOWN], *([f"and {more} more; the JSON lists all"] if more > 0 else [])]
