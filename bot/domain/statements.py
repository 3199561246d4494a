"""What an answer states: not what it denies, only lists, repeats of the question or says in another language."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from bot.domain.identity import Locale
from bot.domain.text import Word

_LETTERS = {Locale.FA: re.compile(r"[\u0600-\u06ff]"), Locale.RU: re.compile(r"[а-яё]", re.IGNORECASE)}
_ANY_LETTER = re.compile(r"[^\W\d_]")
LEAST_SHARE = 0.5
"""Of the letters of an answer: product names and terms may be Latin."""

_FEWEST_ITEMS, _SHORT_ITEM, _ONE_WORD_ITEM = 3, 2.5, 1.5
"""How many items make a bare list, and how many words they have on average; among single words a noun may pass for
a verb."""

_REPEATED = 0.8
"""The share of a sentence's words that stand in the question when it is only repeated."""

_PRESENT = (
    "کن|ده|د|دار|شو|ش|باش|گو|گ|گیر|زن|رو|ر|خواه|خوا|توان|تون|ذار|گذار|بین|شنو|پرس|پر|مان|مون|ا|یا|اور|یار|فهم|نویس|"
    "رس|ساز|خون|خوان|دون|دان|بر|کش|ترس|رنج|شناس|فرست|شین|سپر|سپار|گرد|بند|افت|چسب|نداز|رسون|خر|گذرون"
)
_PAST = (
    "کرد|داد|داشت|شد|بود|گفت|گرفت|زد|رفت|خواست|توانست|تونست|ذاشت|گذاشت|دید|شنید|پرسید|پرید|ماند|موند|امد|اومد|اورد|"
    "فهمید|نوشت|رسید|ساخت|خوند|خواند|دانست|دونست|برد|کشید|ترسید|شناخت|فرستاد|نشست|سپرد|گشت|بست|افتاد|انداخت|نداخت|"
    "رسوند|خرید|گذروند"
)
_PRESENT_ENDINGS, _PAST_ENDINGS = (
    r"(?:م|ی|د|ه|یم|ید|ین|ند|ن)(?:ش|شون|شان)?",
    r"(?:م|ی|یم|ید|ین|ند|ن|ش|مش|یمش|ه(?:ام|ای|ایم|اید|اند|ان)?)?",
)
_VERB_FA = re.compile(
    rf"(?:می|ب)(?:{_PRESENT}){_PRESENT_ENDINGS}|(?:می)?(?:{_PAST}){_PAST_ENDINGS}|(?:دار|باش|ش)(?:م|ی|ه|د|یم|ید|ند|ن)|"
    r"باید|هست\w*|(?:بر|در|وا)?می(?!ز$|زان|ان$|ل)\w{2,}"
)
_DENIED_VERB_FA = re.compile(
    rf"(?!نمونه|نرم|نگه)(?:نمی|ن)(?:{_PRESENT}){_PRESENT_ENDINGS}|(?:نمی|ن)(?:{_PAST}){_PAST_ENDINGS}|"
    r"(?:بر|در|وا)?نمی\w{2,}|نیست\w*|نه|هرگز|نباید\w*"
)
_BEFORE_FA = re.compile(r"بدون|هرگز|نمیگ\w*")

_CONJUNCTIONS_FA = frozenset({"که", "چون", "تا", "ولی", "اما"})
_CONJUNCTIONS_RU = frozenset({"что", "чтобы", "потому", "но", "а", "зато", "если", "когда"})

_SAYS_RU = re.compile(
    r"(?!\w*(?:н|щ|ш|ж|ч)ую$|\w*юю$|(?:отч|сов|отв|тик|бил|бюдж|пак|приорит|интерн)ет$|"  # adjectives and nouns
    r"(?:вс|ч|мо|наш)ем$|(?:смыс|де|нача|стек|си|шко|прави|чис)ла$)"
    r"(?:\w{2,}(?:ю|юсь|усь|ем|им|ет|ит|ют|ут|ат|ят|л|ла|ли|ло|лся|лась|лось|лись)|"
    r"(?:мог|буд|вед|жд|прош|пиш|скаж|спрош|ищ|зов|хож|виж|держ|бер|ид|найд|нес)у)"
)
_NOT_RU = frozenset({"не", "ни", "нет", "никогда", "нельзя", "без"})
_UNWILLING = re.compile(
    r"всегда|очень|особо|особенно|сильно|буду|стал[аи]?|стану|люблю|любил[аи]?|хочу|хотел[аи]?|умею|могу|мог|могла|"
    r"привык\w*|собира\w*|пыта\w*|надо|нужно|стоит|вижу|считаю|приходил\w*|доводил\w*|мое|успева\w*|дожида\w*|"
    r"планир\w*|обязан\w*"
)


def is_written_in(locale: Locale, text: str) -> bool:
    """Whether at least half of the letters are the language's own."""
    letters = len(_ANY_LETTER.findall(text))
    return letters > 0 and len(_LETTERS[locale].findall(text)) >= LEAST_SHARE * letters


def told(typed: Sequence[Word], prompt: Collection[str], locale: Locale) -> list[Word]:
    """The words of those sentences that state something; `prompt` are the stems of the question."""
    sentences = [list(sentence) for _, sentence in groupby(typed, key=lambda word: word.sentence)]
    if not any(_says(word, locale) for word in typed):
        return []
    return [
        word
        for sentence in sentences
        if not _repeats(sentence, prompt) and not _is_bare_list(sentence, locale)
        for word in sentence
    ]


def _repeats(sentence: Sequence[Word], prompt: Collection[str]) -> bool:
    repeated = sum(word.stem in prompt for word in sentence)
    return len(sentence) >= 3 and repeated >= _REPEATED * len(sentence)


def _is_bare_list(sentence: Sequence[Word], locale: Locale) -> bool:
    items = [list(item) for _, item in groupby(sentence, key=lambda word: word.clause)]
    if len(items) < _FEWEST_ITEMS or len(sentence) > _SHORT_ITEM * len(items):
        return False
    stating = sum(any(_says(word, locale) for word in item) for item in items)
    return not stating or (len(sentence) <= _ONE_WORD_ITEM * len(items) and 2 * stating < len(items))


def _says(word: Word, locale: Locale) -> bool:
    """Whether it looks like a verb of somebody who does something."""
    if locale is Locale.RU:
        return _SAYS_RU.fullmatch(word.folded) is not None
    return _is_verb_fa(word) or _DENIED_VERB_FA.fullmatch(word.folded) is not None


def is_denial(folded: str, locale: Locale) -> bool:
    """Whether a word, or of a Persian verb its beginning, by itself says "not"."""
    if locale is Locale.RU:
        return folded in _NOT_RU
    return folded == "بدون" or any(_DENIED_VERB_FA.fullmatch(whole) for whole in (folded, f"{folded}م"))


def is_denied(clause: Sequence[Word], taken: Collection[int], locale: Locale) -> bool:
    """Whether the words at the places `taken` are said of what is not done."""
    around = _around_fa(clause, taken) if locale is Locale.FA else _around_ru(clause, taken)
    return any(place not in taken and is_denial(clause[place].folded, locale) for place in around)


def _around_fa(clause: Sequence[Word], taken: Collection[int]) -> Iterator[int]:
    """Where a "not" would stand: with the verb, which comes last, or as "neither" before it all."""
    first, last = min(taken), max(taken)
    yield from (place for place in range(first) if clause[place].folded == "نه")
    if first > 0 and _BEFORE_FA.fullmatch(clause[first - 1].folded):
        yield first - 1
    for place in range(first, len(clause)):
        if place > last and clause[place].folded in _CONJUNCTIONS_FA:
            return
        yield place
        if place >= last and _is_verb_fa(clause[place]):
            return


def _is_verb_fa(word: Word) -> bool:
    return _VERB_FA.fullmatch(word.folded) is not None and not word.folded.endswith(("تن", "دن"))


def _around_ru(clause: Sequence[Word], taken: Collection[int]) -> Iterator[int]:
    """Where a "not" would stand: before the words, or, when they have no verb of their own, before the verb after."""
    first, last = min(taken), max(taken)
    yield from (place for place in range(max(0, first - 1), last + 1) if not _is_not_only(clause, place))
    if first > 1 and _UNWILLING.fullmatch(clause[first - 1].folded):
        yield first - 2
    for place in range(last + 1, len(clause) - 1):
        if clause[place].folded == "не" and clause[place + 1].folded in ("я", "мы"):
            yield place
    if any(_says(clause[place], Locale.RU) for place in taken):
        if last + 2 < len(clause) and _UNWILLING.fullmatch(clause[last + 2].folded):
            yield last + 1
        return
    for place in range(last + 1, len(clause)):
        word = clause[place]
        if _is_not_only(clause, place) or word.folded in _CONJUNCTIONS_RU or _says(word, Locale.RU):
            return
        yield place


def _is_not_only(clause: Sequence[Word], place: int) -> bool:
    return [word.folded for word in clause[place : place + 2]] in (["не", "только"], ["не", "просто"])
