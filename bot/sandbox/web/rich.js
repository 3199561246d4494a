// Brings the server's safe HTML to life: spoilers, quotes that open, code that copies, links.

import { toast } from "./dialogs.js";
import { button, el, icon } from "./dom.js";
import { bot } from "./state.js";

const SPOILER = "tg-spoiler, .tg-spoiler, .spoiler";
const COMMAND = ".tg-bot-command";
const EXPANDABLE = "blockquote[expandable], blockquote.expandable";

/** The text or caption of a message as an element; `doing` has follow(payload) for start links and say(command). */
export function richText(html, plain, doing) {
  const node = el("div", { class: "text", dir: "auto" });
  if (html == null) node.textContent = plain ?? "";
  else node.innerHTML = html; // safe: the server escapes everything but its own tags
  node.querySelectorAll("blockquote, pre").forEach(settle);
  node.querySelectorAll(SPOILER).forEach(hide);
  node.querySelectorAll(EXPANDABLE).forEach(fold);
  node.querySelectorAll("code, pre").forEach(copyOnClick);
  node.querySelectorAll("a[href]").forEach((link) => openOutside(link, doing.follow));
  node.querySelectorAll(COMMAND).forEach((command) => tappable(command, () => doing.say(command.textContent)));
  return node;
}

function settle(block) {
  // The line break that follows a block already ends it; shown as well, it would be an empty line.
  const next = block.nextSibling;
  if (next?.nodeType === Node.TEXT_NODE) next.data = next.data.replace(/^\n/, "");
  // The bar of a quote belongs on the side where its text starts.
  if (block.matches("blockquote")) block.dir = "auto";
  else block.dir = "ltr";
}

function hide(spoiler) {
  const reveal = () => {
    spoiler.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) spoiler.removeAttribute(name);
  };
  spoiler.classList.add("hidden-text");
  spoiler.setAttribute("aria-label", "Hidden text: show it");
  tappable(spoiler, reveal);
}

function tappable(node, run) {
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "0");
  node.addEventListener("click", run);
  node.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && run());
}

function fold(quote) {
  const chevron = button({ class: "chevron", "aria-label": "Show the whole quote", "aria-expanded": "false" }, icon("down"));
  const inner = el("div", { class: "quote-inner" }, ...quote.childNodes);
  quote.append(inner, chevron);
  quote.classList.add("foldable", "folded");
  quote.addEventListener("click", () => getSelection().isCollapsed && unfold(quote, chevron));
}

function unfold(quote, chevron) {
  if (quote.classList.contains("short")) return;
  const folded = quote.classList.toggle("folded");
  chevron.setAttribute("aria-expanded", String(!folded));
  quote.dispatchEvent(new Event("unfold", { bubbles: true }));
}

/** Quotes of three lines or fewer have nothing to open; only a laid-out page can tell. */
export function measureQuotes(root) {
  for (const quote of root.querySelectorAll("blockquote.foldable.folded")) {
    const inner = quote.querySelector(".quote-inner");
    quote.classList.toggle("short", inner.scrollHeight <= inner.clientHeight + 2);
  }
}

function copyOnClick(code) {
  if (code.parentElement.closest("pre, a")) return;
  code.title = "Click to copy";
  code.addEventListener("click", () => getSelection().isCollapsed && copy(code.textContent));
}

export async function copy(text) {
  await navigator.clipboard?.writeText(text);
  toast(navigator.clipboard ? "Copied" : "This browser does not let the page copy");
}

/** The start payload of a link to this bot ("" without one), or null for any other link. */
export function startPayload(href) {
  const url = URL.parse ? URL.parse(href) : new URL(href);
  const domain = url?.hostname === "t.me" ? url.pathname.slice(1) : url?.searchParams.get("domain");
  const own = domain && domain.toLowerCase() === bot().username?.toLowerCase();
  return own ? (url.searchParams.get("start") ?? "") : null;
}

function openOutside(link, follow) {
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  const payload = startPayload(link.href);
  if (payload === null) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    follow(payload);
  });
}
