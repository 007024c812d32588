// The page: holds what the person sees and connects list, log, input and events.

import { $, avatar, box, dayOf, el, icon, toast } from "./dom.js";
import { bubble } from "./bubbles.js";
import { settleFolds } from "./entities.js";
import { Composer } from "./composer.js";
import { WebApp } from "./frame.js";
import { act, Line, read, upload } from "./link.js";
import { drawChats, drawUsers } from "./sidebar.js";
import { say, translate } from "./words.js";

translate(document);

const SHOWN = 100; // messages drawn at first; older ones on demand
const NEAR = 120; // px from the end that still count as being at the end
const TYPING = 5500; // ms, Telegram shows an action for 5 s
const PATIENCE = 30_000; // ms a button waits for its answer

const seen = { user: 0, bot: null, chats: [], chat: null, messages: [], from: 0 };
const unread = new Map();
const pressed = new Map(); // query id -> button
const early = new Map(); // query id -> answer that came before the tap was confirmed
let ready = Promise.resolve();
let pinned = true; // the end stays in view as messages come
let missed = 0;
let typing;
let opened = 0; // how often a chat was chosen

const chatOf = (id) => seen.chats.find((chat) => chat.id === id);
const botChat = () => seen.chats.find((chat) => chat.kind === "private");
const guarded = (promise) => promise.catch((error) => toast(error.message));

const desk = {
  commands: () => seen.chat?.commands ?? [],
  bot: () => seen.bot?.username ?? "",
  open: () => Boolean(seen.chat),
  send: (text, reply_to) => guarded(act("send", { user: seen.user, chat: seen.chat.id, text, reply_to })),
  edit: (message, text) =>
    guarded(act("edit", { user: seen.user, chat: seen.chat.id, message: message.message_id, text })),
  inline: (text, offset) => act("inline", { user: seen.user, text, offset }),
  choose: (query, result, text) =>
    guarded(act("choose", { user: seen.user, chat: seen.chat.id, query, result, text })),
  start: (payload) => startBot(payload),
  lastOwn: () => seen.messages.findLast((message) => message.from.id === seen.user && message.text),
};
const composer = new Composer(desk);

const view = {
  get me() {
    return seen.user;
  },
  get group() {
    return seen.chat.kind === "group" || seen.chat.kind === "supergroup";
  },
  act: {
    command: (text) => desk.send(text),
    link: openLink,
    show: showMessage,
    reply: (message) => composer.about({ reply: message }),
    edit: (message) => composer.about({ edit: message }),
    press,
    vote,
  },
};

// --- links and buttons

/** True when the link led to the bot itself, or to its pages, and was followed here. */
function openLink(url) {
  const app = /^https:\/\/t\.me\/(\w+)\?startapp=([\w-]+)$/.exec(url);
  if (app?.[1].toLowerCase() === seen.bot.username.toLowerCase()) {
    openPage({ start: app[2] });
    return true;
  }
  const match = /^(?:https?:\/\/t\.me\/(\w+)|tg:\/\/resolve\?domain=(\w+))(?:[?&]start=([\w-]*))?/.exec(url);
  if (!match || (match[1] ?? match[2]).toLowerCase() !== seen.bot.username.toLowerCase()) return false;
  startBot(match[3] ?? "");
  return true;
}

async function startBot(payload) {
  await openChat(botChat().id);
  desk.send(`/start ${payload}`.trim());
}

const webApp = new WebApp((url) => openLink(url) || window.open(url, "_blank", "noopener"));

const openPage = (how) =>
  guarded(act("open", { user: seen.user, theme: webApp.theme(), ...how }).then(({ url }) => webApp.open(url, botChat().title)));

async function press(key, message, button) {
  if (key.web_app) return openPage({ chat: message.chat_id ?? seen.chat.id, message: message.message_id, url: key.web_app.url });
  if (key.url) return openLink(key.url) || window.open(key.url, "_blank", "noopener");
  if (key.copy_text) return copy(key.copy_text.text);
  if ("switch_inline_query_current_chat" in key) return composer.fill(`@${desk.bot()} ${key.switch_inline_query_current_chat}`);
  if (!("callback_data" in key)) return share(key.switch_inline_query_chosen_chat?.query ?? key.switch_inline_query ?? "");
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    const { query } = await act("tap", {
      user: seen.user, chat: message.chat_id ?? seen.chat.id, message: message.message_id, data: key.callback_data,
    });
    pressed.set(query, button);
    setTimeout(() => release(query), PATIENCE);
    if (early.has(query)) receivers.answer({ subject: query, value: early.get(query) });
  } catch (error) {
    button.ariaBusy = "false";
    toast(error.message);
  }
}

async function vote(message, option) {
  try {
    await act("vote", { user: seen.user, chat: message.chat_id ?? seen.chat.id, message: message.message_id, option });
  } catch (error) {
    toast(error.message);
  }
}

function release(query) {
  const button = pressed.get(query);
  if (button) button.ariaBusy = "false";
  pressed.delete(query);
  return Boolean(button);
}

// The beginning of what was copied.
function beginning(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 38)}……` : line;
}

async function copy(text) {
  await navigator.clipboard.writeText(text).then(
    () => toast(`${say("已复制")}：${beginning(text)}`),
    () => box(text, [], say("关闭")),
  );
}

async function share(query) {
  const choices = seen.chats.map((chat) => {
    const choose = async () => {
      $("dialog").close();
      await openChat(chat.id);
      composer.fill(`@${desk.bot()} ${query}`);
    };
    return el("button", { type: "button", class: "row", onclick: choose }, avatar(chat.title), el("strong", {}, chat.title));
  });
  await box(say("分享到哪个聊天？"), choices, say("取消"));
}

// --- drawing

function drawHead() {
  const chat = seen.chat;
  const name = avatar(chat.title);
  name.id = "avatar";
  $("avatar").replaceWith(name);
  $("title").textContent = chat.title;
  document.title = chat.title;
  const members = say("{} 位成员", chat.members);
  const kinds = { private: say("机器人"), direct: say("私聊"), group: members, supergroup: members };
  $("subtitle").textContent = typing ? say("正在输入…") : kinds[chat.kind];
  $("subtitle").classList.toggle("typing", Boolean(typing));
  $("block").hidden = chat.kind !== "private";
  $("block").textContent = chat.bot === "kicked" ? say("解除屏蔽") : say("屏蔽");
}

function drawLog() {
  const log = $("log");
  log.replaceChildren();
  log.ariaBusy = "true"; // old messages are not read out
  seen.messages.slice(seen.from).forEach((message) => place(message));
  log.ariaBusy = "false";
  $("earlier").hidden = seen.from === 0;
  drawEmpty();
  settleFolds(log);
}

function place(message) {
  const log = $("log");
  const before = [...log.children].findLast((child) => child.dataset.date);
  const day = dayOf(message.date);
  if (before?.dataset.date !== day) log.append(el("p", { class: "day", dataset: { date: day } }, day));
  const element = bubble(message, view);
  element.dataset.time = message.date;
  const last = log.lastElementChild;
  const joined = last?.dataset.from && last.dataset.from === element.dataset.from && message.date - last.dataset.time < 300;
  if (joined) {
    last.classList.add("followed");
    element.classList.add("follows");
  }
  const below = last?.dataset.id && Number(last.dataset.id) === message.reply_to_message?.message_id;
  if (below && !view.group) element.classList.add("below"); // what it replies to stands right above
  log.append(element);
  return element;
}

function drawEmpty() {
  const empty = $("empty");
  empty.hidden = seen.messages.length > 0;
  if (!empty.hidden) empty.replaceChildren(...(seen.chat.kind === "private" ? welcome() : quiet()));
}

function welcome() {
  const start = el("button", { type: "button", class: "primary", onclick: () => desk.send("/start") }, say("开始"));
  const chips = desk.commands().filter(({ command }) => command !== "start").slice(0, 5);
  const chip = ({ command, description }) =>
    el("button", { type: "button", class: "chip", onclick: () => desk.send(`/${command}`) }, description);
  return [
    avatar(seen.chat.title),
    el("h3", {}, seen.chat.title),
    el("p", {}, seen.bot.description || say("还没有消息。点“开始”和机器人打个招呼。")),
    start,
    el("div", { class: "chips" }, ...chips.map(chip)),
  ];
}

const quiet = () => [el("p", {}, say("还没有消息。输入 @{} 加一个空格，就能在这里引用机器人的结果。", desk.bot()))];

function drawSidebar() {
  drawChats(seen.chats, seen.chat?.id, unread, (id) => guarded(openChat(id, true)));
}

// --- scrolling

const scroller = $("scroller");
const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;

function toEnd(smooth = true) {
  pinned = true;
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
}

let lastTop = 0;

function scrolled() {
  if (atEnd()) pinned = true;
  else if (scroller.scrollTop < lastTop) pinned = false;
  lastTop = scroller.scrollTop;
  drawJump();
}

function drawJump() {
  if (pinned) missed = 0;
  $("jump").hidden = pinned;
  $("jump").ariaLabel = missed ? say("{} 条新消息，跳到最新", missed) : say("跳到最新");
  $("jump").replaceChildren(icon("down"), missed ? el("span", { class: "unread" }, String(missed)) : "");
}

function showMessage(id) {
  const index = seen.messages.findIndex((message) => message.message_id === id);
  if (index < 0) return toast(say("这条消息已经不在了"));
  if (index < seen.from) {
    seen.from = index;
    drawLog();
  }
  const element = $("log").querySelector(`[data-id="${id}"]`);
  element.scrollIntoView({ block: "center" });
  element.classList.add("found");
  setTimeout(() => element.classList.remove("found"), 1600);
}

// --- events

const receivers = {
  message({ chat, value, by_bot }) {
    if (by_bot) stopTyping(chat);
    const summary = chatOf(chat);
    if (summary) summary.newest = value;
    if (chat !== seen.chat.id) {
      if (value.from.id !== seen.user) unread.set(chat, (unread.get(chat) ?? 0) + 1);
      return drawSidebar();
    }
    if (seen.messages.some((message) => message.message_id === value.message_id)) return;
    const follow = pinned || value.from.id === seen.user;
    seen.messages.push(value);
    $("empty").hidden = true;
    const element = place(value);
    element.classList.add("new");
    settleFolds(element);
    if (!follow) missed += 1;
    else toEnd();
    drawJump();
    drawSidebar();
  },
  edit({ chat, subject, value }) {
    const summary = chatOf(chat);
    if (summary?.newest?.message_id === subject) summary.newest = value;
    if (chat !== seen.chat.id) return drawSidebar();
    replaceMessage(subject, value);
    drawSidebar();
  },
  delete({ chat, subject }) {
    if (chat !== seen.chat.id) return;
    seen.messages = seen.messages.filter((message) => message.message_id !== subject);
    $("log").querySelector(`[data-id="${subject}"]`)?.remove();
  },
  reaction({ chat, subject, value }) {
    const message = chat === seen.chat.id && seen.messages.find((one) => one.message_id === subject);
    if (message) replaceMessage(subject, { ...message, reactions: value });
  },
  answer({ subject, value }) {
    if (!release(subject)) {
      early.set(subject, value);
      if (early.size > 50) early.delete(early.keys().next().value);
      return;
    }
    if (!value.text) return;
    if (value.alert) box(value.text);
    else toast(value.text);
  },
  action({ chat }) {
    if (chat !== seen.chat.id) return;
    clearTimeout(typing);
    typing = setTimeout(() => stopTyping(chat), TYPING);
    drawHead();
  },
  menu: () => refresh(),
  chat: () => refresh(),
};

function replaceMessage(id, value) {
  const index = seen.messages.findIndex((message) => message.message_id === id);
  const old = $("log").querySelector(`[data-id="${id}"]`);
  if (index < 0) return;
  seen.messages[index] = value;
  if (!old) return;
  const position = [...old.querySelectorAll("button")].indexOf(document.activeElement);
  const element = bubble(value, view);
  element.dataset.time = value.date;
  for (const name of ["follows", "followed", "below"]) element.classList.toggle(name, old.classList.contains(name));
  old.replaceWith(element);
  settleFolds(element);
  if (position >= 0) (element.querySelectorAll("button")[position] ?? $("input")).focus({ preventScroll: true });
}

function stopTyping(chat) {
  if (chat !== seen.chat?.id || !typing) return;
  clearTimeout(typing);
  typing = undefined;
  drawHead();
}

// --- loading

async function refresh() {
  const state = await read("state", { user: seen.user });
  Object.assign(seen, { bot: state.bot, chats: state.chats, chat: chatIn(state.chats, seen.chat?.id) });
  drawUsers(state.users, seen.user, switchUser);
  drawHead();
  drawSidebar();
  drawEmpty();
  $("menu").hidden = !desk.commands().length;
  return state.seq;
}

const chatIn = (chats, id) => chats.find((chat) => chat.id === id) ?? chats.find((chat) => chat.kind === "private");

function openChat(id, focus = false) {
  $("app").dataset.view = "chat";
  return enterChat(id, focus);
}

function enterChat(id, focus = false, draft = () => "") {
  ready = loadChat(id, focus, draft); // what happens meanwhile waits, so that nothing is lost between list and events
  return ready;
}

async function loadChat(id, focus, draft) {
  const turn = ++opened;
  const messages = await read("messages", { chat: id });
  if (turn !== opened) return; // another chat was chosen meanwhile
  stopTyping(seen.chat?.id);
  seen.chat = chatOf(id);
  seen.messages = messages;
  seen.from = Math.max(0, messages.length - SHOWN);
  unread.delete(id);
  missed = 0;
  drawHead();
  drawLog();
  drawSidebar();
  composer.reset(seen.chat.kind === "private" ? say("问点什么…") : say("输入消息"), draft());
  toEnd(false);
  drawJump();
  if (focus) $("input").focus();
}

const line = new Line(
  async (user) => {
    seen.user = user || (await read("users", {}))[0].id;
    const seq = await refresh();
    await enterChat(seen.chat.id, false, () => $("input").value); // what was typed meanwhile stays
    composer.opened();
    return { user: seen.user, after: seq };
  },
  (event) => ready.catch(() => {}).then(() => receivers[event.kind]?.(event)),
  (offline) => ($("offline").hidden = !offline),
);

function switchUser(user) {
  unread.clear();
  seen.chat = null;
  $("input").value = "";
  line.open(user);
}

$("back").append(icon("back"));
$("back").addEventListener("click", () => ($("app").dataset.view = "list"));
$("jump").addEventListener("click", () => toEnd());
$("earlier").addEventListener("click", () => {
  const height = scroller.scrollHeight;
  seen.from = Math.max(0, seen.from - SHOWN);
  drawLog();
  scroller.scrollTop += scroller.scrollHeight - height;
});
scroller.addEventListener("scroll", scrolled, { passive: true });
const grown = new ResizeObserver(() => pinned && scroller.scrollTo({ top: scroller.scrollHeight, behavior: "instant" }));
grown.observe(scroller);
grown.observe($("log"));
$("block").addEventListener("click", async () => {
  const blocked = seen.chat.bot === "kicked";
  await guarded(act(blocked ? "unblock" : "block", { user: seen.user }));
  toast(blocked ? say("机器人又可以发消息了") : say("已屏蔽，机器人不能再给你发消息"));
});
$("attach").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => {
  const [file] = $("file").files;
  if (!file) return;
  const kind = /^image\/(png|jpeg|webp)$/.test(file.type) ? "photo" : "document";
  guarded(upload({ user: seen.user, chat: seen.chat.id, kind, name: file.name, ...composer.takeCaption() }, file));
  $("file").value = "";
});
document.addEventListener("keydown", (event) => {
  const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (typed && event.key !== " " && document.activeElement === document.body) $("input").focus();
});

line.open(0);
