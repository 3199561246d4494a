// The foot of the chat: writing, replying and editing, commands, attachments, START, and the reply keyboard.

import * as api from "./api.js";
import { openAttachMenu } from "./attach.js";
import { author } from "./bubbles.js";
import { CommandMenu, matching } from "./commands.js";
import { $, button, el, icon } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { summary } from "./media.js";
import { chatOf, state } from "./state.js";

const MAX_HEIGHT_PX = 200;

const drafts = new Map(); // user -> unsent text
const form = { user: null, mode: null, message: null, hiddenKeyboard: null, keyboard: "", forced: new Map() };
const parts = {};

export function setUpComposer() {
  parts.text = textarea();
  parts.menu = new CommandMenu(parts.text, { pick: sendCommand, complete });
  parts.context = el("div", { class: "composing", hidden: true, "data-testid": "composing" });
  parts.keyboard = el("div", { class: "keyboard-place", hidden: true });
  parts.keys = tool("keys", "Show or hide the keyboard", toggleKeyboard, "keyboard-toggle");
  parts.commands = tool("menu", "Commands", toggleCommands, "menu-button");
  parts.send = button({ class: "round send", "aria-label": "Send", "data-testid": "send", onclick: submit }, icon("send"));
  const attach = tool("clip", "Attach", (event) => openAttachMenu(event.currentTarget, form.user, sendFile), "attach");
  parts.line = el("div", { class: "line" }, parts.commands, attach, parts.text, parts.keys, parts.send);
  parts.whole = el("div", { class: "composer" }, parts.menu.list, parts.context, parts.line, parts.keyboard);
  acceptDrops();
}

function textarea() {
  const node = el("textarea", {
    "data-testid": "composer", dir: "auto", rows: 1, placeholder: "Message", "aria-label": "Message",
    "aria-autocomplete": "list", "aria-controls": "command-list", autocomplete: "off",
  });
  node.addEventListener("input", onInput);
  node.addEventListener("keydown", onKey);
  return node;
}

function tool(glyph, label, onclick, testid) {
  return button({ class: "round", "aria-label": label, title: label, "data-testid": testid, onclick }, icon(glyph));
}

/** Fits the composer to the open chat: its draft, commands and keyboards. */
export function fitComposer(user, chat) {
  if (form.user !== user) switchTo(user);
  parts.commands.hidden = !chat.commands?.length;
  showKeyboard(chat.keyboard);
  followForceReply(chat);
  return parts.whole;
}

function switchTo(user) {
  Object.assign(form, { user, hiddenKeyboard: null });
  setMode(null);
  parts.menu.close();
  setText(drafts.get(user) ?? "");
  requestAnimationFrame(grow); // a composer that is not on the page yet has no height to measure
}

function setText(text) {
  parts.text.value = text;
  drafts.set(form.user, text);
  grow();
}

function grow() {
  parts.text.style.height = "auto";
  if (parts.text.scrollHeight) parts.text.style.height = `${Math.min(parts.text.scrollHeight, MAX_HEIGHT_PX)}px`;
}

function onInput() {
  if (form.mode !== "edit") drafts.set(form.user, parts.text.value);
  grow();
  parts.menu.show(matching(chatOf(form.user)?.commands ?? [], parts.text.value));
}

function onKey(event) {
  if (event.isComposing || parts.menu.onKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape") stopComposing();
  else if (event.key === "ArrowUp" && !parts.text.value) editLast(event);
}

function editLast(event) {
  const last = chatOf(form.user)?.messages.findLast((one) => one.outgoing && one.text);
  if (!last) return;
  event.preventDefault();
  edit(last);
}

async function submit() {
  const { user, mode, message } = form;
  const text = parts.text.value.trim();
  if (!text) return;
  parts.menu.close();
  setText("");
  setMode(null);
  try {
    if (mode === "edit") await api.edit(user, message.message_id, text);
    else await api.say(user, text, mode === "reply" ? message.message_id : null);
  } catch (error) {
    giveBack(user, text);
    throw error;
  }
}

function giveBack(user, text) {
  drafts.set(user, text);
  if (form.user === user && !parts.text.value) setText(text);
}

function sendCommand(command) {
  setText(`/${command}`);
  submit();
}

function complete(command) {
  setText(`/${command} `);
  parts.menu.close();
}

function toggleCommands() {
  if (parts.menu.isOpen) return parts.menu.close();
  parts.menu.show(chatOf(form.user)?.commands ?? []);
  parts.text.focus();
}

async function sendFile(file) {
  const caption = parts.text.value.trim();
  setText("");
  await api.sendDocument(form.user, file, caption);
}

function acceptDrops() {
  const place = $("chat");
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file && parts.whole.isConnected) sendFile(file);
  });
}

export function reply(message) {
  setMode("reply", message);
}

export function edit(message) {
  parts.text.value = message.text; // the draft stays aside until the edit ends
  setMode("edit", message);
  grow();
}

function setMode(mode, message = null) {
  Object.assign(form, { mode, message });
  parts.context.hidden = !mode;
  parts.send.replaceChildren(icon(mode === "edit" ? "check" : "send"));
  parts.send.setAttribute("aria-label", mode === "edit" ? "Save" : "Send");
  if (!mode) return;
  parts.context.replaceChildren(...contextBar(mode, message));
  parts.text.focus();
}

function contextBar(mode, message) {
  const title = mode === "edit" ? "Edit message" : `Reply to ${author(message)}`;
  const about = el("div", { class: "quoted" }, el("b", { dir: "auto" }, title), el("span", { dir: "auto" }, summary(message)));
  return [icon(mode), about, tool("close", "Cancel", stopComposing, "composing-cancel")];
}

function stopComposing() {
  if (form.mode === "edit") setText(drafts.get(form.user) ?? "");
  setMode(null);
}

/** A ForceReply opens the composer as a reply, once for each message that asks. */
function followForceReply(chat) {
  const last = chat.messages.findLast((one) => !one.outgoing);
  const markup = last?.reply_markup?.force_reply ? last.reply_markup : chat.keyboard?.force_reply && chat.keyboard;
  parts.text.placeholder = (markup || chat.keyboard)?.input_field_placeholder || "Message";
  if (!markup || form.forced.get(form.user) === last?.message_id) return;
  form.forced.set(form.user, last.message_id);
  const answered = chat.messages.some((one) => one.outgoing && one.message_id > last.message_id);
  if (!answered) reply(last);
}

function showKeyboard(keyboard) {
  const rows = keyboard?.keyboard?.length ? keyboard : null;
  const signature = JSON.stringify([form.user, rows]);
  parts.keys.hidden = !rows;
  if (signature !== form.keyboard) {
    form.keyboard = signature;
    form.hiddenKeyboard = null;
    parts.keyboard.replaceChildren(...(rows ? [replyKeyboard(rows, form.user, () => onKeyPressed(rows))] : []));
  }
  parts.keyboard.hidden = !rows || form.hiddenKeyboard === signature;
}

function onKeyPressed(keyboard) {
  if (keyboard.one_time_keyboard) toggleKeyboard();
}

function toggleKeyboard() {
  form.hiddenKeyboard = form.hiddenKeyboard === form.keyboard ? null : form.keyboard;
  parts.keyboard.hidden = form.hiddenKeyboard === form.keyboard;
}

/** What stands in the composer's place before the first message. */
export function startBar(user) {
  const props = { class: "payload", "aria-label": "Start payload", "data-testid": "start-payload" };
  const payload = el("input", { ...props, placeholder: "start payload, if any", maxlength: 64, autocomplete: "off" });
  const run = () => api.start(user, payload.value.trim());
  const start = button({ class: "wide", "data-testid": "start", onclick: run }, "START");
  return el("div", { class: "start-bar" }, start, payload);
}

/** What stands in the composer's place while the bot is blocked. */
export function blockedBar(user, changed) {
  const unblock = async () => {
    await api.unblock(user);
    await changed();
  };
  return el("div", { class: "start-bar" }, button({ class: "wide", "data-testid": "unblock-bar", onclick: unblock }, "UNBLOCK"));
}
