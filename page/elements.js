// Making elements. Whatever a bot says is text here, never markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value === true) {
      made.setAttribute(key, "");
    } else if (value !== false && value !== undefined && value !== null) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function drawing(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children.flat());
  return made;
}

const shapes = {
  intent: "M4 4h12v9H9l-4 3v-3H4z",
  entity: "M4 6h12v8H4zM7 9v2",
  message: "M3 5h14v8H9l-4 3v-3H3z",
  confirm: "M4 10l4 4 8-9",
  action: "M10 3l6 4v6l-6 4-6-4V7z",
  script: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  service: "M3 7h11l-3-3M17 13H6l3 3",
  logic: "M10 3l7 7-7 7-7-7z",
  dialog: "M4 4h9v9H4zM8 16h8V8",
  transfer: "M10 9a3 3 0 100-6 3 3 0 000 6zM4 17c0-4 3-6 6-6s6 2 6 6",
  form: "M5 3h10v14H5zM8 7h4M8 10h4M8 13h4",
};

// The picture of a kind of node: the kinds differ in shape, not in colour alone.
export function icon(kind) {
  const path = drawing("path", { d: shapes[kind] ?? "M10 4a6 6 0 100 12 6 6 0 000-12z" });
  return drawing("svg", { viewBox: "0 0 20 20", class: "shape", "aria-hidden": "true" }, path);
}
