// The package dialogc in a project that has installed it; run by tests/package/npm in the project's folder.
import assert from "node:assert/strict";
import {spawn, spawnSync} from "node:child_process";
import {createRequire} from "node:module";
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import path from "node:path";
import {test} from "node:test";

const project = process.cwd();
const require = createRequire(path.join(project, "package.json"));
const dialogc = require("dialogc");
const launcher = path.join(project, "node_modules/.bin/dialogc");

const bad = `dialogc: 1
template: greet
title: Greet
intent: {utterances: [greet me]}
messages: {greeting: Hello!}
flow: [{say: greting}]
`;

test("the package has its files and the version of the program", () => {
    const about = require("dialogc/package.json");
    assert.deepEqual(about.optionalDependencies, {"@dialogc/linux-arm64": about.version, "@dialogc/linux-x64": about.version});
    const {stdout} = spawnSync(launcher, ["--version"], {encoding: "utf8"});
    assert.equal(stdout, `dialogc ${about.version}\n`);
    assert.equal(about.scripts, undefined);
});

test("the launcher passes input, output and the exit status on", () => {
    const run = (input) => spawnSync(launcher, ["check", "-"], {input, encoding: "utf8"});
    assert.equal(run(bad.replace("greting", "greeting")).status, 0);
    const {status, stderr} = run(bad);
    assert.equal(status, 1);
    assert.match(stderr, /^error\[E0204\]/);
    assert.equal(spawnSync(launcher, ["nonsense"]).status, 2);
});

test("the launcher passes signals on, and ends as the program ends", async () => {
    const server = spawn(launcher, ["lsp"], {stdio: ["pipe", "pipe", "inherit"]});
    const body = JSON.stringify({jsonrpc: "2.0", id: 1, method: "initialize", params: {capabilities: {}}});
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    await new Promise((resolve) => server.stdout.once("data", resolve));
    server.kill("SIGTERM");
    const ended = await new Promise((resolve) => server.on("exit", (status, signal) => resolve([status, signal])));
    assert.deepEqual(ended, [null, "SIGTERM"]);
});

test("check", async () => {
    assert.deepEqual(await dialogc.check("create-a-lead.yaml"),
        {ok: true, diagnostics: [], summary: {files: 6, errors: 0, warnings: 0}});
    const result = await dialogc.check("-", {input: bad});
    assert.equal(result.ok, false);
    assert.deepEqual(result.summary, {files: 6, errors: 1, warnings: 0});
    const [{code, severity, suggestion, range}] = result.diagnostics;
    assert.deepEqual({code, severity, suggestion, range}, {code: "E0204", severity: "error", suggestion: "greeting",
        range: {start: {line: 6, column: 14}, end: {line: 6, column: 21}}});
});

test("build", async () => {
    const folder = mkdtempSync(path.join(project, "build-"));
    const options = {cwd: folder, output: "dialogs", input: bad.replace("greting", "greeting")};
    assert.equal((await dialogc.build("-", options)).ok, true);
    assert.equal(JSON.parse(readFileSync(path.join(folder, "dialogs/greet.dialog.json"), "utf8")).lname, undefined);
    assert.equal((await dialogc.build("-", {...options, check: true})).ok, true);
    writeFileSync(path.join(folder, "dialogs/greet.dialog.json"), "{}");
    assert.equal((await dialogc.build("-", {...options, check: true})).ok, false);
});

test("test", async () => {
    const {ok, conversations, coverage, summary} = await dialogc.test("create-a-lead.test.yaml");
    assert.equal(ok, true);
    assert.equal(summary.failed, 0);
    assert.equal(summary.conversations, conversations.length);
    assert.equal(coverage[0].dialog, "create-a-lead");
    writeFileSync("wrong.yaml", bad.replace("greting", "greeting").replace("greet\n", "wrong\n"));
    writeFileSync("wrong.test.yaml", "dialogc: 1\nconversation: wrong\ncases:\n  - name: hello\n    turns:\n      - user: greet me\n        bot: Good day!\n");
    const wrong = await dialogc.test("wrong.test.yaml");
    assert.equal(wrong.ok, false);
    assert.equal(wrong.conversations[0].failures[0].actual, "bot: [Hello!]\n");
    writeFileSync("wrong.test.yaml", "dialogc: 1\nconversation: wrong\nnonsense: 1\n");
    await assert.rejects(dialogc.test("wrong.test.yaml"), (error) =>
        error instanceof dialogc.DialogcError && error.status === 1 && error.diagnostics[0].code === "E0102");
});

test("what is wrong with the command line is an error", async () => {
    await assert.rejects(dialogc.check("nowhere.yaml"), (error) =>
        error instanceof dialogc.DialogcError && error.status === 3 && /nowhere\.yaml/.test(error.stderr));
    await assert.rejects(dialogc.check([], {args: ["--nonsense"]}), (error) => error.status === 2);
});

test("where there is no program, the launcher says what to do", () => {
    const program = (change) => {
        const code = `${change}; require(${JSON.stringify(path.join(project, "node_modules/dialogc/lib/program.js"))}).programPath()`;
        return spawnSync(process.execPath, ["-e", code], {encoding: "utf8", cwd: "/"}).stderr;
    };
    assert.match(program('Object.defineProperty(process, "platform", {value: "darwin"})'),
        /dialogc has no program for darwin .*, only for linux x64, linux arm64/);
    const other = process.arch === "x64" ? "arm64" : "x64";
    assert.match(program(`Object.defineProperty(process, "arch", {value: "${other}"})`),
        new RegExp(`the package @dialogc/linux-${other} is not installed`));
});
