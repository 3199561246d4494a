// The bar with the pinned message under the head of the chat.

import { $, el } from "./dom.js";
import { summary } from "./media.js";
import { scrollTo } from "./messages.js";

export function setUpPinned() {
  $("pinned").addEventListener("click", () => scrollTo($("pinned").dataset.messageId));
}

/** Shows the newest of the pinned messages that are still there. */
export function showPinned(chat) {
  const message = chat.messages.findLast((one) => chat.pinned?.includes(one.message_id));
  const bar = $("pinned");
  bar.hidden = !message;
  if (!message) return;
  bar.dataset.messageId = message.message_id;
  bar.replaceChildren(el("b", {}, "Pinned message"), el("span", { dir: "auto" }, summary(message)));
}
