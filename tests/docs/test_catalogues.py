import re
import string
import unicodedata
from datetime import date
from pathlib import Path

import pytest

import locales
from handlers.language.words import as_words
from locales import LANGUAGES, Plural, Sentence, catalogue, read_catalogue
from tests.support.spelling import is_spelt, words_of
from tests.support.tree import ROOT
from wording.texts import words

FOLDER = Path(locales.__file__).parent
NOT_VIETNAMESE = as_words(
    "bot chat choose csv doc docx english excel javascript language linux macos macro make mb menu pdf please "
    "powerpoint pptx python qr telegram token video web word xls xlsx zalo ii iii iv "
    "b p t tt v"  # (b/c), (p/h), (t/h), TT, V/v and roman five, as official documents have them
)
EMOJI = "ℹ"


def forms_of(sentence: Sentence) -> tuple[str, ...]:
    return sentence.forms if isinstance(sentence, Plural) else (sentence,)


def misspelt(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in {*NOT_VIETNAMESE, EMOJI} and not is_spelt(word)]


def test_every_vietnamese_word_of_the_catalogues_is_spelt_as_vietnamese_allows():
    found = {key: misspelt(" ".join(forms_of(sentence))) for key, sentence in catalogue("vi").items()}

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
    def named(language: str, key: str) -> set[frozenset[str]]:
        return {
            frozenset(name.lower() for _, name, _, _ in string.Formatter().parse(form) if name is not None)
            for form in forms_of(catalogue(language)[key])
        }

    for key in catalogue("vi"):
        assert len(named("vi", key) | named("en", key)) == 1, key


def test_no_sentence_of_a_chat_sends_anybody_to_a_nameless_button_for_some_chats_number_what_can_be_chosen():
    buttons = re.compile(
        r"(?:bấm|chạm|nhấn|nhận)(?: lại| một| trong| các)* nút|nút (?:bên )?dưới|trên nút|bằng nút"
        r"|(?:tap|press) (?:the|a|one of the) buttons?|buttons? (?:below|under|again)|on a button|with the button",
        re.IGNORECASE,
    )
    on_a_page = {"desk.plan_paper_what", "refusal.sealed_yes_in_chat"}
    about_networks = {"deaf.telegram_webhook_narrowed"}
    found = [
        f"{language} {key}"
        for language in LANGUAGES
        for key, sentence in catalogue(language).items()
        if key not in on_a_page | about_networks and any(buttons.search(form) for form in forms_of(sentence))
    ]

    assert found == []


def test_a_sentence_that_begins_with_a_place_or_a_body_begins_with_a_capital():
    """They are written small ("xã Vĩnh Bảo", "thôn Đông"); what stands in papers is given its capital there."""
    begins = re.compile(r"(?:^|\n|[.!?…] )\{(?:unit|hamlet|desk|agency)\}")
    small = [
        key
        for language in LANGUAGES
        for key, sentence in catalogue(language).items()
        if not key.startswith("paper.") and any(begins.search(form) for form in forms_of(sentence))
    ]

    assert small == []
    assert words("vi", "block.over", {"unit": "xã Vĩnh Bảo"}).startswith("Xã Vĩnh Bảo đã nhận tin")


def test_a_sentence_counts_the_same_thing_in_both_languages_and_names_it():
    for key, sentence in catalogue("vi").items():
        other = catalogue("en")[key]
        counted = {one.count for one in (sentence, other) if isinstance(one, Plural)}
        assert len(counted) <= 1, key
        assert isinstance(sentence, Plural) == isinstance(other, Plural), key
        assert all(f"{{{name}}}" in form for name in counted for form in forms_of(other)), key


NO_COUNT = {"most", "least"}
"""Limits, which are fixed in the code and never one."""


def test_an_english_sentence_with_a_number_before_a_noun_has_plural_forms():
    """Where one sentence tells two numbers, only one can decide its form: the other stands apart ("files: 2")."""
    counting = re.compile(r"\{(\w+)\} (?:[a-z]+ )?(?:people|([a-z]+s))\b")
    numbers = {sentence.count for sentence in catalogue("en").values() if isinstance(sentence, Plural)}
    found = [
        f"{key}: {match[0]}"
        for key, sentence in catalogue("en").items()
        for match in counting.finditer(forms_of(sentence)[-1])
        if match[1] in numbers - ({sentence.count} if isinstance(sentence, Plural) else set()) - NO_COUNT
        and match[2] != "is"
    ]

    assert found == []


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (0, "0 ngày", "0 days"),
        (1, "1 ngày", "1 day"),
        (2, "2 ngày", "2 days"),
        (21, "21 ngày", "21 days"),
    ],
)
def test_a_number_is_told_in_the_form_the_language_has_for_it(number, vi, en):
    assert words("vi", "clock.length.calendar", {"days": number}) == vi
    assert words("en", "clock.length.calendar", {"days": number}) == en


@pytest.mark.parametrize("params", [{"days": "1"}, {"days": date(2024, 3, 1)}])
def test_what_is_counted_has_to_be_a_number(params):
    with pytest.raises(TypeError, match=r"clock\.length\.calendar"):
        words("en", "clock.length.calendar", params)


HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
DAYS = 'msgid "a"\nmsgid_plural "{days}"\n'


def test_a_catalogue_in_order_is_read(tmp_path):
    path = tmp_path / "small.po"
    path.write_text(
        f'{HEAD}{DAYS}msgstr[0] "{{days}} day"\nmsgstr[1] "{{days}} days"\n\nmsgid "b"\nmsgstr "B"\n', "utf-8"
    )
    read = read_catalogue(path)

    assert read["b"] == "B"
    assert isinstance(read["a"], Plural)
    assert [read["a"].form(number) for number in (1, 2)] == ["{days} day", "{days} days"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('msgid "a"\nmsgstr "A"\n', id="no plural rule"),
        pytest.param(f'{HEAD}msgid "a"\nmsgstr "A"\nmsgstr "B"\n', id="two sentences, as a merge leaves them"),
        pytest.param(f'{HEAD}msgid "a"\nmsgstr "A"\n\nmsgid "a"\nmsgstr "B"\n', id="a msgid twice"),
        pytest.param(f'{HEAD}msgid "a"\nmsgstr "A\n', id="a quotation mark too few"),
        pytest.param(f'{HEAD}<<<<<<< ours\nmsgid "a"\nmsgstr "A"\n', id="a conflict"),
        pytest.param(f'{HEAD}#, fuzzy\nmsgid "a"\nmsgstr "A"\n', id="fuzzy"),
        pytest.param(f'{HEAD}#~ msgid "a"\n#~ msgstr "A"\n', id="obsolete"),
        pytest.param(f'{HEAD}msgctxt "c"\nmsgid "a"\nmsgstr "A"\n', id="a context"),
        pytest.param(f'{HEAD}msgid "a"\nmsgstr ""\n', id="no sentence"),
        pytest.param(f'{HEAD}{DAYS}msgstr[0] "{{days}} day"\n', id="no plural form"),
        pytest.param(f'{HEAD}{DAYS}msgstr[0] "{{days}} day"\nmsgstr[1] ""\n', id="an empty plural form"),
        pytest.param(f'{HEAD}{DAYS}msgstr "{{days}} day"\n', id="one sentence where forms are needed"),
        pytest.param(
            f'{HEAD}{DAYS}msgstr[0] "1"\nmsgstr[1] "2"\nmsgstr[2] "3"\n', id="more forms than the language has"
        ),
        pytest.param(
            f'{HEAD}msgid "a"\nmsgid_plural "days"\nmsgstr[0] "A"\nmsgstr[1] "B"\n', id="nothing that is counted"
        ),
    ],
)
def test_a_catalogue_that_is_damaged_or_unfinished_is_refused(tmp_path, text):
    path = tmp_path / "small.po"
    path.write_text(text, "utf-8")

    with pytest.raises(ValueError, match=r"small\.po"):
        read_catalogue(path)


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.po")), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_catalogue_is_in_composed_letters_and_says_something_everywhere(path):
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))
    assert read_catalogue(path)
