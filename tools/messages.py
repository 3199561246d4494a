"""Brings the catalogues under locales/ up to date with the sentences in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from bot.domain.identity import Locale
from bot.telegram.i18n import LOCALES

TEXTS = Path(__file__).parents[1] / "bot" / "telegram" / "texts"


def sentences(folder: Path = TEXTS) -> Iterator[str | tuple[str, str]]:
    """Every message of the code in order; one with a plural as a pair.

    Read from the syntax tree, since Babel's own extractor does not look into f-strings.
    """
    for file in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id == "_":
                    yield ast.literal_eval(node.args[0])
                elif node.func.id == "__":
                    yield ast.literal_eval(node.args[0]), ast.literal_eval(node.args[1])


def template() -> Catalog:
    catalog = Catalog()
    for sentence in sentences():
        catalog.add(sentence)
    return catalog


def main() -> None:
    for locale in Locale:
        path = LOCALES / locale / "LC_MESSAGES" / "messages.po"
        with path.open("rb") as file:
            catalog = read_po(file, locale=locale)
        catalog.update(template(), no_fuzzy_matching=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=False, ignore_obsolete=True)
        untranslated = [message.id for message in catalog if message.id and not message.string]
        print(f"{locale}: {len(catalog)} messages, {len(untranslated)} without a translation")


if __name__ == "__main__":
    main()
