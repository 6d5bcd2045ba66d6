// `dialogc mock-salesforce` answers jsforce, a Salesforce client, as an organisation would.
//
//     node --test server.mjs        with DIALOGC set to the program
import assert from "node:assert";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import jsforce from "jsforce";

const program = process.env.DIALOGC ?? "dialogc";
let folder;
let child;
let url;
let connection;

/** Starts a server and gives its address. */
function start(...options) {
  child = spawn(program, ["mock-salesforce", "--port", "0", "--quiet", "--token", "given", ...options], { cwd: folder });
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /listening on (\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    child.on("exit", (code) => reject(new Error(`the server ends with ${code}`)));
  });
}

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "dialogc-server-"));
  const records = path.join(folder, "org.yaml");
  fs.writeFileSync(records, "Account:\n  - {Id: 0015g00000AbCdEAAV, Name: Example Ltd, Industry: Energy}\n");
  url = await start("--org", records);
  const oauth2 = new jsforce.OAuth2({ loginUrl: url, clientId: "client", clientSecret: "secret", redirectUri: "http://localhost/" });
  const token = await oauth2.refreshToken("any");
  assert.strictEqual(token.instance_url, url);
  connection = new jsforce.Connection({ instanceUrl: token.instance_url, accessToken: token.access_token, version: "62.0" });
});

after(async () => {
  child.removeAllListeners("exit");
  const code = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGTERM");
  assert.strictEqual(await code, 0);
  fs.rmSync(folder, { recursive: true });
});

/** The error of a call that must fail. */
async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return { code: error.errorCode, message: error.message };
  }
  assert.fail("it should have failed");
}

test("create, retrieve, update, query, destroy", async () => {
  const lead = connection.sobject("Lead");
  const made = await lead.create({ FirstName: "Ada", LastName: "O'Neil \"x\" \\", Company: "Acme & Söhne" });
  assert.deepStrictEqual([made.success, made.errors, made.id.length, made.id.slice(0, 3)], [true, [], 18, "00Q"]);
  const record = await lead.retrieve(made.id);
  assert.deepStrictEqual(
    [record.Id, record.Name, record.Company, record.Status, record.IsConverted, record.Title],
    [made.id, "Ada O'Neil \"x\" \\", "Acme & Söhne", "Open - Not Contacted", false, null]);
  assert.strictEqual(record.attributes.url, `/services/data/v62.0/sobjects/Lead/${made.id}`);
  assert.strictEqual((await lead.update({ Id: made.id, Title: "Engineer" })).success, true);
  const found = await lead.find({ Company: "Acme & Söhne", LastName: { $like: "O'Neil \"x%" } }, ["Id", "Title"]);
  assert.deepStrictEqual(found.map((r) => [r.Id, r.Title]), [[made.id, "Engineer"]]);
  assert.strictEqual((await lead.retrieve(made.id.slice(0, 15))).Id, made.id);
  assert.strictEqual((await lead.destroy(made.id)).success, true);
  assert.deepStrictEqual(await failure(lead.retrieve(made.id)), { code: "ENTITY_IS_DELETED", message: "entity is deleted" });
  assert.strictEqual((await connection.query(`SELECT Id FROM Lead WHERE Id = '${made.id}'`)).totalSize, 0);
});

test("relationships, order, limits, aggregates", async () => {
  const account = "0015g00000AbCdEAAV";
  for (const [Name, Amount, CloseDate] of [["B", 20, "2026-03-01"], ["A", 10.5, "2026-01-31"], ["C", null, "2026-12-31"]]) {
    const made = await connection.sobject("Opportunity").create({ Name, Amount, CloseDate, StageName: "Prospecting", AccountId: account });
    assert.strictEqual(made.success, true);
  }
  const rows = await connection.query("SELECT Name, Account.Name FROM Opportunity WHERE Account.Industry = 'Energy' AND CloseDate < 2026-12-01 ORDER BY Name LIMIT 5");
  assert.deepStrictEqual(rows.records.map((r) => [r.Name, r.Account.Name]), [["A", "Example Ltd"], ["B", "Example Ltd"]]);
  const sums = await connection.query("SELECT StageName, COUNT(Id) n, SUM(Amount) total FROM Opportunity GROUP BY StageName");
  assert.deepStrictEqual(sums.records.map((r) => [r.StageName, r.n, r.total]), [["Prospecting", 3, 30.5]]);
  assert.strictEqual((await connection.query("SELECT COUNT() FROM Opportunity WHERE NOT (Name LIKE 'a%' OR Amount = NULL)")).totalSize, 1);
  assert.deepStrictEqual((await connection.query("SELECT Name FROM Opportunity WHERE Name IN ('A', 'C') ORDER BY Amount DESC NULLS LAST OFFSET 1")).records.map((r) => r.Name), ["C"]);
});

test("search", async () => {
  await connection.sobject("Contact").create({ FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com" });
  const found = await connection.search("FIND {Hopp*} IN ALL FIELDS RETURNING Contact(Id, LastName), Lead(Id)");
  assert.deepStrictEqual(found.searchRecords.map((r) => [r.attributes.type, r.LastName]), [["Contact", "Hopper"]]);
});

test("upsert, describe, the list of objects", async () => {
  const contact = connection.sobject("Contact");
  const created = await contact.upsert({ LastName: "Turing", Email: "alan@example.com" }, "Email");
  const changed = await contact.upsert({ FirstName: "Alan", LastName: "Turing", Email: "alan@example.com" }, "Email");
  assert.deepStrictEqual([created.created, changed.created, changed.id], [true, false, created.id]);
  assert.strictEqual((await contact.retrieve(created.id)).Name, "Alan Turing");
  const describe = await connection.sobject("Lead").describe();
  const status = describe.fields.find((f) => f.name === "Status");
  assert.deepStrictEqual([status.type, status.picklistValues.map((v) => v.value)[0]], ["picklist", "Open - Not Contacted"]);
  const all = await connection.describeGlobal();
  assert.ok(all.sobjects.some((o) => o.name === "Account" && o.keyPrefix === "001"));
});

test("refusals have the codes of Salesforce", async () => {
  const lead = connection.sobject("Lead");
  assert.deepStrictEqual(await failure(lead.create({ FirstName: "Ada" })), { code: "REQUIRED_FIELD_MISSING", message: "Required fields are missing: [LastName, Company]" });
  assert.strictEqual((await failure(lead.create({ LastName: "x".repeat(81), Company: "c" }))).code, "STRING_TOO_LONG");
  assert.strictEqual((await failure(lead.create({ LastName: "x", Company: "c", Email: "nobody" }))).code, "INVALID_EMAIL_ADDRESS");
  assert.strictEqual((await failure(lead.create({ LastName: "x", Company: "c", Surname: "y" }))).code, "INVALID_FIELD");
  assert.strictEqual((await failure(lead.create({ LastName: "x", Company: "c", IsConverted: true }))).code, "INVALID_FIELD_FOR_INSERT_UPDATE");
  assert.strictEqual((await failure(lead.create({ LastName: "x", Company: "c", OwnerId: "00Q" }))).code, "MALFORMED_ID");
  assert.strictEqual((await failure(lead.retrieve("00Q5g00000DZ0d4XXX"))).code, "MALFORMED_ID");
  assert.strictEqual((await failure(lead.retrieve("00Q5g00000DZ0d4EAD"))).code, "NOT_FOUND");
  await lead.create({ LastName: "Same", Company: "Same Ltd", Email: "same@example.com" });
  assert.strictEqual((await failure(lead.create({ LastName: "Other", Company: "Other Ltd", Email: "same@example.com" }))).code, "DUPLICATES_DETECTED");
  assert.strictEqual((await failure(connection.query("SELECT Nothing FROM Lead"))).code, "INVALID_FIELD");
  assert.strictEqual((await failure(connection.query("SELECT FROM Lead"))).code, "MALFORMED_QUERY");
  const stranger = new jsforce.Connection({ instanceUrl: url, accessToken: "stale", version: "62.0" });
  assert.strictEqual((await failure(stranger.query("SELECT Id FROM Lead"))).code, "INVALID_SESSION_ID");
});

test("what no client sends is refused, and the server goes on", async () => {
  const headers = { authorization: "Bearer given", "content-type": "application/json" };
  const post = (body) => fetch(`${url}/services/data/v62.0/sobjects/Lead`, { method: "POST", headers, body });
  assert.strictEqual((await post("{\"a\":")).status, 400);
  assert.strictEqual((await post("[".repeat(100000))).status, 400);
  assert.strictEqual((await post("x".repeat(17 * 1024 * 1024))).status, 413);
  assert.strictEqual((await fetch(`${url}/services/data/v62.0/sobjects/%ff%00/../..`, { headers })).status, 404);
  assert.strictEqual((await fetch(`${url}/services/data/v62.0/query`, { headers, method: "DELETE" })).status, 405);
  assert.strictEqual((await fetch(`${url}/services/oauth2/userinfo`, { headers })).status, 200);
});
