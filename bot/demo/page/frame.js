// A page that opens inside the chat, as Telegram shows it: a sheet on phones, a panel on desktops.
//
// The page says what it wants by messages {eventType, eventData} in JSON, as Telegram's own script does:
// https://core.telegram.org/bots/webapps and its telegram-web-app.js.

import { $, icon } from "./dom.js";

// Telegram's names of colours, and those of this page that stand for them.
const COLOURS = {
  bg_color: "--panel",
  secondary_bg_color: "--panel-strong",
  text_color: "--text",
  hint_color: "--soft",
  link_color: "--accent",
  button_color: "--accent",
  button_text_color: "--on-accent",
  accent_text_color: "--accent",
  section_separator_color: "--line",
};

export class WebApp {
  /** `follow` opens a link: one to the bot in the chat, any other in a window of its own. */
  constructor(follow) {
    this.follow = follow;
    this.dialog = $("web-app");
    this.page = $("web-app-page");
    $("web-app-close").append(icon("close"));
    $("web-app-back").append(icon("back"));
    $("web-app-close").addEventListener("click", () => this.dialog.close());
    $("web-app-back").addEventListener("click", () => this.tell("back_button_pressed"));
    this.dialog.addEventListener("close", () => this.leave());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close()); // beside it
    window.addEventListener("message", (event) => this.heard(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.tellTheme());
  }

  /** This page's colours by Telegram's names. */
  theme() {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(Object.entries(COLOURS).map(([name, own]) => [name, style.getPropertyValue(own).trim()]));
  }

  open(url, title) {
    $("web-app-title").textContent = title;
    $("web-app-back").hidden = true;
    this.page.src = url;
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** A fresh frame, without a way back to the page before. */
  leave() {
    const fresh = this.page.cloneNode();
    fresh.removeAttribute("src");
    this.page.replaceWith(fresh);
    this.page = fresh;
  }

  tell(eventType, eventData = {}) {
    this.page.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), location.origin);
  }

  tellTheme() {
    this.tell("theme_changed", { theme_params: this.theme() });
  }

  heard(event) {
    if (event.source !== this.page.contentWindow || event.origin !== location.origin || !this.dialog.open) return;
    let said;
    try {
      said = JSON.parse(event.data);
    } catch {
      return;
    }
    wishes[said?.eventType]?.(this, said.eventData ?? {});
  }
}

const wishes = {
  web_app_ready: (app) => app.page.focus(),
  web_app_expand: () => {}, // it has the whole height already
  web_app_close: (app) => app.dialog.close(),
  web_app_request_theme: (app) => app.tellTheme(),
  web_app_setup_back_button: (app, { is_visible }) => ($("web-app-back").hidden = !is_visible),
  web_app_open_link: (app, { url }) => app.follow(String(url)),
  web_app_open_tg_link: (app, { path_full }) => {
    app.dialog.close();
    app.follow(`https://t.me${path_full}`);
  },
};
