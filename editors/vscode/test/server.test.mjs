// The server, driven by the library that the extension's client is made of. DIALOGC names the program.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const {
    CodeActionRequest, DefinitionRequest, DidChangeTextDocumentNotification, DidOpenTextDocumentNotification,
    DocumentFormattingRequest, ExitNotification, InitializedNotification, InitializeRequest,
    PublishDiagnosticsNotification, RenameRequest, ShutdownRequest, StreamMessageReader, StreamMessageWriter,
    createProtocolConnection,
} = require("vscode-languageserver-protocol/node");

const program = process.env.DIALOGC;

const TEMPLATE = `dialogc: 1
template: greet
title: Greet
intent:
  utterances: [greet me, say hello to me]
entities:
  name: {type: string, prompt: Who are you?}
messages:
  hello: Hello \${nam}.
flow:
  - ask: name
  - say: hello
`;

/** A server with the template open, for the length of `body`. */
async function withServer(text, body) {
    const folder = mkdtempSync(path.join(tmpdir(), "dialogc-"));
    const file = path.join(folder, "greet.yaml");
    writeFileSync(file, text);
    const uri = pathToFileURL(file).href;
    const server = spawn(program, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = new Promise(resolve => server.once("exit", resolve));
    const connection = createProtocolConnection(new StreamMessageReader(server.stdout),
        new StreamMessageWriter(server.stdin));
    const waiting = [];
    const published = [];
    connection.onNotification(PublishDiagnosticsNotification.type, said => {
        if (said.uri === uri) {
            published.push(said.diagnostics);
            waiting.splice(0).forEach(resolve => resolve());
        }
    });
    connection.listen();
    try {
        await connection.sendRequest(InitializeRequest.type, {
            processId: process.pid,
            rootUri: pathToFileURL(folder).href,
            workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bot" }],
            capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true } } },
        });
        await connection.sendNotification(InitializedNotification.type, {});
        await connection.sendNotification(DidOpenTextDocumentNotification.type,
            { textDocument: { uri, languageId: "yaml", version: 1, text } });
        const nextFindings = async () => {
            while (published.length === 0) {
                await new Promise(resolve => waiting.push(resolve));
            }
            return published.shift();
        };
        await body({ connection, uri, nextFindings });
        await connection.sendRequest(ShutdownRequest.type);
        await connection.sendNotification(ExitNotification.type);
        assert.equal(await ended, 0);
    } finally {
        server.kill();
        connection.dispose();
        rmSync(folder, { recursive: true });
    }
}

const options = { skip: program === undefined ? "DIALOGC does not name the program" : false };

test("a mistake has a quick fix, after which it is gone", options, async () => {
    await withServer(TEMPLATE, async ({ connection, uri, nextFindings }) => {
        const findings = await nextFindings();
        const unknown = findings.find(finding => finding.code === "E0202");
        assert.deepEqual(unknown.range, { start: { line: 8, character: 17 }, end: { line: 8, character: 20 } });
        const actions = await connection.sendRequest(CodeActionRequest.type,
            { textDocument: { uri }, range: unknown.range, context: { diagnostics: [unknown] } });
        const [edit] = actions[0].edit.changes?.[uri] ?? actions[0].edit.documentChanges[0].edits;
        assert.equal(edit.newText, "name");
        await connection.sendNotification(DidChangeTextDocumentNotification.type, {
            textDocument: { uri, version: 2 },
            contentChanges: [{ range: edit.range, text: edit.newText }],
        });
        assert.deepEqual((await nextFindings()).filter(finding => finding.code === "E0202"), []);
    });
});

test("an entity is renamed wherever it is named", options, async () => {
    await withServer(TEMPLATE.replace("${nam}", "${name}"), async ({ connection, uri }) => {
        const position = { line: 10, character: 10 };
        const [definition] = [await connection.sendRequest(DefinitionRequest.type,
            { textDocument: { uri }, position })].flat();
        assert.equal((definition.range ?? definition.targetSelectionRange).start.line, 6);
        const renamed = await connection.sendRequest(RenameRequest.type,
            { textDocument: { uri }, position, newName: "guest" });
        const edits = renamed.changes?.[uri] ?? renamed.documentChanges[0].edits;
        assert.deepEqual(edits.map(edit => [edit.range.start.line, edit.newText]).sort(), [
            [10, "guest"], [6, "guest"], [8, "guest"],
        ]);
    });
});

test("a document is formatted", options, async () => {
    await withServer(TEMPLATE.replace("title: Greet", "title:    'Greet'"), async ({ connection, uri }) => {
        const edits = await connection.sendRequest(DocumentFormattingRequest.type,
            { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } });
        assert.ok(edits.some(edit => edit.newText.includes("title: Greet")));
    });
});
