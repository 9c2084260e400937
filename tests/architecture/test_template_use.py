"""No dead templates: each page or part is named by a view, a tag or another template."""

import re

from tests.architecture.house import TEMPLATES, listing, product_code, templates

MENTION = re.compile(r"""["']([\w./-]+\.(?:html|txt|svg))["']""")
# Found by their name: by Django for errors, by allauth for its pages and mails.
BY_NAME = re.compile(r"^(\d{3}\w*\.html|account/|mfa/)")


def test_every_template_is_used() -> None:
    named: set[str] = set()
    for file in (*templates(), *product_code()):
        named |= set(MENTION.findall(file.read_text(encoding="utf-8")))
    names = (file.relative_to(TEMPLATES).as_posix() for file in templates())
    unused = [name for name in names if name not in named and not BY_NAME.match(name)]

    assert unused == [], "쓰이지 않는 템플릿 (지우거나 화면에 연결해 주세요):" + listing(unused)
