// What formats, offsets, `??`, `now` and `today` say, in every language and of whatever a service responds:
// the messages and requests of a compiled artifact.
//
//     node formats.mjs formats.dialog.json
import fs from "node:fs";
import assert from "node:assert";
import { actions, decode, request, run } from "./platform.mjs";
import { parseSoql } from "./soql.mjs";

const artifact = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const locales = artifact.dialogs[0].nodes && Object.keys(artifact.dialogComponents.find((c) => c.name === "date").message[0].localeData);
const message = (name, locale) => decode(artifact.dialogComponents.find((c) => c.name === name).message[0].localeData[locale].text);
const body = (body, session = {}) => ({ entities: {}, session, valueService: { response: { statusCode: 200, body } } });
const say = (name, locale, value) => run(message(name, locale), body({ value }))[0];
let count = 0;
const check = (actual, expected, what) => {
  assert.deepEqual(actual, expected, what);
  count++;
};

// every language: a moment, a day, a number, an amount, a percentage
const NBSP = "\u00a0", NARROW = "\u202f";
const languages = {
  en: ["November 6, 2026 at 5:03 PM UTC", "January 31, 2026", "12:05 AM", "-1,234,567.5", "$1,234.50", "45.5%", "€12,345.68"],
  en_GB: ["6 November 2026 at 17:03 UTC", "31 January 2026", "00:05", "-1,234,567.5", "$1,234.50", "45.5%", "€12,345.68"],
  de: ["6. November 2026 um 17:03 UTC", "31. Januar 2026", "00:05", "-1.234.567,5", `1.234,50${NBSP}$`, `45,5${NBSP}%`, `12.345,68${NBSP}€`],
  fr: ["6 novembre 2026 à 17:03 UTC", "31 janvier 2026", "00:05", `-1${NARROW}234${NARROW}567,5`, `1${NARROW}234,50${NBSP}$`, `45,5${NARROW}%`, `12${NARROW}345,68${NBSP}€`],
  es: ["6 de noviembre de 2026, 17:03 UTC", "31 de enero de 2026", "0:05", "-1.234.567,5", `1234,50${NBSP}$`, `45,5${NBSP}%`, `12.345,68${NBSP}€`],
  pt: ["6 de novembro de 2026 às 17:03 UTC", "31 de janeiro de 2026", "00:05", "-1.234.567,5", `$${NBSP}1.234,50`, "45,5%", `€${NBSP}12.345,68`],
  it: ["6 novembre 2026 alle ore 17:03 UTC", "31 gennaio 2026", "00:05", "-1.234.567,5", `1234,50${NBSP}$`, "45,5%", `12.345,68${NBSP}€`],
  nl: ["6 november 2026 om 17:03 UTC", "31 januari 2026", "00:05", "-1.234.567,5", `$${NBSP}1.234,50`, "45,5%", `€${NBSP}12.345,68`],
  ja: ["2026年11月6日 17:03 UTC", "2026年1月31日", "0:05", "-1,234,567.5", "$1,234.50", "45.5%", "€12,345.68"],
  hi: ["6 नवंबर 2026 को 5:03 pm UTC बजे", "31 जनवरी 2026", "12:05 am", "-12,34,567.5", "$1,234.50", "45.5%", "€12,345.68"],
  ar: ["6 نوفمبر 2026 في 5:03 م UTC", "31 يناير 2026", "12:05 ص", "-1,234,567.5", `1,234.50${NBSP}$`, "45.5%", `12,345.68${NBSP}€`],
};
check(locales.sort(), Object.keys(languages).sort(), "languages");
for (const [locale, [moment, day, time, number, dollars, percent, euros]] of Object.entries(languages)) {
  check(say("moment", locale, "2026-11-06T17:03:00.000+0000"), moment, locale);
  check(say("date", locale, "2026-01-31"), day, locale);
  check(say("time", locale, "00:05:00.000Z"), time, locale);
  check(say("number", locale, -1234567.5), number, locale);
  check(say("own", locale, 1234.5), dollars, locale);
  check(say("percent", locale, 45.5), percent, locale);
  check(say("euro", locale, 12345.678), euros, locale);
  for (let month = 0; month < 12; month++) { // each month has its own name, and the platform's engine agrees
    const said = say("date", locale, `2026-${String(month + 1).padStart(2, "0")}-15`);
    const known = new Intl.DateTimeFormat(locale.replace("_", "-"), { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, month, 15));
    if (locale !== "hi") check(said.includes(known), true, `${locale}: ${said} has ${known}`); // October has two spellings there
  }
}

// dates and times
for (const [name, value, expected] of [
  ["date", "2026-11-26T23:30:00.000+0000", "November 26, 2026"],
  ["date", "11-26-2026", "November 26, 2026"],
  ["date", "2024-02-29", "February 29, 2024"],
  ["moment", "2026-11-26", "November 26, 2026"], // a day alone has no time, and no zone moves it
  ["moment", "2026-11-26T09:30", "November 26, 2026 at 9:30 AM"], // without a zone as it is
  ["moment", "2026-11-26T09:30:00-05:00", "November 26, 2026 at 9:30 AM"],
  ["moment", "2026-11-26T12:00:00Z", "November 26, 2026 at 12:00 PM UTC"],
  ["time", "2026-11-26T17:00:00.000+0000", "5:00 PM UTC"],
  ["time", "09:30", "9:30 AM"],
  ["time", "2026-11-26", "2026-11-26"],
  ["dayLater", "2026-12-31", "2027-01-01"],
  ["dayLater", "2026-02-28T17:00:00.000+0000", "2026-03-01T17:00:00+0000"],
  ["monthLater", "2026-01-31", "2026-02-28"],
  ["monthLater", "2026-12-31T10:00:00+02:00", "2027-01-31T10:00:00+02:00"],
  ["yearsEarlier", "2024-02-29", "2021-02-28"],
  ["hoursLater", "2026-02-28T13:00:00Z", "2026-03-02T01:00:00Z"],
  ["hoursLater", "2026-02-28", "2026-02-28"],
  ["both", "2026-03-24", "January 31, 2026"],
  ["dayLater", "9999-12-31", "9999-12-31"],
]) check(say(name, "en", value), expected, `${name} ${value}`);

// numbers and amounts
for (const [name, value, expected] of [
  ["number", 0, "0"], ["number", -0, "0"], ["number", 999, "999"], ["number", 1000, "1,000"], ["number", "1234.50", "1,234.50"],
  ["number", 123456789012345, "123,456,789,012,345"], ["number", "12345678901234567890", "12,345,678,901,234,567,890"],
  ["number", "007", "007"], ["number", "1,234", "1,234"], ["number", "Q3 2026", "Q3 2026"], ["number", [1, 2], "1, 2"],
  ["number", { amount: 12.5, code: "EUR" }, "12.5"], ["number", 1e21, "1e+21"], ["number", 1e-7, "1e-7"],
  ["euro", "99.9", "€99.90"], ["euro", -5, "-€5.00"], ["euro", -0.001, "€0.00"], ["euro", 1e15, "1000000000000000"],
  ["euro", [{ amount: 1250, code: "JPY" }], "¥1,250"], ["euro", [{ amount: 1, code: "<b>" }], "€1.00"], // says its own currency
  ["yen", 1234.5, "¥1,235"], ["dinar", 1234.5, `KWD${NBSP}1,234.500`], ["franc", 0, `CHF${NBSP}0.00`],
  ["percent", 0, "0%"], ["percent", "12.25", "12.25%"], ["percent", "50%", "50%"],
]) check(say(name, "en", value), expected, `${name} ${JSON.stringify(value)}`);

// text and lists
for (const [name, value, expected] of [
  ["upper", "straße 1", "STRASSE 1"], ["lower", "ÀB", "àb"], ["upper", ["a", "b"], "A, B"],
  ["first", ["a", "b"], "a"], ["last", ["a", "b"], "b"], ["first", [], ""], ["last", [null], ""], ["first", "a", "a"],
  ["join", ["a", "b", "c"], "a / b / c"], ["join", "a", "a"], ["join", [], ""],
]) check(say(name, "en", value), expected, `${name} ${JSON.stringify(value)}`);

// the first value that is there
for (const [value, other, expected] of [
  [undefined, undefined, "nothing"], [null, "2026-01-02", "January 2, 2026"], ["", "x", "x"], ["2026-01-01", "2026-01-02", "January 1, 2026"],
  [[], "b", "b"], [0, "b", "0"], [false, "b", "false"],
]) check(run(message("otherwise", "en"), body({ value, other }))[0], expected, JSON.stringify([value, other]));

// whatever else comes is shown as it came
const formats = ["date", "time", "moment", "number", "euro", "yen", "dinar", "franc", "own", "percent", "dayLater", "monthLater", "yearsEarlier", "hoursLater", "both"];
const strange = [
  undefined, null, "", " ", "x", "2026-02-30", "2026-13-01", "2026-00-00", "0000-01-01", "0001-01-01", "2026-11-26T25:00:00Z", "2026-11-26T10:61",
  "2026-11-26 10:00", "2026-1-5", "31.12.2026", "24:99", "99-99-9999", "12abc", "-", "--5", "1e5", "0x10", ".5", "5.", "1.2.3", "NaN", "Infinity",
  "undefined", "null", NaN, Infinity, -Infinity, 1e300, -1e300, 5e-324, true, false, [], [[]], [null], [NaN], ["x", "y"], {}, { amount: {} }, { amount: null },
  [{ amount: "x" }], "$&", "$1", "{d}", "{amount}", "<b>1</b>", "\u0000", "١٢٣", "2026-11-26T10:00:00+99:99x",
];
for (const locale of locales) {
  for (const name of formats) {
    for (const value of strange) {
      const came = value === undefined || value === null ? "" : value instanceof Array ? value.join(", ") : String(value);
      check(say(name, locale, value), came, `${locale} ${name} ${JSON.stringify(value)}`);
    }
  }
}
// and thousands that nobody thought of never make a number or a date that is none
let seed = 20261126;
const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
const pieces = ["2026", "-", "11", "26", "T", "17", ":", "00", "Z", "+", "0000", ".", "5", "1e", "9".repeat(17), " ", "x", ",", "$", "{d}"];
for (let i = 0; i < 3000; i++) {
  const value = Array.from({ length: 1 + random(9) }, () => pieces[random(pieces.length)]).join("");
  for (const name of formats) {
    const said = say(name, locales[i % locales.length], value);
    assert.ok(typeof said === "string" && !/NaN|Invalid|undefined|null|Infinity/.test(said), `${name} ${value}: ${said}`);
    count++;
  }
}

// the user's zone, where the channel says it and the platform's library is there
const zoned = (zone) => ({ BotUserSession: { lastMessage: { messagePayload: { meta: { timezone: zone } } } } });
const offsets = { "Europe/Berlin": 60, "America/New_York": -300, "Asia/Kolkata": 330 };
const library = { moment: () => ({ tz: (zone) => ({ tz: () => (zone in offsets ? zone : undefined), utcOffset: () => offsets[zone] ?? 7 }) }) };
const broken = { moment() { throw new Error("not here"); } };
const there = (name, zone, value, util = library) => run(message(name, "en_GB"), body({ value }, zoned(zone)), {}, util)[0];
check(there("moment", "Europe/Berlin", "2026-11-26T23:30:00.000+0000"), "27 November 2026 at 00:30");
check(there("date", "Europe/Berlin", "2026-11-26T23:30:00.000+0000"), "27 November 2026");
check(there("date", "America/New_York", "2026-11-26T02:00:00Z"), "25 November 2026");
check(there("time", "Asia/Kolkata", "2026-11-26T17:00:00+02:00"), "20:30");
check(there("date", "America/New_York", "2026-11-26"), "26 November 2026"); // a day is the same everywhere
check(there("time", "Europe/Berlin", "09:30:00.000Z"), "09:30"); // and so is Salesforce's time of day
check(there("moment", "Nowhere/Else", "2026-11-26T23:30:00Z"), "26 November 2026 at 23:30 UTC");
check(there("moment", { hostile: true }, "2026-11-26T23:30:00Z"), "26 November 2026 at 23:30 UTC");
check(there("moment", "Europe/Berlin", "2026-11-26T23:30:00Z", broken), "26 November 2026 at 23:30 UTC");
check(there("moment", "Europe/Berlin", "2026-11-26T23:30:00Z", {}), "26 November 2026 at 23:30 UTC");

// the time, at a clock that stands still
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [RealDate.UTC(2026, 10, 26, 23, 30)]));
  }
};
check(run(message("clock", "en"), body({}))[0], "2026-11-26T23:30:00Z 2026-11-26 December 10, 2026 1:00 AM UTC");
check(run(message("clock", "de"), body({}, zoned("Europe/Berlin")), {}, library)[0], "2026-11-26T23:30:00Z 2026-11-27 11. Dezember 2026 02:00");

// requests: one script for all languages, each value where it belongs
const group = (name) => actions(artifact).find((one) => one.some((c) => c.name === name));
const prepared = (name, entities, response, currentLanguage) => request(group(name), { entities, currentLanguage, ...body(response), entities });
const task = (entities, response, language) => JSON.parse(prepared("taskService", entities, response, language).body);
check(task({}, {}, "en"), { Subject: "Call on November 27, 2026, ", ActivityDate: "2026-11-27", CallType: "Outbound" });
check(task({ due: "2026-12-24", several: ["a", "b"] }, { amount: 5, callType: "Inbound" }, "de"), {
  Subject: `Call on 24. Dezember 2026, 5,00${NBSP}£`, ActivityDate: "2026-12-24", Description: "A", CallType: "Inbound",
});
check(task({ due: '"}' }, {}, "xx").Subject, 'Call on "}, '); // a language that the template does not have; hostile answers stay text
check(prepared("valueService", {}, {}).path, "/v1/2026-11-26/2026-11-27?since=2026-11-12T23%3A30%3A00Z");
check(prepared("valueService", { due: "../x?y=1" }, {}).path, "/v1/2026-11-26/..%2Fx%3Fy%3D1?since=2026-11-12T23%3A30%3A00Z");
const soql = (entities, response) => decode(prepared("eventService", entities, response).path).replace(/^.*? WHERE /, "");
check(soql({}, { word: "O'NEIL 50%" }), "StartDateTime >= 2026-11-12T23:30:00Z AND StartDateTime < 2026-12-26T00:00:00Z AND ActivityDate = 2026-11-26 AND Subject LIKE '%o\\'neil 50\\%%' LIMIT 5");
check(soql({ due: "2026-12-24' OR Name != '" }, {}), "StartDateTime >= 2026-11-12T23:30:00Z AND StartDateTime < '2026-12-24\\' OR Name != \\'' AND ActivityDate = '2026-12-24\\' OR Name != \\'' AND Subject LIKE '%%' LIMIT 5");
globalThis.Date = RealDate;

// hostile answers stay one value of one request
const shape = (soql) => JSON.stringify(parseSoql("SELECT Id FROM Event WHERE " + soql), (key, value) => (key === "values" ? value.length : value));
const usual = shape(soql({ due: "2026-12-24" }, { word: "x" }));
for (const hostile of ["'; DROP --", "\\' OR Id != '", "%_\\", '"}', "a&b=c?d#e/f", "..", "\n", "{{context.x}}", "{n}", "$&", "\u2028", "A' AND B", "\\"]) {
  const response = { word: hostile, amount: hostile, callType: hostile };
  check(shape(soql({ due: hostile }, response)), usual, hostile);
  const fields = task({ due: hostile, several: [hostile] }, response, "de");
  check(fields, { Subject: `Call on ${hostile}, ${hostile}`, ActivityDate: hostile, Description: hostile.toUpperCase(), CallType: hostile }, hostile);
  const url = new URL("https://api.example.com" + prepared("valueService", { due: hostile }, {}).path);
  check([url.pathname.split("/").length, [...url.searchParams.keys()], url.hash], [4, ["since"], ""], hostile);
}

// tables and links
const rows = [{ StartDateTime: "2026-11-26T17:00:00.000+0000", Location: "Here" }, { StartDateTime: null }];
const table = JSON.parse(run(message("rows", "en"), { ...body({}), eventService: { response: { statusCode: 200, body: { totalSize: 2, records: rows } } } })[0]);
check(table.payload.elements.map((row) => row.Values), [["November 26, 2026 at 5:00 PM UTC", "Here"], ["", "-"]]);
check(table.payload.text, "0");
const link = JSON.parse(run(message("link", "en"), body({ value: "a/b?c" }))[0]).payload.buttons[0];
check(link.url, "https://example.com/A%2FB%3FC");
console.log(`${count} passed, 0 failed`);
