"""A page of HTML as elements that tests can ask for."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

_EMPTY = frozenset(("meta", "link", "img", "input", "br", "hr", "base"))


class Element:
    """An element with its attributes, what is in it, and its text with single spaces."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.inside: list[Element | str] = []

    @property
    def text(self) -> str:
        return " ".join(
            " ".join(each.text if isinstance(each, Element) else each for each in self.inside).split()
        )

    @property
    def raw(self) -> str:
        return "".join(each.raw if isinstance(each, Element) else each for each in self.inside)

    def all(self, tag: str = "", **attributes: str) -> Iterator[Element]:
        """Yield the elements within; attributes have their values, a class is one of several."""
        for each in self.inside:
            if isinstance(each, Element):
                if tag in ("", each.tag) and all(
                    _has(each, name, value) for name, value in attributes.items()
                ):
                    yield each
                yield from each.all(tag, **attributes)

    def one(self, tag: str = "", **attributes: str) -> Element:
        (found,) = self.all(tag, **attributes)
        return found


def _has(element: Element, name: str, value: str) -> bool:
    if name == "class_":
        return value in element.attributes.get("class", "").split()
    return element.attributes.get(name) == value


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parsed(text: str) -> Element:
    """Return a page; each of its elements is closed."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    (page,) = parser.open
    return page
