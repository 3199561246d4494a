// The list of pretend users, each with the last line of their chat.

import * as api from "./api.js";
import { askForm, field } from "./dialogs.js";
import { $, avatar, el, reconcile } from "./dom.js";
import { summary } from "./media.js";
import { bot, chatOf, state } from "./state.js";
import { clockTime, zoneOf } from "./times.js";
import { unread } from "./unread.js";

const drawn = new Map();

export function showPeople() {
  reconcile($("people"), state.people.map(tab));
  const waiting = state.people.filter((one) => one.id !== state.open && unread(one.id, chatOf(one.id)));
  document.title = `${waiting.length ? `(${waiting.length}) ` : ""}${bot().name ?? "Bot"} · sandbox`;
}

function tab(person) {
  const chat = chatOf(person.id);
  const last = chat?.messages.at(-1);
  const fresh = person.id === state.open ? 0 : unread(person.id, chat);
  const signature = JSON.stringify([person, last?.message_id, last && summary(last), fresh, person.id === state.open]);
  const before = drawn.get(person.id);
  if (before?.signature === signature) return before.node;
  const node = before?.node ?? el("a", { class: "person", href: `#${person.id}`, "data-testid": `tab-${person.id}` });
  node.replaceChildren(...contents(person, last, fresh));
  if (person.id === state.open) node.setAttribute("aria-current", "page");
  else node.removeAttribute("aria-current");
  drawn.set(person.id, { signature, node });
  return node;
}

function contents(person, last, fresh) {
  const time = last && el("time", {}, clockTime(last.date * 1000, zoneOf(person)));
  const unseen = { class: "badge", "data-testid": "unread", "aria-label": `${fresh} unread` };
  const name = el("b", { dir: "auto" }, person.first_name);
  const label = el("span", { class: "label" }, person.label ?? "");
  const line = el("span", { class: "last", dir: "auto" }, lastLine(person, last));
  const top = el("span", { class: "person-top" }, name, label, time);
  const bottom = el("span", { class: "person-bottom" }, line, fresh > 0 && el("span", unseen, String(fresh)));
  return [avatar(person.id, person.first_name), el("span", { class: "person-lines" }, top, bottom)];
}

function lastLine(person, last) {
  if (person.blocked) return "has blocked the bot";
  if (!last) return "has not started the bot";
  return summary(last).slice(0, 120);
}

/** Asks for a name and language, adds that user, and resolves to the new id (or null). */
export async function addPerson() {
  const typed = await askForm("A new pretend user", [
    field("First name", "first_name", { required: true, maxlength: 64, placeholder: "Reza" }),
    el("label", { class: "field" }, el("span", {}, "Language of their Telegram app"), languages()),
  ], "Add");
  if (!typed) return null;
  const id = Math.max(1000, ...state.people.map((one) => one.id)) + 1;
  await api.addPerson({ ...typed, id, language_code: typed.language_code || null, label: "pretend user" });
  return id;
}

function languages() {
  const choices = [["fa", "Persian"], ["ru", "Russian"], ["en", "English"], ["", "not told"]];
  return el("select", { name: "language_code" }, choices.map(([value, name]) => el("option", { value }, name)));
}
