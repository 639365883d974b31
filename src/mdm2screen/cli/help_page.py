"""How ``--help`` of a command looks: options under headings, then examples that can be typed."""

from typing import Any, NamedTuple

from typer.core import TyperCommand


class About(NamedTuple):
    """What the list of commands says of one, and examples of it."""

    short: str
    examples: tuple[str, ...]


ABOUT = {
    "check": About(
        "Screen one tumor.",
        (
            "mdm2screen check tumor.vcf.gz --cn tumor.cns --build GRCh37 --assay wes --diagnosis BLCA",
            "mdm2screen check tumor.vcf.gz --cn tumor.cns --purity 0.6 --ploidy 2.1 --coverage tumor.g.vcf.gz",
            "mdm2screen check tumor.vcf.gz --cn tumor.cns --format json > local.json",
        ),
    ),
    "batch": About(
        "Screen every patient of a sequencing run.",
        ("mdm2screen batch run.csv --out results", "mdm2screen batch sarek_results --write-samplesheet run.csv"),
    ),
    "gather": About(
        "Join parts of a run into one folder.",
        ("mdm2screen gather part1 part2 --out results",),
    ),
    "confirm": About(
        "Join local results with the central laboratory's.",
        (
            "mdm2screen confirm local.json central.json",
            "mdm2screen confirm local.json central.vcf.gz --central cn=central.cns --central purity=0.4",
        ),
    ),
    "request": About(
        "Write the page for the central laboratory.",
        ("mdm2screen request local.json",),
    ),
    "compare": About(
        "Say who changes under another protocol.",
        ("mdm2screen compare mantra-2@2022-06 mantra-2@2022-10 decisions.jsonl",),
    ),
    "concordance": About(
        "Compare local and central testing of many.",
        ("mdm2screen concordance decisions.jsonl --outcomes outcomes.csv",),
    ),
    "demo": About("Screen the three made patients that ship.", ("mdm2screen demo demo-indeterminate",)),
    "formats": About("List the file formats that can be read.", ("mdm2screen formats",)),
    "explain": About(
        "Explain a code or word of a decision.",
        ("mdm2screen explain", "mdm2screen explain M003 near_threshold REQUIRED"),
    ),
    "schema": About(
        "Print the JSON Schema of a document.",
        ("mdm2screen schema", "mdm2screen schema run"),
    ),
}
"""Commands by name."""

HEADINGS = {
    "Files": ("cn", "coverage", "tp53_classes", "reference", "outcomes", "more_local", "more_central"),
    "The tumor (leave out what you do not know: it is never guessed)": (
        "assay",
        "build",
        "purity",
        "ploidy",
        "diagnosis",
        "specimen",
        "fish_ratio",
        "fish_copies",
        "mdm2_inhibitor",
        "collected",
        "local_options",
        "central_options",
    ),
    "How files are read": ("tumor_sample", "cn_sample", "cn_scale", "assume_sorted"),
    "The trial's rules": ("protocol", "as_of"),
    "How a run is screened": ("workers", "executor", "scheduler", "only"),
    "Output": ("out", "output", "html", "patient", "pseudonymise", "exit_code", "parquet", "write_samplesheet"),
}
"""Options by heading, by the names of their parameters; any other stands under ``Options``."""

_OTHER = "Options"


class Command(TyperCommand):
    """A command whose help shows options under ``HEADINGS`` and its examples as they are typed."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, then options by heading in the order of ``HEADINGS``."""
        headings = {name: heading for heading, names in HEADINGS.items() for name in names}
        found: dict[str, list[tuple[str, str]]] = {heading: [] for heading in ("Arguments", *HEADINGS, _OTHER)}
        for one in self.get_params(ctx):
            record = one.get_help_record(ctx)
            if record is not None:
                is_option = one.param_type_name == "option"
                heading = headings.get(str(one.name), _OTHER) if is_option else "Arguments"
                found[heading].append(record)
        for heading, records in found.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples; what is longer than the page goes on in a second line, as a shell takes it."""
        del ctx
        about = ABOUT.get(str(self.name))
        if about is None:
            return
        formatter.write("\nExamples:\n")
        for example in about.examples:
            formatter.write("".join(f"{line}\n" for line in _fitting(example, formatter.width)))


def _fitting(example: str, width: int) -> list[str]:
    """One example in lines that fit, broken between words."""
    lines = ["  "]
    for word in example.split(" "):
        if len(lines[-1]) + len(word) + 3 > width:
            lines[-1] += "\\"
            lines.append("      ")
        lines[-1] += f"{word} "
    return [line.rstrip(" ") for line in lines]
