"""A request for the central laboratory as one page of text."""

from collections.abc import Iterator

from rich.console import RenderableType

from mdm2screen.reports import wording
from mdm2screen.reports.terminal_parts import Row, bold, lines, page, rows, section, text, word
from mdm2screen.requesting import CentralRequest, Finding, LocalSample, RequestedTest, SentFile


def render(request: CentralRequest, *, width: int | None = None, color: bool = False) -> str:
    """The page, 80 wide and without color unless asked."""
    return page(_page(request), width=width, color=color)


def _page(request: CentralRequest) -> Iterator[RenderableType]:
    yield bold("Request for central confirmation of MDM2 and TP53")
    yield text("")
    yield rows(_head(request))
    yield section(bold("Found by local testing"), rows(map(_finding, request.found)))
    tests = (_test(number, one) for number, one in enumerate(request.tests, start=1))
    yield section(bold("To be tested, and why"), rows(tests, label_width=3))
    yield section(bold("Local samples"), rows(map(_sample, request.samples)))
    yield section(bold("Local files"), *map(_file, request.files))
    made = f"{request.software.name} {request.software.version}; {request.protocol.id} version "
    yield section(bold("Made by"), text(f"{made}{request.protocol.version}, sha256 {request.protocol.digest}"))
    yield text("")
    yield text(wording.CLOSING)


def _head(request: CentralRequest) -> Iterator[Row]:
    yield text("Patient"), bold(request.patient)
    yield text("Trial"), text(request.protocol.title)
    yield text(""), text(wording.trial_status(request.protocol))


def _finding(found: Finding) -> Row:
    return text(wording.criterion(found.criterion)), lines(word(found.status), text(found.value))


def _test(number: int, test: RequestedTest) -> Row:
    return text(f"{number}."), lines(text(test.what), text(test.why, "dim"))


def _sample(sample: LocalSample) -> Row:
    taken = "day not stated" if sample.collected is None else f"taken {sample.collected}"
    return text(sample.name), text(f"{sample.specimen or 'specimen not stated'}, {taken}")


def _file(file: SentFile) -> RenderableType:
    return lines(text(f"{file.name}  {wording.blanks(file.format)}"), text(f"sha256 {file.sha256}", "dim"))
