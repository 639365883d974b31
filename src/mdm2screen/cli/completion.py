"""What the shell completes beside options: names that ship with mdm2screen. Nothing is loaded before Tab is pressed."""

from collections.abc import Iterator


def codes(incomplete: str) -> Iterator[tuple[str, str]]:
    """What can be explained, in whatever case it was begun."""
    from mdm2screen.cli.explanations import all_explanations

    for one in all_explanations().values():
        if one.name.upper().startswith(incomplete.upper()):
            yield incomplete + one.name[len(incomplete) :], one.title  # shells drop what does not go on as typed


def protocols(incomplete: str) -> Iterator[str]:
    """Shipped protocols, behind ``@`` their versions."""
    from mdm2screen import data

    for name in data.names("protocols", ".toml"):
        content = data.toml(f"protocols/{name}.toml")
        versions = [one["version"] for one in (content, *content.get("amendment", ()))]
        known = [f"{name}@{version}" for version in versions] if "@" in incomplete else [name]
        yield from (one for one in known if one.startswith(incomplete))


def outputs(incomplete: str) -> Iterator[str]:
    """The outputs of a decision."""
    from mdm2screen.reports import REPORTS

    return (name for name in REPORTS if name.startswith(incomplete))


def keys(incomplete: str) -> Iterator[str]:
    """Names of KEY=VALUE for raw files."""
    from mdm2screen.sample_options import SampleOptions

    return (f"{key}=" for key in (*SampleOptions.__annotations__, "file") if key.startswith(incomplete))


def diagnoses(incomplete: str) -> Iterator[tuple[str, str]]:
    """OncoTree codes with their names."""
    from mdm2screen import data

    for row in data.table("oncotree.tsv"):
        code, name = list(row.values())[:2]
        if code.startswith(incomplete.upper()):
            yield incomplete + code[len(incomplete) :], name
