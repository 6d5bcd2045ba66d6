// What becomes of answers on their way into fields of Salesforce: the table of docs/language.md, run
// through the script of a compiled artifact.
//
//     node conversions.mjs conversions.dialog.json
import fs from "node:fs";
import assert from "node:assert";
import { actions, request } from "./platform.mjs";

const artifact = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const group = actions(artifact).find((one) => one.some((c) => c.name === "convertService"));
const convert = (entities) => JSON.parse(request(group, { entities }).body);

const cases = [
  // numbers and currency, without separators
  [{ amount: 1234.5 }, { Amount__c: 1234.5 }],
  [{ amount: "1,234.50" }, { Amount__c: 1234.5 }],
  [{ amount: "1.234,50 €" }, { Amount__c: 1234.5 }],
  [{ amount: "$1,234" }, { Amount__c: 1234 }],
  [{ amount: "1,234,567" }, { Amount__c: 1234567 }],
  [{ amount: "12,5" }, { Amount__c: 12.5 }],
  [{ amount: "-7.25" }, { Amount__c: -7.25 }],
  [{ amount: "0" }, { Amount__c: 0 }],
  [{ amount: [{ amount: 99.9, code: "EUR" }] }, { Amount__c: 99.9 }],
  [{ amount: { amount: "1,000", code: "USD" } }, { Amount__c: 1000 }],
  [{ amount: "a lot" }, { Amount__c: "a lot" }], // Salesforce refuses it and says why
  [{ count: 5 }, { Text__c: "5" }],
  // dates
  [{ day: "2026-05-31" }, { Day__c: "2026-05-31", MomentOfDay__c: "2026-05-31T00:00:00Z" }],
  [{ day: "05-31-2026" }, { Day__c: "2026-05-31", MomentOfDay__c: "2026-05-31T00:00:00Z" }],
  [{ day: "2026-05-31T00:00:00.000Z" }, { Day__c: "2026-05-31", MomentOfDay__c: "2026-05-31T00:00:00.000Z" }],
  [{ moment: "2026-05-31T09:30:00-04:00" }, { DayOfMoment__c: "2026-05-31", Moment__c: "2026-05-31T09:30:00-04:00" }],
  [{ moment: "2026-05-31T09:30:00" }, { DayOfMoment__c: "2026-05-31", Moment__c: "2026-05-31T09:30:00Z" }],
  [{ moment: "soon" }, { DayOfMoment__c: "soon", Moment__c: "soon" }],
  // times
  [{ at: "9:30" }, { At__c: "09:30:00.000Z" }],
  [{ at: "09:30:15" }, { At__c: "09:30:15.000Z" }],
  [{ at: "9:30 PM" }, { At__c: "21:30:00.000Z" }],
  [{ at: "12:05 am" }, { At__c: "00:05:00.000Z" }],
  // yes and no
  [{ sure: "yes" }, { Sure__c: true }],
  [{ sure: "no" }, { Sure__c: false }],
  [{ sure: true }, { Sure__c: true }],
  // several picks
  [{ several: ["A", "B"] }, { Picks__c: "A;B" }],
  [{ several: ["B"] }, { Picks__c: "B" }],
  [{ several: "A" }, { Picks__c: "A" }],
  // what is missing stays missing
  [{}, {}],
  [{ amount: null, day: undefined }, {}],
];
for (const [answers, fields] of cases) {
  assert.deepEqual(convert(answers), fields, JSON.stringify(answers));
}
console.log(`${cases.length} passed, 0 failed`);
