"""Reading a page as a person does: what it says, what its fields hold, where links lead."""

import re

from lxml import html
from lxml.html import HtmlElement


def parsed(text: str) -> HtmlElement:
    """A page or fragment as elements."""
    return html.fromstring(text)


def words(element: HtmlElement) -> str:
    """The text of an element with single spaces."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def part(text: str, identifier: str) -> HtmlElement:
    """The element with that id; a page without it fails."""
    found = parsed(text).xpath(f'//*[@id="{identifier}"]')
    assert len(found) == 1, f"id {identifier}: {len(found)}"
    return found[0]


def inside(element: HtmlElement) -> str:
    """What an element holds, apart from white space between tags and form tokens."""
    raw = html.tostring(element, encoding="unicode", with_tail=False)
    raw = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", raw)
    plain = re.sub(r">\s+|\s+<", lambda found: found[0].strip(), re.sub(r"\s+", " ", raw))
    return plain[plain.index(">") + 1 : plain.rindex("<")]


def errors(text: str) -> dict[str, str]:
    """The error summary: the id each line leads to, and the line."""
    return {
        link.get("href", "").removeprefix("#"): words(link)
        for link in part(text, "error-summary").xpath(".//a")
    }


def value(text: str, name: str) -> str:
    """What a text field, select or group of radios holds; '' for nothing."""
    page = parsed(text)
    for field in page.xpath(f'//input[@name="{name}"]'):
        if field.get("type") not in {"radio", "checkbox"}:
            return field.get("value", "")
        if field.get("checked") is not None:
            return field.get("value", "")
    for field in page.xpath(f'//textarea[@name="{name}"]'):
        return (field.text or "").removeprefix("\n")
    chosen = page.xpath(f'//select[@name="{name}"]/option[@selected]/@value')
    return chosen[0] if chosen else ""
