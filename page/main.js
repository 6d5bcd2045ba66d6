import { Canvas } from "./canvas.js";
import { Chat } from "./chat.js";
import { element, icon } from "./elements.js";
import { readData, searchFor } from "./model.js";
import { describeDialog, describeNode } from "./panel.js";
import { languages, textsIn } from "./texts.js";

const mostResults = 40;

// Settings stay in the browser, where it has a place for them.
function remembered(key) {
  try {
    return localStorage.getItem(`dialogc-${key}`);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`dialogc-${key}`, value);
  } catch {
    // a page in a file has no storage in some browsers
  }
}

// Everything that is shown: the dialog, the node that is selected, the language.
class View {
  constructor(data) {
    this.data = data;
    this.language = remembered("language") ?? (languages().includes(navigator.language.slice(0, 2)) ? navigator.language.slice(0, 2) : "en");
    this.number = 0;
    this.node = null;
    this.canvas = new Canvas(this);
    this.listen();
  }

  // ---- what is shown ----

  open(number, node = null) {
    this.number = number;
    this.node = node;
    this.showDialogs();
    this.canvas.draw(this.data.dialogs[number]);
    this.canvas.start();
    this.showSelection();
    this.keepPlace();
    this.chat?.useDialog(number);
    this.chat?.lightUp();
  }

  select(node) {
    this.chat?.show(false);
    if (node.dialog.number !== this.number) {
      this.open(node.dialog.number, node);
    }
    this.node = node;
    if (node.action !== undefined) {
      this.canvas.unfold(node.action);
    }
    this.showSelection();
    this.canvas.focus(node);
    this.keepPlace();
  }

  unselect() {
    const left = this.node;
    this.node = null;
    this.showSelection();
    this.keepPlace();
    if (left !== null) {
      this.canvas.focus(left);
    }
  }

  showSelection() {
    const panel = document.getElementById("panel");
    const texts = textsIn(this.language);
    const dialog = this.data.dialogs[this.number];
    const close = element("button", { type: "button", class: "icon close", "aria-label": texts.dialog, title: texts.dialog, onclick: () => this.unselect() }, "×");
    this.canvas.mark(this.node);
    panel.replaceChildren(...(this.node === null ? describeDialog(this, dialog) : [close, ...describeNode(this, this.node)]));
    panel.scrollTop = 0;
    document.body.classList.toggle("with-node", this.node !== null);
  }

  showDialogs() {
    const texts = textsIn(this.language);
    const list = document.getElementById("dialogs");
    const items = this.data.dialogs.map((dialog) => {
      const button = element("button", { type: "button", class: "to-dialog", "aria-current": dialog.number === this.number ? "page" : undefined,
        onclick: () => { this.open(dialog.number); document.body.classList.remove("with-dialogs"); } },
      element("span", { class: "name", dir: "auto" }, dialog.name),
      element("span", { class: "what" }, this.changeIn(dialog), texts.nodes(dialog.nodes.length), dialog.calls.length === 0 ? "" : ` · → ${dialog.calls.map((called) => this.data.dialogs[called].name).join(", ")}`));
      return element("li", {}, button);
    });
    list.replaceChildren(element("h2", {}, texts.dialogs), element("ul", {}, items));
    list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  // "breaking · changed · ", for the list of dialogs.
  changeIn(dialog) {
    const texts = textsIn(this.language);
    const breaks = dialog.changes?.some((change) => change.breaks) === true;
    return [breaks ? texts.breaks : undefined, texts[dialog.change]].filter((word) => word !== undefined).map((word) => `${word} · `).join("");
  }

  showLegend() {
    const texts = textsIn(this.language);
    const dialogs = this.data.dialogs;
    const kinds = Object.keys(texts.kinds).filter((kind) => dialogs.some((dialog) => dialog.nodes.some((node) => node.kind === kind)));
    const shown = dialogs.flatMap((dialog) => [...dialog.nodes.flatMap((node) => [node, ...node.members]), ...dialog.edges]);
    const tried = { taken: (one) => one.taken !== undefined, missed: (one) => one.taken !== undefined, unreached: (one) => one.reached !== undefined };
    const states = ["taken", "missed", "unreached", "added", "removed", "changed"].filter((state) =>
      shown.some((one) => one.change === state || tried[state]?.(one)));
    document.getElementById("legend").replaceChildren(
      states.length === 0 ? "" : element("ul", {}, states.map((state) => element("li", { class: `state ${state}` }, texts[state]))),
      element("details", {}, element("summary", {}, texts.legend), element("ul", {},
        kinds.map((kind) => element("li", { class: `kind kind-${kind}` }, icon(kind), element("span", {}, texts.kinds[kind]))))));
  }

  // Fixed texts, in the language.
  showTexts() {
    const texts = textsIn(this.language);
    const label = (id, text) => {
      document.getElementById(id).setAttribute("aria-label", text);
      document.getElementById(id).setAttribute("title", text);
    };
    document.documentElement.lang = this.language;
    document.getElementById("title").textContent = this.data.title === "" ? texts.dialogs : this.data.title;
    document.getElementById("language").value = this.language;
    document.getElementById("language-label").textContent = texts.language;
    document.getElementById("theme-label").textContent = texts.theme;
    for (const option of document.getElementById("theme").options) {
      option.textContent = texts[option.value];
    }
    document.getElementById("search").setAttribute("placeholder", texts.search);
    document.getElementById("search").setAttribute("aria-label", texts.search);
    document.getElementById("panel").setAttribute("aria-label", texts.details);
    document.getElementById("dialogs").setAttribute("aria-label", texts.dialogs);
    document.getElementById("stage").setAttribute("aria-label", texts.canvas(this.data.dialogs[this.number]?.name ?? ""));
    document.getElementById("zoom").setAttribute("aria-label", texts.zoom);
    for (const [id, text] of [["talk-toggle", texts.talk], ["talk-send", texts.send], ["talk-back", texts.goBack], ["talk-restart", texts.restart], ["talk-save", texts.save]]) {
      document.getElementById(id).textContent = text;
    }
    document.getElementById("talk").setAttribute("aria-label", texts.talk);
    document.getElementById("talk-log").setAttribute("aria-label", texts.talk);
    document.getElementById("talk-input").setAttribute("aria-label", texts.answer);
    document.getElementById("talk-input").setAttribute("placeholder", texts.answer);
    label("dialogs-toggle", texts.dialogs);
    label("zoom-in", texts.zoomIn);
    label("zoom-out", texts.zoomOut);
    label("zoom-fit", texts.fit);
    this.showLegend();
  }

  useLanguage(language) {
    this.language = language;
    remember("language", language);
    this.showTexts();
    this.showDialogs();
    this.canvas.draw(this.data.dialogs[this.number]);
    this.showSelection();
    this.chat?.draw();
  }

  // The node of an event of a conversation; null when it is not on the page.
  nodeOf(event) {
    const dialog = this.data.dialogs.find((one) => one.id === event.dialog);
    return dialog?.nodes.flatMap((node) => [node, ...node.members]).find((node) => node.id === event.node) ?? null;
  }

  useTheme(theme) {
    document.documentElement.dataset.theme = theme;
    document.getElementById("theme").value = theme;
    remember("theme", theme);
  }

  // Files are beside the page where they were when it was written.
  linkTo(file, line) {
    const relative = !/^[/\\]|^[a-z]+:|^</i.test(file) && this.data.folder !== "";
    return relative ? `${this.data.folder}${file.split("/").map(encodeURIComponent).join("/")}#L${line}` : null;
  }

  // ---- the address: a place that can be gone back to ----

  keepPlace() {
    const place = this.node === null ? `#${this.number}` : `#${this.number}/${encodeURIComponent(this.node.id)}`;
    history.replaceState(null, "", place);
  }

  openPlace() {
    const [number, id] = location.hash.slice(1).split("/");
    const dialog = this.data.dialogs[Number(number)] ?? this.data.dialogs[0];
    const wanted = id === undefined ? "" : decodeURIComponent(id);
    const node = dialog.nodes.flatMap((one) => [one, ...one.members]).find((one) => one.id === wanted) ?? null;
    this.open(dialog.number);
    if (node !== null) {
      this.select(node);
    }
  }

  // ---- searching ----

  search(query) {
    const texts = textsIn(this.language);
    const results = document.getElementById("results");
    const found = searchFor(this.data, query);
    results.hidden = query.trim() === "";
    document.getElementById("result-count").textContent = results.hidden ? "" : texts.found(found.length);
    results.replaceChildren(found.length === 0 ? element("p", {}, texts.nothing) : element("ul", {}, found.slice(0, mostResults).map((one) =>
      element("li", {}, element("button", { type: "button", onclick: () => this.goTo(one) },
        icon(one.node?.kind ?? "dialog"), element("span", { class: "names" },
          element("span", { class: "name", dir: "auto" }, one.node?.name ?? one.dialog.name),
          element("span", { class: "what", dir: "auto" }, one.node === undefined ? texts.dialog : `${texts.kinds[one.node.kind] ?? one.node.kind} · ${one.dialog.name}`)))))),
    found.length > mostResults ? element("p", {}, texts.more(found.length - mostResults)) : "");
  }

  goTo(found) {
    document.getElementById("results").hidden = true;
    if (found.node === undefined) {
      this.open(found.dialog.number);
    } else {
      this.select(found.node);
    }
  }

  onSearchKey(event) {
    const results = document.getElementById("results");
    const buttons = [...results.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") {
      results.hidden = true;
      document.getElementById("search").focus();
    } else if (event.key === "Enter" && at < 0 && buttons.length > 0) {
      buttons[0].click();
    } else if (event.key === "ArrowDown" && at + 1 < buttons.length) {
      event.preventDefault();
      buttons[at + 1].focus();
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      (buttons[at - 1] ?? document.getElementById("search")).focus();
    }
  }

  // ---- printing: the canvas on one page, then all nodes in words ----

  beforePrint() {
    const dialog = this.data.dialogs[this.number];
    const world = this.canvas.world;
    const scale = Math.min(1, 680 / dialog.width, 900 / dialog.height);
    this.kept = world.style.transform;
    world.style.transform = `scale(${scale})`;
    this.canvas.stage.style.height = `${Math.ceil(dialog.height * scale)}px`;
    document.getElementById("print").replaceChildren(
      element("article", {}, describeDialog(this, dialog)),
      ...dialog.nodes.flatMap((node) => [node, ...node.members]).map((node) => element("article", {}, describeNode(this, node))));
    for (const details of document.querySelectorAll("#print details")) {
      details.open = true;
    }
  }

  afterPrint() {
    this.canvas.world.style.transform = this.kept;
    this.canvas.stage.style.height = "";
    document.getElementById("print").replaceChildren();
  }

  // ---- listening ----

  listen() {
    const on = (id, event, act) => document.getElementById(id).addEventListener(event, act);
    on("search", "input", (event) => this.search(event.target.value));
    document.querySelector(".search").addEventListener("keydown", (event) => this.onSearchKey(event));
    on("language", "change", (event) => this.useLanguage(event.target.value));
    on("theme", "change", (event) => this.useTheme(event.target.value));
    on("zoom-in", "click", () => this.canvas.zoomBy(1.25));
    on("zoom-out", "click", () => this.canvas.zoomBy(0.8));
    on("zoom-fit", "click", () => this.canvas.fit());
    on("dialogs-toggle", "click", (event) => {
      const open = document.body.classList.toggle("with-dialogs");
      event.currentTarget.setAttribute("aria-expanded", String(open));
    });
    addEventListener("keydown", (event) => this.onKey(event));
    addEventListener("beforeprint", () => this.beforePrint());
    addEventListener("afterprint", () => this.afterPrint());
    addEventListener("resize", () => this.canvas.apply());
    document.addEventListener("pointerdown", (event) => {
      if (event.target.closest(".search") === null) {
        document.getElementById("results").hidden = true;
      }
    });
  }

  onKey(event) {
    const types = event.target.closest("input, select, textarea") !== null;
    if (types || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const keys = {
      "/": () => document.getElementById("search").focus(),
      "+": () => this.canvas.zoomBy(1.25),
      "-": () => this.canvas.zoomBy(0.8),
      0: () => this.canvas.fit(),
      Escape: () => this.unselect(),
    };
    if (keys[event.key] !== undefined && !(event.key === "Escape" && this.node === null)) {
      event.preventDefault();
      keys[event.key]();
    }
  }
}

const view = new View(readData(document.getElementById("data").textContent));
view.useTheme(remembered("theme") ?? "auto");
view.showTexts();
if (view.data.dialogs.length > 0) {
  view.openPlace();
  view.chat = view.data.talks === true ? new Chat(view) : undefined;
}
