#!/usr/bin/env node
// Starts the program, and ends as it ends.
"use strict";

const {spawn} = require("node:child_process");
const {programPath} = require("../lib/program.js");

const systemError = 3;

function fail(error) {
    console.error(`dialogc: ${error.message}`);
    process.exitCode = systemError;
}

function run() {
    const program = spawn(programPath(), process.argv.slice(2), {stdio: "inherit"});
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) {
        // A terminal sends Ctrl-C to both; the program decides what it means.
        process.on(signal, () => {
            if (signal !== "SIGINT" || !process.stdin.isTTY) {
                program.kill(signal);
            }
        });
    }
    program.on("error", fail);
    program.on("exit", (status, signal) => {
        if (signal === null) {
            process.exitCode = status;
            return;
        }
        signals.forEach((name) => process.removeAllListeners(name));
        process.kill(process.pid, signal);
    });
}

try {
    run();
} catch (error) {
    fail(error);
}
