import { element } from "./elements.js";
import { code } from "./highlight.js";

function asText(value) {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
}

// Links are shown, and never followed: they belong to the bot.
function button(given, texts, say) {
  const where = asText(given.url ?? given.payload);
  if (say !== undefined && given.url === undefined) {
    return element("li", {}, element("button", { type: "button", class: "button", dir: "auto", onclick: () => say(where === "" ? asText(given.title) : where) }, asText(given.title)));
  }
  return element("li", { class: given.url === undefined ? "button" : "button link", title: where },
    element("span", { dir: "auto" }, asText(given.title)),
    given.url === undefined ? null : element("span", { class: "unseen" }, ` (${texts.link})`));
}

function buttons(list, name, texts, say) {
  return element("ul", { class: name }, (list ?? []).map((given) => button(given, texts, say)));
}

function card(given, texts, say) {
  return element("li", { class: "card" },
    given.image === undefined ? null : element("span", { class: "picture", title: asText(given.image) }, texts.image),
    element("strong", { dir: "auto" }, asText(given.title)),
    given.subtitle === undefined ? null : element("span", { class: "subtitle", dir: "auto" }, asText(given.subtitle)),
    given.buttons === undefined ? null : buttons(given.buttons, "buttons", texts, say));
}

function table(given) {
  const head = element("tr", {}, (given.columns ?? []).map((title) => element("th", { scope: "col", dir: "auto" }, asText(title))));
  const rows = (given.rows ?? []).map((row) => element("tr", {},
    (Array.isArray(row) ? row : [row]).map((value) => element("td", { dir: "auto" }, asText(value)))));
  return element("div", { class: "scrolling", tabindex: "0" }, element("table", {}, element("thead", {}, head), element("tbody", {}, rows)));
}

// A message as the channel shows it (channel_message of the simulator); `say`, where it can be answered, says a reply.
export function drawMessage(shown, texts, say) {
  if (typeof shown === "string") {
    return element("div", { class: "bubble", dir: "auto" }, shown);
  }
  const out = element("div", { class: "bubble rich" });
  if (shown.text !== undefined) {
    out.append(element("p", { dir: "auto" }, asText(shown.text)));
  }
  if (shown.list !== undefined) {
    out.append(element("ul", { class: "list" }, shown.list.map((given) => card(given, texts, say))));
  }
  if (shown.carousel !== undefined) {
    out.append(element("ul", { class: "carousel", tabindex: "0" }, shown.carousel.map((given) => card(given, texts, say))));
  }
  if (shown.table !== undefined) {
    out.append(table(shown.table));
  }
  if (shown.buttons !== undefined) {
    out.append(buttons(shown.buttons, "buttons", texts, say));
  }
  if (shown.quickReplies !== undefined) {
    out.append(buttons(shown.quickReplies, "replies", texts, say));
  }
  if (shown.payload !== undefined) {
    out.append(code(JSON.stringify(shown.payload, null, 2), texts.payload));
  }
  return out;
}
