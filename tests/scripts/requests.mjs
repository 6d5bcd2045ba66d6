// Runs the scripts of compiled artifacts in a JavaScript engine, with hostile answers, and shows
// that the requests they prepare hold each answer as one value:
//
//     node requests.mjs ARTIFACT.json...
//
// The platform's part is played here: it puts {{context.…}} into the request as it is.
import fs from "node:fs";
import vm from "node:vm";
import assert from "node:assert";

const hostile = [
  "plain", "O'Neil", '"quoted"', "back\\slash", "'; DROP TABLE Lead; --", "' OR Name != '", "{}", "{{context.x}}",
  "a&b=c?d#e/f", "100%", "%27", "new\nline", "tab\there", "Zürich 😀", "\u2028\u2029", "[x](y)", "--", "\\'", "\\",
  "<script>", "null", "undefined", "0", " spaces ", "'", '"', "\r\nX-Injected: 1", ".", "..", "(paren) AND *star* ~tilde^",
];
// A seeded generator adds strings that nobody thought of.
let seed = 20240601;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
const alphabet = "ab'\"\\{}[]()%&?=#+- \n\t/ü😀*~^:|!<>$;,.";
for (let i = 0; i < 700; i++) {
  const letters = Array.from(alphabet);
  hostile.push(Array.from({ length: 1 + (random() % 12) }, () => letters[random() % letters.length]).join(""));
}

const decode = (text) => decodeURIComponent(text);

function read(context, path) {
  return path.split(".").slice(1).reduce((value, key) => value?.[key], context);
}

/** What the platform makes of {{context.…}}: text as it is, objects as JSON. */
function substitute(text, context) {
  return text.replace(/\{\{(context\.[^}]*)\}\}/g, (whole, path) => {
    const value = read(context, path);
    return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}

function run(script, context) {
  const printed = [];
  const sandbox = vm.createContext({
    context, print: (text) => printed.push(text), koreUtil: { ClearAuthProfiles() {} }, env: {}, content: {},
  });
  vm.runInContext(script, sandbox, { timeout: 1000 });
  return printed;
}

/** Reads the SOQL string literals of a query; fails when a quote is left open. */
function soqlStrings(query) {
  const values = [];
  for (let i = 0; i < query.length; i++) {
    if (query[i] !== "'") continue;
    let value = "";
    for (i++; query[i] !== "'"; i++) {
      assert.ok(i < query.length, "a SOQL literal is not closed: " + query);
      if (query[i] === "\\") {
        const escapes = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
        value += escapes[query[++i]] ?? query[i];
      } else {
        value += query[i];
      }
    }
    values.push(value);
  }
  return values;
}

/** Undoes SOSL escapes; fails when a reserved character stands unescaped. */
function soslTerm(term) {
  let value = "";
  for (let i = 0; i < term.length; i++) {
    if (term[i] === "\\") {
      value += term[++i];
    } else {
      assert.ok(!"?&|!{}[]()^~*:\"'+-".includes(term[i]), "a reserved character in " + term);
      value += term[i];
    }
  }
  return value;
}

function members(artifact) {
  const components = Object.fromEntries(artifact.dialogComponents.map((c) => [c._id, c]));
  return artifact.dialogComponents
    .filter((c) => c.type === "botAction")
    .map((action) => action.nodes.map((node) => components[node.componentId]));
}

/** Every string of a JSON value. */
function strings(value) {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

let requests = 0;
function checkRequest(script, service, answer, entities) {
  const context = { entities: Object.fromEntries(entities.map((name) => [name, answer])) };
  run(decode(script.script), context);
  const path = substitute(decode(service.endPoint.path), context);
  const url = new URL("https://host" + path.replaceAll(" ", "%20"));
  const fixed = new URL("https://host" + decode(service.endPoint.path).replace(/\{\{[^}]*\}\}/g, "X").replaceAll(" ", "%20"));
  const shape = (u) => [u.pathname.split("/").length, [...u.searchParams.keys()].join(), u.hash].join("|");
  assert.equal(shape(url), shape(fixed), `${service.name}: ${JSON.stringify(answer)} changes the URL`);
  const headers = JSON.parse(substitute(service.headers.value, context));
  for (const value of Object.values(headers)) {
    assert.ok(!/[\r\n]/.test(value), "a line break in a header");
  }
  const query = url.searchParams.get("q");
  if (path.includes("/query?") && query.includes("WHERE")) {
    assert.ok(soqlStrings(query).includes(answer), `${service.name}: ${JSON.stringify(answer)} in ${query}`);
  } else if (path.includes("parameterizedSearch")) {
    assert.equal(soslTerm(query), answer);
  }
  const payload = substitute(decode(service.payload.value), context);
  const body = JSON.parse(payload);
  if (decode(service.payload.value).includes("{{")) {
    assert.ok(strings(body).some((text) => text.includes(answer)), `${service.name}: the body lost the answer`);
  }
  requests++;
}

/** Message scripts must not throw, whatever the answer looks like. */
function checkMessages(artifact) {
  const answers = [undefined, "", "<html>", [], {}, [{ message: "refused" }], { urls: null }, null, 5];
  const services = artifact.dialogComponents.filter((c) => c.type === "service").map((c) => c.name);
  for (const component of artifact.dialogComponents) {
    for (const entry of component.message ?? []) {
      for (const { text, type } of Object.values(entry.localeData)) {
        if (type !== "uxmap") continue;
        for (const body of answers) {
          const context = { entities: {}, session: {} };
          for (const name of services) context[name] = { response: { statusCode: 200, body } };
          const printed = run(decode(text), context);
          assert.equal(printed.length, 1, component.name + " prints one message");
          assert.ok(!/undefined|\[object Object\]/.test(printed[0]), component.name + ": " + printed[0]);
        }
        run(decode(text), { entities: {} });
      }
    }
  }
}

for (const file of process.argv.slice(2)) {
  const artifact = JSON.parse(fs.readFileSync(file, "utf8"));
  const entities = artifact.dialogComponents.filter((c) => c.type === "entity").map((c) => c.name);
  for (const group of members(artifact)) {
    const service = group.find((c) => c.type === "service");
    const script = group.find((c) => c.type === "script");
    if (!service || !script) continue;
    for (const answer of hostile) {
      checkRequest(script, service, answer, entities);
    }
  }
  checkMessages(artifact);
}
console.log(`${requests} requests checked`);
assert.ok(requests > 0);
