// The published schemas in an editor: `npm ci && node --test editor.mjs`. The YAML language server
// is driven over its protocol: no findings in our templates, findings in a broken one, completion of
// keys and of enumerations, descriptions on hover.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LanguageServer } from './language_server.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(
    new URL('node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);
const folder = join(project, 'templates/salesforce');
const server = new LanguageServer(program, pathToFileURL(project).href);

before(() => server.start());
after(() => server.stop());

/** Opens `text` beside our templates; `|` marks the cursor, whose place is returned. */
async function openAtCursor(name, text) {
    const uri = pathToFileURL(join(folder, name)).href;
    const before = text.slice(0, text.indexOf('|')).split('\n');
    await server.open(uri, text.replace('|', ''));
    return {
        textDocument: { uri },
        position: { line: before.length - 1, character: before.at(-1).length },
    };
}

const HEAD = readFileSync(join(folder, 'create-a-lead.yaml'), 'utf8').split('\n')[0];

const files = ['', 'fragments/'].flatMap((below) =>
    readdirSync(join(folder, below))
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => below + name),
);
for (const name of files) {
    test(`no findings in ${name}`, async () => {
        const path = join(folder, name);
        const text = readFileSync(path, 'utf8');
        assert.match(text, /^# yaml-language-server: \$schema=\S+\n/);
        assert.deepEqual(await server.open(pathToFileURL(path).href, text), []);
    });
}

test('marks schema errors', async () => {
    const text = [
        HEAD,
        'dialogc: 1',
        'template: broken',
        'title: Broken',
        'hidden: maybe',
        'intent: {name: Broken, utterances: [break it]}',
        'messages: {done: Done.}',
        'flow: [{say: done}]',
        'entites: {}',
    ].join('\n');
    const findings = await server.open(pathToFileURL(join(folder, 'broken.yaml')).href, text);
    const seen = findings.map((f) => [f.range.start.line, text.split('\n')[f.range.start.line]]);
    assert.deepEqual(seen.sort(), [
        [4, 'hidden: maybe'],
        [8, 'entites: {}'],
    ]);
});

test('completes the keys of a template', async () => {
    const at = await openAtCursor('keys.yaml', `${HEAD}\ndialogc: 1\n|`);
    const { items } = await server.request('textDocument/completion', at);
    const labels = items.map((item) => item.label);
    const wanted = ['template', 'title', 'description', 'integration', 'auth', 'locales', 'intent'];
    wanted.push('entities', 'services', 'scripts', 'messages', 'variables', 'flow');
    assert.deepEqual(wanted.filter((key) => !labels.includes(key)), []);
    assert.ok(!labels.includes('dialogc'), 'a key that is there is not offered again');
});

test('completes the values of an enumeration', async () => {
    const at = await openAtCursor('values.yaml', `${HEAD}\ndialogc: 1\nintegration: |`);
    const { items } = await server.request('textDocument/completion', at);
    assert.deepEqual(items.map((item) => item.label).sort(), ['none', 'salesforce']);
});

test('completes the types of an entity', async () => {
    const at = await openAtCursor('types.yaml', `${HEAD}\nentities:\n  name:\n    type: |`);
    const { items } = await server.request('textDocument/completion', at);
    const labels = items.map((item) => item.label);
    const wanted = ['string', 'choice', 'date', 'email', 'phone', 'number', 'currency'];
    assert.deepEqual(wanted.filter((type) => !labels.includes(type)), []);
});

test('shows descriptions on hover', async () => {
    const schema = JSON.parse(
        readFileSync(join(project, 'schemas/action-template.schema.json'), 'utf8'),
    );
    const at = await openAtCursor('hover.yaml', `${HEAD}\ndialogc: 1\nintegra|tion: salesforce\n`);
    const hover = await server.request('textDocument/hover', at);
    const text = hover.contents.value ?? String(hover.contents);
    const words = (s) => s.toLowerCase().match(/[a-z]+/g).join(' ');
    assert.ok(
        words(text).includes(words(schema.properties.integration.description)),
        `the hover says: ${text}`,
    );
});

test('completes the keys of a query in parts', async () => {
    const place = await openAtCursor(
        'query.yaml',
        `${HEAD}\nservices:\n  find:\n    salesforce:\n      query:\n        object: Lead\n        |`,
    );
    const { items } = await server.request('textDocument/completion', place);
    const labels = items.map((item) => item.label);
    for (const key of ['fields', 'where', 'order', 'limit']) {
        assert.ok(labels.includes(key), `${key} in ${labels}`);
    }
});

test('completes the outcomes of a call', async () => {
    const place = await openAtCursor('call.yaml', `${HEAD}\nflow:\n  - call: save\n    |`);
    const { items } = await server.request('textDocument/completion', place);
    const labels = items.map((item) => item.label);
    for (const key of ['success', 'failure', 'duplicate', 'missingField', 'limitExceeded']) {
        assert.ok(labels.includes(key), `${key} in ${labels}`);
    }
});
