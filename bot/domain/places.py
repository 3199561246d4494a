"""Finds the time zone of a typed city."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from babel import Locale as BabelLocale

from bot.domain.errors import UnknownCity
from bot.domain.identity import Locale

MOST_MATCHES = 6

# Zones that were renamed, as the locale data still calls them.
_FORMER_NAMES = {
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "America/Argentina/Catamarca": "America/Catamarca",
    "America/Argentina/Cordoba": "America/Cordoba",
    "America/Argentina/Jujuy": "America/Jujuy",
    "America/Argentina/Mendoza": "America/Mendoza",
    "America/Atikokan": "America/Coral_Harbour",
    "America/Indiana/Indianapolis": "America/Indianapolis",
    "America/Kentucky/Louisville": "America/Louisville",
    "America/Nuuk": "America/Godthab",
    "Africa/Asmara": "Africa/Asmera",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Yangon": "Asia/Rangoon",
    "Atlantic/Faroe": "Atlantic/Faeroe",
    "Europe/Kyiv": "Europe/Kiev",
    "Pacific/Chuuk": "Pacific/Truk",
    "Pacific/Pohnpei": "Pacific/Ponape",
}

# Cities with many candidates that no zone is named after.
_LARGE_CITIES = {
    "Asia/Tehran": (
        "مشهد اصفهان شیراز تبریز کرج قم اهواز کرمانشاه ارومیه رشت زاهدان همدان کرمان یزد اردبیل بندرعباس "
        "اراک اسلامشهر زنجان سنندج قزوین خرم‌آباد گرگان ساری بابل بوشهر بیرجند ایلام سمنان یاسوج بجنورد "
        "کاشان نجف‌آباد دزفول آبادان کیش قشم ایران Mashhad Isfahan Esfahan Shiraz Tabriz Karaj Qom Ahvaz "
        "Мешхед Исфахан Шираз Тебриз Иран"
    ),
    "Asia/Kabul": "هرات مزارشریف قندهار جلال‌آباد کندز افغانستان Herat Герат Афганистан",
    "Asia/Dushanbe": "خجند تاجیکستان Khujand Худжанд Куляб Таджикистан",
    "Asia/Dubai": "ابوظبی شارجه امارات Шарджа Абу-Даби ОАЭ",
    "Europe/Istanbul": "آنکارا ازمیر ترکیه Ankara Анкара Анталья Измир Турция",
    "Europe/Berlin": "هامبورگ مونیخ فرانکفورت کلن آلمان Hamburg Munich München Frankfurt Гамбург Мюнхен Германия",
    "America/Los_Angeles": "سانفرانسیسکو سن‌دیگو سیاتل San-Francisco Seattle Сан-Франциско Сиэтл",
    "America/New_York": "واشنگتن بوستون Washington Boston Вашингтон Бостон",
    "America/Toronto": "اتاوا مونترال Ottawa Montreal Оттава Монреаль",
    "Europe/Moscow": (
        "Санкт-Петербург Питер СПб Казань Нижний-Новгород Ростов-на-Дону Краснодар Воронеж Сочи Ярославль "
        "Тула Рязань Пенза Липецк Тверь Киров Белгород Курск Смоленск Калуга Брянск Иваново Владимир "
        "Архангельск Мурманск Петрозаводск Вологда Махачкала Грозный Ставрополь Чебоксары Йошкар-Ола "
        "Саранск Сыктывкар سن‌پترزبورگ روسیه Россия Saint-Petersburg Kazan"
    ),
    "Europe/Samara": "Тольятти Ижевск",
    "Asia/Yekaterinburg": "Челябинск Уфа Пермь Тюмень Оренбург Сургут Магнитогорск Курган Ханты-Мансийск",
    "Asia/Krasnoyarsk": "Абакан Норильск",
    "Asia/Irkutsk": "Улан-Удэ Братск",
    "Asia/Vladivostok": "Хабаровск Комсомольск-на-Амуре",
    "Asia/Almaty": "Астана Шымкент Караганда Казахстан",
    "Asia/Tashkent": "Узбекистан Фергана Наманган Андижан",
    "Europe/Minsk": "Гомель Брест Гродно Витебск Могилёв Беларусь",
    "Asia/Tbilisi": "Батуми Кутаиси Грузия",
    "Asia/Bishkek": "Ош Киргизия Кыргызстан",
    "Asia/Yerevan": "Гюмри Армения",
    "Asia/Baku": "Гянджа Азербайджан",
}


@cache
def known_zones() -> frozenset[str]:
    """Every IANA zone. To list them means a walk over the disk: once."""
    return frozenset(available_timezones())


def city_of(zone: str, locale: Locale) -> str:
    """The city that names a zone, in the user's language."""
    known = BabelLocale(locale).time_zones.get(_FORMER_NAMES.get(zone, zone), {})
    return str(known.get("city", zone.rpartition("/")[2].replace("_", " ")))


def _without_country(city: str) -> str:
    """ "Kazan" of "Kazan, Russia" and of "Kazan (Russia)"."""
    return re.split(r"[,،(]", city, maxsplit=1)[0]


def zone_of(city: str) -> str | None:
    """The IANA zone of a typed city, None unless it is certain.

    Knows the cities that zones are named after, in Persian, Russian and English, and large ones of the
    countries where candidates live.
    """
    known = _zones_by_name()
    return known.get(_plain(city)) or known.get(_plain(_without_country(city)))


def similar_zones(city: str) -> list[str]:
    """The zones that a city typed in part or with mistakes may mean, the likeliest first.

    Raises UnknownCity.
    """
    known, typed = _zones_by_name(), _plain(_without_country(city))
    begun = [name for name in known if typed and name.startswith(typed)]
    names = begun or get_close_matches(typed, known, n=MOST_MATCHES, cutoff=0.75)
    zones = list(dict.fromkeys(known[name] for name in names))[:MOST_MATCHES]
    if not zones:
        raise UnknownCity(city)
    return zones


@cache
def _zones_by_name() -> dict[str, str]:
    return {_plain(name): zone for name, zone in _names() if _plain(name)}


def _names() -> Iterator[tuple[str, str]]:
    for zone in sorted(known_zones()):
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")):
            yield zone.rpartition("/")[2], zone
    for locale in Locale:
        for zone, names in BabelLocale(locale).time_zones.items():
            if "city" in names and zone in known_zones():
                yield names["city"], zone
    for zone, cities in _LARGE_CITIES.items():
        yield from ((city, zone) for city in cities.split())


def _plain(name: str) -> str:
    """The letters alone: cities are typed with spaces, hyphens or joiners, and with Arabic letters."""
    letters = name.casefold().translate(str.maketrans("يكёآ", "یکеا"))
    return "".join(letter for letter in letters if letter.isalnum())
