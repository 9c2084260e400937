"""Code lists as a person picks from them, in the active language."""

from django.utils import timezone
from django.utils.translation import get_language

from dure.kernel.codes import Code
from dure.kernel.firm_size import FirmSize, size_codes
from dure.kernel.industries import divisions, is_manufacturing, search_divisions
from dure.kernel.instants import today_kst
from dure.kernel.regions import programme_regions, provinces


def industry_choices() -> list[tuple[str, str]]:
    """Manufacturing divisions as (code, name in the active language)."""
    return [(code.key, f"{code.key} {name_of(code)}") for code in divisions()]


def province_choices() -> list[tuple[str, str]]:
    """Provinces valid today."""
    return [(code.key, name_of(code)) for code in provinces(today_kst(timezone.now()))]


def find_industries(words: str) -> list[tuple[str, str]]:
    """Divisions that fit a trade code or everyday words, best first; a full code is kept whole."""
    found = search_divisions(words)
    written = words.strip().upper()
    if len(found) == 1 and is_manufacturing(written):
        return [(written, f"{written} {name_of(found[0])}")]
    return [(code.key, f"{code.key} {name_of(code)}") for code in found]


def programme_region_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a province has several regions today: (province, [(key, name), …])."""
    today = today_kst(timezone.now())
    places = [
        (name_of(place), [c for c in programme_regions(today) if c.extra["province"] == place.key])
        for place in provinces(today)
    ]
    return [
        (name, [(region.key, name_of(region)) for region in regions])
        for name, regions in places
        if len(regions) > 1
    ]


def province_name(key: str) -> str:
    """The name of a province, empty for none; past names stay readable."""
    return _named(key, provinces(today_kst(timezone.now())))


def programme_region_name(key: str) -> str:
    """The name of a programme region, empty for none."""
    return _named(key, programme_regions(today_kst(timezone.now())))


def firm_size_name(size: FirmSize) -> str:
    """The name of a size class."""
    return _named(size.value, size_codes())


def name_of(code: Code) -> str:
    """The code's name in the active language."""
    return code.en if (get_language() or "ko").startswith("en") else code.ko


def _named(key: str, codes: tuple[Code, ...]) -> str:
    return next((name_of(code) for code in codes if code.key == key), key)
