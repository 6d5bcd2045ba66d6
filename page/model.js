// The data of the page, and what follows from it.
export function readData(text) {
  const data = JSON.parse(text);
  data.dialogs.forEach((dialog, number) => {
    dialog.number = number;
    dialog.calls = [...new Set(dialog.nodes.map((node) => node.calls).filter((called) => called !== undefined))];
    dialog.nodes.forEach((node, index) => prepareNode(dialog, node, index));
    dialog.edges.forEach((edge) => {
      dialog.nodes[edge.from].out.push(edge);
      if (edge.to !== undefined) {
        dialog.nodes[edge.to].into.push(edge);
      }
    });
  });
  data.dialogs.forEach((dialog) => {
    dialog.calledBy = data.dialogs.filter((other) => other.calls.includes(dialog.number)).map((other) => other.number);
  });
  return data;
}

function prepareNode(dialog, node, index) {
  Object.assign(node, { dialog, index, out: [], into: [] });
  node.members.forEach((member) => Object.assign(member, { dialog, index, action: node, out: [], into: [], members: [] }));
}

export function findingsOf(node) {
  return node.findings.concat(node.members.flatMap((member) => member.findings));
}

// All that a search looks through, in small letters.
function wordsOf(node) {
  const parts = [node.name, node.kind, node.script, node.entityType, node.request?.url, node.request?.body];
  node.texts.forEach((text) => parts.push(text.script ? JSON.stringify(text.shown ?? "") : text.text));
  (node.choices ?? []).forEach((choice) => parts.push(choice.title, choice.value));
  return parts.filter((part) => part !== undefined).join("\n").toLowerCase();
}

// Nodes and dialogs that have all the words of a query: names first.
export function searchFor(data, query) {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = [];
  if (words.length === 0) {
    return found;
  }
  for (const dialog of data.dialogs) {
    if (words.every((word) => dialog.name.toLowerCase().includes(word))) {
      found.push({ dialog, rank: 0 });
    }
    for (const node of dialog.nodes.flatMap((one) => [one, ...one.members])) {
      node.words ??= wordsOf(node);
      if (words.every((word) => node.words.includes(word))) {
        found.push({ dialog, node, rank: words.every((word) => node.name.toLowerCase().includes(word)) ? 1 : 2 });
      }
    }
  }
  return found.sort((a, b) => a.rank - b.rank);
}
