"""Speaking one of the product's languages outside of a running bot."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.identity import Locale
from bot.telegram.i18n import Catalogues

CATALOGUES = Catalogues()


@contextmanager
def speaking(locale: Locale) -> Iterator[None]:
    with CATALOGUES.context(), CATALOGUES.use_locale(locale):
        yield
