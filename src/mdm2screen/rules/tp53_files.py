"""What stands against trusting a file's silence about TP53."""

from mdm2screen.evidence import Evidence
from mdm2screen.results import Reason, reason
from mdm2screen.rules import tp53_classes, tp53_variants

# Classes that would count or be reviewed if the file were on another build.
_ASKING = frozenset({*tp53_classes.DISQUALIFYING, tp53_classes.UNKNOWN, tp53_classes.SPLICE, tp53_classes.CONFLICTING})


def reasons(evidence: Evidence) -> list[Reason]:
    """Why silence about TP53 cannot be trusted."""
    files = evidence.variant_files
    if not files:
        return [reason("T011", "no VCF was given")]
    found = []
    listing = [one for one in files if one.small_variants]
    if not listing:
        names = ", ".join(one.file for one in files)
        found.append(reason("T012", f"{names} holds no small variant at all"))
    if all(one.germline is not None for one in listing):  # beside a tumor's calls they take nothing away
        found += [reason("T037", f"{one.file} was {one.germline}") for one in listing]
    for one in listing:
        if not one.reaches_tp53:
            found.append(reason("T013", f"the records of {one.file} end before TP53 does: cut, or only a part"))
        if one.order_assumed:
            found.append(reason("T049", f"of {one.file} only what lies at TP53 in a sorted file was read"))
        found += [
            reason(
                "T018",
                f"TP53 {tp53_variants.name(variant)} on {variant.build}, if the file were on it",
                variant.record.source,
            )
            for variant in one.elsewhere
            if variant.consequence is not None and tp53_classes.classify(variant).name in _ASKING
        ]
    return found
