"""What a caller says of one ALT allele: passed, or rejected and why, or a variant of the normal genome."""

from mdm2screen.readers.vcf_callers import Callers
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import FilterKind

_PASSED = frozenset({"PASS", ".", "", "SITE"})
# INFO values by which callers say that the normal genome has the variant, and the words for it. VarScan: 1 germline,
# 3 loss of heterozygosity of a germline variant. DRAGEN tags what databases of populations, or neighbors, hold.
_GERMLINE_INFO = {
    "GermlineStatus": {
        "Germline_DB": "it is in databases of germline variants",
        "Germline_Proxi": "its allele fraction is that of germline variants nearby",
    },
    "SS": {
        "1": "VarScan calls it germline",
        "3": "VarScan calls it germline, with loss of heterozygosity in the tumor",
    },
    "STATUS": {
        "Germline": "VarDict calls it germline",
        "LikelyLOH": "VarDict calls it germline, likely with loss of heterozygosity in the tumor",
        "StrongLOH": "VarDict calls it germline, with loss of heterozygosity in the tumor",
    },
    "NT": {
        "het": "Strelka finds the normal heterozygous",
        "hom": "Strelka finds the normal homozygous",
    },
}


def filters(line: VcfLine, allele: int) -> tuple[str, ...]:
    """FILTER tokens that hold for ALT ``allele``: those of the site, of the allele, and of the tumor's column.

    Empty where no filter was applied, ``("PASS",)`` where none failed.
    """
    own = (*_of_allele(line, allele), *line.tumor.get("FT", "").split(";"))
    failed = [token for token in (*line.filters, *own) if token not in _PASSED]
    return tuple(dict.fromkeys(failed)) or line.filters


def _of_allele(line: VcfLine, allele: int) -> tuple[str, ...]:
    """Mutect2's AS_FilterStatus: alleles separated by bars, the tokens of one by commas; ``SITE`` for none of its own.

    A line that was split after filtering keeps the list of all alleles: whose tokens are whose is lost, so all hold.
    """
    parts = line.info.get("AS_FilterStatus", "").split("|")
    mine = parts[allele - 1 : allele] if len(parts) == len(line.alts) else parts
    return tuple(token.strip() for part in mine for token in part.split(","))


def kinds(tokens: tuple[str, ...], callers: Callers) -> tuple[FilterKind, ...]:
    """What each failed token means, in their order."""
    return tuple(callers.kind(token) for token in tokens if token not in _PASSED)


def germline(line: VcfLine, callers: Callers) -> str | None:
    """Why the record's own fields make the variant one of the normal genome, if they do."""
    for key, words in _GERMLINE_INFO.items():
        if line.info.get(key) in words:
            return words[line.info[key]]
    for caller in callers.found:
        for flag in caller.germline_flags:
            if flag not in line.info:
                return f"{caller.title} does not call it {flag.lower()}"
    return None
