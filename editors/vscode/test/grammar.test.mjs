// The grammars, on top of a grammar for YAML, with the library that Visual Studio Code colours with.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import yaml from "@shikijs/langs/yaml";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const loaded = new Map([["source.yaml", yaml[0]]]);
const injections = [];
for (const { scopeName, path, injectTo } of manifest.contributes.grammars) {
    const grammar = JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));
    assert.equal(grammar.scopeName, scopeName);
    loaded.set(scopeName, grammar);
    if (injectTo?.includes("source.yaml")) {
        injections.push(scopeName);
    }
}

const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
const library = oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length));
const registry = new textmate.Registry({
    onigLib: library.then(() => ({
        createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
        createOnigString: text => new oniguruma.OnigString(text),
    })),
    loadGrammar: async scope => loaded.get(scope) ?? null,
    getInjections: scope => (scope === "source.yaml" ? injections : []),
});

/** The pieces of a text that a scope of ours ends with: `[text, last scope]`. */
async function pieces(text) {
    const grammar = await registry.loadGrammar("source.yaml");
    const found = [];
    let state = textmate.INITIAL;
    for (const line of text.split("\n")) {
        const result = grammar.tokenizeLine(line, state);
        state = result.ruleStack;
        for (const token of result.tokens) {
            const scope = token.scopes.at(-1);
            const piece = line.slice(token.startIndex, token.endIndex);
            if (/\.(?:dialogc|soql)$/.test(scope) && piece.trim() !== "") {
                found.push([piece.trim(), scope]);
            }
        }
    }
    return found;
}

test("a reference in a text", async () => {
    assert.deepEqual(await pieces("  done: It is ${leads.body[0].CloseDate | date-time}, ${user.firstName}."), [
        ["${", "punctuation.definition.reference.begin.dialogc"],
        ["leads", "variable.other.dialogc"],
        [".", "meta.reference.dialogc"],
        ["body", "variable.other.property.dialogc"],
        ["[", "meta.reference.dialogc"],
        ["0", "constant.numeric.dialogc"],
        ["].", "meta.reference.dialogc"],
        ["CloseDate", "variable.other.property.dialogc"],
        ["|", "keyword.operator.pipe.dialogc"],
        ["date-time", "support.function.format.dialogc"],
        ["}", "punctuation.definition.reference.end.dialogc"],
        ["${", "punctuation.definition.reference.begin.dialogc"],
        ["user", "variable.language.dialogc"],
        [".", "meta.reference.dialogc"],
        ["firstName", "variable.other.property.dialogc"],
        ["}", "punctuation.definition.reference.end.dialogc"],
    ]);
});

test("a fallback, an offset and a text in a reference", async () => {
    assert.deepEqual(await pieces("when: \"${day? ?? now + 2 days ?? 'never'}\""), [
        ["${", "punctuation.definition.reference.begin.dialogc"],
        ["day", "variable.other.dialogc"],
        ["?", "keyword.operator.optional.dialogc"],
        ["??", "keyword.operator.fallback.dialogc"],
        ["now", "support.variable.dialogc"],
        ["+", "keyword.operator.arithmetic.dialogc"],
        ["2", "constant.numeric.dialogc"],
        ["days", "keyword.other.unit.dialogc"],
        ["??", "keyword.operator.fallback.dialogc"],
        ["'never'", "string.quoted.dialogc"],
        ["}", "punctuation.definition.reference.end.dialogc"],
    ]);
});

test("a reference that nobody has closed ends with its line", async () => {
    const found = await pieces("  done: Hello ${name\n  other: ${age}");
    assert.deepEqual(found.filter(([text]) => /name|age/.test(text)), [
        ["name", "variable.other.dialogc"],
        ["age", "variable.other.dialogc"],
    ]);
});

test("a comment is left alone", async () => {
    assert.deepEqual(await pieces("# ${name} and query: SELECT Id FROM Lead"), []);
});

test("a query on one line", async () => {
    assert.deepEqual(await pieces("      query: SELECT Id, COUNT(Name) FROM Lead WHERE Name LIKE '%${name}%' LIMIT 5"), [
        ["SELECT", "keyword.control.soql"],
        ["Id", "variable.other.field.soql"],
        [",", "meta.embedded.soql.dialogc"],
        ["COUNT", "support.function.soql"],
        ["(", "meta.embedded.soql.dialogc"],
        ["Name", "variable.other.field.soql"],
        [")", "meta.embedded.soql.dialogc"],
        ["FROM", "keyword.control.soql"],
        ["Lead", "variable.other.field.soql"],
        ["WHERE", "keyword.control.soql"],
        ["Name", "variable.other.field.soql"],
        ["LIKE", "keyword.operator.word.soql"],
        ["'", "string.quoted.single.soql"],
        ["%", "string.quoted.single.soql"],
        ["${", "punctuation.definition.reference.begin.dialogc"],
        ["name", "variable.other.dialogc"],
        ["}", "punctuation.definition.reference.end.dialogc"],
        ["%", "string.quoted.single.soql"],
        ["'", "string.quoted.single.soql"],
        ["LIMIT", "keyword.control.soql"],
        ["5", "constant.numeric.soql"],
    ]);
});

test("a query in a block, which ends with its indentation", async () => {
    const found = await pieces([
        "services:",
        "  cases:",
        "    salesforce:",
        "      query: >-",
        "        SELECT Id FROM Case",
        "",
        "        WHERE CreatedDate = LAST_N_DAYS:7",
        "      limit: 5",
        "messages:",
        "  done: SELECT it, ${name}",
    ].join("\n"));
    assert.deepEqual(found, [
        ["SELECT", "keyword.control.soql"],
        ["Id", "variable.other.field.soql"],
        ["FROM", "keyword.control.soql"],
        ["Case", "variable.other.field.soql"],
        ["WHERE", "keyword.control.soql"],
        ["CreatedDate", "variable.other.field.soql"],
        ["=", "keyword.operator.comparison.soql"],
        ["LAST_N_DAYS:7", "constant.other.date.soql"],
        ["${", "punctuation.definition.reference.begin.dialogc"],
        ["name", "variable.other.dialogc"],
        ["}", "punctuation.definition.reference.end.dialogc"],
    ]);
});

test("a mapping of the parts of a query is YAML", async () => {
    assert.deepEqual(await pieces("      query: {object: Lead, where: {Name: Ada}}"), []);
});
