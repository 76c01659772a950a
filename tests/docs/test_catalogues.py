import re
import string
import unicodedata
from pathlib import Path

import pytest

import locales
from handlers.language.words import as_words
from locales import LANGUAGES, catalogue
from tests.support.spelling import is_spelt, words_of
from tests.support.tree import ROOT

FOLDER = Path(locales.__file__).parent
NOT_VIETNAMESE = as_words(
    "bot chat choose english javascript language linux macos make mb menu pdf please python qr telegram token video "
    "web word zalo ii iii iv"
)
EMOJI = "ℹ"


def misspelt(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in {*NOT_VIETNAMESE, EMOJI} and not is_spelt(word)]


def test_every_vietnamese_word_of_the_catalogues_is_spelt_as_vietnamese_allows():
    found = {key: misspelt(sentence) for key, sentence in catalogue("vi").items()}

    assert {key: words for key, words in found.items() if words} == {}


def test_every_vietnamese_word_of_the_page_for_the_commune_is_spelt_as_vietnamese_allows():
    page = (ROOT / "README.vi.md").read_text("utf-8")
    no_prose = r"```.*?```|`[^`\n]*`|<http\S+>|\]\([^)]*\)|@\w+|\[docs/[^\]]*"
    prose = re.sub(no_prose, " ", page, flags=re.DOTALL)

    assert misspelt(prose) == []


@pytest.mark.parametrize(
    "slip", ["ngừơi", "đươc", "đượcc", "kihến", "câuhỏi", "trat", "bứac", "nghành", "hòả", "quyêt"]
)
def test_the_check_of_spelling_finds_slips_of_the_hand(slip):
    assert not is_spelt(slip)


@pytest.mark.parametrize(
    "word", ["người", "khuyết", "quyết", "giếng", "nghiêng", "thuở", "huỷ", "hủy", "gì", "xoá", "đích", "quốc", "giữ"]
)
def test_the_check_of_spelling_lets_words_pass(word):
    assert is_spelt(word)


def test_both_languages_have_the_same_sentences():
    for language in LANGUAGES:
        assert set(catalogue(language)) ^ set(catalogue("vi")) == set(), language


def test_a_sentence_names_the_same_things_in_both_languages():
    def named(language: str, key: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(catalogue(language)[key]) if name is not None}

    assert [key for key in catalogue("vi") if named("en", key) != named("vi", key)] == []


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.po")), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_catalogue_is_in_composed_letters_and_says_something_everywhere(path):
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))
    assert [key for key, sentence in catalogue(path.parts[-3]).items() if not sentence] == []
