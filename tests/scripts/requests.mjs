// Property tests: with thousands of hostile answers, the requests that compiled artifacts prepare hold
// each answer as one value, exactly as it was given, by parsers of SOQL, SOSL, JSON, forms, XML and URLs
// that know nothing of the compiler:
//
//     node requests.mjs ARTIFACT.json...
import fs from "node:fs";
import assert from "node:assert";
import { actions, decode, request, run } from "./platform.mjs";
import { parseSoql } from "./soql.mjs";

const MARK = "plainword"; // what the answers are compared with
const GENERATED = Number(process.env.GENERATED ?? 2000);

const hostile = [
  "plain", "O'Neil", '"quoted"', "back\\slash", "'; DROP TABLE Lead; --", "' OR Name != '", "' OR Name LIKE '%", "{}", "{{context.x}}",
  "a&b=c?d#e/f", "100%", "%27", "_", "50%_off", "\\%", "\\_", "\\'", "\\", "\\\\'", "new\nline", "tab\there", "Zürich 😀", "\u2028\u2029",
  "[x](y)", "Smith AND Jones", "and", "not", "x or y, OR NOT z", "--", "<script>", "null", "undefined", "TODAY", "true", "0", "-1", "1e5", " spaces ", "'", '"', "''", "') OR (Name = '",
  "\r\nX-Injected: 1", ".", "..", "(paren) AND *star* ~tilde^", "${name}", "$&", "$1", "$'", "2026-01-01", "2026-01-01' OR Name != '",
  "/../../services/data", "?fields=Id", "%00", "\u0000", "FIND {x} IN ALL FIELDS", "a AND b OR NOT c",
];
// A seeded generator adds strings that nobody thought of.
let seed = 20240601;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
const alphabet = Array.from("ab'\"\\{}[]()%_&?=#+- \n\t/ü😀*~^:|!<>$;,.0");
for (let i = 0; i < GENERATED; i++) {
  hostile.push(Array.from({ length: 1 + (random() % 12) }, () => alphabet[random() % alphabet.length]).join(""));
}

/** An object whose every part, however deep, is `answer`: what a hostile service would answer. */
function anything(answer) {
  return new Proxy({}, {
    get: (_, key) => (key === Symbol.toPrimitive || key === "toString" || key === "toJSON" ? () => answer : anything(answer)),
  });
}

function contextWith(answer, entities, services) {
  const context = { entities: Object.fromEntries(entities.map((name) => [name, answer])), session: { UserContext: anything(answer) } };
  for (const name of services) context[name] = { response: { statusCode: 200, body: anything(answer) } };
  return context;
}

/** `actual` is `plain` with the answer in place of the mark; a converted value may have another type. */
function compare(plain, actual, answer, where) {
  if (typeof plain === "string") {
    const converted = typeof actual === "number" || typeof actual === "boolean";
    if (plain === MARK && (converted || actual === answer + "T00:00:00Z")) return;
    assert.equal(actual, plain.replaceAll(MARK, () => answer), where);
  } else if (plain !== null && typeof plain === "object") {
    assert.deepEqual(Object.keys(actual), Object.keys(plain), where);
    for (const key of Object.keys(plain)) compare(plain[key], actual[key], answer, where);
  } else if (typeof plain === "boolean") {
    assert.equal(typeof actual, "boolean", where); // written by the author, or converted
  } else {
    assert.deepEqual(actual, plain, where);
  }
}

/** The shape of a parsed query, and its values one by one. */
function compareQueries(plain, actual, answer, where) {
  const values = [];
  const shape = (query, collect) =>
    JSON.stringify(query, (key, value) => (key === "values" || key === "limit" || key === "offset" ? collect(value) && "…" : value));
  const before = shape(plain, (value) => values.push(value));
  const others = [];
  assert.equal(shape(actual, (value) => others.push(value)), before, where + " changes the query");
  values.flat().forEach((value, i) => {
    const other = others.flat()[i];
    if (value.type !== "text" || !value.text.includes(MARK)) {
      // written by the author, or converted: a count, true or false
      assert.equal(other.type, value.type, where);
      assert.ok(other.text === value.text || /^(\d+|true|false)$/.test(other.text), where);
    } else if (other.type === "text") {
      const wanted = value.parts.map((p) => (typeof p === "string" ? p : `\0${p.wildcard}`)).join("").replaceAll(MARK, () => answer);
      assert.equal(other.parts.map((p) => (typeof p === "string" ? p : `\0${p.wildcard}`)).join(""), wanted, where);
    } else {
      assert.ok(["number", "date", "datetime"].includes(other.type), `${where}: ${JSON.stringify(other)}`);
    }
  });
  assert.equal(values.flat().length, others.flat().length, where);
}

/** Undoes SOSL escapes; fails when a reserved character, or a word that is an operator, is bare. */
function soslTerm(term, isPhrase = false) {
  let value = "";
  for (const word of isPhrase ? [] : term.split(/[\s,;.]+/)) {
    assert.ok(!/^(and|or|not)$/i.test(word), "an operator in " + term);
  }
  for (let i = 0; i < term.length; i++) {
    const quoted = /^"(and|or|not)"/i.exec(term.slice(i));
    if (quoted) { // the way that the reference names
      value += quoted[1];
      i += quoted[0].length - 1;
      continue;
    }
    if (term[i] === "\\") {
      value += term[++i];
    } else {
      assert.ok(!"?&|!{}[]()^~*:\"'+-".includes(term[i]), "a reserved character in " + term);
      value += term[i];
    }
  }
  return value;
}

/** The parts of queries.yaml's search: what is searched for in three places, and the rest as SOQL. */
function parseSosl(search) {
  const braces = /^FIND \{((?:[^\\}]|\\[^])*)\} IN NAME FIELDS RETURNING (\w+)\(([^]*)\)$/.exec(search);
  assert.ok(braces, "no search: " + search);
  const terms = /^((?:[^\\(]|\\[^])*?) OR "((?:[^\\"]|\\[^])*)" AND NOT \(x1 ((?:[^\\)]|\\[^])*)\)$/.exec(braces[1]);
  assert.ok(terms, "operators in " + search);
  const [fields, conditions] = braces[3].split(/ WHERE ([^]*)/);
  return {
    terms: [soslTerm(terms[1]), soslTerm(terms[2], true), soslTerm(terms[3])],
    query: parseSoql(`SELECT ${fields} FROM ${braces[2]} WHERE ${conditions}`),
  };
}

/** Elements with attributes and text, by a reader that accepts what the golden bodies have and no more. */
function parseXml(text) {
  const unescape = (value) => {
    assert.ok(!/[<>"']|&(?!#\d+;)/.test(value), "a character that is not escaped in " + value);
    return value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  };
  const parts = text.split(/(<\/?[a-z]+(?: [a-z]+=(?:"[^"]*"|'[^']*'))*>)/);
  return parts.map((part, i) => {
    if (i % 2 === 0) return unescape(part);
    const [name] = /^<\/?[a-z]+/.exec(part);
    return [name, ...Array.from(part.matchAll(/ ([a-z]+)=(["'])(.*?)\2/gs), ([, key, , value]) => [key, unescape(value)])];
  });
}

const mediaType = (headers) =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "application/json";

/** The body as its media type says. */
function parseBody({ headers, body }) {
  const type = mediaType(headers);
  if (/form-urlencoded/i.test(type)) {
    assert.match(body, /^[A-Za-z0-9\-_.!~*'()%=&]*$/);
    return [...new URLSearchParams(body)];
  }
  if (/xml/.test(type)) return parseXml(body);
  return /json/.test(type) ? JSON.parse(body) : body;
}

/** XML has no place for some characters. */
const inBody = ({ headers }, answer) =>
  /xml/.test(mediaType(headers)) ? answer.replace(/[^\t\n\r\u0020-\uFFFD]/g, "") : answer;

/** A path segment that would climb is replaced by something that looks like it. */
const safeSegment = (answer) => (answer === "." || answer === ".." ? answer.replaceAll(".", "\u2024") : answer);

let requests = 0;
function checkRequest(group, answer, entities, services) {
  const name = group.find((c) => c.type === "service").name;
  const where = `${name}: ${JSON.stringify(answer)}`;
  const plain = request(group, contextWith(MARK, entities, services));
  const actual = request(group, contextWith(answer, entities, services));
  const [plainUrl, url] = [plain, actual].map((r) => new URL("https://host" + r.path));
  const segments = (u) => u.pathname.split("/").map(decodeURIComponent);
  compare(segments(plainUrl), segments(url), safeSegment(answer), where + " changes the path");
  assert.equal(url.hash, plainUrl.hash, where);
  assert.deepEqual([...url.searchParams.keys()], [...plainUrl.searchParams.keys()], where + " changes the URL");
  for (const [key, value] of plainUrl.searchParams) {
    const other = url.searchParams.get(key);
    if (plainUrl.pathname.endsWith("/query")) {
      compareQueries(parseSoql(value), parseSoql(other), answer, where);
    } else if (plainUrl.pathname.endsWith("/search")) {
      const [wanted, found] = [parseSosl(value), parseSosl(other)];
      assert.deepEqual(found.terms, wanted.terms.map((term) => term.replaceAll(MARK, () => answer)), where);
      compareQueries(wanted.query, found.query, answer, where);
    } else if (plainUrl.pathname.endsWith("/parameterizedSearch") && key === "q") {
      assert.equal(soslTerm(other), soslTerm(value).replaceAll(MARK, () => answer), where);
    } else {
      assert.equal(other, value.replaceAll(MARK, () => safeSegment(answer)), where);
    }
  }
  for (const value of Object.values(actual.headers)) {
    assert.ok(!/[\r\n]/.test(value), "a line break in a header");
  }
  compare(parseBody(plain), parseBody(actual), inBody(actual, answer), where + " changes the body");
  requests++;
}

/** What a service or variable may say that is no link, or one that nobody should follow. */
const links = [
  "javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
  "\u0001javascript:alert(1)", "\u202ejavascript:alert(1)", "\u00a0javascript:alert(1)", "&#106;avascript:alert(1)",
  "javascript&colon;alert(1)", "javascript://https://example.com/%0aalert(1)", "vbscript:msgbox", "data:text/html,<script>",
  "data:image/svg+xml,<svg onload=alert(1)>", "file:///etc/passwd", "blob:https://example.com/1", "intent://x#Intent;end",
  "//evil.example.com", "/path", "", "https", "x\nhttps://example.com", "ms-word:ofe|u|https://x", "javascript.x:alert(1)",
];
// These are links, but must not end where they are, and begin another one.
const escaping = ["https://a.example.com/) [y](javascript:alert(1))", 'https://a.example.com/"><a href="javascript:alert(1)">'];
const followed = /^(https?:\/\/|mailto:|tel:|sms:)/i;

/** A list of one record, whose every part is again that list, and reads as `answer`. */
function everything(answer) {
  const self = new Proxy({}, {
    get: (_, key) =>
      key === "length" ? 1 : key === Symbol.toPrimitive || key === "toString" || key === "toJSON" ? () => answer : self,
  });
  return self;
}

/** Each link of a printed message: in the members of a template, or in Markdown and HTML. */
function linksOf(value, key = "") {
  if (typeof value === "string" && key === "") {
    return Array.from(value.matchAll(/\]\(([^)]*)\)|href="([^"]*)"/g), (m) => m[1] ?? m[2]).filter((link) => link !== "");
  }
  if (typeof value === "string") return /url/.test(key) ? [value] : [];
  return Object.entries(value ?? {}).flatMap(([k, v]) => linksOf(v, k));
}

let linksChecked = 0;
function checkLinks(artifact) {
  const names = artifact.dialogComponents.map((c) => c.name);
  for (const component of artifact.dialogComponents) {
    const texts = (component.message ?? []).flatMap((m) => Object.values(m.localeData)).filter((t) => t.type === "uxmap");
    for (const { text } of texts) {
      const unfixed = /link\(/.test(decode(text));
      for (const answer of [...links, ...escaping, "https://good.example.com/", "www.example.com/x", "MAILTO:a@example.com"]) {
        const context = { entities: everything(MARK), session: { UserContext: everything(answer) } };
        for (const name of names) context[name] = { response: { statusCode: 200, body: everything(answer) } };
        const variables = everything(answer);
        const [printed] = run(decode(text), context, variables);
        const isTemplate = printed.startsWith("{");
        if (!isTemplate && !unfixed) continue; // words of a service, which are not made a link
        const found = linksOf(isTemplate ? JSON.parse(printed) : printed);
        for (const link of found) assert.match(link, followed, component.name + ": " + JSON.stringify(answer));
        if (unfixed && !links.includes(answer)) assert.ok(found.length > 0, component.name + " shows " + answer);
        linksChecked += found.length;
      }
    }
  }
}

/** Message scripts must not throw, whatever the answer looks like. */
function checkMessages(artifact) {
  const answers = [undefined, "", "<html>", [], {}, [{ message: "refused" }], [{ errorCode: "DUPLICATES_DETECTED", fields: ["Name"] }], { urls: null }, null, 5];
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
  const services = artifact.dialogComponents.filter((c) => c.type === "service").map((c) => c.name);
  for (const group of actions(artifact)) {
    const place = group.findIndex((c) => c.type === "service");
    if (place < 1) continue; // nothing of the conversation is in the request
    for (const answer of hostile) {
      checkRequest(group, answer, entities, services);
    }
  }
  checkMessages(artifact);
  checkLinks(artifact);
}
console.log(`${requests} requests and ${linksChecked} links checked`);
assert.ok(requests > 0);
