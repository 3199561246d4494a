// The bar with the sandbox's clock: shows the time in three zones and moves it.

import * as api from "./api.js";
import { toast } from "./dialogs.js";
import { $, button, el, icon } from "./dom.js";
import { person } from "./state.js";
import { LOCAL, chooseZone, clockTime, full, moment, weekday, zoneOf, zones } from "./times.js";

const HOUR = 3600;
const reading = { server: null, taken: 0, ticking: true };
let onZone = () => {};

/** zoneChanged() is called when another zone was chosen for the bubbles' times. */
export function setUpClock(zoneChanged) {
  onZone = zoneChanged;
  const now = el("time", { class: "clock-now", "data-testid": "clock-now" });
  const chips = el("div", { class: "zones", role: "group", "aria-label": "Zone of the message times" }, zones.map(chip));
  $("clock").append(icon("clock"), now, chips, movers());
  setInterval(paint, 1000);
}

function chip(zone) {
  const choose = () => {
    chooseZone(zone.zone);
    paint();
    onZone();
  };
  const title = `Show message times as in ${zone === LOCAL ? zone.zone : zone.name}`;
  return button({ class: "zone", "data-zone": zone.zone, title, onclick: choose }, zone.name, " ", el("b"));
}

function movers() {
  const mover = (testid, label, move) => button({ class: "mover", "data-testid": testid, onclick: move }, label);
  return el(
    "div",
    { class: "movers", id: "movers" },
    mover("clock-hour", "+1 hour", () => advance(HOUR)),
    mover("clock-day", "+1 day", () => advance(24 * HOUR)),
    mover("clock-next", "To the next push", toNextPush),
  );
}

/** Takes the server's clock: {now, movable}. */
export function syncClock(clock) {
  const server = Date.parse(clock.now);
  const waited = Date.now() - reading.taken;
  // A test's clock stands still between moves; ours must then not run ahead of it.
  if (reading.server !== null && waited > 1500) reading.ticking = server !== reading.server;
  Object.assign(reading, { server, taken: Date.now() });
  if (clock.movable !== undefined) allowMoving(clock.movable);
  paint();
}

function allowMoving(movable) {
  for (const mover of $("movers").children) {
    mover.disabled = !movable;
    mover.title = movable ? "" : "This sandbox runs on the real clock";
  }
}

export function now() {
  return reading.server + (reading.ticking ? Date.now() - reading.taken : 0);
}

export function paint() {
  if (reading.server === null) return;
  const instant = now();
  const time = document.querySelector(".clock-now");
  time.dateTime = new Date(instant).toISOString();
  time.title = full(instant);
  setText(time, moment(instant));
  document.querySelectorAll(".zone").forEach((one) => paintChip(one, instant));
}

function paintChip(one, instant) {
  const zone = one.dataset.zone;
  const otherDay = weekday(instant, zone) !== weekday(instant) ? `${weekday(instant, zone)} ` : "";
  setText(one.querySelector("b"), otherDay + clockTime(instant, zone));
  one.setAttribute("aria-pressed", zone === zoneOf(person()));
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

async function advance(seconds) {
  syncClock(await api.advance(seconds));
}

async function toNextPush() {
  const moved = await api.nextPush();
  syncClock(moved);
  if (!moved.next) return toast("Nothing is planned: the bot has no reason to write first yet.");
  toast(`Moved to ${whenIn(Date.parse(moved.next))}`);
}

function whenIn(instant) {
  const zone = zoneOf(person());
  const name = zones.find((one) => one.zone === zone)?.name ?? zone;
  return `${full(instant, zone)} (${name})`;
}
