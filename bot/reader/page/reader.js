// Lights up quotes, finds words, turns from place to place, copies with the source. Positions are code points of the speech's file.
"use strict";

const root = document.documentElement;
root.classList.add("script");
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const SAY = JSON.parse(document.body.dataset.say);
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

function made(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== "") element.setAttribute(key, value);
  element.append(...content);
  return element;
}

// --- what the reader has chosen; nothing is kept where the browser keeps nothing

const kept = {
  get: (name) => { try { return localStorage.getItem("reader." + name); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem("reader." + name, value); } catch { /* chosen for this page */ } },
};
const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
const SWITCHES = {
  size: { is: () => root.dataset.size === "large", set: (on) => { root.dataset.size = on ? "large" : "normal"; } },
  dark: { is: isDark, set: (on) => { root.dataset.theme = on ? "dark" : "light"; } },
};
for (const button of all("[data-switch]")) {
  const name = button.dataset.switch, choice = SWITCHES[name];
  if (kept.get(name)) choice.set(kept.get(name) === "on");
  const show = () => button.setAttribute("aria-pressed", choice.is());
  button.addEventListener("click", () => {
    choice.set(!choice.is());
    kept.set(name, choice.is() ? "on" : "off");
    show();
  });
  button.hidden = false;
  show();
}

// --- places of characters

const article = one("article[data-number]");
const runs = all("article[data-number] [data-start]").map((element) => ({
  element, start: Number(element.dataset.start), end: Number(element.dataset.end), article: element.closest("article"),
}));
const points = (text) => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length);
const unit = (text, count) => (/[\ud800-\udfff]/.test(text) ? [...text].slice(0, count).join("").length : count); // index of a code point

function texts(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/** The part of a run's text [start, end), in positions of the file. */
function words(run, start, end) {
  const text = run.element.textContent;
  return text.slice(unit(text, start - run.start), unit(text, end - run.start));
}

// --- lighting up

const FRAMES = 8; // of 72 openings two were off with one, none of 432 with eight
let places = [], here = -1;

function mark(run, start, end, place) {
  let at = run.start;
  const marks = [];
  for (const node of texts(run.element)) {
    const length = points(node.data), first = Math.max(start, at), last = Math.min(end, at + length);
    if (first < last) {
      const from = unit(node.data, first - at), to = unit(node.data, last - at);
      const middle = from ? node.splitText(from) : node;
      if (to - from < middle.data.length) middle.splitText(to - from);
      const element = made("mark", { "data-place": place });
      middle.replaceWith(element);
      element.append(middle);
      marks.push(element);
    }
    at += length;
  }
  return marks;
}

function putOut() {
  for (const element of all("article[data-number] mark")) {
    const parent = element.parentNode;
    element.replaceWith(...element.childNodes);
    parent.normalize();
  }
  places = [];
  here = -1;
  one("#places").hidden = true;
  one("#lit").hidden = true;
}

/** Light up ranges [start, end); the first is scrolled to. */
function lightUp(spans) {
  putOut();
  let next = 0;
  for (const [start, end] of spans) {
    while (next < runs.length && runs[next].end <= start) next++;
    const marks = [];
    for (let at = next; at < runs.length && runs[at].start < end; at++) marks.push(...mark(runs[at], start, end, `${article.dataset.number}.${start}.${end}`));
    if (marks.length) places.push(labelled(marks, places.length + 1));
  }
  show(0);
}

function labelled(marks, number) {
  marks[0].id = "m" + number;
  marks[0].tabIndex = -1;
  marks[0].dataset.open = SAY.mark_open;
  marks.at(-1).dataset.close = SAY.mark_close;
  return marks;
}

function show(index, focused = false) {
  if (!places.length) return;
  for (const element of places[here] ?? []) element.classList.remove("here");
  here = (index + places.length) % places.length;
  for (const element of places[here]) element.classList.add("here");
  const first = places[here][0];
  centre(first, FRAMES);
  if (focused) first.focus({ preventScroll: true });
  one("#place-count").textContent = fill(SAY.place, { number: here + 1, count: places.length });
  for (const id of ["#place-count", "#place-before", "#place-after"]) one(id).hidden = places.length < 2; // one place has no next
  one("#places").hidden = false;
}

/** Again for some frames: what comes into view is taller than it was taken to be, which moves what is below it. */
function centre(first, frames) {
  first.scrollIntoView({ block: "center" });
  if (frames) requestAnimationFrame(() => places[here]?.[0] === first && centre(first, frames - 1));
}

function list(sentence) {
  const paragraph = one("#lit"), few = places.length <= 12;
  paragraph.replaceChildren(sentence + " ");
  if (few) for (const [index, marks] of places.entries()) {
    const where = marks[0].closest("[data-start]").dataset.at || index + 1;
    paragraph.append(made("a", { href: "#m" + (index + 1) }, String(where)), " ");
  }
  paragraph.hidden = false;
}

function spansIn(ids) {
  const spans = [];
  for (const id of ids.split(",").slice(0, 100)) {
    const found = /^(\d{1,4})\.(\d{1,9})\.(\d{1,9})$/.exec(id);
    if (found && found[1] === article.dataset.number) spans.push([Number(found[2]), Number(found[3])]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  return spans.reduce((joined, [start, end]) => {
    const last = joined.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else if (start < end) joined.push([start, end]);
    return joined;
  }, []);
}

// --- finding

let index = null; // the letters of the speech with their positions

function letters(text, first) {
  const signs = [...text], origin = [];
  let folded = "";
  signs.forEach((sign, at) => {
    const point = /[.．]/.test(sign) && /\d/.test(signs[at - 1] ?? "") && /\d/.test(signs[at + 1] ?? "");
    const plain = sign === "×" ? "x" : point ? "." : sign.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}%‰]/gu, "");
    folded += plain;
    for (let i = 0; i < plain.length; i++) origin.push(first + at);
  });
  return { folded, origin };
}

function spansOf(wording, { folded, origin }) {
  const asked = letters(wording, 0).folded, spans = [];
  for (let at = asked ? folded.indexOf(asked) : -1; at >= 0; at = folded.indexOf(asked, at + asked.length)) spans.push([origin[at], origin[at + asked.length - 1] + 1]);
  return spans;
}

function find(wording) {
  index ??= letters(runs.map((run) => run.element.textContent).join(""), runs[0].start);
  const spans = spansOf(wording, index);
  if (spans.length) {
    lightUp(spans);
    list(fill(SAY.found_here, { wording, count: spans.length }));
    tell(fill(SAY.found_here, { wording, count: spans.length }));
  }
  return spans.length > 0;
}

function nothingFound(wording) {
  putOut();
  one("#lit").textContent = fill(SAY.none, { wording });
  one("#lit").hidden = false;
  tell(fill(SAY.none, { wording }));
}

/** What the address asks for after its #. */
function followAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.get("q")) {
    const spans = spansIn(asked.get("q"));
    lightUp(spans);
    if (places.length) list(fill(SAY.lit, { count: places.length }));
  } else if (asked.get("find") && !find(asked.get("find"))) nothingFound(asked.get("find"));
}

// --- telling

let telling = 0;

function tell(sentence, seen = false) {
  const status = one("#status");
  status.textContent = sentence;
  status.classList.toggle("shown", seen);
  clearTimeout(telling);
  telling = setTimeout(() => status.classList.remove("shown"), 2500);
}

async function copy(text, done) {
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyOldWay(text);
    tell(done, true);
  } catch {
    tell(SAY.not_copied, true);
  }
}

function copyOldWay(text) { // where the page is not served by https there is no clipboard
  const field = made("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("not copied");
}

// --- selecting

let selected = null;

/** The words of the speech inside the selection, trimmed: {id, text, source, article}; null if there are none. */
function selection() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  let inside = runs.filter((run) => range.intersectsNode(run.element));
  if (!inside.length) return null;
  inside = inside.filter((run) => run.article === inside[0].article);
  const start = border(inside[0], range.startContainer, range.startOffset, inside[0].start);
  const end = border(inside.at(-1), range.endContainer, range.endOffset, inside.at(-1).end);
  const text = inside.map((run) => words(run, Math.max(start, run.start), Math.min(end, run.end))).join("");
  const trimmed = text.trim();
  if (!trimmed) return null;
  const first = start + points(text) - points(text.trimStart()), last = first + points(trimmed);
  const { number, cited, comma } = inside[0].article.dataset;
  const at = inside.find((run) => first < run.end).element.dataset.at;
  return { id: `${number}.${first}.${last}`, text: trimmed, source: [cited, at].filter(Boolean).join(comma), article: inside[0].article };
}

function border(run, node, offset, otherwise) {
  if (!run.element.contains(node)) return otherwise;
  const before = document.createRange();
  before.setStart(run.element, 0);
  before.setEnd(node, offset);
  return run.start + points(before.toString());
}

function selectionChanged() {
  const bar = one("#selection");
  if (bar.contains(document.activeElement) && selected) return; // its buttons take the focus away from the words
  selected = selection();
  bar.hidden = !selected;
  if (!selected) return;
  const picture = one("#select-picture");
  if (picture) picture.href = `${selected.article.dataset.picture}?q=${selected.id}`;
  one("[data-actions]", bar).dataset.quote = selected.id;
  document.dispatchEvent(new CustomEvent("reader:selected", { detail: { id: selected.id, text: selected.text } }));
}

const addressOf = (id) => `${location.href.split(/[?#]/)[0]}#q=${id}`;

// --- a speech

function startReading() {
  places = [];
  for (const element of all("article[data-number] mark")) {
    if (element.id) places.push([]);
    places.at(-1).push(element);
  }
  const form = one("form.find"), field = one("#find");
  let wording = "";
  form.addEventListener("submit", (event) => {
    const asked = field.value.trim();
    if (asked && asked === wording && places.length) {
      event.preventDefault();
      return show(here + 1);
    }
    wording = asked;
    if (!asked || find(asked)) event.preventDefault();
    else if (form.classList.contains("needs-script")) {
      event.preventDefault();
      nothingFound(asked);
    } // else the server looks, which knows traditional characters too
  });
  one("#place-after").addEventListener("click", () => show(here + 1, true));
  one("#place-before").addEventListener("click", () => show(here - 1, true));
  one("#place-close").addEventListener("click", putOut);
  one("#lit").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    show(Number(link.hash.slice(2)) - 1, true);
  });
  one("#select-copy").addEventListener("click", () => {
    const whole = { quote: selected.text, source: selected.source };
    copy(fill(document.body.dataset.chat, whole), SAY.copied);
  });
  one("#select-link").addEventListener("click", () => copy(addressOf(selected.id), SAY.linked));
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(selectionChanged);
  });
  document.addEventListener("keydown", pressed);
  addEventListener("hashchange", () => { if (location.hash.includes("=")) followAddress(); });
  if (location.hash.includes("=")) followAddress();
  else if (places.length) show(0);
}

function pressed(event) {
  if (event.key === "Escape") {
    const bar = one("#selection");
    if (!bar.hidden) {
      getSelection().removeAllRanges();
      bar.hidden = true;
      selected = null;
    } else if (places.length) putOut();
  }
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") show(here + 1, true);
  if (event.key === "p") show(here - 1, true);
  if (event.key === "/") {
    event.preventDefault();
    one("#find").focus();
  }
}

// --- two speeches side by side

/** Both places of a row come into view, where both columns are. */
function compareBoth(event) {
  const row = event.target.closest("tr"), link = event.target.closest("a");
  if (!link || !matchMedia("(min-width: 64rem)").matches) return;
  event.preventDefault();
  for (const element of all(".shared.here")) element.classList.remove("here");
  one(".columns").scrollIntoView({ block: "start" });
  for (const other of all("a", row)) {
    const place = document.getElementById(other.hash.slice(1)), column = place.closest("article");
    place.classList.add("here");
    const centre = () => column.scrollBy(0, place.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 2);
    centre();
    requestAnimationFrame(centre); // what comes into view may be taller than it was taken to be
  }
}

// --- a folder of files has no server that searches

function searchFolder(data) {
  const wording = (new URLSearchParams(location.search).get("q") ?? "").trim(), results = one("#results");
  if (!wording) return;
  one("#everywhere").value = wording;
  const found = data.speeches.map((speech) => ({ speech, spans: spansOf(wording, letters(speech.text, 0)) })).filter(({ spans }) => spans.length);
  const count = found.reduce((sum, { spans }) => sum + spans.length, 0), say = data.say;
  results.append(made("p", { class: "count" }, fill(count ? say.found : say.not_found, { wording, count, speeches: found.length })));
  for (const { speech, spans } of found) results.append(section(speech, spans, wording, say));
  tell(one(".count").textContent);
}

function section(speech, spans, wording, say) {
  const head = made("h2", {}, speech.name + " ", made("small", {}, fill(say.times, { count: spans.length })));
  const every = made("a", { href: `${speech.href}#find=${encodeURIComponent(wording)}` }, say.light_all);
  const signs = [...speech.text], part = (from, to) => signs.slice(Math.max(0, from), to).join("").replace(/[\r\n]/g, " ");
  const rows = spans.slice(0, 500).map(([start, end]) => {
    const at = speech.places.filter(([begin]) => begin <= start).at(-1)?.[1] || say.beginning;
    const id = `${speech.number}.${speech.start + start}.${speech.start + end}`;
    const line = made("span", { lang: "zh-CN" }, part(start - 24, start), made("mark", {}, part(start, end)), part(end, end + 24));
    return made("li", {}, line, " ", made("a", { href: `${speech.href}#q=${id}` }, at));
  });
  return made("section", {}, head, made("p", {}, made("span", { lang: "zh-CN" }, speech.title), " ", every), made("ol", {}, ...rows));
}

const data = one("#texts");
if (data) searchFolder(JSON.parse(data.textContent));
if (article && one("#places")) startReading();
if (one(".columns")) one("table")?.addEventListener("click", compareBoth);
const putAddress = () => all(".address").forEach((element) => { element.textContent = location.href; });
putAddress();
addEventListener("beforeprint", putAddress);
