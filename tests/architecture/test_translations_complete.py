"""Every sentence for people has its English, and the catalogue holds no others."""

from tests.architecture.house import listing
from tests.catalogue import Sentence, gather, read

SENTENCES = gather()
CATALOGUE = {
    Sentence(entry.msgid, entry.msgid_plural or "", entry.msgctxt or ""): entry for entry in read()
}
ASK = "영어가 없는 문장 (`make messages` 뒤 django.po를 채워 주세요):"


def test_every_sentence_has_its_english() -> None:
    missing = [
        f"{SENTENCES[sentence]}: {sentence.text[:80]}"
        for sentence in sorted(SENTENCES)
        if sentence not in CATALOGUE or not CATALOGUE[sentence].translated()
    ]

    assert missing == [], (
        "영어가 없는 문장 (`make messages` 뒤 django.po를 채워 주세요):" + listing(missing)
    )


def test_the_catalogue_holds_no_sentence_nobody_says() -> None:
    unused = [sentence.text[:80] for sentence in sorted(CATALOGUE.keys() - SENTENCES.keys())]

    assert unused == [], "쓰이지 않는 문장 (`make messages`):" + listing(unused)
