"""Which page numbers a long list shows."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page and its address, or a gap (`number` None) between far ones."""

    number: int | None
    current: bool
    url: str


def page_links(number: int, pages: int, url_of: Callable[[int], str]) -> tuple[PageLink, ...]:
    """First, last and the neighbours of the present page; nothing for a single page.

    >>> [link.number for link in page_links(9, 18, "?page={}".format)]
    [1, None, 7, 8, 9, 10, 11, None, 18]
    """
    if pages < 2:
        return ()
    near = {n for n in range(number - 2, number + 3) if 1 <= n <= pages}
    shown = sorted({1, pages, *near})
    links: list[PageLink] = []
    for before, page in zip([0, *shown], shown, strict=False):
        if page - before > 1:
            links.append(PageLink(None, current=False, url=""))
        links.append(PageLink(page, current=page == number, url=url_of(page)))
    return tuple(links)
