// The list of chats, and whose chats they are.

import { $, avatar, el, hourOf } from "./dom.js";
import { preview } from "./bubbles.js";
import { say } from "./words.js";

let drawn = "";

/** Draws who can be switched to; the same people are not drawn again, so that the focus stays. */
export function drawUsers(users, me, choose) {
  const wanted = JSON.stringify(users);
  if (wanted !== drawn) {
    const choices = users.map((user) => {
      const radio = el("input", { type: "radio", name: "user", value: user.id, onchange: () => choose(user.id) });
      return el("label", {}, radio, el("span", {}, user.first_name));
    });
    $("users").replaceChildren($("users").querySelector("legend"), ...choices);
  }
  drawn = wanted;
  for (const radio of $("users").querySelectorAll("input")) radio.checked = Number(radio.value) === me;
}

/** Draws the chats, newest first; unread: counts by chat id. */
export function drawChats(chats, current, unread, open) {
  const focused = document.activeElement?.dataset.chat;
  const sorted = [...chats].sort((a, b) => (b.newest?.date ?? 0) - (a.newest?.date ?? 0));
  $("chats").replaceChildren(...sorted.map((chat) => row(chat, chat.id === current, unread.get(chat.id) ?? 0, open)));
  if (focused) $("chats").querySelector(`[data-chat="${focused}"]`)?.focus();
}

function row(chat, current, unread, open) {
  const newest = chat.newest;
  const button = el(
    "button",
    { type: "button", class: "row", dataset: { chat: chat.id }, "aria-current": current ? "true" : null, onclick: () => open(chat.id) },
    avatar(chat.title),
    el(
      "span",
      { class: "row-body" },
      el("strong", {}, chat.title),
      el("time", {}, newest ? hourOf(newest.date) : ""),
      el("span", { class: "row-preview" }, newest ? preview(newest) : say("还没有消息")),
      unread ? el("span", { class: "unread", "aria-label": say("{} 条未读", unread) }, String(unread)) : null,
    ),
  );
  return el("li", {}, button);
}
