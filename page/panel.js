import { drawComparison, textsToCompare } from "./difference.js";
import { element, icon } from "./elements.js";
import { code, tidy } from "./highlight.js";
import { drawMessage } from "./message.js";
import { conditionIn, textsIn } from "./texts.js";

function section(title, ...content) {
  const filled = content.flat().filter((one) => one !== null);
  return filled.length === 0 ? null : element("section", {}, element("h3", {}, title), filled);
}

function folded(title, content) {
  return element("details", {}, element("summary", {}, title), content);
}

function placeOf(view, thing) {
  const texts = textsIn(view.language);
  if (thing.file === undefined) {
    return null;
  }
  const words = texts.line(thing.file, thing.line);
  const link = view.linkTo(thing.file, thing.line);
  return element("p", { class: "place" }, link === null ? words : element("a", { href: link }, words));
}

function listFindings(findings, texts) {
  return findings.length === 0 ? null : element("ul", { class: "findings" }, findings.map((finding) =>
    element("li", { class: finding.severity },
      element("strong", {}, `${texts.severity[finding.severity]} ${finding.code}`), " ",
      element("span", { dir: "auto" }, finding.message),
      finding.notes.length === 0 ? null : element("ul", {}, finding.notes.map((note) => element("li", { dir: "auto" }, note))))));
}

function linkToNode(view, node) {
  return element("button", { type: "button", class: "to-node", onclick: () => view.select(node) }, icon(node.kind), element("span", { dir: "auto" }, node.name));
}

function linkToDialog(view, number) {
  const dialog = view.data.dialogs[number];
  return element("button", { type: "button", class: "to-node", onclick: () => view.open(number) }, icon("dialog"), element("span", { dir: "auto" }, dialog.name));
}

function waysOf(view, node, texts) {
  const ways = node.out.map((edge) => element("li", {},
    element("span", { class: "condition", dir: "auto" }, edge.words === undefined ? texts.always : conditionIn(view.language, edge.words)),
    edge.to === undefined ? element("span", { class: "ending" }, texts.end) : linkToNode(view, node.dialog.nodes[edge.to])));
  const origins = [...new Set(node.into.map((edge) => edge.from))].map((from) => element("li", {}, linkToNode(view, node.dialog.nodes[from])));
  return [
    ways.length === 0 ? null : section(texts.leadsTo, element("ul", { class: "ways" }, ways)),
    origins.length === 0 ? null : section(texts.reachedFrom, element("ul", { class: "ways" }, origins)),
  ];
}

function wording(text, texts) {
  const channel = text.channel === "default" ? texts.everyChannel : text.channel;
  const badges = element("p", { class: "badges" }, element("span", { class: "badge" }, text.locale), element("span", { class: "badge" }, channel));
  if (!text.script) {
    return element("div", { class: "wording" }, badges, drawMessage(text.text, texts));
  }
  return element("div", { class: "wording" }, badges,
    text.shown === undefined ? null : drawMessage(text.shown, texts), folded(texts.printed, code(text.text, texts.printed)));
}

function textsOf(node, texts) {
  return ["message", "error", "submitted"].map((use) =>
    section(texts[use], node.texts.filter((text) => text.use === use).map((text) => wording(text, texts))));
}

function requestOf(request, texts) {
  if (request === undefined) {
    return null;
  }
  const parts = [["headers", request.headers], ["body", request.body], ["before", request.before], ["after", request.after],
    ...request.samples.map((sample) => ["sample", sample])].filter((part) => part[1] !== undefined && part[1] !== "" && part[1] !== "{}");
  return section(texts.request,
    element("p", { class: "address" }, element("span", { class: "badge strong" }, request.method), " ", element("span", { dir: "ltr" }, request.url)),
    request.profile === undefined || request.profile === "none" ? null : element("p", {}, `${texts.profile}: `, element("code", {}, request.profile)),
    parts.map(([name, text]) => folded(texts[name], code(tidy(text), texts[name]))));
}

function choicesOf(node, texts) {
  const choices = node.choices ?? [];
  return choices.length === 0 ? null : section(texts.choices, element("div", { class: "scrolling", tabindex: "0" }, element("table", {},
    element("thead", {}, element("tr", {}, [texts.language, texts.title, texts.value].map((title) => element("th", { scope: "col" }, title)))),
    element("tbody", {}, choices.map((choice) => element("tr", {},
      [choice.locale, choice.title ?? "", choice.value ?? ""].map((value) => element("td", { dir: "auto" }, value))))))));
}

function utterancesOf(utterances, texts) {
  return utterances.length === 0 ? null : section(texts.utterances, element("ul", { class: "utterances" }, utterances.map((one) =>
    element("li", {}, element("span", { class: "badge" }, one.locale), " ", element("span", { dir: "auto" }, one.text)))));
}

function changesOf(thing, texts, title = texts.changes) {
  return thing.changes === undefined || thing.changes.length === 0 ? null : section(title, element("ul", { class: "changes" }, thing.changes.map((change) =>
    element("li", { class: change.kind },
      change.breaks ? [element("span", { class: "badge strong" }, texts.breaks), " "] : null, element("span", { dir: "auto" }, change.text)))));
}

// What no answer of the exploration has led to, and why.
function gapsOf(dialog, texts) {
  const gaps = dialog.unreached ?? [];
  return gaps.length === 0 ? null : section(texts.unreached, element("ul", { class: "changes" }, gaps.map((gap) =>
    element("li", { class: "removed", dir: "auto" }, gap.text, gap.reason === "" ? null : element("p", { class: "what" }, gap.reason)))));
}

// What a node says and does, where that is not as it was: word by word.
function comparisonsOf(node, texts) {
  if (node.old === undefined) {
    return [];
  }
  const before = textsToCompare(node.old, texts);
  const after = textsToCompare(node, texts);
  return [...new Set([...after.keys(), ...before.keys()])].filter((label) => before.get(label) !== after.get(label))
    .map((label) => section(label, drawComparison(before.get(label) ?? "", after.get(label) ?? "", label)));
}

// What there is to know of a node.
export function describeNode(view, node) {
  const texts = textsIn(view.language);
  const kind = texts.kinds[node.kind] ?? node.kind;
  return [
    element("p", { class: `kind kind-${node.kind}` }, icon(node.kind), element("span", {}, kind)),
    element("h2", { dir: "auto" }, node.name),
    placeOf(view, node),
    changesOf(node, texts),
    comparisonsOf(node, texts),
    node.findings.length === 0 ? null : section(texts.findings, listFindings(node.findings, texts)),
    node.entityType === undefined ? null : element("p", {}, `${texts.type}: `, element("code", {}, node.entityType)),
    node.pattern === undefined ? null : element("p", {}, `${texts.pattern}: `, element("code", {}, node.pattern)),
    node.calls === undefined ? null : section(texts.opens, linkToDialog(view, node.calls)),
    node.kind === "intent" ? utterancesOf(node.dialog.utterances, texts) : null,
    textsOf(node, texts),
    choicesOf(node, texts),
    requestOf(node.request, texts),
    node.script === undefined ? null : section(texts.script, code(node.script, texts.script)),
    node.members.length === 0 ? null : section(texts.contains, element("ul", { class: "ways" }, node.members.map((member) => element("li", {}, linkToNode(view, member))))),
    node.action === undefined ? waysOf(view, node, texts) : section(texts.kinds.action, linkToNode(view, node.action)),
  ].flat().filter((one) => one !== null);
}

// What there is to know of the dialog that is shown.
export function describeDialog(view, dialog) {
  const texts = textsIn(view.language);
  const others = (numbers) => element("ul", { class: "ways" }, numbers.map((number) => element("li", {}, linkToDialog(view, number))));
  return [
    element("p", { class: "kind kind-dialog" }, icon("dialog"), element("span", {}, texts.dialog)),
    element("h2", { dir: "auto" }, dialog.name),
    placeOf(view, dialog),
    element("p", {}, texts.nodes(dialog.nodes.length)),
    dialog.changes?.length === 0 ? element("p", {}, texts.noChanges) : changesOf(dialog, texts),
    changesOf(view.data, texts, texts.otherChanges),
    dialog.findings.length === 0 ? null : section(texts.findings, listFindings(dialog.findings, texts)),
    gapsOf(dialog, texts),
    dialog.calls.length === 0 ? null : section(texts.calls, others(dialog.calls)),
    dialog.calledBy.length === 0 ? null : section(texts.calledBy, others(dialog.calledBy)),
    utterancesOf(dialog.utterances, texts),
    view.data.findings.length === 0 ? null : section(texts.otherFindings, listFindings(view.data.findings, texts)),
  ].filter((one) => one !== null);
}
