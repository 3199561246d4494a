"""How a typed answer would sound: its length, whose deeds it tells, its numbers, fillers and repetitions."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.identity import Locale
from bot.domain.text import Word, time_aloud, words

LEAST_WORDS = 15
"""An answer of fewer words has other troubles than its style."""

MANY = 3
"""A filler so often is heard."""

REPEATED, _LEAST_LETTERS = 5, 5
"""A word so often wears out, unless it is one of the question or a short one, which every sentence needs."""

_FILLERS = {
    Locale.FA: ("خب", "یعنی", "مثلا", "در واقع", "به نوعی", "به اصطلاح", "راستش", "چیز", "دیگه", "بالاخره", "اینجوری"),
    Locale.RU: ("ну", "вот", "как бы", "типа", "короче", "в общем", "так сказать", "это самое", "значит", "собственно"),
}
_OWN = {
    Locale.FA: re.compile(r"من|خودم|(?:می|نمی)?\w{2,}(?<!ی)(?<!ه)م"),
    Locale.RU: re.compile(r"я|мне|меня|мной|мо[йяеи]|моих|моей|моего|сам|сама|\w{3,}(?:ю|юсь|ую)"),
}
_OURS = {Locale.FA: re.compile(r"ما|(?:می|نمی)?\w{2,}یم"), Locale.RU: re.compile(r"мы|нам|нас|наш\w*|\w{3,}(?:ем|им)")}
_NUMBER_WORDS = {
    Locale.FA: re.compile(r"یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|بیست|سی|چهل|پنجاه|صد|هزار|نصف|نیم|درصد|برابر"),
    Locale.RU: re.compile(
        r"од(?:ин|на|ну|ного|ной)|дв[аеуо]\w*|тр[иеё]\w{0,3}|четыр\w*|пят[ьи]\w*|шест\w*|сем[ьи]|восем\w*|девят\w*|"
        r"десят\w*|двадцат\w*|тридцат\w*|сорок\w*|сто|тысяч\w*|половин\w*|вдвое|втрое|процент\w*|раз[а]?"
    ),
}


@dataclass(frozen=True, slots=True)
class Speech:
    """`fillers` and `repeated` are words with their counts, the most frequent first.

    `others_only`: it tells what "we" did and never what "I" did. Answers of a few words have no style:
    only their length is told.
    """

    words: int
    aloud: timedelta
    others_only: bool = False
    lacks_numbers: bool = False
    fillers: tuple[tuple[str, int], ...] = ()
    repeated: tuple[tuple[str, int], ...] = ()


def speech(answer: str, prompt: str, locale: Locale) -> Speech:
    """How `answer` to the question `prompt` would sound."""
    typed = words(answer, locale)
    aloud = time_aloud(answer, locale)
    if len(typed) < LEAST_WORDS:
        return Speech(len(typed), aloud)
    folded = [word.folded for word in typed]
    asked = frozenset(word.stem for word in words(prompt, locale))
    return Speech(
        words=len(typed),
        aloud=aloud,
        others_only=_any(_OURS[locale], folded) and not _any(_OWN[locale], folded),
        lacks_numbers=not any(character.isdigit() for character in answer) and not _any(_NUMBER_WORDS[locale], folded),
        fillers=_fillers(folded, locale),
        repeated=_repeated(answer, typed, asked),
    )


def _any(pattern: re.Pattern[str], folded: Sequence[str]) -> bool:
    return any(pattern.fullmatch(word) for word in folded)


def _fillers(folded: Sequence[str], locale: Locale) -> tuple[tuple[str, int], ...]:
    text = f" {' '.join(folded)} "
    counted = Counter(
        {filler: len(re.findall(rf"(?<= ){re.escape(filler)}(?= )", text)) for filler in _FILLERS[locale]}
    )
    return tuple((filler, count) for filler, count in counted.most_common() if count >= MANY)


def _repeated(answer: str, typed: Sequence[Word], asked: Collection[str]) -> tuple[tuple[str, int], ...]:
    first: dict[str, str] = {}
    for word in typed:
        first.setdefault(word.stem, answer[word.start : word.end])
    counted = Counter(word.stem for word in typed if len(word.folded) >= _LEAST_LETTERS and word.stem not in asked)
    return tuple((first[stem].lower(), count) for stem, count in counted.most_common() if count >= REPEATED)
