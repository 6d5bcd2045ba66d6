import { element } from "./elements.js";

const token = /(\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))|("(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|`(?:[^`\\]|\\[^])*`?)|\b(\d[\w.]*)\b|\b(break|case|catch|class|const|continue|default|delete|do|else|false|finally|for|function|if|in|instanceof|let|new|null|of|return|switch|this|throw|true|try|typeof|undefined|var|void|while)\b/g;
const names = ["comment", "string", "number", "word"];

// Longer texts are shown as they are: colours are not worth the time.
const longest = 200000;

// A script or JSON as an element, with its parts in colours.
export function code(text, label) {
  const out = element("pre", { class: "code", tabindex: "0", role: "region", "aria-label": label });
  let at = 0;
  if (text.length <= longest) {
    for (const match of text.matchAll(token)) {
      const kind = match.slice(1).findIndex((group) => group !== undefined);
      out.append(text.slice(at, match.index), element("span", { class: names[kind] }, match[0]));
      at = match.index + match[0].length;
    }
  }
  out.append(text.slice(at));
  return out;
}

// JSON on several lines; other text as it is.
export function tidy(text) {
  if (!/^\s*[[{]/.test(text)) {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
