"""Which talking points a typed answer makes, told by the words that it uses."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rapidfuzz.distance import OSA

from bot.domain import statements
from bot.domain.identity import Locale
from bot.domain.text import Word, words

GAP = 2
"""Words that may stand between those of a cue."""

MORE = 3
"""Words after a cue that are quoted with it, up to the end of the clause: alone it may say little."""

LEAST_FUZZY = 7
"""Letters; in a shorter word one mistyped letter makes another word."""


@dataclass(frozen=True, slots=True)
class Made:
    """A talking point that the answer makes, and the words that tell so, as they were typed."""

    point: str
    said: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One word of a cue: a stem, or, of `like*`, how a word begins."""

    text: str
    is_prefix: bool

    def nearly_fits(self, word: Word) -> bool:
        """But for one mistyped letter; not the first, which in Persian may be a "not"."""
        typed = word.folded[: len(self.text)] if self.is_prefix else word.stem
        if self.is_prefix and len(typed) < len(self.text):
            return False
        return typed[:1] == self.text[:1] and OSA.distance(typed, self.text, score_cutoff=1) <= 1


@dataclass(frozen=True, slots=True)
class Cue:
    """Words by which a point is recognised, in any order, with up to GAP others between them."""

    point: str
    patterns: tuple[Pattern, ...]
    denies: bool
    """It says itself that something is not done, as in "I do not interrupt"."""


class Recogniser:
    """Recognises the talking points of one question in answers of one language."""

    def __init__(self, points: Mapping[str, Sequence[str]], prompt: str, locale: Locale) -> None:
        """`points` are their cues."""
        self._locale = locale
        self._points = tuple(points)
        self._prompt = frozenset(word.stem for word in words(prompt, locale))
        self._cues: dict[Pattern, list[Cue]] = defaultdict(list)  # by their first words
        for point, texts in points.items():
            for cue in (_cue(point, text, locale) for text in texts):
                self._cues[cue.patterns[0]].append(cue)
        patterns = {pattern for cues in self._cues.values() for cue in cues for pattern in cue.patterns}
        self._stems = {pattern.text: pattern for pattern in patterns if not pattern.is_prefix}
        self._prefixes = {pattern.text: pattern for pattern in patterns if pattern.is_prefix}
        self._fuzzy: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in patterns:
            if len(pattern.text) >= LEAST_FUZZY:
                self._fuzzy[pattern.text[0]].append(pattern)

    def points_made(self, answer: str) -> list[Made]:
        """The points that `answer` makes, in the order of the question."""
        if not statements.is_written_in(self._locale, answer):
            return []
        told = statements.told(words(answer, self._locale), self._prompt, self._locale)
        made: dict[str, str] = {}
        for _, clause in groupby(told, key=lambda word: word.clause):
            said = list(clause)
            for point, first, last in self._recognised(said):
                end = min(last + MORE, len(said) - 1)
                made.setdefault(point, answer[said[first].start : said[end].end])
        return [Made(point, made[point]) for point in self._points if point in made]

    def _recognised(self, clause: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        """Points, each with the places of the first and the last word of a cue."""
        places: dict[Pattern, list[int]] = defaultdict(list)
        for place, word in enumerate(clause):
            for pattern in self._fitting(word):
                places[pattern].append(place)
        for cue in (cue for pattern in tuple(places) for cue in self._cues.get(pattern, ())):
            for taken in _together(cue, places):
                if cue.denies or not statements.is_denied(clause, taken, self._locale):
                    yield cue.point, min(taken), max(taken)
                    break

    def _fitting(self, word: Word) -> list[Pattern]:
        beginnings = (word.folded[:length] for length in range(2, len(word.folded) + 1))
        fitting = [self._prefixes[beginning] for beginning in beginnings if beginning in self._prefixes]
        if word.stem in self._stems:
            fitting.append(self._stems[word.stem])
        if fitting or len(word.folded) < LEAST_FUZZY:
            return fitting
        return [pattern for pattern in self._fuzzy[word.folded[0]] if pattern.nearly_fits(word)]


@lru_cache(maxsize=512)
def recogniser(points: tuple[tuple[str, tuple[str, ...]], ...], prompt: str, locale: Locale) -> Recogniser:
    """The recogniser of these points, kept for the next answer."""
    return Recogniser(dict(points), prompt, locale)


def _cue(point: str, text: str, locale: Locale) -> Cue:
    typed = words(text, locale)
    patterns = tuple(
        Pattern(word.folded, True) if text[word.end : word.end + 1] == "*" else Pattern(word.stem, False)
        for word in typed
    )
    return Cue(point, patterns, any(statements.is_denial(word.folded, locale) for word in typed))


def _together(cue: Cue, places: Mapping[Pattern, Sequence[int]]) -> Iterator[list[int]]:
    """Where the words of a cue stand near each other, from each place of the first of them."""
    reach = len(cue.patterns) - 1 + GAP
    for anchor in places[cue.patterns[0]]:
        taken = [anchor]
        for pattern in cue.patterns[1:]:
            near = [place for place in places.get(pattern, ()) if place not in taken and abs(place - anchor) <= reach]
            if not near:
                break
            taken.append(min(near, key=lambda place: abs(place - anchor)))
        else:
            yield taken
