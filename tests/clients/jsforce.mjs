// Compares the requests of compiled service nodes with those of jsforce, a Salesforce client: both go to
// one recording server on the loopback interface, and method, path, query and body must mean the same.
//
//     node --test jsforce.mjs        with DIALOGC set to the program
import assert from "node:assert";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import jsforce from "jsforce";
import { actions, request } from "../scripts/platform.mjs";
import { parseSoql } from "../scripts/soql.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const recordId = "00Q5g00000DZ0d4EAD";
const answers = {
  recordId, lastName: "O'Neil \"Ada\"", company: "Acme & Söhne \\ 100% {x}", employees: 1234, email: "ada+1@example.com",
  word: "O'Neil & (Co) \"x\" {y} -z",
};

let server;
let recorded;
let connection;
let groups;

before(async () => {
  server = http.createServer((req, res) => {
    const chunks = [];
    req.on("data", (chunk) => chunks.push(chunk));
    req.on("end", () => {
      recorded.push({ method: req.method, url: req.url, body: Buffer.concat(chunks).toString("utf8"), type: req.headers["content-type"], authorization: req.headers.authorization });
      const post = req.method === "POST";
      const empty = req.method === "PATCH" || req.method === "DELETE";
      res.writeHead(post ? 201 : empty ? 204 : 200, { "content-type": "application/json" });
      res.end(empty ? "" : JSON.stringify(post ? { id: recordId, success: true, errors: [] } : { Id: recordId, totalSize: 0, done: true, records: [], searchRecords: [] }));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const instanceUrl = `http://127.0.0.1:${server.address().port}`;
  connection = new jsforce.Connection({ instanceUrl, accessToken: "token", version: "62.0" });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "dialogc-clients-"));
  const artifact = execFileSync(process.env.DIALOGC ?? "dialogc", ["build", "-o", "-", path.join(here, "operations.yaml")], { cwd: folder });
  fs.rmSync(folder, { recursive: true });
  const calls = actions(JSON.parse(artifact)).filter((group) => group.some((c) => c.type === "service"));
  groups = Object.fromEntries(calls.map((group) => [group.find((c) => c.type === "service").name, group]));
});

after(() => server.close());

/** Sends the request of a compiled service node, as the platform would; what the server saw. */
async function sendCompiled(name) {
  const { method, path: target, headers, body } = request(groups[name], { entities: answers, session: {} });
  recorded = [];
  const hasBody = method === "POST" || method === "PATCH";
  await fetch(`http://127.0.0.1:${server.address().port}${target}`, {
    method, headers: { ...headers, authorization: "Bearer token" }, body: hasBody ? body : undefined,
  });
  assert.equal(recorded.length, 1);
  return describe(recorded[0]);
}

async function sendClient(call) {
  recorded = [];
  await call();
  assert.equal(recorded.length, 1);
  return describe(recorded[0]);
}

/** A request in terms of its meaning: decoded path, query and JSON body. */
function describe({ method, url, body, type, authorization }) {
  const { pathname, searchParams } = new URL(url, "http://host");
  return {
    method, authorization, path: pathname.split("/").map(decodeURIComponent), query: Object.fromEntries(searchParams),
    body: body === "" ? null : JSON.parse(body), type: body === "" ? null : type?.split(";")[0],
  };
}

async function same(name, call) {
  assert.deepEqual(await sendCompiled(name), await sendClient(call));
}

test("create", () => same("createService", () => connection.sobject("Lead").create({
  LastName: answers.lastName, Company: answers.company, NumberOfEmployees: answers.employees, DoNotCall: true,
})));

test("update", () => same("updateService", () => connection.sobject("Lead").update({ Id: recordId, Company: answers.company, Rating: null })));

test("upsert", () => same("upsertService", () => connection.sobject("Contact").upsert({ LastName: answers.lastName, Email: answers.email }, "Email")));

test("retrieve", () => same("retrieveService", () => connection.sobject("Lead").retrieve(recordId, { fields: ["Id", "Name", "Company"] })));

test("destroy", () => same("destroyService", () => connection.sobject("Lead").destroy(recordId)));

test("query", async () => {
  const compiled = await sendCompiled("queryService");
  const escaped = answers.company.replace(/[\\']/g, "\\$&");
  const client = await sendClient(() => connection.query(`SELECT Id, Name FROM Lead WHERE Company = '${escaped}' AND NumberOfEmployees > 1234 LIMIT 5`));
  const meaning = ({ query, ...rest }) => ({ ...rest, query: parseSoql(query.q) });
  const values = (parsed) => JSON.parse(JSON.stringify(parsed, (key, value) => (key === "parts" ? undefined : value)));
  assert.deepEqual(values(meaning(compiled)), values(meaning(client)));
  assert.equal(meaning(compiled).query.where.and[0].values[0].text, answers.company);
});

test("search", async () => {
  const compiled = await sendCompiled("searchService");
  const escaped = answers.word.replace(/[?&|!{}[\]()^~*:\\"'+-]/g, "\\$&");
  const client = await sendClient(() => connection.search(`FIND {${escaped}} IN ALL FIELDS RETURNING Lead(Id, Name LIMIT 7)`));
  // the parameterized search says in parameters what the client says in SOSL
  const [, term, object, fields, limit] = /^FIND \{(.*)\} IN ALL FIELDS RETURNING (\w+)\((.*) LIMIT (\d+)\)$/.exec(client.query.q);
  assert.deepEqual(
    { q: term, sobject: object, [`${object}.fields`]: fields.replaceAll(" ", ""), [`${object}.limit`]: limit }, compiled.query);
  assert.deepEqual(
    { ...compiled, query: null, path: [...compiled.path.slice(0, -1), "search"] }, { ...client, query: null });
});
