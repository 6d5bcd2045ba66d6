// What generated scripts say and decide: outcomes by error code, failures in words, caps of lists,
// answers that are refused by their length.
//
//     node outcomes.mjs outcomes.dialog.json
import fs from "node:fs";
import assert from "node:assert";
import { decode, run } from "./platform.mjs";

const artifact = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const component = (name) => artifact.dialogComponents.find((c) => c.name === name);
const message = (name, locale) => decode(component(name).message[0].localeData[locale].text);
const script = (name) => decode(component(name).script);
let count = 0;
const check = (actual, expected, what) => {
  assert.deepEqual(actual, expected, what);
  count++;
};

// outcomes: the variable that the transitions look at
const answered = (statusCode, body) => ({ entities: {}, createService: { response: { statusCode, body } } });
const outcome = (statusCode, body) => {
  const context = answered(statusCode, body);
  run(script("createOutcome"), context);
  return context.createOutcome;
};
for (const [code, key] of [
  ["REQUIRED_FIELD_MISSING", "missingField"], ["DUPLICATES_DETECTED", "duplicate"], ["DUPLICATE_VALUE", "duplicate"],
  ["INVALID_EMAIL_ADDRESS", "invalidEmail"], ["ENTITY_IS_DELETED", "deleted"], ["CANNOT_UPDATE_CONVERTED_LEAD", "converted"],
  ["INSUFFICIENT_ACCESS", "noAccess"], ["INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "noAccess"], ["API_DISABLED_FOR_ORG", "noAccess"],
  ["REQUEST_LIMIT_EXCEEDED", "limitExceeded"], ["STORAGE_LIMIT_EXCEEDED", "limitExceeded"], ["UNABLE_TO_LOCK_ROW", ""], ["constructor", ""],
]) {
  const body = [{ message: "m", errorCode: code }];
  check(outcome(400, body), key, code);
  check(outcome(400, JSON.stringify(body)), key, code + " as text");
}
for (const body of [undefined, null, "", "<html>", {}, [], [null], { error: "invalid_grant" }, { id: "x", success: true }]) {
  check(outcome(200, body), "", JSON.stringify(body));
}

// failures in words
const said = (locale, statusCode, body) => run(message("refused", locale), answered(statusCode, body))[0];
check(said("en", 400, [{ message: "m", errorCode: "REQUIRED_FIELD_MISSING", fields: ["Email", "Phone"] }]), "Refused: a required value is missing: Email, Phone");
check(said("de", 400, [{ message: "m", errorCode: "REQUIRED_FIELD_MISSING", fields: [] }]), "Abgelehnt: es fehlt ein Pflichtwert");
check(said("en", 401, [{ message: "m", errorCode: "INVALID_SESSION_ID" }]), "Refused: the login to Salesforce has expired");
check(said("en", 400, [{ message: "Row locked", errorCode: "UNABLE_TO_LOCK_ROW" }]), "Refused: Row locked");
check(said("en", 400, { error: "invalid_grant", error_description: "expired token" }), "Refused: expired token");
check(said("en", 503, "<html>"), "Refused: the service answered with status 503");
check(said("de", undefined, undefined), "Abgelehnt: der Dienst hat nicht geantwortet");

// caps
const records = (n) => Array.from({ length: n }, (_, i) => ({ Id: String(i), Name: "n" + i }));
const text = (name, locale, service, body) => {
  const payload = JSON.parse(run(message(name, locale), { entities: {}, [service]: { response: { statusCode: 200, body } } })[0]).payload;
  return [payload.text, payload.elements.length];
};
check(text("searched", "en", "searchService", { searchRecords: records(3) }), ["Found.", 3]);
check(text("searched", "en", "searchService", { searchRecords: records(4) }), ["Found.\nThe first 3 of 4 are shown.", 3]);
check(text("searched", "de", "searchService", { searchRecords: records(5) }), ["Gefunden.\nGezeigt werden die ersten 3 von 5.", 3]);
check(text("queried", "en", "queryService", { totalSize: 4, records: records(4) }), ["Queried.", 4]);
check(text("queried", "en", "queryService", { totalSize: 5, records: records(5) }), ["Queried.\nThere may be more.", 5]);
check(text("queried", "en", "queryService", { totalSize: 4000, records: records(5), nextRecordsUrl: "/x" }), ["Queried.\nThe first 5 of 4000 are shown.", 5]);
check(text("recent", "de", "recentService", { recentItems: records(7) }), ["Zuletzt.\nGezeigt werden die ersten 2 von 7.", 2]);
check(text("recent", "en", "recentService", {}), ["Recent.", 0]);

// answers that are refused: forgotten, said why, asked again
const refuse = (entities) => {
  const context = { entities };
  run(script("answerCheckScript"), context);
  return [context.refused, context.entities, run(message("answerRefused", "en"), context)[0]];
};
const long = "x".repeat(81);
check(refuse({ name: long, word: "ok" }), [{ name: "name", most: 80 }, { word: "ok" }, "That is too long: please use at most 80 characters."]);
check(refuse({ name: "Ada", word: "x" }), [{ name: "word", most: 0 }, { name: "Ada" }, "That is too short to search for: please enter at least two characters."]);
check(refuse({ name: "Ada", word: "xy" }), [{}, { name: "Ada", word: "xy" }, "That is too short to search for: please enter at least two characters."]);
run(message("answerRefused", "de"), { entities: {} });

// and the transitions that lead there and back
const dialog = artifact.dialogs[0];
const node = (name) => dialog.nodes.find((n) => n.componentId === component(name)._id);
const ways = (name) => node(name).transitions.map((t) => (t.if ? [t.if.context, t.if.op, t.if.value, t.then] : t.default));
check(ways("name"), [["context.entities.name.length", "gt", "80", node("answerCheck").nodeId], node("word").nodeId]);
check(ways("word"), [["context.entities.word.length", "eq", "1", node("answerCheck").nodeId], node("createAction").nodeId]);
check(ways("answerCheck"), [node("answerRefused").nodeId]);
check(ways("answerRefused"), [["context.refused.name", "eq", "name", node("name").nodeId], node("word").nodeId]);

// an end user's expired login: forgotten, and the call made once more; then it is a failure as any other
const login = { entities: {} };
const tries = [1, 2, 3].map(() => (run(script("createLoginScript"), login), login.createLogin));
check(tries, ["again", "", "again"]);
check(ways("createLogin"), [["context.createLogin", "eq", "again", node("createAction").nodeId], node("refused").nodeId]);
check(ways("createAction").map((way) => (Array.isArray(way) ? way.slice(0, 3).join(" ") : "")), [
  "context.createService.response.statusCode dne ", "context.createOutcome eq duplicate", "context.createService.response.statusCode eq 401",
  "context.createService.response.statusCode gte 400", "",
]);
console.log(`${count} passed, 0 failed`);
