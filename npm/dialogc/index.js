// dialogc for programs: each function runs a command and resolves to its JSON form.
"use strict";

const {spawn} = require("node:child_process");
const {programPath} = require("./lib/program.js");

const ok = 0;
const findings = 1;

/** The command had no result: it was wrong (status 2), the system failed (3), what it tests has errors (1). */
class DialogcError extends Error {
    constructor(status, stderr, diagnostics = []) {
        super(stderr.trim() || `dialogc ended with status ${status}`);
        this.name = "DialogcError";
        this.status = status;
        this.stderr = stderr;
        this.diagnostics = diagnostics;
    }
}

function collect(stream) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString("utf8");
}

/** Runs the program; resolves to {status, stdout, stderr}. */
function run(args, options) {
    return new Promise((resolve, reject) => {
        const program = spawn(programPath(), args,
            {cwd: options.cwd, env: options.env, signal: options.signal, stdio: ["pipe", "pipe", "pipe"]});
        const stdout = collect(program.stdout);
        const stderr = collect(program.stderr);
        program.stdin.on("error", () => {}); // it may end before it has read all
        program.stdin.end(options.input ?? "");
        program.on("error", reject);
        program.on("close", (status, signal) => {
            resolve({status: signal ?? status, stdout: stdout(), stderr: stderr()});
        });
    });
}

async function runJson(command, operands, options, ...more) {
    const args = [command, "--format=json", ...more, ...(options.args ?? []), "--", ...[operands ?? []].flat()];
    const {status, stdout, stderr} = await run(args, options);
    if (status !== ok && status !== findings || stdout === "") {
        throw new DialogcError(status, stderr);
    }
    return {ok: status === ok, ...JSON.parse(stdout)};
}

const check = (operands, options = {}) => runJson("check", operands, options);

const build = (operands, options = {}) => runJson("build", operands, options,
    ...(options.output === undefined ? [] : ["-o", options.output]), ...(options.check ? ["--check"] : []));

async function test(operands, options = {}) {
    const result = await runJson("test", operands, options);
    if (result.conversations === undefined) {
        const all = result.diagnostics.map(({file, message}) => `${file}: ${message}`).join("\n");
        throw new DialogcError(findings, all, result.diagnostics);
    }
    return result;
}

module.exports = {DialogcError, build, check, programPath, test};
