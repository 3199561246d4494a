"""Time zones of typed cities, in Persian, Russian and English."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import places
from bot.domain.errors import UnknownCity
from bot.domain.identity import Locale
from bot.telegram.i18n import Catalogues
from bot.telegram.keyboards import ZONES
from bot.telegram.texts import settings as texts
from tests.support.schedules import quick


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("تهران", "Asia/Tehran"),
        ("مشهد", "Asia/Tehran"),
        ("خرم آباد", "Asia/Tehran"),
        ("خرم‌آباد", "Asia/Tehran"),
        ("خرم اباد", "Asia/Tehran"),
        ("كرج", "Asia/Tehran"),
        ("شيراز", "Asia/Tehran"),
        ("کابل", "Asia/Kabul"),
        ("هرات", "Asia/Kabul"),
        ("دبی", "Asia/Dubai"),
        ("استانبول", "Europe/Istanbul"),
        ("تورنتو", "America/Toronto"),
        ("لندن", "Europe/London"),
        ("Москва", "Europe/Moscow"),
        ("москва", "Europe/Moscow"),
        ("  МОСКВА  ", "Europe/Moscow"),
        ("Санкт-Петербург", "Europe/Moscow"),
        ("санкт петербург", "Europe/Moscow"),
        ("Нижний Новгород", "Europe/Moscow"),
        ("Ростов-на-Дону", "Europe/Moscow"),
        ("Казань", "Europe/Moscow"),
        ("Екатеринбург", "Asia/Yekaterinburg"),
        ("Новосибирск", "Asia/Novosibirsk"),
        ("Хабаровск", "Asia/Vladivostok"),
        ("Могилев", "Europe/Minsk"),
        ("Алматы", "Asia/Almaty"),
        ("Tehran", "Asia/Tehran"),
        ("new york", "America/New_York"),
        ("New-York", "America/New_York"),
        ("Los Angeles", "America/Los_Angeles"),
        ("München", "Europe/Berlin"),
    ],
)
def test_a_city_names_its_zone(city: str, zone: str) -> None:
    assert places.zone_of(city) == zone


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("تهرا", "Asia/Tehran"),
        ("اصفحان", "Asia/Tehran"),
        ("Масква", "Europe/Moscow"),
        ("Екатеринбур", "Asia/Yekaterinburg"),
        ("Новосибирс", "Asia/Novosibirsk"),
        ("Teheran", "Asia/Tehran"),
    ],
)
def test_a_city_typed_in_part_or_with_a_slip_is_offered(city: str, zone: str) -> None:
    assert places.zone_of(city) is None
    assert zone in places.similar_zones(city)


@pytest.mark.parametrize("city", ["مشهد، ایران", "Казань, Россия", "Shiraz, Iran", "Казань (Татарстан)"])
def test_a_city_with_its_country_is_found(city: str) -> None:
    assert places.zone_of(city) in ("Asia/Tehran", "Europe/Moscow")


def test_the_first_city_is_found_at_once() -> None:
    spec = spec_from_file_location("places_afresh", places.__file__)
    assert spec is not None and spec.loader is not None
    afresh = module_from_spec(spec)
    spec.loader.exec_module(afresh)
    begun = process_time()
    assert afresh.zone_of("مشهد") == "Asia/Tehran"
    assert process_time() - begun < 1, "everybody waits while the names are gathered"


@pytest.mark.parametrize("city", ["", "   ", "؟؟؟", "12345", "ъъъъъ", "qqqqqqqq", "<>", "я" * 4096, "🙂"])
def test_what_is_no_city_is_told_apart(city: str) -> None:
    assert places.zone_of(city) is None
    with pytest.raises(UnknownCity) as unknown:
        places.similar_zones(city)
    assert unknown.value.city == city


@quick
@given(city=st.text(max_size=20) | st.text("абвгдеикмнорстьتهرانشیزمکAabcdeilmnorst ", max_size=12))
def test_any_text_gives_real_zones_or_none(city: str) -> None:
    if certain := places.zone_of(city):
        assert ZoneInfo(certain).key == certain
    try:
        offered = places.similar_zones(city)
    except UnknownCity:
        return
    assert 1 <= len(offered) <= places.MOST_MATCHES
    assert len(set(offered)) == len(offered)
    assert all(ZoneInfo(zone).key == zone for zone in offered)


@pytest.mark.parametrize("locale", Locale)
def test_the_city_on_each_button_can_be_typed_too(locale: Locale) -> None:
    catalogues = Catalogues()
    with catalogues.context(), catalogues.use_locale(locale):
        named = {zone: texts.city(zone) for zone in ZONES[locale]}
    assert {zone: places.zone_of(city) for zone, city in named.items()} == {zone: zone for zone in named}


@pytest.mark.parametrize(
    "zone",
    ["Europe/Kyiv", "Asia/Kolkata", "Asia/Kathmandu", "America/Argentina/Buenos_Aires", "Asia/Yangon", "Asia/Tehran"],
)
def test_a_zone_has_a_city_in_each_language_whatever_it_was_called_before(zone: str) -> None:
    assert re.fullmatch(r"[آ-ی\u200c\s]+", places.city_of(zone, Locale.FA))
    assert re.fullmatch(r"[А-Яа-яё\s-]+", places.city_of(zone, Locale.RU))
