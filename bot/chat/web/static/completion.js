// Suggestions above the line (WAI-ARIA combobox with a listbox); focus stays in the line.
import { speaker } from "./post.js";

export class Completion {
  #line;
  #list = document.getElementById("suggestions");
  #count = document.getElementById("count");
  #items = [];
  #active = -1;
  #asked = 0;
  #listedFor = "";

  constructor(line) {
    this.#line = line;
    line.addEventListener("input", () => this.ask());
    line.addEventListener("blur", () => this.close());
    // Pressing must not take the focus out of the line.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#accept(Number(option.dataset.index));
    });
  }

  async ask() {
    const asked = ++this.#asked;
    const typed = this.#typed();
    if (!typed.startsWith("/") || typed.includes("\n")) return this.close();
    const query = new URLSearchParams({ line: typed, speaker });
    const response = await fetch(`/complete?${query}`).catch(() => null);
    const found = response?.ok ? await response.json() : { items: [] };
    // An answer to what was typed before is of no use any more.
    if (asked !== this.#asked || document.activeElement !== this.#line) return;
    this.#listedFor = typed;
    this.#show(found);
  }

  close() {
    this.#asked += 1;
    this.#show({ items: [] });
  }

  // Whether the key was for the list.
  takes(event) {
    if (event.key === "Escape") return this.#escapes(event);
    if (!this.#items.length || event.ctrlKey || event.altKey || event.metaKey) return false;
    // The list is still that of a shorter line: its choice is not what one means.
    if (this.#listedFor !== this.#typed()) return this.#holds(event);
    const last = this.#items.length - 1;
    switch (event.key) {
      case "ArrowDown": this.#choose(this.#active >= last ? 0 : this.#active + 1); break;
      case "ArrowUp": this.#choose(this.#active <= 0 ? last : this.#active - 1); break;
      case "Tab":
        if (event.shiftKey) return false;
        this.#accept(Math.max(this.#active, 0));
        break;
      case "Enter":
        if (event.shiftKey || this.#active < 0 || this.#isTyped()) return false;
        this.#accept(this.#active);
        break;
      default: return false;
    }
    event.preventDefault();
    return true;
  }

  #typed() {
    return this.#line.value.slice(0, this.#line.selectionStart);
  }

  // Also a list that is only on its way.
  #escapes(event) {
    const wasOpen = this.#items.length > 0;
    this.close();
    if (wasOpen) event.preventDefault();
    return wasOpen;
  }

  #holds(event) {
    if (event.key === "Enter" || event.shiftKey) return false;
    const isForList = ["Tab", "ArrowDown", "ArrowUp"].includes(event.key);
    if (isForList) event.preventDefault();
    return isForList;
  }

  #isTyped() {
    const item = this.#items[this.#active];
    return item.is_whole || item.line.trim() === this.#line.value.trim();
  }

  #show({ items, preselect }) {
    this.#items = items;
    this.#active = -1;
    this.#list.replaceChildren(...items.map((item, index) => this.#option(item, index)));
    this.#list.hidden = !items.length;
    this.#line.setAttribute("aria-expanded", String(items.length > 0));
    this.#line.removeAttribute("aria-activedescendant");
    this.#count.textContent = this.#spoken(items.length);
    if (items.length && preselect) this.#choose(0);
  }

  #spoken(number) {
    if (!number) return "";
    const { one, many } = this.#count.dataset;
    return number === 1 ? one : many.replace("#", number);
  }

  #option({ label, about }, index) {
    const option = document.createElement("div");
    option.className = "suggestion";
    option.id = `suggestion-${index}`;
    option.dataset.index = index;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("b");
    name.textContent = label;
    option.append(name);
    if (about) {
      const words = document.createElement("span");
      words.textContent = about;
      option.append(" ", words);
    }
    return option;
  }

  #choose(index) {
    this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    const option = this.#list.children[index];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#line.setAttribute("aria-activedescendant", option.id);
  }

  #accept(index) {
    const rest = this.#line.value.slice(this.#line.selectionStart);
    const { line } = this.#items[index];
    this.#line.value = line + rest;
    this.#line.setSelectionRange(line.length, line.length);
    this.#line.dispatchEvent(new Event("input"));
  }
}
