// What Telegram tells a page that it opened, and what such a page may ask of Telegram; without Telegram's own script, which would be
// an external resource. https://core.telegram.org/bots/webapps, https://telegram.org/js/telegram-web-app.js
//
//   telegram() → null for a page in a browser, else
//     { initData, startParam, language, theme: { dark, colours } }
//       initData: signed, for `Authorization: tma <initData>`; it proves who it is and goes nowhere else
//       startParam: of the link that led here, "" without one
//       language: "zh", "en" or "" when Telegram does not say
//       theme.colours: { bg_color: "#rrggbb", … } by Telegram's names
//   tell(event, data)      e.g. tell("web_app_close")
//   hear(event, listener)  e.g. hear("theme_changed", …)
//   openChat(path)         leaves the page for a place in Telegram: "/some_bot?start=q7_1_2"
//   pageBefore()           → the address of the page that led here, "" for the one that Telegram opened

const KEPT = "telegram-launch"; // in the session of this window: the next page has no fragment
const TRAIL = "telegram-trail"; // the browser's own history is not told everywhere, and holds the pages around this one
const COLOUR = /^#[0-9a-f]{6}$/i;
const BRIGHT = 128; // of 255: a darker ground is a dark theme, chosen
const listeners = new Map();

/** The fields `tgWebApp…` of a fragment, which may stand behind others: #q=7.1.2&tgWebAppData=… */
export function launchFields(fragment) {
  const pieces = fragment.replace(/^#/, "").split(/[&?]/);
  const fields = pieces.filter((piece) => piece.startsWith("tgWebApp")).map((piece) => piece.split("=", 2));
  return Object.fromEntries(fields.map(([name, value = ""]) => [name, decoded(value)]));
}

/** A fragment without what Telegram put into it. */
export function ownFragment(fragment) {
  const left = fragment.replace(/^#/, "").split(/[&?]/).filter((piece) => piece && !piece.startsWith("tgWebApp"));
  return left.length ? `#${left.join("&")}` : "";
}

function decoded(value) {
  try {
    return decodeURIComponent(value.replace(/\+/g, "%20"));
  } catch {
    return "";
  }
}

function parsed(text, otherwise) {
  try {
    return JSON.parse(text) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** { dark, colours } of Telegram's theme; what is no colour is left out. */
export function themeOf(params) {
  const colours = Object.fromEntries(Object.entries(Object(params)).filter(([, colour]) => COLOUR.test(colour)));
  const ground = colours.bg_color?.match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16)) ?? [255, 255, 255];
  return { dark: ground[0] * 0.299 + ground[1] * 0.587 + ground[2] * 0.114 < BRIGHT, colours };
}

/** What the fields say; null when nobody is named. */
export function launchOf(fields) {
  if (!fields.tgWebAppData) return null;
  const told = new URLSearchParams(fields.tgWebAppData);
  const code = String(parsed(told.get("user"), {}).language_code ?? "").toLowerCase();
  return {
    initData: fields.tgWebAppData,
    startParam: told.get("start_param") ?? "",
    language: code.startsWith("zh") ? "zh" : code ? "en" : "",
    theme: themeOf(parsed(fields.tgWebAppThemeParams ?? "", {})),
  };
}

let found;

/** See above. What Telegram put into the address is taken out of it: whoever copies the address shares it. */
export function telegram() {
  if (found !== undefined) return found;
  const fields = launchFields(location.hash);
  if (fields.tgWebAppData) {
    sessionStorage.setItem(KEPT, JSON.stringify(fields));
    sessionStorage.removeItem(TRAIL);
    history.replaceState(history.state, "", location.pathname + location.search + ownFragment(location.hash));
  }
  found = inside() ? launchOf(parsed(sessionStorage.getItem(KEPT) ?? "", {})) : null;
  return found;
}

/** Whether there is somebody around the page to talk to. */
const inside = () => Boolean(window.TelegramWebviewProxy) || window.parent !== window || "notify" in Object(window.external);

export function tell(eventType, eventData = {}) {
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(eventType, JSON.stringify(eventData));
  else if ("notify" in Object(window.external)) window.external.notify(JSON.stringify({ eventType, eventData }));
  else if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType, eventData }), "*"); // holds nothing of a person's
}

export function hear(eventType, listener) {
  listeners.set(eventType, [...(listeners.get(eventType) ?? []), listener]);
}

export function openChat(path) {
  tell("web_app_open_tg_link", { path_full: path });
}

/** See above. Notes this page; one that was seen before is where the reader is again. */
export function pageBefore() {
  const seen = parsed(sessionStorage.getItem(TRAIL) ?? "", []);
  const page = (address) => address.split("#")[0];
  const at = seen.findIndex((address) => page(address) === page(location.href));
  const trail = at < 0 ? [...seen, location.href] : seen.slice(0, at + 1);
  sessionStorage.setItem(TRAIL, JSON.stringify(trail));
  return trail.at(-2) ?? "";
}

function receive(eventType, eventData) {
  for (const listener of listeners.get(eventType) ?? []) listener(eventData ?? {});
}

if (typeof window !== "undefined") {
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent) return;
    const said = parsed(typeof event.data === "string" ? event.data : "", {});
    receive(said.eventType, said.eventData);
  });
  // Where Telegram's apps call the page: one name for each of them.
  window.Telegram = { WebView: { receiveEvent: receive } };
  window.TelegramGameProxy = { receiveEvent: receive };
  window.TelegramGameProxy_receiveEvent = receive;
}
