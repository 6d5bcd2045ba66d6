import { drawing, element, icon } from "./elements.js";
import { findingsOf } from "./model.js";
import { conditionIn, textsIn } from "./texts.js";

const nodeWidth = 172;
const nodeHeight = 52;
const longestLabel = 27;

// A line through points, with round corners.
function pathOf(points) {
  const corner = 8;
  const all = [];
  for (let i = 0; i < points.length; i += 2) {
    const last = all[all.length - 1];
    if (last === undefined || last[0] !== points[i] || last[1] !== points[i + 1]) {
      all.push([points[i], points[i + 1]]);
    }
  }
  let path = `M${all[0]}`;
  for (let i = 1; i + 1 < all.length; i++) {
    const [before, at, after] = [all[i - 1], all[i], all[i + 1]];
    path += `L${nearer(at, before, corner)}Q${at} ${nearer(at, after, corner)}`;
  }
  return `${path}L${all[all.length - 1]}`;
}

// The point that is `most` pixels from `at` on the way to `other`, or half of the way.
function nearer(at, other, most) {
  const way = Math.hypot(other[0] - at[0], other[1] - at[1]);
  const part = way === 0 ? 0 : Math.min(most, way / 2) / way;
  return [at[0] + (other[0] - at[0]) * part, at[1] + (other[1] - at[1]) * part];
}

function statesOf(thing) {
  return [
    thing.taken ? "taken" : thing.reached === false ? "unreached" : thing.taken === false ? "missed" : undefined,
    thing.change,
  ].filter((state) => state !== undefined);
}

const lineStates = ["-lit", "-taken", "-unreached", "-added", "-removed", "-changed"];

// The head of a line has the colour of the line.
function arrowOf(edge) {
  const state = statesOf(edge).map((one) => `-${one}`).find((one) => lineStates.includes(one));
  return `arrow${state ?? ""}`;
}

function colourHead(edge) {
  const classes = edge.drawn.classList;
  if (edge.drawn.hasAttribute("marker-end")) {
    edge.drawn.setAttribute("marker-end", `url(#${classes.contains("lit") || classes.contains("walked") ? "arrow-lit" : arrowOf(edge)})`);
  }
}

// Draws dialogs, and moves and scales what it has drawn.
export class Canvas {
  constructor(view) {
    this.view = view;
    this.stage = document.getElementById("stage");
    this.world = document.getElementById("world");
    this.edges = document.getElementById("edges");
    this.nodes = document.getElementById("nodes");
    this.scale = 1;
    this.left = 0;
    this.top = 0;
    this.unfolded = new Set();
    this.listen();
  }

  // ---- drawing ----

  draw(dialog) {
    this.dialog = dialog;
    this.buttons = new Map();
    this.world.style.width = `${dialog.width}px`;
    this.world.style.height = `${dialog.height}px`;
    this.edges.setAttribute("viewBox", `0 0 ${dialog.width} ${dialog.height}`);
    this.edges.setAttribute("width", dialog.width);
    this.edges.setAttribute("height", dialog.height);
    const marker = (id) => drawing("marker", { id, viewBox: "0 0 8 8", refX: "7", refY: "4", markerWidth: "10", markerHeight: "10", markerUnits: "userSpaceOnUse", orient: "auto" },
      drawing("path", { d: "M0 0L8 4L0 8z", class: id }));
    this.edges.replaceChildren(drawing("defs", {}, ["", ...lineStates].map((state) => `arrow${state}`).map(marker)),
      ...dialog.edges.map((edge) => this.drawLine(edge)), ...dialog.edges.map((edge) => this.drawWords(edge)).filter((one) => one !== null));
    this.nodes.replaceChildren(...dialog.nodes.map((node) => this.drawNode(node)));
    const first = this.buttons.get(dialog.nodes[0]);
    first?.setAttribute("tabindex", "0");
  }

  drawLine(edge) {
    const from = this.dialog.nodes[edge.from];
    if (edge.to === undefined || edge.points.length === 0) {
      const x = from.left + nodeWidth;
      const y = from.top + nodeHeight / 2;
      edge.drawn = drawing("g", { class: ["edge", "to-end", ...statesOf(edge)].join(" ") },
        drawing("path", { d: `M${x} ${y}h14` }), drawing("circle", { cx: x + 19, cy: y, r: 5 }));
    } else {
      edge.drawn = drawing("path", { class: ["edge", ...statesOf(edge)].join(" "), d: pathOf(edge.points), "marker-end": `url(#${arrowOf(edge)})` });
    }
    const title = edge.words === undefined ? textsIn(this.view.language).always : conditionIn(this.view.language, edge.words);
    edge.drawn.append(drawing("title", {}, title));
    return edge.drawn;
  }

  drawWords(edge) {
    if (edge.words === undefined) {
      return null;
    }
    const words = conditionIn(this.view.language, edge.words).replaceAll("`", "");
    const label = [...conditionIn(this.view.language, edge.label).replaceAll("`", "")];
    const shown = label.length > longestLabel ? `${label.slice(0, longestLabel).join("")}…` : label.join("");
    return drawing("text", { class: "words", x: edge.x, y: edge.y + 4 }, drawing("title", {}, words), shown);
  }

  drawNode(node) {
    const texts = textsIn(this.view.language);
    const findings = findingsOf(node);
    const worst = findings.some((finding) => finding.severity === "error") ? "error" : "warning";
    const kind = texts.kinds[node.kind] ?? node.kind;
    const detail = node.entityType ?? (node.request === undefined ? undefined : node.request.method);
    const button = element("button", {
      type: "button", tabindex: "-1", "aria-label": this.labelOf(node), title: node.name,
      class: ["node", `kind-${node.kind}`, ...statesOf(node)].join(" "),
      onclick: () => this.view.select(node), onkeydown: (event) => this.onNodeKey(event, node),
    }, icon(node.kind), element("span", { class: "names" },
      element("span", { class: "name", dir: "auto" }, node.name),
      element("span", { class: "what" }, detail === undefined ? kind : `${kind} · ${detail}`)),
    findings.length === 0 ? null : element("span", { class: `mark ${worst}`, "aria-hidden": "true" }, findings.length > 9 ? "9+" : String(findings.length)));
    this.buttons.set(node, button);
    const item = element("div", { class: "place-of-node", role: "listitem" }, button);
    item.style.left = `${node.left}px`;
    item.style.top = `${node.top}px`;
    if (node.members.length > 0) {
      item.append(...this.drawMembers(node, texts));
    }
    return item;
  }

  drawMembers(node, texts) {
    const list = element("ul", { class: "members", hidden: !this.unfolded.has(node) }, node.members.map((member) => {
      const button = element("button", { type: "button", class: `member kind-${member.kind} ${statesOf(member).join(" ")}`, onclick: () => this.view.select(member) },
        icon(member.kind), element("span", { dir: "auto" }, member.name));
      this.buttons.set(member, button);
      return element("li", {}, button);
    }));
    const toggle = element("button", { type: "button", class: "unfold", "aria-expanded": String(this.unfolded.has(node)), "aria-label": texts.unfold(node.name), title: texts.contains },
      String(node.members.length));
    toggle.addEventListener("click", () => {
      const open = list.hidden;
      list.hidden = !open;
      toggle.setAttribute("aria-expanded", String(open));
      toggle.setAttribute("aria-label", open ? texts.fold(node.name) : texts.unfold(node.name));
      if (open) {
        this.unfolded.add(node);
      } else {
        this.unfolded.delete(node);
      }
    });
    return [toggle, list];
  }

  // What a screen reader says of a node: the lines are hidden from it.
  labelOf(node) {
    const texts = textsIn(this.view.language);
    const ways = node.out.map((edge) => {
      const target = edge.to === undefined ? texts.end : this.dialog.nodes[edge.to].name;
      return edge.words === undefined ? target : `${target} (${conditionIn(this.view.language, edge.words).replaceAll("`", "")})`;
    });
    const findings = findingsOf(node).length;
    return [`${texts.kinds[node.kind] ?? node.kind} ${node.name}`, ...statesOf(node).map((state) => texts[state]),
      findings === 0 ? "" : `${texts.findings}: ${findings}`, ways.length === 0 ? "" : `${texts.leadsTo}: ${ways.join(", ")}`]
      .filter((part) => part !== "").join(". ");
  }

  // ---- what is selected ----

  mark(node) {
    for (const [one, button] of this.buttons) {
      button.classList.toggle("selected", one === node);
      button.toggleAttribute("aria-current", one === node);
    }
    for (const edge of this.dialog.edges) {
      const near = node !== null && (this.dialog.nodes[edge.from] === node || (edge.to !== undefined && this.dialog.nodes[edge.to] === node));
      edge.drawn.classList.toggle("lit", near);
      colourHead(edge);
      if (near) {
        edge.drawn.parentNode.insertBefore(edge.drawn, this.edges.querySelector(".words"));
      }
    }
  }

  // The way that a conversation has taken, and where it is.
  walk(nodes, edges, here) {
    for (const [node, button] of this.buttons) {
      button.classList.toggle("walked", nodes.has(node));
      button.classList.toggle("here", node === here);
    }
    for (const edge of this.dialog.edges) {
      edge.drawn.classList.toggle("walked", edges.has(edge));
      colourHead(edge);
    }
    if (here !== null && here.dialog === this.dialog) {
      this.reveal(here);
    }
  }

  unfold(action) {
    if (!this.unfolded.has(action)) {
      this.buttons.get(action).parentNode.querySelector(".unfold").click();
    }
  }

  focus(node) {
    for (const button of this.buttons.values()) {
      if (button.classList.contains("node")) {
        button.setAttribute("tabindex", "-1");
      }
    }
    const button = this.buttons.get(node);
    button.setAttribute("tabindex", "0");
    button.focus({ preventScroll: true });
    this.reveal(node);
  }

  // ---- moving ----

  apply() {
    this.world.style.transform = `translate(${this.left}px, ${this.top}px) scale(${this.scale})`;
    document.getElementById("zoom-level").value = `${Math.round(this.scale * 100)} %`;
  }

  fit() {
    const room = this.stage.getBoundingClientRect();
    const scale = Math.min(room.width / this.dialog.width, room.height / this.dialog.height);
    this.scale = Math.min(1, Math.max(0.05, scale));
    this.left = (room.width - this.dialog.width * this.scale) / 2;
    this.top = Math.max(0, (room.height - this.dialog.height * this.scale) / 2);
    this.apply();
  }

  // A dialog is opened as a whole where it can be read so, else at its beginning.
  start() {
    this.fit();
    const room = this.stage.getBoundingClientRect();
    const legible = 0.6;
    if (this.scale < legible && this.dialog.nodes.length > 0) {
      this.scale = room.width < 700 ? 0.8 : 0.85;
      const first = this.dialog.nodes[0];
      this.left = room.width / 2 - (first.left + nodeWidth / 2) * this.scale;
      this.left = Math.min(0, Math.max(this.left, room.width - this.dialog.width * this.scale));
      this.left = this.dialog.width * this.scale < room.width ? (room.width - this.dialog.width * this.scale) / 2 : this.left;
      this.top = 24 - (first.top - 24) * this.scale;
      this.apply();
    }
  }

  zoomTo(scale, x, y) {
    const next = Math.min(3, Math.max(0.05, scale));
    this.left = x - (x - this.left) * (next / this.scale);
    this.top = y - (y - this.top) * (next / this.scale);
    this.scale = next;
    this.apply();
  }

  zoomBy(factor) {
    const room = this.stage.getBoundingClientRect();
    this.zoomTo(this.scale * factor, room.width / 2, room.height / 2);
  }

  // Moves as little as is needed for a node to be seen.
  reveal(node) {
    const room = this.stage.getBoundingClientRect();
    const edge = 30;
    const tools = 90; // the buttons at the bottom
    const place = node.action ?? node;
    const left = place.left * this.scale + this.left;
    const top = place.top * this.scale + this.top;
    const width = nodeWidth * this.scale;
    const height = nodeHeight * this.scale;
    this.left += left < edge ? edge - left : Math.min(0, room.width - edge - (left + width));
    this.top += top < edge ? edge - top : Math.min(0, room.height - tools - (top + height));
    this.apply();
  }

  // ---- pointers and keys ----

  listen() {
    let held = null;
    this.stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      const room = this.stage.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        this.zoomTo(this.scale * Math.exp(-event.deltaY / 300), event.clientX - room.left, event.clientY - room.top);
      } else {
        this.left -= event.shiftKey ? event.deltaY : event.deltaX;
        this.top -= event.shiftKey ? 0 : event.deltaY;
        this.apply();
      }
    }, { passive: false });
    this.stage.addEventListener("pointerdown", (event) => {
      if (event.button === 0 && event.target.closest("button, .zoom, .legend, .members") === null) {
        held = [event.clientX - this.left, event.clientY - this.top];
        this.stage.setPointerCapture(event.pointerId);
      }
    });
    this.stage.addEventListener("pointermove", (event) => {
      if (held !== null) {
        this.left = event.clientX - held[0];
        this.top = event.clientY - held[1];
        this.apply();
      }
    });
    for (const end of ["pointerup", "pointercancel"]) {
      this.stage.addEventListener(end, () => {
        held = null;
      });
    }
    // the browser would scroll to what has the focus, and move the canvas away from where it is thought to be
    this.stage.addEventListener("scroll", () => this.stage.scrollTo(0, 0));
  }

  onNodeKey(event, node) {
    const directions = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const direction = directions[event.key];
    if (direction === undefined) {
      return;
    }
    event.preventDefault();
    const next = this.nearest(node, direction);
    if (next !== null) {
      this.focus(next);
    }
  }

  // The node next to one in a direction: what is aside of the direction counts three times.
  nearest(node, [x, y]) {
    let best = null;
    let least = Infinity;
    for (const other of this.dialog.nodes) {
      const ahead = (other.left - node.left) * x + (other.top - node.top) * y;
      const aside = Math.abs((other.left - node.left) * y) + Math.abs((other.top - node.top) * x);
      if (other !== node && ahead > 0 && ahead + 3 * aside < least) {
        best = other;
        least = ahead + 3 * aside;
      }
    }
    return best;
  }
}
