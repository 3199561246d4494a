// The attach menu: what a person can send besides text.

import * as api from "./api.js";
import { askForm, field, openDialog, openMenu } from "./dialogs.js";
import { button, el } from "./dom.js";

const CITIES = [
  ["Tehran", 35.6892, 51.389],
  ["Moscow", 55.7558, 37.6173],
  ["Berlin", 52.52, 13.405],
  ["Vladivostok", 43.1155, 131.8855],
];

const KINDS = [
  ["photo", "🖼️", "Photo"],
  ["sticker", "😀", "Sticker"],
  ["voice", "🎤", "Voice message"],
  ["contact", "👤", "Contact"],
  ["video", "🎬", "Video"],
  ["audio", "🎵", "Audio"],
  ["dice", "🎲", "Dice"],
  ["poll", "📊", "Poll"],
];

/** sendFile(file) is called with a chosen document. */
export function openAttachMenu(anchor, user, sendFile) {
  const kinds = KINDS.map(([kind, emoji, label]) => ({
    emoji, label, testid: `attach-${kind}`, run: () => api.send(user, kind),
  }));
  const file = { emoji: "📄", label: "Document…", testid: "attach-document", run: () => chooseFile(sendFile) };
  const place = { emoji: "📍", label: "Location…", testid: "attach-location", run: () => sendPlace(user) };
  openMenu(anchor.getBoundingClientRect(), [file, place, ...kinds], "attach-menu");
}

function chooseFile(sendFile) {
  const input = el("input", { type: "file", hidden: true, "data-testid": "file-input" });
  input.addEventListener("change", () => {
    if (input.files[0]) sendFile(input.files[0]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

/** Asks where, then sends it; nothing is sent when the dialog is dismissed. */
export async function sendPlace(user) {
  const place = await askLocation();
  if (place) await api.send(user, "location", place);
}

/** Asks for a place; resolves to {latitude, longitude} or null. */
export async function askLocation() {
  const city = await openDialog("Share a location", (close) => [
    el("h2", {}, "Share a location"),
    el("div", { class: "choices" }, CITIES.map(([name, ...at]) => choice(name, at, close))),
    el("div", { class: "modal-buttons" },
      button({ class: "flat quiet", onclick: () => close() }, "Cancel"),
      button({ class: "flat", onclick: () => close("other") }, "Elsewhere…")),
  ]);
  return city === "other" ? askCoordinates() : city;
}

function choice(name, [latitude, longitude], close) {
  const detail = `${latitude.toFixed(2)}, ${longitude.toFixed(2)}`;
  return button({ onclick: () => close({ latitude, longitude }) }, el("b", {}, name), el("small", {}, detail));
}

async function askCoordinates() {
  const number = { type: "number", step: "any", required: true };
  const typed = await askForm("Share a location", [
    field("Latitude", "latitude", { ...number, min: -90, max: 90, placeholder: "35.69" }),
    field("Longitude", "longitude", { ...number, min: -180, max: 180, placeholder: "51.39" }),
  ], "Send");
  return typed && { latitude: Number(typed.latitude), longitude: Number(typed.longitude) };
}
