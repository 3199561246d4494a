"""Every sentence of the code in both languages: translated, with the same placeholders, tags and signs."""

import re
from collections import Counter
from functools import cache

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from bot.domain.identity import Locale
from bot.telegram.i18n import LOCALES, Catalogues
from bot.telegram.texts import wording
from tests.support.letters import blemishes
from tools.messages import sentences

SENTENCES = sorted({found if isinstance(found, str) else found[0] for found in sentences()})
PLURAL_FORMS = {Locale.FA: 2, Locale.RU: 3}  # by Unicode's rules; of Russian without the form for fractions
every_sentence = pytest.mark.parametrize("sentence", SENTENCES)
both = pytest.mark.parametrize("locale", Locale)


@cache
def catalogue(locale: Locale) -> Catalog:
    with (LOCALES / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=locale)


def translated(locale: Locale, sentence: str) -> tuple[Message, list[str]]:
    """The message and all forms of its translation."""
    message = catalogue(locale).get(sentence)
    assert message is not None, "run `make messages`"
    return message, forms_of(message)


def forms_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def tags(text: str) -> Counter[str]:
    return Counter(re.findall(r"</?\w+[^>]*>", text))


def commands(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?<![\w<])/[a-z]+", text))


def signs(text: str) -> list[str]:
    """Emoji and arrows, in order; letters, digits and punctuation are the language's own."""
    return re.findall(r"[\u2190-\u21ff\u23e9-\u23fa\u25a0-\u27bf\U0001f300-\U0001faff]", text)


@both
@every_sentence
def test_a_sentence_is_translated(locale: Locale, sentence: str) -> None:
    message, forms = translated(locale, sentence)
    assert all(form.strip() for form in forms)
    assert not message.fuzzy


@both
@every_sentence
def test_a_translation_fits_its_sentence(locale: Locale, sentence: str) -> None:
    message, forms = translated(locale, sentence)
    original = message.id if isinstance(message.id, str) else message.id[1]
    for form in forms:
        assert placeholders(form) == placeholders(original)
        assert tags(form) == tags(original)
        assert commands(form) == commands(original)
        assert signs(form) == signs(original)
        assert form.count("\n\n") == original.count("\n\n")
        assert form == form.strip()


@both
@every_sentence
def test_a_translation_is_cleanly_written(locale: Locale, sentence: str) -> None:
    _, forms = translated(locale, sentence)
    found = [fault for form in forms for fault in blemishes(re.sub(r"\{\w+\}", "x", form), locale)]
    assert not found, "\n".join(found)


@both
def test_plurals_have_as_many_forms_as_the_language(locale: Locale) -> None:
    expected = PLURAL_FORMS[locale]
    assert catalogue(locale).num_plurals == expected
    plurals = [message for message in catalogue(locale) if message.pluralizable]
    assert plurals
    for message in plurals:
        assert len(forms_of(message)) == expected, message.id


@both
def test_nothing_is_translated_that_the_program_does_not_say(locale: Locale) -> None:
    said = {sentence if isinstance(sentence, str) else sentence[0] for sentence in sentences()}
    kept = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue(locale) if message.id}
    assert kept == said
    assert not catalogue(locale).obsolete


@pytest.mark.parametrize(
    ("count", "persian", "russian"),
    [
        (1, "۱ روز", "1 день"),
        (2, "۲ روز", "2 дня"),
        (4, "۴ روز", "4 дня"),
        (5, "۵ روز", "5 дней"),
        (11, "۱۱ روز", "11 дней"),
        (12, "۱۲ روز", "12 дней"),
        (21, "۲۱ روز", "21 день"),
        (22, "۲۲ روز", "22 дня"),
        (100, "۱۰۰ روز", "100 дней"),
        (101, "۱۰۱ روز", "101 день"),
        (111, "۱۱۱ روز", "111 дней"),
    ],
)
def test_counted_days_take_the_right_form(count: int, persian: str, russian: str) -> None:
    said = Catalogues().in_each(lambda: wording.days(count))
    assert said == {Locale.FA: persian, Locale.RU: russian}
