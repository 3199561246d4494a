"""Words of Persian and Russian texts: counting them, and comparing them whatever their spelling or ending."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import snowballstemmer

from bot.domain.identity import Locale

# A zero-width non-joiner binds the parts of one Persian word; combining marks belong to their letter.
_WORD = re.compile(r"\w(?:[\w\u0300-\u036f\u064b-\u0655\u0670\u200c'’\-]*\w)?")

# Calm speech in an interview. Russian words are longer, so fewer fit into a minute.
_WORDS_A_MINUTE = {Locale.FA: 130, Locale.RU: 110}


def word_count(text: str) -> int:
    """How many words a reader would count in `text`."""
    return len(_WORD.findall(text))


def time_aloud(text: str, locale: Locale) -> timedelta:
    """About how long it takes to say `text` calmly, to the nearest five seconds, at least five."""
    seconds = word_count(text) * 60 / _WORDS_A_MINUTE[locale]
    return timedelta(seconds=max(5, round(seconds / 5) * 5))


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text, from `start` to `end`.

    `folded` is without what keyboards and habits make different, `stem` without its ending as well.
    `sentence` and `clause` number the stretches between marks: a full stop ends both, a comma a clause.
    """

    start: int
    end: int
    folded: str
    stem: str
    sentence: int
    clause: int


_LANGUAGE = {Locale.FA: "persian", Locale.RU: "russian"}
_STEMMERS = {locale: snowballstemmer.stemmer(name) for locale, name in _LANGUAGE.items()}

# Arabic keyboards have their own ye, kaf and he; a kashida only widens a word; non-joiners come and go.
_SAME = str.maketrans({"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا"})
_SAME |= str.maketrans({"ؤ": "و", "ё": "е", "ـ": "", "\u200c": "", "\u200d": "", "’": "'"})

_SENTENCE_ENDS = re.compile(r"[.!?؟…\n]")
_CLAUSE_ENDS = re.compile(r"[,،;؛:()«»\"—–]| - ")

# Typed with a space as often as not, and one word all the same.
_JOINS_NEXT = frozenset({"می", "نمی"})
_JOINS_PREVIOUS = frozenset(
    {"ها", "های", "هایی", "هایم", "هایش", "هام", "هاش", "هاشون", "هامون", "تر", "ترین", "ام", "ای", "اند", "ایم"}
)


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """The text in small letters, without differences of keyboards: ye and kaf, digits, ё, accents, non-joiners."""
    plain = unicodedata.normalize("NFD", text.lower().translate(_SAME)).replace("и\u0306", "й")
    kept = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    return "".join(str(unicodedata.digit(letter, letter)) for letter in kept)


@lru_cache(maxsize=50_000)
def stem(folded: str, locale: Locale) -> str:
    """What is left of a folded word without its ending."""
    return str(_STEMMERS[locale].stemWord(folded))


def words(text: str, locale: Locale) -> list[Word]:
    """The words of `text`, in order."""
    found: list[Word] = []
    sentence = clause = reached = 0
    for start, end in _spans(text):
        between = "" if _is_name(text[reached - 1 : start + 1]) else text[reached:start]
        ends = _SENTENCE_ENDS.search(between) is not None
        sentence += ends
        clause += ends or _CLAUSE_ENDS.search(between) is not None
        folded = fold(text[start:end].replace(" ", ""))
        found.append(Word(start, end, folded, stem(folded, locale), sentence, clause))
        reached = end
    return found


def _is_name(around: str) -> bool:
    """Whether a mark stands within something like error.log or 15:00, with the letters beside it."""
    return len(around) == 3 and around.isascii() and around[0].isalnum() and around[2].isalnum()


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand; what Persian binds to the word beside it is one with it."""
    start: int | None = None
    end = 0
    for match in _WORD.finditer(text):
        folded, gap = fold(match[0]), text[end : match.start()]
        joins = start is not None and gap == " " and (folded in _JOINS_PREVIOUS or fold(text[start:end]) in _JOINS_NEXT)
        if start is None or not joins:
            if start is not None:
                yield start, end
            start = match.start()
        end = match.end()
    if start is not None:
        yield start, end
