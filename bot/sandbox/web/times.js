// Writes instants as wall time: in the viewer's zone, Tehran's or Moscow's.

const HOME = Intl.DateTimeFormat().resolvedOptions().timeZone;
const CITIES = [
  { zone: "Asia/Tehran", name: "Tehran", language: "fa" },
  { zone: "Europe/Moscow", name: "Moscow", language: "ru" },
];

export const LOCAL = { zone: HOME, name: "Local" };
export const zones = [LOCAL, ...CITIES.filter((city) => city.zone !== HOME)];

let chosen = null;

/** Bubbles are dated by this zone: the chosen one, else the one that suits the person's language. */
export function zoneOf(person) {
  const own = CITIES.find((city) => city.language === person?.language_code);
  return chosen ?? own?.zone ?? HOME;
}

export const chooseZone = (zone) => (chosen = zone);

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const SHORT_DAY = { weekday: "short", day: "numeric", month: "short" };

const formats = new Map();

function format(options, zone, instant) {
  const key = JSON.stringify([options, zone]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(undefined, { ...options, timeZone: zone }));
  return formats.get(key).format(instant);
}

export const clockTime = (instant, zone) => format(TIME, zone, instant);
export const weekday = (instant, zone) => format({ weekday: "short" }, zone, instant);
export const day = (instant, zone) => format({ weekday: "long", day: "numeric", month: "long" }, zone, instant);
export const full = (instant, zone) => format({ dateStyle: "full", timeStyle: "short", hourCycle: "h23" }, zone, instant);
export const moment = (instant, zone) => format({ ...SHORT_DAY, ...TIME }, zone, instant);
