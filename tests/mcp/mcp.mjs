// dialogc mcp, driven by the protocol's own client. DIALOGC names the program.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const program = process.env.DIALOGC;

const TEMPLATE = `dialogc: 1
template: greet
title: Greet
intent: {utterances: [greet me, say hello to me]}
entities: {name: {type: string, prompt: Who are you?}}
messages: {hello: "Hello \${name}."}
flow: [ask: name, say: hello]
`;

const CONVERSATION = `dialogc: 1
conversation: greet
cases:
  - name: A greeting
    turns:
      - {user: greet me, bot: Who are you?}
      - {user: Ada, bot: Hello Ada.}
`;

/** A project in a folder of its own, and beside it what nobody may read. */
function project() {
    const around = mkdtempSync(path.join(tmpdir(), "mcp-"));
    const folder = path.join(around, "bot");
    mkdirSync(path.join(folder, "templates"), { recursive: true });
    mkdirSync(path.join(around, "secret"));
    writeFileSync(path.join(folder, "dialogc.yaml"), "dialogc: 1\nname: Bot\n");
    writeFileSync(path.join(folder, "templates", "greet.yaml"), TEMPLATE);
    writeFileSync(path.join(folder, "templates", "greet.test.yaml"), CONVERSATION);
    writeFileSync(path.join(around, "secret", "other.yaml"), "hidden: \"dragon\"\n");
    return { around, folder };
}

/** A client of a server for a project, for the length of `body`. */
async function withServer(options, body) {
    const { around, folder } = project();
    const client = new Client({ name: "test", version: "1" });
    const transport = new StdioClientTransport({ command: program, args: ["mcp", "-C", folder, ...options] });
    try {
        await client.connect(transport);
        const call = async (name, values) => {
            const result = await client.callTool({ name, arguments: values });
            assert.equal(result.content.length, 1);
            return { text: result.content[0].text, isError: result.isError };
        };
        await body({ client, call, folder, around });
    } finally {
        await client.close();
        rmSync(around, { recursive: true });
    }
}

test("tools that read are offered, and those that write on request", async () => {
    const reading = ["check", "check_text", "format_text", "explain", "list_objects", "describe_object", "list_library",
        "new_template", "test", "explore", "draw", "list_bot", "verify_bot", "compare", "auth_settings"];
    const writing = ["fix", "format", "add_template", "create_template", "install", "import_bot"];
    await withServer([], async ({ client }) => {
        const { tools } = await client.listTools();
        assert.deepEqual(tools.map(tool => tool.name), reading);
        assert.ok(tools.every(tool => tool.annotations.readOnlyHint));
        await assert.rejects(client.callTool({ name: "fix", arguments: {} }),
            /the tool `fix` changes files: start the server with --write/);
        await assert.rejects(client.callTool({ name: "biuld", arguments: {} }), /there is no tool `biuld`/);
    });
    await withServer(["--write"], async ({ client }) => {
        const { tools } = await client.listTools();
        assert.deepEqual(tools.map(tool => tool.name), [...reading, ...writing]);
        assert.deepEqual(tools.filter(tool => !tool.annotations.readOnlyHint).map(tool => tool.name), writing);
    });
});

test("a project is checked, and a text", async () => {
    await withServer([], async ({ call }) => {
        assert.deepEqual(await call("check", {}),
            { text: "{\"diagnostics\":[],\"summary\":{\"files\":3,\"errors\":0,\"warnings\":0}}\n", isError: false });
        const { text, isError } = await call("check_text", { text: TEMPLATE.replace("${name}", "${nam}") });
        assert.equal(isError, false);
        const [json, status] = text.split("\n\n");
        assert.equal(status, "(exit status 1: there are findings)");
        const [finding] = JSON.parse(json).diagnostics;
        assert.equal(finding.code, "E0202");
        assert.equal(finding.suggestion, "name");
    });
});

test("Salesforce, findings and the library are explained", async () => {
    await withServer([], async ({ call }) => {
        assert.match((await call("describe_object", { objects: ["Lead"] })).text, /LastName +string\(80\) +create, update, required/);
        assert.match((await call("describe_object", { objects: ["Leed"] })).text, /did you mean `Lead`/);
        assert.match((await call("explain", { codes: ["E0202"] })).text, /^E0202: an unknown entity or name\n/);
        assert.match((await call("list_library", {})).text, /^create-a-lead +Create a Lead/m);
        assert.match((await call("new_template", { name: "my-lead", object: "Lead", operation: "create" })).text,
            /^template: my-lead/m);
    });
});

test("conversations are run, dialogs explored and drawn", async () => {
    await withServer([], async ({ call }) => {
        const ran = await call("test", {});
        assert.deepEqual(JSON.parse(ran.text).conversations.map(one => [one.name, one.passed]), [["A greeting", true]]);
        const explored = await call("explore", {});
        assert.equal(explored.isError, false);
        const [{ dialog, reached, all, findings }] = JSON.parse(explored.text);
        assert.deepEqual([dialog, all - reached, findings], ["greet", 0, []]);
        assert.match((await call("draw", { path: "templates/greet.yaml" })).text, /^flowchart /m);
    });
});

test("schemas and codes are resources", async () => {
    await withServer([], async ({ client }) => {
        const { resources } = await client.listResources();
        assert.deepEqual(resources.map(resource => resource.uri), ["action-template", "fragment", "auth-profile",
            "project", "conversation", "sobject"].map(name => `dialogc://schema/${name}`));
        for (const { uri } of resources) {
            const { contents } = await client.readResource({ uri });
            assert.equal(JSON.parse(contents[0].text).type, "object");
        }
        const { resourceTemplates } = await client.listResourceTemplates();
        assert.deepEqual(resourceTemplates.map(one => one.uriTemplate), ["dialogc://code/{code}"]);
        const { contents } = await client.readResource({ uri: "dialogc://code/W0222" });
        assert.match(contents[0].text, /^W0222: /);
        for (const uri of ["dialogc://schema/nothing", "dialogc://code/--help", "dialogc://code/@x", "file:///etc/passwd"]) {
            await assert.rejects(client.readResource({ uri }), /there is no resource/);
        }
    });
});

test("values that are wrong are told, and are no options", async () => {
    await withServer([], async ({ client, call }) => {
        const wrong = async (name, values, message) =>
            assert.rejects(client.callTool({ name, arguments: values }), message);
        await wrong("check", { path: ["x"] }, /the tool `check` takes no `path`/);
        await wrong("check", { paths: "templates" }, /`paths` of the tool `check` is not a list of texts/);
        await wrong("check", { paths: [1] }, /has an element that is not a text/);
        await wrong("draw", {}, /`path` of the tool `draw` is missing/);
        await wrong("draw", { path: "" }, /is empty, or has a NUL character/);
        await wrong("draw", { path: "a\0b" }, /is empty, or has a NUL character/);
        await wrong("explain", { codes: ["--help"] }, /begins with a sign that no name begins with/);
        await wrong("explain", { codes: ["@list"] }, /begins with a sign that no name begins with/);
        assert.match((await call("check", { paths: ["--help"] })).text, /\.\/--help/);
        assert.match((await call("check", { paths: ["@list"] })).text, /\.\/@list/);
    });
});

test("nothing outside of the folder is read, whatever leads there", async () => {
    await withServer(["--write"], async ({ client, call, folder, around }) => {
        for (const file of ["../secret/other.yaml", path.join(around, "secret"), "/etc/passwd"]) {
            await assert.rejects(client.callTool({ name: "check", arguments: { paths: [file] } }),
                /is outside of the folder that the server has/);
        }
        symlinkSync(path.join(around, "secret", "other.yaml"), path.join(folder, "templates", "link.yaml"));
        writeFileSync(path.join(folder, "dialogc.yaml"), "dialogc: 1\nname: Bot\nfragments: [../secret]\n");
        const { text, isError } = await call("check", {});
        assert.equal(isError, true);
        assert.match(text, /cannot read/);
        assert.doesNotMatch(text, /dragon|hidden/);
        assert.equal(readFileSync(path.join(around, "secret", "other.yaml"), "utf8"), "hidden: \"dragon\"\n");
    });
});

test("with --write files change, and only then", async () => {
    const broken = TEMPLATE.replace("${name}", "${nam}");
    await withServer(["--write"], async ({ call, folder }) => {
        const file = path.join(folder, "templates", "greet.yaml");
        writeFileSync(file, broken);
        assert.equal((await call("fix", {})).isError, false);
        assert.equal(readFileSync(file, "utf8"), TEMPLATE);
    });
    await withServer([], async ({ call, folder }) => {
        const file = path.join(folder, "templates", "greet.yaml");
        writeFileSync(file, broken);
        await call("check", {});
        assert.equal(readFileSync(file, "utf8"), broken);
    });
});

test("the server goes on whatever comes, and ends with its input", async () => {
    const server = spawn(program, ["mcp"], { stdio: ["pipe", "pipe", "inherit"] });
    let said = "";
    server.stdout.on("data", bytes => { said += bytes; });
    const ended = new Promise(resolve => server.once("close", resolve));
    server.stdin.end("no JSON\n[1]\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"unknown\"}\n" +
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}\n");
    assert.equal(await ended, 0);
    const answers = said.trim().split("\n").map(line => JSON.parse(line));
    assert.deepEqual(answers.map(answer => [answer.id, answer.error?.code]),
        [[null, -32700], [null, -32600], [1, -32601], [2, undefined]]);
});
