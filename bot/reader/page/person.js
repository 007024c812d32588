// A page that Telegram opened: its colours, the favourites of who opened it, the way back into the chat. In a browser it does nothing.

import { hear, openChat, pageBefore, telegram, tell, themeOf } from "./telegram.js";

const root = document.documentElement;
const SAY = JSON.parse(document.body.dataset.say);
const READABLE = 4.5; // contrast of text, WCAG 2.2 AA
// The pages' colours and Telegram's names of those that take their place where they can be read on its ground.
const COLOURS = { "--ink": "text_color", "--link": "link_color", "--faint": "hint_color" };
const launch = telegram(); // at once: what Telegram put into the address is gone before the page's own script reads that

// --- colours

const parts = (colour) => colour.match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16) / 255);
const light = (colour) => parts(colour).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);

function contrast(one, other) {
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

/** Telegram's colours while the page is as dark as Telegram; whoever switches has the page's own. */
function paint({ dark, colours }) {
  const ground = colours.bg_color;
  const same = (root.dataset.theme === "dark") === dark;
  const use = (name, colour) => (same && colour ? root.style.setProperty(name, colour) : root.style.removeProperty(name));
  use("--paper", ground);
  use("--raised", colours.secondary_bg_color);
  for (const [name, telegrams] of Object.entries(COLOURS)) {
    const colour = colours[telegrams];
    const grounds = [ground, colours.secondary_bg_color ?? ground];
    use(name, ground && colour && grounds.every((under) => contrast(colour, under) >= READABLE) && colour);
  }
}

function follow(theme) {
  root.dataset.theme = theme.dark ? "dark" : "light";
  paint(theme);
}

// --- favourites

const asked = (method, path) =>
  fetch(`/read/api/${path}`, { method, headers: { Authorization: `tma ${launch.initData}` }, cache: "no-store" });

const person = { bot: "", saved: new Set() };

async function know(answer) {
  const told = await answer.json();
  if (answer.ok) Object.assign(person, { bot: told.bot, saved: new Set(told.saved) });
  else window.tell?.({ 403: SAY.expired, 503: SAY.away }[answer.status] ?? told.error, true);
  return answer.ok;
}

/** ☆ and the way back, for the quote that `current` names. */
function actions(current) {
  const star = document.createElement("button");
  const ask = document.createElement("button");
  star.type = ask.type = "button";
  ask.textContent = SAY.ask;
  const draw = () => {
    const saved = person.saved.has(current());
    star.textContent = saved ? SAY.starred : SAY.star;
  };
  star.addEventListener("click", async () => {
    if (star.ariaBusy === "true") return; // not disabled: that would take the focus away
    star.ariaBusy = "true";
    const saved = person.saved.has(current());
    try {
      await know(await asked(saved ? "DELETE" : "PUT", `saved/${current()}`));
    } catch {
      window.tell?.(SAY.away, true);
    }
    star.ariaBusy = "false";
    redraw();
  });
  ask.addEventListener("click", () => openChat(`/${person.bot}?start=q${current().replaceAll(".", "_")}`));
  draw();
  return { elements: person.bot ? [star, ask] : [star], draw };
}

const drawn = [];
const redraw = () => drawn.forEach((draw) => draw());

function add(holder, current) {
  const { elements, draw } = actions(current);
  holder.append(...elements);
  drawn.push(draw);
}

/** In the bar of what is selected, and in that of the places that are lit up, for the one that is in view. */
function addActions() {
  const chosen = document.querySelector("[data-actions]");
  const places = document.querySelector("#places");
  if (!chosen || !places) return;
  add(chosen, () => chosen.dataset.quote ?? "");
  document.addEventListener("reader:selected", redraw);
  const holder = document.createElement("div");
  holder.className = "actions";
  places.prepend(holder);
  add(holder, () => document.querySelector("mark.here")?.dataset.place ?? "");
  new MutationObserver(redraw).observe(document.querySelector("#place-count"), { childList: true, characterData: true, subtree: true });
}

const tellWhetherBack = () => tell("web_app_setup_back_button", { is_visible: pageBefore() !== "" });

async function start() {
  follow(launch.theme);
  hear("theme_changed", ({ theme_params }) => follow((launch.theme = themeOf(theme_params))));
  new MutationObserver(() => paint(launch.theme)).observe(root, { attributeFilter: ["data-theme"] });
  hear("back_button_pressed", () => location.replace(pageBefore() || location.href));
  tellWhetherBack();
  addEventListener("pageshow", ({ persisted }) => persisted && tellWhetherBack());
  tell("web_app_ready");
  tell("web_app_expand");
  try {
    if (await know(await asked("GET", "me"))) addActions();
  } catch {
    // without an answer the page is for reading
  }
}

if (launch) start();
