// The small windows over the page: toast, modal dialog, pop-up menu.

import { $, button, el, icon } from "./dom.js";

let fading = null;

export function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.hidePopover();
  box.showPopover(); // the top layer, so that it also shows above an open dialog
  clearTimeout(fading);
  fading = setTimeout(() => box.hidePopover(), 3000 + 40 * text.length);
}

/** Opens a modal; `build(close)` gives its contents, and close(value) resolves the promise (null: dismissed). */
export function openDialog(label, build, className = "") {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: `modal ${className}`, "data-testid": "modal", "aria-label": label });
    const close = (value = null) => {
      dialog.remove();
      resolve(value);
    };
    dialog.append(...build(close));
    dialog.addEventListener("cancel", () => close());
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function showAlert(text, title = "") {
  return openDialog(title || "Alert", (close) => [
    title && el("h2", { dir: "auto" }, title),
    el("p", { class: "modal-text", dir: "auto" }, text),
    el("div", { class: "modal-buttons" }, button({ class: "flat", onclick: () => close(true), autofocus: true }, "OK")),
  ].filter(Boolean));
}

/** A form in a modal; resolves to its fields as an object, or null. */
export function askForm(title, fields, submit) {
  return openDialog(title, (close) => {
    const form = el("form", { method: "dialog" }, el("h2", {}, title), ...fields, formButtons(close, submit));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close(Object.fromEntries(new FormData(form)));
    });
    return [form];
  });
}

function formButtons(close, submit) {
  const cancel = button({ class: "flat quiet", onclick: () => close() }, "Cancel");
  return el("div", { class: "modal-buttons" }, cancel, el("button", { class: "flat", type: "submit" }, submit));
}

export function field(label, name, more = {}) {
  return el("label", { class: "field" }, el("span", {}, label), el("input", { name, autocomplete: "off", ...more }));
}

/** items: {icon, label, run, testid}; place: a DOMRect or a point {x, y}. */
export function openMenu(place, items, testid) {
  const menu = el("div", { class: "menu", role: "menu", popover: "auto", "data-testid": testid });
  menu.append(...items.filter(Boolean).map((item) => menuItem(item, menu)));
  menu.addEventListener("keydown", (event) => walk(event, menu));
  menu.addEventListener("toggle", (event) => event.newState === "closed" && menu.remove());
  document.body.append(menu);
  menu.showPopover();
  putNear(menu, place);
  menu.firstElementChild.focus();
}

function menuItem(item, menu) {
  const choose = () => {
    menu.hidePopover();
    item.run();
  };
  const glyph = item.emoji ? el("span", { class: "emoji", "aria-hidden": "true" }, item.emoji) : icon(item.icon);
  return button({ role: "menuitem", onclick: choose, "data-testid": item.testid }, glyph, item.label);
}

function walk(event, menu) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}

function putNear(menu, place) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(place.x, innerWidth - width - 8);
  const below = (place.bottom ?? place.y) + 4;
  const top = below + height < innerHeight - 8 ? below : place.y - height - 4;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${Math.max(8, top)}px`;
}
