"""Writing XML: elements inside elements, and everything escaped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator


class Writer:
    def __init__(self) -> None:
        self._out = BytesIO()
        self._xml = SimplerXMLGenerator(self._out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def inside(self, name: str, **attributes: str) -> Iterator[None]:
        """What is written in the block stands inside this element."""
        self._xml.startElement(name, AttributesImpl(attributes))
        yield
        self._xml.endElement(name)

    def leaf(self, name: str, text: str = "", **attributes: str) -> None:
        self._xml.addQuickElement(name, text or None, attributes)

    def finished(self) -> bytes:
        self._xml.endDocument()
        return self._out.getvalue()
