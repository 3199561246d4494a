"""One YAML file of the content, with the line of each field, and what can be wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# libyaml's loader does the same ten times as fast; a few platforms come without it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FieldPath = tuple[int | str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing that is wrong in a content file; `line` counts from 1."""

    file: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is well-formed YAML."""

    path: Path
    data: Any
    node: yaml.Node | None

    def get(self, *field: int | str) -> Any:
        """The value of a field, None where the file has no such thing."""
        value = self.data
        for step in field:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def mistake(self, field: FieldPath, message: str) -> Mistake:
        return Mistake(self.path, self._line(field), ".".join(map(str, field)), message)

    def _line(self, field: FieldPath) -> int:
        """The line of a field, or of the nearest thing around it that the file does have."""
        node, line = self.node, self.node.start_mark.line + 1 if self.node else 1
        for step in field:
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
                if found is None:
                    break
                line, node = found[0].start_mark.line + 1, found[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line

    def repeated_fields(self) -> Iterator[Mistake]:
        """Fields that are written twice: YAML would silently keep the last."""
        yield from self._repeated(self.node, ())

    def _repeated(self, node: yaml.Node | None, field: FieldPath) -> Iterator[Mistake]:
        if not isinstance(node, yaml.MappingNode):
            return
        seen: set[str] = set()
        for key, value in node.value:
            inner = (*field, key.value)
            if key.value in seen:
                name = ".".join(map(str, inner))
                yield Mistake(self.path, key.start_mark.line + 1, name, f"{key.value!r} is written twice")
            seen.add(key.value)
            yield from self._repeated(value, inner)


def read_source(path: Path, mistakes: list[Mistake]) -> Source | None:
    """The file, or None after what keeps it from being YAML was noted."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        loader = _Loader(text)
        node = loader.get_single_node()
        source = Source(path, None if node is None else loader.construct_document(node), node)
    except UnicodeDecodeError as error:
        mistakes.append(Mistake(path, error.object[: error.start].count(b"\n") + 1, "", "is not UTF-8 text"))
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        mistakes.append(Mistake(path, line, "", "has a character that YAML does not allow"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        mistakes.append(Mistake(path, line, "", f"is not valid YAML: {error.problem}"))
    else:
        mistakes.extend(source.repeated_fields())
        return source
    return None
