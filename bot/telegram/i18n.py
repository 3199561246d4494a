"""The product's languages: catalogues compiled in memory, and which one an update is answered in."""

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Self

from aiogram.types import TelegramObject, User
from aiogram.utils.i18n import I18n
from aiogram.utils.i18n.middleware import I18nMiddleware
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.domain.identity import Locale

LOCALES = Path(__file__).parents[2] / "locales"


class Catalogues(I18n):
    """aiogram's I18n, but straight from the .po files: there is no step to forget."""

    def __init__(self, path: Path = LOCALES) -> None:
        super().__init__(path=path, default_locale=Locale.FA)

    def find_locales(self) -> dict[str, gettext.GNUTranslations]:
        return {locale: _compile(self.path / locale / "LC_MESSAGES" / "messages.po") for locale in Locale}

    @contextmanager
    def context(self) -> Iterator[Self]:
        """Makes these the catalogues of aiogram's gettext, which asks I18n itself and no class below it."""
        token = I18n.set_current(self)
        try:
            yield self
        finally:
            I18n.reset_current(token)

    def bilingual(self, sentence: Callable[[], str]) -> str:
        """`sentence` in every language, for somebody whose language is not known yet."""
        return "\n\n".join(self.in_each(sentence).values())

    def to_anybody(self, sentence: Callable[[], str], user: User | None, chosen: Locale | None) -> str:
        """`sentence` in the user's language where it is known, else in every one."""
        return sentence() if chosen or client_locale(user) else self.bilingual(sentence)

    def in_each(self, sentence: Callable[[], str]) -> dict[Locale, str]:
        with self.context():
            return {locale: self._said(sentence, locale) for locale in Locale}

    def _said(self, sentence: Callable[[], str], locale: Locale) -> str:
        with self.use_locale(locale):
            return sentence()


def _compile(path: Path) -> gettext.GNUTranslations:
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def client_locale(user: User | None) -> Locale | None:
    """The language of a person's Telegram client, where the product speaks it."""
    code = (user.language_code or "") if user else ""
    return next((locale for locale in Locale if code.split("-")[0] == locale), None)


class ChosenLocale(I18nMiddleware):
    """Answers in the language that the user chose here; only a stranger gets the client's."""

    async def get_locale(self, event: TelegramObject, data: dict[str, Any]) -> str:
        profile = data.get("profile")
        if profile is not None and profile.locale is not None:
            return str(profile.locale)
        return client_locale(data.get("event_from_user")) or self.i18n.default_locale
