"""Content for MultiQC: what it writes into its page as it is, is made harmless before."""

import json
from html import unescape

from decision_builder import decision

from mdm2screen.reports import multiqc

HOSTILE = ("<img src=x onerror=alert(1)>", "P&1", "P&amp;1", "\"P'")


def test_identifiers_and_titles_are_escaped_and_stay_apart() -> None:
    first = decision()
    titled = first.protocol.model_copy(update={"title": "<b>own</b>"})
    decisions = [first.model_copy(update={"patient": name, "protocol": titled}) for name in HOSTILE]
    contents = [text for _, text in multiqc.files(lambda: decisions)]
    assert len(contents) == 2
    for text in contents:
        assert not {"<", ">"} & set(text)
        names = list(json.loads(text)["data"])
        assert [unescape(name) for name in names] == list(HOSTILE)
        assert not any("'" in name or '"' in name for name in names)
    assert json.loads(contents[1])["description"].startswith("&lt;b&gt;own&lt;/b&gt;. ")
