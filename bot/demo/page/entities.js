// A text with Telegram's entities as elements. Offsets are UTF-16 units, which is what JavaScript counts in.

import { el } from "./dom.js";
import { say } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/** Nodes for the text. `act` has command(text) and link(url). */
export function render(text, entities, act) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return renderRange(text, 0, text.length, sorted, act);
}

function renderRange(text, start, end, entities, act) {
  const nodes = [];
  let at = start;
  let afterBlock = false;
  const plain = (to, beforeBlock) => {
    let part = text.slice(at, to);
    if (afterBlock && part.startsWith("\n")) part = part.slice(1); // a block already breaks the line
    if (beforeBlock && part.endsWith("\n")) part = part.slice(0, -1);
    if (part) nodes.push(document.createTextNode(part));
  };
  for (const [index, entity] of entities.entries()) {
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || to <= from) continue;
    const block = BLOCKS.has(entity.type);
    plain(from, block);
    const inside = entities.slice(index + 1).filter((other) => other.offset < to);
    nodes.push(wrap(entity, text.slice(from, to), renderRange(text, from, to, inside, act), act));
    at = to;
    afterBlock = block;
  }
  plain(end, false);
  return nodes;
}

function wrap(entity, content, children, act) {
  switch (entity.type) {
    case "blockquote":
      return el("blockquote", {}, ...children);
    case "expandable_blockquote":
      return folded(children);
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: () => act.command(content) }, content);
    case "url":
    case "text_link":
      return anchor(entity.url ?? content, children, act);
    case "mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "mention" }, ...children);
    case "spoiler":
      return el("span", { class: "spoiler", tabindex: 0 }, ...children);
    default:
      return el(TAGS[entity.type] ?? "span", {}, ...children);
  }
}

function anchor(url, children, act) {
  if (!/^(https?|tg):\/\//.test(url)) return el("span", {}, ...children);
  const open = (event) => {
    if (act.link(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick: open }, ...children);
}

function folded(children) {
  const body = el("div", { class: "fold-body" }, ...children);
  const label = document.createTextNode(say("展开"));
  const toggle = el("button", { type: "button", class: "fold-toggle", "aria-expanded": "false" }, label);
  const quote = el("blockquote", { class: "fold" }, body, toggle);
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    label.data = open ? say("收起") : say("展开");
  });
  return quote;
}

/** Takes the 展开 control off quotes that fit anyway; they must be in the document. */
export function settleFolds(element) {
  for (const quote of element.querySelectorAll(".fold:not(.open)")) {
    const body = quote.firstChild;
    quote.classList.toggle("fits", body.scrollHeight <= body.clientHeight + 2);
  }
}
