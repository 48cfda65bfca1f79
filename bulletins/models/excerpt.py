"""The beginning of a story, in whole sentences."""

from __future__ import annotations

import re
from typing import Any

from bulletins.models.body import reader_text

# A sentence with the marks that close it, and what is left when the text ends without one.
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」』）)]*|[^。！？!?]+$")

# A heading is no sentence: it would run into the one below it.
_HEADING = re.compile(r"<(h[23])>.*?</\1>", re.DOTALL)


def excerpt_of(content: dict[str, Any], length: int) -> str:
    """The summary where it fills a third of the place, or whole sentences of the text up to about `length` characters."""
    summary: str = content["summary"].strip()
    if summary and len(summary) * 3 >= length:
        return summary
    text = reader_text(_HEADING.sub("", content["body"]) or content["body"]).replace("\n", "")
    taken = ""
    for sentence in _SENTENCE.findall(text):
        if taken and len(taken) + len(sentence) > length:
            break
        taken += sentence
    if summary and len(taken) <= len(summary):
        return summary
    return taken if len(taken) <= length * 1.2 else taken[:length].rstrip("，、；：“（ ") + "……"
