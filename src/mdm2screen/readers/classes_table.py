"""A laboratory's own table of classes of TP53 variants: one row per variant, on NM_000546 / NP_000537.

The variant stands in a column of HGVS c. or p. (or both, or one column of either), the class in another; a gene column
may restrict the rows to TP53. Where a row gives c. and p., its class is that of the bases.
"""

import re

from mdm2screen import hgvs
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import class_rows, class_words
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row
from mdm2screen.records import ClassRecord, FileContent

FORMAT = Format(
    name="tp53-classes",
    title="table of classes of TP53 variants",
    answers="--tp53-classes: what a laboratory says of a TP53 variant (HGVS c. or p., and a class)",
    silence="a variant that is not in the table has no class by it",
    documented="columns hgvs_c, hgvs_p or variant, and class; classes as of ACMG/AMP 2015",
)

_CODING = ("hgvs_c", "hgvsc", "c", "cdna", "coding", "coding_change", "cdna_change", "nucleotide_change")
_PROTEIN = ("hgvs_p", "hgvsp", "hgvsp_short", "p", "protein", "protein_change", "aa_change", "amino_acid_change")
_EITHER = ("variant", "hgvs", "mutation", "change", "title", "name")
_CLASS = (
    "class", "classification", "significance", "clinical_significance", "pathogenicity", "germline_classification",
    "oncogenicity",
)  # fmt: skip
_GENE = ("gene", "gene_symbol", "symbol", "hugo_symbol", "genes")
# A table with one of these lists a tumor's variants, or is the NCI TP53 Database's.
_FOREIGN = frozenset({"tumor_sample_barcode", "transactivationclass", "waf1nwt"})


def sniff(head: Head) -> bool:
    """A column that names variants, and one that classifies them."""
    names = set(class_rows.columns(head))
    named = names & {*_CODING, *_PROTEIN, *_EITHER}
    return bool(named and names & set(_CLASS)) and not names & _FOREIGN


def read(file: SourceFile, options: Options) -> FileContent:
    """The classes of TP53 variants. Raises InputError with the line of a variant or class that is none."""
    gathering = Gathering(file, options, FORMAT)
    for row in class_rows.rows(file):
        gathering.total = (gathering.total or 0) + 1
        _gather(row, gathering)
    return class_rows.finished(gathering)


def _gather(row: Row, gathering: Gathering) -> None:
    gene, words = _field(row, _GENE), _field(row, _CLASS)
    # the name of a variant says more than a bare p. beside it, so it goes first
    written = [
        hgvs.take_apart(text) for text in (_field(row, (one,)) for one in (*_CODING, *_EITHER, *_PROTEIN)) if text
    ]
    if (gene and "TP53" not in re.split(r"\W+", gene.upper())) or any(map(hgvs.of_other_gene, written)):
        class_rows.drop(gathering, row, "of another gene")
        return
    unknown = class_words.unknown(words)
    if unknown:
        raise MalformedFileError(
            f"{words!r} is no class that is known here",
            where=f"{row.file} line {row.line}",
            remedy="write pathogenic, likely pathogenic, VUS, likely benign or benign",
        )
    significance = class_words.significance(words)
    if significance is None:
        class_rows.drop(gathering, row, "gives no class of pathogenicity")
        return
    coding = next((one.coding for one in written if one.coding), None)
    protein = next((one.protein for one in written if one.protein), None)
    accession = next((one.accession for one in written if one.accession), None)
    try:
        change = hgvs.change(coding, protein, accession)
    except hgvs.UnusableChangeError as exc:
        raise MalformedFileError(
            f"the variant {exc}" if not str(exc).startswith("'") else str(exc),
            where=f"{row.file} line {row.line}",
            remedy="give the change on NM_000546 as HGVS c. or p., such as c.524G>A or p.Arg175His",
        ) from exc
    gathering.classes.append(
        ClassRecord(
            origin=row.file,
            significance=significance,
            words=words,
            source=gathering.file.source(row.line, change.hgvs_c or change.hgvs_p),
            hgvs_c=change.hgvs_c,
            hgvs_p=change.hgvs_p,
        )
    )


def _field(row: Row, names: tuple[str, ...]) -> str:
    """The first of the named columns that holds something."""
    texts = (row.text(name) for name in names)
    return next((text for text in texts if text not in MISSING and text != "-"), "")
