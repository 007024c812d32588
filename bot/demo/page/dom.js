// Making elements: text only ever becomes text nodes, never markup.

import { language, say } from "./words.js";

/** An element with properties (class, dataset, on…, aria-…) and children; strings become text. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export const $ = (id) => document.getElementById(id);

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-6 16-3-6.5z",
  attach: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L9.7 17.2a1.6 1.6 0 0 1-2.3-2.3l7.4-7.4",
  down: "M6 9l6 6 6-6",
  reply: "M10 7L4 12l6 5v-3.2c5 0 8 1.2 10 4.2-.6-5-3.5-8.5-10-8.8z",
  edit: "M4 20l1-4L16.5 4.5l3 3L8 19z",
  copy: "M9 9h10v10H9zM5 15V5h10",
  link: "M8 16L16 8M9.5 8H16v6.5",
  share: "M14 6l6 5.5-6 5.5v-3.3C9 13.7 6 15 4 18c.6-5 3.5-8.5 10-8.8z",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  app: "M5 5h14v14H5zM5 9h14",
  close: "M6 6l12 12M18 6L6 18",
};

/** A drawing, invisible to screen readers. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const HUES = 6;

/** One of the colours, the same for the same name everywhere. */
export const hueOf = (name) => [...name].reduce((sum, sign) => sum + sign.codePointAt(0), 0) % HUES;

/** A round picture made of a name's first sign. */
export function avatar(name) {
  const face = el("span", { class: "avatar", "aria-hidden": "true", "data-hue": hueOf(name) });
  face.textContent = [...name][0] ?? "?";
  return face;
}

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "short" });

export const hourOf = (seconds) => clock.format(seconds * 1000);

export function dayOf(seconds) {
  const date = new Date(seconds * 1000);
  return date.toDateString() === new Date().toDateString() ? say("今天") : day.format(date);
}

let fading;

/** A line over the chat that goes away by itself; screen readers say it. */
export function toast(text) {
  const line = $("toast");
  line.textContent = text;
  line.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => line.classList.remove("shown"), 3000);
}

/** A box to dismiss, with further content below its text. Resolves when it is closed. */
export function box(text, body = [], close = say("知道了")) {
  const dialog = $("dialog");
  $("dialog-text").textContent = text;
  $("dialog-body").replaceChildren(...body);
  $("dialog-close").textContent = close;
  if (!dialog.open) dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", done, { once: true }));
}
