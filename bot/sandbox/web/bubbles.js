// One message as it stands in the chat: bubble, reactions, buttons, and its own small menu.

import { openMenu } from "./dialogs.js";
import { button, el } from "./dom.js";
import { inlineKeyboard } from "./keyboards.js";
import { media, summary } from "./media.js";
import { copy, richText } from "./rich.js";
import { bot, chatOf, person } from "./state.js";
import { clockTime, full, zoneOf } from "./times.js";

/** doing: {reply(message), edit(message), follow(payload), say(text), scrollTo(messageId)}. */
export function bubble(message, user, doing) {
  if (message.pinned_message) return serviceNote(`Pinned “${summary(message.pinned_message).slice(0, 60)}”`);
  const side = message.outgoing ? "outgoing" : "incoming";
  const writer = message.outgoing ? person(user)?.first_name : bot().name;
  const node = el("article", {
    class: `message ${side}`,
    "data-testid": "message",
    "data-message-id": message.message_id,
    "data-outgoing": String(Boolean(message.outgoing)),
    "aria-label": `${writer} wrote`,
  });
  const more = moreButton(message, doing);
  node.append(el("div", { class: "stack" }, body(message, doing), inlineKeyboard(message, user)), more);
  node.addEventListener("contextmenu", (event) => onContextMenu(event, message, doing));
  return node;
}

function body(message, doing) {
  const attachment = media(message);
  const text = message.text ?? message.caption;
  const bare = (message.sticker || message.dice) && !text;
  return el(
    "div",
    { class: `bubble ${bare ? "bare" : ""} ${message.photo ? "with-photo" : ""}` },
    forwarded(message),
    quoted(message, doing),
    attachment,
    words(message, text, doing),
    reactions(message),
  );
}

function words(message, text, doing) {
  if (text == null) return meta(message);
  const node = richText(message.html, text, doing);
  node.append(meta(message));
  return node;
}

function meta(message) {
  const zone = zoneOf(person());
  const sent = message.date * 1000;
  const at = { class: "edited", title: full((message.edit_date ?? 0) * 1000, zone) };
  const edited = message.edit_date && el("span", at, "edited ");
  const exact = { datetime: new Date(sent).toISOString(), title: `${full(sent, zone)}, ${zone}` };
  const time = el("time", exact, clockTime(sent, zone));
  return el("span", { class: "meta", dir: "ltr" }, edited, time);
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = origin.sender_user?.first_name ?? origin.sender_user_name ?? origin.chat?.title ?? "someone";
  return el("p", { class: "forwarded" }, `Forwarded from ${name}`);
}

function quoted(message, doing) {
  const original = message.reply_to_message;
  if (!original) return null;
  // The reply carries a copy of the original as it was; the chat knows it as it is now.
  const current = chatOf()?.messages.find((one) => one.message_id === original.message_id) ?? original;
  const line = message.quote?.text ?? summary(current);
  return button(
    { class: "quoted", "data-testid": "quoted", onclick: () => doing.scrollTo(original.message_id) },
    el("b", { dir: "auto" }, author(current)),
    el("span", { dir: "auto" }, line),
  );
}

export function author(message) {
  // The bot's name may differ per language, and a message carries only the general one.
  const byBot = message.from?.is_bot ?? !message.outgoing;
  return (byBot ? bot().name : message.from?.first_name) || person()?.first_name || "";
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const pills = message.reactions.map((emoji) => el("span", { class: "reaction" }, emoji));
  return el("div", { class: "reactions", "data-testid": "reactions", "aria-label": "Reactions" }, pills);
}

function serviceNote(text) {
  return el("p", { class: "note" }, el("span", { dir: "auto" }, text));
}

function moreButton(message, doing) {
  const open = (event) => openMenu(event.currentTarget.getBoundingClientRect(), actions(message, doing), "message-menu");
  const props = { class: "more", "aria-label": "Message actions", "aria-haspopup": "menu" };
  return button({ ...props, "data-testid": "message-actions", onclick: open });
}

function actions(message, doing) {
  const text = message.text ?? message.caption;
  return [
    { icon: "reply", label: "Reply", testid: "reply", run: () => doing.reply(message) },
    message.outgoing && message.text && { icon: "edit", label: "Edit", testid: "edit", run: () => doing.edit(message) },
    text && { icon: "copy", label: "Copy text", testid: "copy", run: () => copy(text) },
  ];
}

function onContextMenu(event, message, doing) {
  // Links, pictures and a marked passage keep the browser's own menu.
  if (event.target.closest("a, img") || !getSelection().isCollapsed) return;
  event.preventDefault();
  openMenu({ x: event.clientX, y: event.clientY }, actions(message, doing), "message-menu");
}
