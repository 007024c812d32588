// One message as an element: bubble, quote of what it replies to, files, buttons, time.

import { avatar, box, el, hourOf, hueOf, icon } from "./dom.js";
import { render } from "./entities.js";
import { fileUrl } from "./link.js";
import { say } from "./words.js";

/** A short plain line for lists and replies. */
export function preview(message) {
  if (message.text) return message.text.replace(/\s+/g, " ");
  if (message.photo) return say("图片 {}", message.caption ?? "");
  if (message.document) return say("文件 {}", message.document.file_name);
  if (message.sticker) return say("贴纸 {}", message.sticker.emoji);
  if (message.voice) return say("语音消息");
  if (message.poll) return say("投票 {}", message.poll.question);
  return service(message);
}

function service(message) {
  const who = message.from.first_name;
  const joined = message.new_chat_members?.map((member) => member.first_name).join(say("、"));
  if (joined) return say("{} 把 {} 加进了群", who, joined);
  if (message.migrate_to_chat_id) return say("这个群升级成了超级群");
  if (message.migrate_from_chat_id) return say("由普通群升级而来");
  return "";
}

/** The element of a message. `view`: {me, group, act}. */
export function bubble(message, view) {
  const line = service(message);
  if (line) return el("p", { class: "service", dataset: { id: message.message_id } }, line);
  const mine = message.from.id === view.me;
  const article = el("article", {
    class: `message ${mine ? "mine" : "theirs"}`,
    tabindex: -1, // a touch focuses it, which shows its tools
    dataset: { id: message.message_id, from: message.from.id },
  });
  if (view.group && !mine) article.append(avatar(message.from.first_name));
  article.append(el("div", { class: "column" }, body(message, view, mine), keyboard(message, view)));
  return article;
}

function body(message, view, mine) {
  const spoken = el("span", { class: "hidden" }, mine ? say("我：") : say("{}：", message.from.first_name));
  const name = view.group && !mine ? el("p", { class: "sender", "data-hue": hueOf(message.from.first_name) }, message.from.first_name) : null;
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  return el(
    "div",
    { class: `bubble${message.photo ? " with-photo" : ""}${message.sticker ? " with-sticker" : ""}` },
    name ?? spoken,
    origin(message),
    replied(message, view),
    file(message),
    poll(message, view),
    text ? el("div", { class: "text" }, ...render(text, entities, view.act)) : null,
    footer(message),
    tools(message, view, mine),
  );
}

function origin(message) {
  if (message.via_bot) return el("p", { class: "origin" }, say("通过 @{}", message.via_bot.username));
  if (message.guest_bot_caller_user) {
    return el("p", { class: "origin" }, say("应 {} 之邀", message.guest_bot_caller_user.first_name));
  }
  return null;
}

function replied(message, view) {
  const original = message.reply_to_message;
  if (!original) return null;
  const go = () => view.act.show(original.message_id);
  return el(
    "button",
    { type: "button", class: "replied", onclick: go, "aria-label": say("回复：{}", preview(original)) },
    el("strong", {}, original.from.first_name),
    el("span", {}, preview(original)),
  );
}

function file(message) {
  if (message.photo) return photo(message);
  if (message.sticker) return el("p", { class: "sticker" }, message.sticker.emoji);
  if (message.voice) return el("p", { class: "document" }, say("语音消息"));
  if (!message.document) return null;
  const { file_id, file_name, file_size } = message.document;
  return el(
    "a",
    { class: "document", href: fileUrl(file_id, true), download: file_name },
    el("span", { class: "document-icon" }, icon("file")),
    el("span", { class: "document-name" }, el("strong", {}, file_name), el("small", {}, say("{} · 下载", size(file_size)))),
  );
}

const size = (bytes) =>
  bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`;

/** A poll: options to choose from; once this person has chosen, what is right and how many chose what. */
function poll(message, view) {
  if (!message.poll) return null;
  const { question, options, correct_option_ids: right = [], explanation, total_voter_count: voters } = message.poll;
  const mine = message.chosen?.[view.me]?.[0];
  const done = mine !== undefined;
  const option = ({ text, voter_count: count }, n) => {
    const sign = !done ? "○" : right.includes(n) ? "✓" : n === mine ? "✗" : "·";
    const choose = () => view.act.vote(message, n);
    return el("button", { type: "button", class: "option", disabled: done, onclick: choose }, `${sign} ${text}${done ? `　${count}` : ""}`);
  };
  return el(
    "div",
    { class: "poll", role: "group", "aria-label": say("投票") },
    el("div", { class: "text" }, question),
    ...options.map(option),
    done && explanation ? el("p", { class: "origin" }, explanation) : null,
    el("p", { class: "origin" }, voters ? say("{} 人答过", voters) : say("还没有人答")),
  );
}

function photo(message) {
  const { file_id, width, height } = message.photo.at(-1);
  const picture = () => el("img", { src: fileUrl(file_id), alt: message.caption ?? say("图片"), width, height });
  const enlarge = () => box("", [picture()], say("关闭"));
  return el("button", { type: "button", class: "photo", "aria-label": say("放大图片"), onclick: enlarge }, picture());
}

function tools(message, view, mine) {
  const tool = (name, label, act) =>
    el("button", { type: "button", "aria-label": label, title: label, onclick: act }, icon(name));
  return el(
    "div",
    { class: "tools" },
    tool("reply", say("回复"), () => view.act.reply(message)),
    mine && message.text && !message.via_bot ? tool("edit", say("编辑"), () => view.act.edit(message)) : null,
  );
}

function footer(message) {
  const time = el("time", { datetime: new Date(message.date * 1000).toISOString() }, hourOf(message.date));
  return el(
    "footer",
    {},
    ...message.reactions.map((sign) => el("span", { class: "reaction" }, sign)),
    message.edit_date ? el("span", {}, say("已编辑")) : null,
    time,
  );
}

function keyboard(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const lines = rows.map((row) => el("div", { class: "keys" }, ...row.map((key) => button(key, message, view))));
  return el("div", { class: "keyboard", role: "group", "aria-label": say("按钮") }, ...lines);
}

function button(key, message, view) {
  const kind = key.url ? "link" : key.web_app ? "app" : key.copy_text ? "copy" : "callback_data" in key ? null : "share";
  const press = (event) => view.act.press(key, message, event.currentTarget);
  return el(
    "button",
    { type: "button", class: "key", onclick: press },
    el("span", { class: "key-label" }, key.text),
    kind ? icon(kind) : null,
  );
}
