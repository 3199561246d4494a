// The list of messages: draws only what changed and keeps the scroll where the reader left it.

import { bubble } from "./bubbles.js";
import { $, avatar, button, el, reconcile } from "./dom.js";
import { measureQuotes } from "./rich.js";
import { bot, person, state } from "./state.js";
import { day, zoneOf } from "./times.js";

const PAGE = 150; // messages shown at first; older ones on demand
const NEAR_PX = 60;

const view = { user: null, limit: PAGE, drawn: new Map(), atEnd: true, top: 0, newest: 0, missed: 0, doing: null };

export function setUpMessages(doing) {
  const list = $("messages");
  view.doing = { ...doing, scrollTo };
  list.addEventListener("scroll", onScroll, { passive: true });
  // Pictures that arrive, or a keyboard that opens below, must not push the newest message out of sight.
  list.addEventListener("load", stayAtEnd, true);
  list.addEventListener("unfold", onUnfold);
  new ResizeObserver(stayAtEnd).observe(list);
  $("to-end").addEventListener("click", toEnd);
}

/** Draws the chat of `user`; another user than before starts at the end. */
export function showMessages(user, chat) {
  if (view.user !== user) reset(user);
  const list = $("messages");
  const focus = focusedButton();
  countMissed(chat);
  reconcile(list, chat.messages.length ? rows(user, chat) : [welcome()]);
  measureQuotes(list);
  focus?.restore();
  stayAtEnd();
  paintToEnd();
}

/** Forgets what was drawn, so that everything is drawn anew (another zone was chosen). */
export const redrawMessages = () => view.drawn.clear();

function reset(user) {
  Object.assign(view, { user, limit: PAGE, drawn: new Map(), atEnd: true, newest: 0, missed: 0 });
}

function rows(user, chat) {
  const shown = chat.messages.slice(-view.limit);
  const nodes = shown.length < chat.messages.length ? [earlierButton(user, chat)] : [];
  let lastDay = null;
  for (const message of shown) {
    const today = day(message.date * 1000, zoneOf(person(user)));
    if (today !== lastDay) nodes.push(daySeparator(today, message));
    lastDay = today;
    nodes.push(drawn(message, user));
  }
  return nodes;
}

function drawn(message, user) {
  return once(message.message_id, JSON.stringify(message), () => bubble(message, user, view.doing));
}

function daySeparator(text, message) {
  return once(`day-${message.message_id}`, text, () => el("p", { class: "note day" }, el("span", {}, text)));
}

/** The node drawn earlier under this key, unless what it shows has changed since. */
function once(key, signature, draw) {
  const before = view.drawn.get(key);
  if (before?.signature === signature) return before.node;
  const node = draw();
  view.drawn.set(key, { signature, node });
  return node;
}

function earlierButton(user, chat) {
  return once("earlier", "", () => button({ class: "earlier", onclick: () => showEarlier(user, chat) }, "Show earlier messages"));
}

function showEarlier(user, chat) {
  const list = $("messages");
  const fromEnd = list.scrollHeight - list.scrollTop;
  view.limit += PAGE;
  view.atEnd = false;
  view.drawn.delete("earlier");
  showMessages(user, state.chats.get(user) ?? chat);
  list.scrollTop = list.scrollHeight - fromEnd;
}

function welcome() {
  const { name, description } = bot();
  return once("welcome", JSON.stringify([name, description]), () => el(
    "section",
    { class: "welcome" },
    avatar(0, name ?? "?"),
    el("h2", { dir: "auto" }, name || "This bot"),
    el("p", { dir: "auto" }, description || "No messages here yet. Press START below."),
  ));
}

/** A bubble that is drawn anew (the bot edited it) takes the keyboard's focus along to the same button. */
function focusedButton() {
  const key = document.activeElement?.closest?.(".message .key");
  if (!key) return null;
  const id = key.closest(".message").dataset.messageId;
  const at = [...key.closest(".message").querySelectorAll(".key")].indexOf(key);
  return { restore: () => key.isConnected || focusButton(buttonsOf(id), at) };
}

function focusButton(buttons, at) {
  (buttons[at] ?? buttons[buttons.length - 1])?.focus({ preventScroll: true });
}

const nodeOf = (id) => $("messages").querySelector(`[data-message-id="${id}"]`);
const buttonsOf = (id) => nodeOf(id)?.querySelectorAll(".key") ?? [];

function countMissed(chat) {
  const fresh = chat.messages.filter((one) => one.message_id > view.newest);
  if (view.newest && !view.atEnd) view.missed += fresh.filter((one) => !one.outgoing).length;
  if (fresh.some((one) => one.outgoing)) view.atEnd = true; // who writes wants to see it
  view.newest = chat.messages.at(-1)?.message_id ?? 0;
}

function isNearEnd() {
  const list = $("messages");
  return list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
}

/** Who opens a quote reads it from its start: the end that it has pushed away must not pull the page down. */
function onUnfold() {
  view.atEnd = isNearEnd();
  paintToEnd();
}

function onScroll() {
  const list = $("messages");
  const near = isNearEnd();
  // Only a reader moves up: contents that grew below also leave the end far away, and must not unpin it.
  if (near || list.scrollTop < view.top) view.atEnd = near;
  view.top = list.scrollTop;
  if (view.atEnd) view.missed = 0;
  paintToEnd();
}

function stayAtEnd() {
  if (view.atEnd) $("messages").scrollTop = $("messages").scrollHeight;
}

function toEnd() {
  view.atEnd = true;
  view.missed = 0;
  $("messages").scrollTo({ top: $("messages").scrollHeight, behavior: "smooth" });
}

function paintToEnd() {
  $("to-end").hidden = view.atEnd;
  $("to-end-count").textContent = view.missed || "";
}

export function scrollTo(id) {
  const node = nodeOf(id);
  if (!node) return;
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  node.classList.remove("flash");
  void node.offsetWidth; // restarts the animation when the same message is asked for twice
  node.classList.add("flash");
}
