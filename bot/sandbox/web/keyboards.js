// Inline buttons under a bubble and the reply keyboard under the composer.

import * as api from "./api.js";
import { sendPlace } from "./attach.js";
import { showAlert, toast } from "./dialogs.js";
import { button, el } from "./dom.js";
import { copy, startPayload } from "./rich.js";
import { bot } from "./state.js";

const pending = new Set(); // pressed and not answered yet; outlives a redrawn bubble

export function inlineKeyboard(message, user) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  // Telegram mirrors nothing here, whatever the language; only the words have their own direction.
  return el("div", { class: "keyboard", dir: "ltr" }, rows.map((row) => inlineRow(row, message, user)));
}

function inlineRow(row, message, user) {
  return el("div", { class: "keyboard-row" }, row.map((key) => inlineButton(key, message, user)));
}

function inlineButton(key, message, user) {
  const name = `${user}:${message.message_id}:${key.callback_data}`;
  const props = {
    class: `key ${key.style ? `key-${key.style}` : ""} ${sign(key)}`,
    title: key.url ?? key.text,
    disabled: Boolean(key.disabled),
    "data-testid": "inline-button",
    "data-press": key.callback_data != null && name,
    "data-callback": key.callback_data,
    "aria-busy": pending.has(name) && "true",
    onclick: () => act(key, message, user, name),
  };
  return button(props, el("span", { dir: "auto" }, key.text));
}

const sign = (key) => (key.url ? "key-link" : key.copy_text ? "key-copy" : key.web_app ? "key-app" : "");

function act(key, message, user, name) {
  if (key.callback_data != null) return press(key, message, user, name);
  if (key.copy_text) return copy(key.copy_text.text);
  if (key.url) return openUrl(key.url, user);
  return toast("The sandbox has no stand-in for this kind of button");
}

function openUrl(url, user) {
  const payload = startPayload(url);
  if (payload !== null) return api.start(user, payload);
  window.open(url, "_blank", "noopener,noreferrer");
}

async function press(key, message, user, name) {
  if (pending.has(name)) return;
  setPending(name, true);
  try {
    const { answer } = await api.press(user, message.message_id, key.callback_data);
    if (answer?.text) showAnswer(answer);
  } finally {
    setPending(name, false);
  }
}

function setPending(name, on) {
  if (on) pending.add(name);
  else pending.delete(name);
  for (const node of document.querySelectorAll(`[data-press="${CSS.escape(name)}"]`)) {
    if (on) node.setAttribute("aria-busy", "true");
    else node.removeAttribute("aria-busy");
  }
}

function showAnswer(answer) {
  if (answer.show_alert) showAlert(answer.text, bot().name);
  else toast(answer.text);
}

/** The reply keyboard as an element; pressed() is told after each press. */
export function replyKeyboard(keyboard, user, pressed) {
  const rows = keyboard.keyboard.map((row) => row.map((key) => replyButton(toKey(key), user, pressed)));
  return el("div", { class: "reply-keyboard", dir: "ltr" }, rows.map((row) => el("div", { class: "keyboard-row" }, row)));
}

const toKey = (key) => (typeof key === "string" ? { text: key } : key);

function replyButton(key, user, pressed) {
  const run = async () => {
    await answerWith(key, user);
    pressed();
  };
  const props = { class: `key ${key.style ? `key-${key.style}` : ""}`, "data-testid": "reply-button", onclick: run };
  return button(props, el("span", { dir: "auto" }, key.text));
}

async function answerWith(key, user) {
  if (key.request_location) return sendPlace(user);
  if (key.request_contact) return api.send(user, "contact");
  if (key.request_poll) return api.send(user, "poll");
  return api.say(user, key.text);
}
