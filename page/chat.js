import { element } from "./elements.js";
import { code } from "./highlight.js";
import { drawMessage } from "./message.js";
import { textsIn } from "./texts.js";

const pollingPause = 1500;

// A conversation with the dialog that is shown. What was said is kept here, and all of it is sent each time.
export class Chat {
  constructor(view) {
    this.view = view;
    this.said = [];
    this.answer = null;
    this.log = document.getElementById("talk-log");
    this.input = document.getElementById("talk-input");
    document.body.classList.add("talks");
    document.getElementById("talk-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(this.input.value);
    });
    document.getElementById("talk-back").addEventListener("click", () => this.goBack());
    document.getElementById("talk-restart").addEventListener("click", () => this.restart());
    document.getElementById("talk-save").addEventListener("click", () => this.save());
    document.getElementById("talk-toggle").addEventListener("click", () => this.show(!document.body.classList.contains("with-talk")));
    setInterval(() => this.watch(), pollingPause);
    this.restore();
  }

  // ---- what is said ----

  say(text) {
    if (text.trim() === "" || this.answer?.ended === true) {
      return;
    }
    this.input.value = "";
    this.said.push(text);
    this.ask();
  }

  goBack() {
    this.said.pop();
    this.ask();
  }

  restart() {
    this.said = [];
    this.ask();
  }

  // Another dialog is another conversation.
  useDialog(number) {
    if (this.number !== number) {
      this.number = number;
      this.said = [];
      this.answer = null;
      this.draw();
    }
  }

  async send(request) {
    const response = await fetch("talk", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ dialog: this.number, ...request }) });
    if (!response.ok) {
      throw new Error(await response.text());
    }
    return response.json();
  }

  async ask() {
    const said = [...this.said];
    this.keep();
    try {
      const answer = await this.send({ said });
      if (said.length === this.said.length) { // else something else has been said meanwhile
        this.answer = answer;
      }
    } catch (error) {
      this.answer = { turns: [], records: {}, ended: true, failed: error.message };
    }
    this.draw();
  }

  async save() {
    const texts = textsIn(this.view.language);
    const { test } = await this.send({ said: this.said, save: true });
    const name = `${test.match(/^conversation: "?([\w.-]+)/m)?.[1] ?? "conversation"}.test.yaml`;
    const link = element("a", { href: URL.createObjectURL(new Blob([test], { type: "text/yaml" })), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
    this.log.append(element("p", { class: "note" }, texts.saved(name)));
  }

  // ---- where the conversation is, over a reload ----

  keep() {
    sessionStorage.setItem("dialogc-talk", JSON.stringify({ number: this.number, said: this.said }));
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem("dialogc-talk") ?? "null");
    this.number = this.view.number;
    if (kept !== null && kept.number === this.number && kept.said.length > 0) {
      this.said = kept.said;
      this.show(true);
      this.ask();
    } else {
      this.draw();
    }
  }

  async watch() {
    try {
      const stamp = await (await fetch("stamp")).text();
      if (stamp !== this.view.data.stamp) {
        location.reload();
      }
    } catch {
      // the server has ended: the page stays as it is
    }
  }

  // ---- showing ----

  show(open) {
    document.body.classList.toggle("with-talk", open);
    document.getElementById("talk-toggle").setAttribute("aria-pressed", String(open));
    if (open) {
      this.input.focus();
    }
  }

  draw() {
    const texts = textsIn(this.view.language);
    const turns = this.answer?.turns ?? [];
    const ended = this.answer?.ended === true;
    this.log.replaceChildren(
      turns.length === 0 ? element("p", { class: "note" }, texts.begin) : "",
      ...turns.map((turn, index) => this.drawTurn(turn, texts, index + 1 === turns.length && !ended)),
      this.answer?.failed === undefined ? "" : element("p", { class: "problem" }, this.answer.failed),
      turns.length === 0 ? "" : this.drawRecords(texts));
    this.input.disabled = ended;
    document.getElementById("talk-back").disabled = this.said.length === 0;
    document.getElementById("talk-restart").disabled = this.said.length === 0;
    document.getElementById("talk-save").disabled = turns.length === 0;
    this.log.scrollTop = this.log.scrollHeight;
    this.lightUp();
  }

  drawTurn(turn, texts, isLast) {
    const say = isLast ? (text) => this.say(text) : undefined;
    const parts = turn.events.map((event) => this.drawEvent(event, texts, say)).filter((part) => part !== null);
    const path = turn.events.filter((event) => event.kind === "enter").map((event) => this.view.nodeOf(event)?.name).filter((name) => name !== undefined);
    const more = (title, value) => element("details", {}, element("summary", {}, title), code(JSON.stringify(value, null, 2), title));
    return element("div", { class: "turn" },
      element("div", { class: "bubble own", dir: "auto" }, turn.said), ...parts,
      element("div", { class: "behind" },
        path.length === 0 ? null : element("p", { class: "path", dir: "auto" }, path.join(" → ")),
        turn.requests.length === 0 ? null : more(`${texts.requests} (${turn.requests.length})`, turn.requests),
        turn.context === undefined ? null : more(texts.context, turn.context)));
  }

  drawEvent(event, texts, say) {
    switch (event.kind) {
      case "say":
        return drawMessage(event.message, texts, say);
      case "problem":
        return element("p", { class: "problem", dir: "auto" }, event.text);
      case "transfer":
        return element("p", { class: "note" }, texts.transferred);
      case "signIn":
        return element("p", { class: "note" }, texts.signIn(event.text));
      case "end":
        return element("p", { class: "note" }, event.text === undefined ? texts.end : `${texts.end}: ${event.text}`);
      default:
        return null;
    }
  }

  drawRecords(texts) {
    const objects = Object.entries(this.answer.records);
    return objects.length === 0 ? "" : element("div", { class: "behind" }, objects.map(([name, records]) =>
      element("details", {}, element("summary", {}, `${texts.records}: ${name} (${records.length})`), code(JSON.stringify(records, null, 2), name))));
  }

  // The way that the conversation has taken, on the canvas.
  lightUp() {
    const events = (this.answer?.turns ?? []).flatMap((turn) => turn.events);
    const nodes = new Set();
    const edges = new Set();
    let here = null;
    for (const event of events) {
      const node = this.view.nodeOf(event);
      if (node === null) {
        continue;
      }
      if (event.kind === "enter") {
        nodes.add(node);
        here = node;
      } else if (event.kind === "take") {
        node.out.filter((edge) => edge.transitions.includes(event.transition)).forEach((edge) => edges.add(edge));
      }
    }
    this.view.canvas.walk(nodes, edges, here);
  }
}

