"""XML reports as a tree of elements that know their line.

A document type declaration is refused: no report has one, and entities are how XML reaches into other files or
grows without end.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from mdm2screen.errors import MalformedFileError, TruncatedFileError
from mdm2screen.readers.contract import Head
from mdm2screen.readers.source_file import SourceFile

# Expat's words for a document that stops before it is complete.
_CUT = frozenset(
    {
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    }
)


@dataclass
class Element:
    """An element by its name without namespace; attributes likewise, ``text`` what stands directly within it."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator["Element"]:
        """The element and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)

    def named(self, name: str) -> Iterator["Element"]:
        """All elements of that name, the element itself included."""
        return (element for element in self.walk() if element.name == name)

    def get(self, attribute: str) -> str:
        """An attribute without blanks at its ends; empty where it is absent."""
        return self.attributes.get(attribute, "").strip()


def begins(head: Head) -> bool:
    """Whether the content begins as XML does."""
    return head.raw.removeprefix(BOM_UTF8).lstrip()[:1] == b"<"


def parse(file: SourceFile) -> Element:
    """The root of the document. Raises MalformedFileError, or TruncatedFileError where it ends early."""
    top = Element("", 0)
    opened = [top]
    parser = expat.ParserCreate()
    parser.buffer_text = True  # a report may hold its PDF as text
    parser.buffer_size = 1 << 20

    def start(name: str, attributes: dict[str, str]) -> None:
        own = {_local(key): value for key, value in attributes.items()}
        element = Element(_local(name), parser.CurrentLineNumber, own)
        opened[-1].children.append(element)
        opened.append(element)

    def end(_name: str) -> None:
        opened.pop()

    def text(content: str) -> None:
        opened[-1].text += content

    def doctype(*_declared: object) -> None:
        raise MalformedFileError(
            "the XML declares a document type",
            where=f"{file.name} line {parser.CurrentLineNumber}",
            remedy="pass the producer's original report: none has such a declaration, and it is not read for safety",
        )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, doctype
    content = file.content()
    try:
        parser.Parse(content, True)
    except expat.ExpatError as exc:
        raise _fault(file, exc) from exc
    except (LookupError, ValueError) as exc:  # an encoding that Python does not know
        raise MalformedFileError(
            f"the XML cannot be decoded ({exc})", where=file.name, remedy="write the report again as UTF-8"
        ) from exc
    return top.children[0]


def _fault(file: SourceFile, exc: expat.ExpatError) -> MalformedFileError | TruncatedFileError:
    what, where = expat.errors.messages[exc.code], f"{file.name} line {exc.lineno}"
    if what in _CUT:
        remedy = "copy the report again from where it was made"
        return TruncatedFileError(f"the XML ends before its end ({what})", where=where, remedy=remedy)
    return MalformedFileError(f"is no sound XML ({what})", where=where, remedy="pass the producer's original report")


def _local(name: str) -> str:
    return name.rpartition(":")[2]
