"""Shared by the journeys: a browser, and a site that no other test touches."""

from tests.journeys.site import site
from tests.web.browser import browser

__all__ = ["browser", "site"]
