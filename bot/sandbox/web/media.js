// What a message carries besides text: documents, photos, places, and one line that sums any message up.

import { openDialog } from "./dialogs.js";
import { button, el, icon } from "./dom.js";

const NAMES = {
  photo: "Photo", sticker: "Sticker", voice: "Voice message", video: "Video", audio: "Audio", animation: "GIF",
  video_note: "Video message", location: "Location", venue: "Place", contact: "Contact", dice: "Dice",
  poll: "Poll", document: "Document",
};

const kindOf = (message) => Object.keys(NAMES).find((kind) => message[kind]);

/** One plain line for lists and quotes. */
export function summary(message) {
  if (message.text) return message.text;
  if (message.pinned_message) return "Pinned a message";
  const kind = kindOf(message);
  const name = message.document?.file_name ?? NAMES[kind] ?? "Message";
  const emoji = message.sticker?.emoji ?? message.dice?.emoji;
  return [emoji, name, message.caption && `· ${message.caption}`].filter(Boolean).join(" ");
}

const builders = {
  photo, document: documentCard, location, venue: (message) => location({ ...message, location: message.venue.location }),
  contact: ({ contact }) => card("person", contact.first_name ?? "Contact", contact.phone_number),
  voice: ({ voice }) => wave(voice.duration),
  audio: ({ audio }) => card("play", audio.title ?? audio.file_name ?? "Audio", duration(audio.duration)),
  video: ({ video }) => card("play", video.file_name ?? "Video", duration(video.duration)),
  sticker: ({ sticker }) => el("div", { class: "sticker" }, sticker.emoji ?? "🙂"),
  dice: ({ dice }) => el("div", { class: "sticker" }, dice.emoji, el("small", {}, String(dice.value))),
  poll: ({ poll }) => pollCard(poll),
};

/** The element for the message's attachment, or null for plain text. */
export function media(message) {
  const kind = kindOf(message);
  if (!kind) return message.text ? null : el("p", { class: "unsupported" }, "This kind of message is not shown here.");
  return builders[kind]?.(message) ?? card("file", NAMES[kind], "");
}

// The address may name another host than the page's (localhost, 127.0.0.1), so only its path is kept.
function samePlace(address) {
  const url = new URL(address, document.baseURI);
  return url.pathname + url.search;
}

function photo(message) {
  if (!message.file_url) return card("file", "Photo", "");
  const source = samePlace(message.file_url);
  const size = message.photo.at(-1) ?? {};
  const image = el("img", { src: source, alt: message.caption ?? "Photo", width: size.width, height: size.height });
  return button({ class: "photo", "aria-label": "Enlarge the photo", onclick: () => enlarge(source) }, image);
}

function enlarge(source) {
  openDialog("Photo", (close) => [
    button({ class: "photo", "aria-label": "Close", onclick: () => close() }, el("img", { src: source, alt: "Photo" })),
  ], "viewer");
}

function documentCard({ document: file, file_url: address }) {
  const name = file.file_name ?? "file";
  const link = address && { href: samePlace(address), download: name };
  return card("file", name, [bytes(file.file_size), link && "Download"].filter(Boolean).join(" · "), link);
}

function card(glyph, title, detail, link) {
  const lines = el("span", { class: "card-lines" }, el("b", { dir: "auto" }, title), el("small", {}, detail ?? ""));
  return el(link ? "a" : "div", { class: "card", ...link }, el("span", { class: "card-icon" }, icon(glyph)), lines);
}

function location(message) {
  const { latitude, longitude } = message.location;
  const place = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=11/${latitude}/${longitude}`;
  return card("pin", message.venue?.title ?? "Location", place, { href: map, target: "_blank", rel: "noopener noreferrer" });
}

function wave(seconds) {
  const bars = Array.from({ length: 28 }, (_, at) => el("i", { class: `h${(at * 7 + (at % 3) * 5) % 9}` }));
  const row = el("span", { class: "wave", "aria-hidden": "true" }, bars);
  return el("div", { class: "card" }, el("span", { class: "card-icon" }, icon("play")),
    el("span", { class: "card-lines" }, row, el("small", {}, `Voice ${duration(seconds)}`)));
}

function pollCard(poll) {
  const options = poll.options.map((option) => el("li", { dir: "auto" }, option.text));
  return el("div", { class: "poll" }, el("b", { dir: "auto" }, poll.question), el("ul", {}, options));
}

const duration = (seconds = 0) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function bytes(size) {
  if (size == null) return "";
  const [unit, power] = size < 1024 ? ["B", 0] : size < 1024 ** 2 ? ["KB", 1] : ["MB", 2];
  return `${(size / 1024 ** power).toFixed(power ? 1 : 0)} ${unit}`;
}
