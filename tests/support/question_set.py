"""A folder with one small, faultless question set, to be spoilt by tests."""

from dataclasses import dataclass
from pathlib import Path

_POINTS = """\
  points:
    listens:
      label: {label} 1
      cues: [a*, b*, c*, d*]
    explains:
      label: {label} 2
      cues: [e*, f*, g*, h*]
    follows-up:
      label: {label} 3
      cues: [i*, j*, k*, l*]
"""
_TEXT = """\
{locale}:
  prompt: {prompt}
  purpose: {purpose}
  guidance: {guidance}
  model_answer: {answer}
"""
_HEADER = """\
slug: waiters
title:
  fa: پیش‌خدمت
  ru: Официант
categories:
  general:
    fa: کلی
    ru: Общие
questions:
  - angry-guest
  - cold-soup
"""


def _text(locale: str, word: str) -> str:
    sentences = {name: " ".join([f"{name}-{word}", *[word] * 9]) for name in ("prompt", "purpose", "guidance")}
    return _TEXT.format(locale=locale, answer=" ".join([word] * 100), **sentences) + _POINTS.format(label=word)


def _question(slug: str) -> str:
    head = f"slug: {slug}\ncategory: general\ndifficulty: 1\ntags: [guests]\n"
    return head + _text("fa", "سلام") + _text("ru", "привет")


@dataclass(frozen=True)
class SetFolder:
    """The set «waiters» below `root`; files are named by their path in the set."""

    root: Path

    @property
    def path(self) -> Path:
        return self.root / "waiters"

    def write(self, file: str, text: str | bytes) -> Path:
        path = self.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def spoil(self, file: str, old: str, new: str) -> None:
        """Replaces the first `old` in a file."""
        before, found, after = self.read(file).partition(old)
        assert found, f"{file} has no {old!r}"
        self.write(file, before + new + after)

    def spoil_last(self, file: str, old: str, new: str) -> None:
        """Replaces the last `old`: the one of the Russian half."""
        before, found, after = self.read(file).rpartition(old)
        assert found, f"{file} has no {old!r}"
        self.write(file, before + new + after)

    def line(self, file: str, part: str) -> int:
        """The number of the first line that contains `part`."""
        lines = self.read(file).splitlines()
        return next(number for number, line in enumerate(lines, start=1) if part in line)


def good_set(root: Path) -> SetFolder:
    folder = SetFolder(root)
    folder.write("set.yaml", _HEADER)
    for slug in ("angry-guest", "cold-soup"):
        folder.write(f"questions/{slug}.yaml", _question(slug))
    return folder
