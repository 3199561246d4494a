// The head of the chat: whom one talks to, as whom, and what else that person can do.

import * as api from "./api.js";
import { askForm, field, openMenu, showAlert } from "./dialogs.js";
import { $, avatar, button, el, icon } from "./dom.js";
import { bot, person } from "./state.js";

/** changed() is called after a block or unblock. */
export function showHeader(changed) {
  const user = person();
  const signature = JSON.stringify([user, bot()]);
  const header = $("chat-header");
  if (header.dataset.signature === signature) return;
  header.dataset.signature = signature;
  header.replaceChildren(...(user ? contents(user, changed) : []));
}

function contents(user, changed) {
  const open = (event) => openMenu(event.currentTarget.getBoundingClientRect(), actions(user, changed), "header-menu");
  const subtitle = `you are ${user.first_name}${user.label ? ` · ${user.label}` : ""}`;
  const title = [el("h2", { dir: "auto" }, bot().name || "Bot"), el("small", { dir: "auto" }, subtitle)];
  const props = { class: "round", "aria-label": "Chat actions", "aria-haspopup": "menu", "data-testid": "chat-actions" };
  return [
    avatar(0, bot().name ?? "?"),
    el("div", { class: "chat-title" }, title),
    button({ ...props, onclick: open }, icon("dots")),
  ];
}

function actions(user, changed) {
  const turn = async (action) => {
    await action(user.id);
    await changed();
  };
  return [
    { icon: "play", label: "Send /start", run: () => api.start(user.id) },
    { icon: "play", label: "Start with a payload…", run: () => startWithPayload(user.id) },
    { icon: "file", label: "About this bot", run: showAbout },
    user.blocked
      ? { icon: "check", label: "Unblock the bot", testid: "unblock", run: () => turn(api.unblock) }
      : { icon: "close", label: "Block the bot", testid: "block", run: () => turn(api.block) },
  ];
}

async function startWithPayload(id) {
  const typed = await askForm("Start with a payload", [payloadField()], "Start");
  if (typed) await api.start(id, typed.payload);
}

function payloadField() {
  const rule = { pattern: "[A-Za-z0-9_\\-]{0,64}", title: "up to 64 of A-Z a-z 0-9 _ -" };
  return field("Payload of the deep link", "payload", { ...rule, placeholder: "as in t.me/bot?start=payload" });
}

function showAbout() {
  const { name, username, description, short_description: short } = bot();
  return showAlert([username && `@${username}`, short, description].filter(Boolean).join("\n\n"), name);
}
