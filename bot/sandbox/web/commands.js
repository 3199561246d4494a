// The bot's commands: the list above the composer, opened by "/" or by the menu button.

import { button, el } from "./dom.js";

export class CommandMenu {
  #textarea;
  #pick;
  #keys;
  #shown = [];
  #at = 0;

  /** pick(command) sends, complete(command) only fills the composer in. */
  constructor(textarea, { pick, complete }) {
    const props = { class: "commands", id: "command-list", role: "listbox", "aria-label": "Commands", hidden: true };
    this.list = el("div", { ...props, "data-testid": "command-menu" });
    this.#textarea = textarea;
    this.#pick = pick;
    this.#keys = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => pick(this.#current),
      Tab: () => complete(this.#current),
      Escape: () => this.close(),
    };
  }

  get isOpen() {
    return this.#shown.length > 0;
  }

  get #current() {
    return this.#shown[this.#at].command;
  }

  show(commands) {
    this.#shown = commands;
    this.#at = 0;
    this.list.hidden = !this.isOpen;
    this.list.replaceChildren(...commands.map((command, index) => option(command, index, this.#pick)));
    this.#mark();
  }

  close() {
    this.show([]);
  }

  /** Handles a key while the list is open; true when it did. */
  onKey(event) {
    if (!this.isOpen || event.shiftKey || !this.#keys[event.key]) return false;
    event.preventDefault();
    this.#keys[event.key]();
    return true;
  }

  #move(step) {
    this.#at = (this.#at + step + this.#shown.length) % this.#shown.length;
    this.#mark();
  }

  #mark() {
    const options = [...this.list.children];
    options.forEach((node, index) => node.setAttribute("aria-selected", String(index === this.#at)));
    options[this.#at]?.scrollIntoView({ block: "nearest" });
    if (this.isOpen) this.#textarea.setAttribute("aria-activedescendant", `command-${this.#at}`);
    else this.#textarea.removeAttribute("aria-activedescendant");
  }
}

function option({ command, description }, index, pick) {
  return button(
    { role: "option", id: `command-${index}`, tabindex: -1, onclick: () => pick(command) },
    el("b", { dir: "ltr" }, `/${command}`),
    el("span", { dir: "auto" }, description),
  );
}

/** The commands that what is typed so far may become. */
export function matching(commands, text) {
  const typed = /^\/([a-z0-9_]*)$/i.exec(text)?.[1];
  return typed === undefined ? [] : commands.filter((one) => one.command.startsWith(typed.toLowerCase()));
}
