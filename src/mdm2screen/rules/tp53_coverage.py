"""Whether the assay is known to have seen all of TP53."""

from mdm2screen.results import Callability, Exposure, Reason, reason


def reasons(callability: Callability) -> list[Reason]:
    """Why coverage is not shown; none where it is."""
    unknown = callability.exposure is Exposure.UNKNOWN
    found = [reason("T009", "nothing says that the assay covered TP53")] if unknown else []
    if not callability.uncovered:
        return found
    bases = sum(one.end - one.start + 1 for one in callability.uncovered)
    exons = ", ".join(str(number) for number in sorted({one.exon for one in callability.uncovered}))
    words = f"{bases} of {callability.bases} bases of TP53 are not covered (exon {exons})"
    return [*found, reason("T010", words)]
