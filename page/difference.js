import { element } from "./elements.js";

// Above so many pairs of words, what differs in the middle is shown as a whole.
const mostPairs = 4000000;

function splitWords(text) {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

// How long the longest common sequence is from each pair of places on, row by row.
function lengthsOf(old, now) {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i * width + j] = old[i] === now[j] ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  return lengths;
}

// The parts of two lists of words, in order: {state: "same" | "removed" | "added", text}.
function partsOf(old, now) {
  const parts = [];
  const add = (state, text) => {
    const last = parts[parts.length - 1];
    if (last?.state === state) {
      last.text += text;
    } else if (text !== "") {
      parts.push({ state, text });
    }
  };
  if (old.length * now.length > mostPairs) {
    add("removed", old.join(""));
    add("added", now.join(""));
    return parts;
  }
  const lengths = lengthsOf(old, now);
  const width = now.length + 1;
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add("same", old[i++]);
      j++;
    } else if (i < old.length && (j === now.length || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
      add("removed", old[i++]);
    } else {
      add("added", now[j++]);
    }
  }
  return parts;
}

// Words that were replaced are one part each, though the space between them has stayed.
function joinParts(parts) {
  const joined = [];
  let old = "";
  let now = "";
  const end = () => {
    joined.push(...[{ state: "removed", text: old }, { state: "added", text: now }].filter((part) => part.text !== ""));
    old = now = "";
  };
  parts.forEach((part, i) => {
    const isBetween = i > 0 && i + 1 < parts.length && /^ +$/.test(part.text);
    if (part.state === "same" && !isBetween) {
      end();
      joined.push(part);
    } else {
      old += part.state === "added" ? "" : part.text;
      now += part.state === "removed" ? "" : part.text;
    }
  });
  end();
  return joined;
}

// What differs between two texts, word by word.
export function compareTexts(before, after) {
  const old = splitWords(before);
  const now = splitWords(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) {
    start++;
  }
  let end = 0;
  while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end]) {
    end++;
  }
  const same = (text) => (text === "" ? [] : [{ state: "same", text }]);
  return [...same(old.slice(0, start).join("")),
    ...joinParts(partsOf(old.slice(start, old.length - end), now.slice(start, now.length - end))),
    ...same(old.slice(old.length - end).join(""))];
}

const marks = { same: "span", removed: "del", added: "ins" };

export function drawComparison(before, after, label) {
  return element("pre", { class: "code compared", dir: "auto", tabindex: "0", role: "region", "aria-label": label },
    compareTexts(before, after).map((part) => element(marks[part.state], {}, part.text)));
}

// All texts of a node under the words that they are shown with, for a comparison with those of an older version.
export function textsToCompare(node, texts) {
  const found = new Map();
  const add = (label, text) => {
    if (text !== undefined && text !== "") {
      found.set(label, found.has(label) ? `${found.get(label)}\n${text}` : text);
    }
  };
  for (const text of node.texts) {
    add(`${texts[text.use]} · ${text.locale} · ${text.channel === "default" ? texts.everyChannel : text.channel}`, text.text);
  }
  for (const choice of node.choices ?? []) {
    add(`${texts.choices} · ${choice.locale}`, `${choice.title ?? ""} = ${choice.value ?? ""}`);
  }
  const request = node.request;
  if (request !== undefined) {
    add(texts.request, `${request.method} ${request.url}`);
    for (const part of ["profile", "headers", "body", "before", "after"]) {
      add(texts[part], request[part]);
    }
    request.samples.forEach((sample) => add(texts.sample, sample));
  }
  add(texts.script, node.script);
  add(texts.type, node.entityType);
  add(texts.pattern, node.pattern);
  return found;
}
