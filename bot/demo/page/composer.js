// The input line: growing text, command completion, inline results, reply and edit.

import { $, el, icon } from "./dom.js";
import { preview } from "./bubbles.js";
import { say } from "./words.js";

const LONGEST_CAPTION = 1024; // signs, Telegram's
const PAUSE = 250; // ms of not typing before an inline query is sent

export class Composer {
  /** `desk`: {commands(), bot(), send(text, reply), edit(message, text), inline(text, offset), choose(...), start(payload), lastOwn()} */
  constructor(desk) {
    Object.assign(this, { desk, options: [], active: -1, subject: null, query: 0 });
    this.input = $("input");
    this.list = $("options");
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    $("composer").addEventListener("submit", (event) => this.submit(event));
    $("menu").addEventListener("click", () => this.toggleMenu());
    $("send").append(icon("send"));
    $("attach").append(icon("attach"));
  }

  /** Prepares for another chat. */
  reset(placeholder, draft = "") {
    this.input.value = draft;
    this.input.placeholder = placeholder;
    this.about(null);
    this.changed();
    $("menu").hidden = !this.desk.commands().length;
  }

  fill(text) {
    this.input.value = text;
    this.input.focus();
    this.changed();
  }

  /** Shows what is replied to or edited; null for nothing. */
  about(subject) {
    this.subject = subject;
    const bar = $("context");
    bar.hidden = !subject;
    if (!subject) return;
    if (subject.edit) this.fill(subject.edit.text);
    const message = subject.reply ?? subject.edit;
    bar.replaceChildren(
      el("span", { class: "context-icon" }, icon(subject.edit ? "edit" : "reply")),
      el("div", {}, el("strong", {}, subject.edit ? say("编辑消息") : say("回复 {}", message.from.first_name)), el("p", {}, preview(message))),
      el("button", { type: "button", class: "round", "aria-label": say("取消"), onclick: () => this.cancel() }, icon("close")),
    );
    this.input.focus();
  }

  cancel() {
    if (this.subject?.edit) this.input.value = "";
    this.about(null);
    this.changed();
    this.input.focus();
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value;
    if (!text.trim()) return;
    this.early = !this.desk.open(); // sent as soon as the chat is there
    if (this.early) return;
    const subject = this.subject;
    this.input.value = "";
    this.about(null);
    this.changed();
    if (subject?.edit) this.desk.edit(subject.edit, text);
    else this.desk.send(text, subject?.reply?.message_id);
    this.input.focus();
  }

  /** What goes with a file: the text as its caption, and the message it replies to; the input is empty then. */
  takeCaption() {
    const [caption, reply] = [this.input.value.trim(), this.subject?.reply?.message_id];
    if (this.subject?.edit || caption.length > LONGEST_CAPTION) return {};
    this.input.value = "";
    this.about(null);
    this.changed();
    return { ...(caption && { caption }), ...(reply && { reply_to: reply }) };
  }

  /** The chat is there: sends what was sent before. */
  opened() {
    if (this.early) this.submit(new Event("submit"));
  }

  changed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
    $("send").disabled = !this.input.value.trim();
    const typed = this.input.value;
    const bot = `@${this.desk.bot()} `;
    clearTimeout(this.pausing);
    this.query += 1;
    const inline = typed.startsWith(bot);
    if (/^\/\w*$/.test(typed)) return this.offer(this.commands(typed.slice(1)));
    if (!inline || !this.inline) this.offer([]);
    this.inline = inline;
    if (!inline) return;
    this.active = -1; // old results stay in view, but Enter must not send one of them
    this.mark();
    this.pausing = setTimeout(() => this.search(typed.slice(bot.length), "", []), PAUSE);
  }

  commands(start) {
    return this.desk
      .commands()
      .filter(({ command }) => command.startsWith(start.toLowerCase()))
      .map(({ command, description }) => ({
        title: `/${command}`,
        description,
        choose: () => this.sendNow(`/${command}`),
        complete: () => this.fill(`/${command} `),
      }));
  }

  sendNow(text) {
    this.input.value = "";
    this.changed();
    this.desk.send(text);
    this.input.focus();
  }

  async search(text, offset, before) {
    const query = this.query;
    const answer = await this.desk.inline(text, offset).catch(() => null);
    if (query !== this.query || !answer) return;
    const results = answer.results.map((result) => ({
      ...result,
      choose: () => {
        this.input.value = "";
        this.changed();
        this.desk.choose(answer.query, result.id, text);
        this.input.focus();
      },
    }));
    const top = answer.button && !offset ? [{ title: answer.button.text, strong: true, choose: () => this.leave(answer.button) }] : [];
    const rest = [...before.filter((option) => !option.more), ...top, ...results];
    if (answer.next_offset && results.length) {
      rest.push({ title: say("更多结果"), more: true, choose: () => this.search(text, answer.next_offset, rest) });
    }
    this.offer(rest.length ? rest : [{ title: say("没有结果"), choose: () => {} }], before.length - 1);
    this.inline = true;
  }

  leave(button) {
    this.input.value = "";
    this.changed();
    this.desk.start(button.start);
  }

  toggleMenu() {
    const open = $("menu").getAttribute("aria-expanded") === "true";
    this.offer(open ? [] : this.commands(""));
    this.input.focus();
  }

  offer(options, active = 0) {
    this.options = options;
    this.active = options.length ? active : -1;
    this.inline = false;
    this.list.replaceChildren(...options.map((option, index) => this.option(option, index)));
    $("suggestions").hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(Boolean(options.length)));
    $("menu").setAttribute("aria-expanded", String(Boolean(options.length)));
    this.mark();
  }

  option({ title, description, strong }, index) {
    const pick = (event) => {
      event.preventDefault(); // keeps the focus in the input
      this.options[index].choose();
    };
    return el(
      "li",
      { role: "option", id: `option-${index}`, class: strong ? "strong" : null, onmousedown: (e) => e.preventDefault(), onclick: pick },
      el("strong", {}, title),
      description ? el("span", {}, description) : null,
    );
  }

  mark() {
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === this.active)));
    const chosen = this.list.children[this.active];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // an input method is still choosing signs
    if (this.options.length && this.keyInList(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) this.submit(event);
    else if (event.key === "Escape" && this.subject) this.cancel();
    else if (event.key === "ArrowUp" && !this.input.value) {
      const last = this.desk.lastOwn();
      if (last) {
        event.preventDefault();
        this.about({ edit: last });
      }
    }
  }

  keyInList({ key, shiftKey }) {
    const count = this.options.length;
    const option = this.options[this.active];
    if (key === "ArrowDown") this.active = (this.active + 1) % count;
    else if (key === "ArrowUp") this.active = (this.active <= 0 ? count : this.active) - 1;
    else if (key === "Escape") this.offer([]);
    else if (key === "Enter" && !shiftKey && option) option.choose();
    else if (key === "Tab" && !shiftKey && option?.complete) option.complete();
    else return false;
    if (this.options.length) this.mark();
    return true;
  }
}
