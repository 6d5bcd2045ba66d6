// A client of the language server protocol, as small as the test needs: it starts the YAML language
// server, answers its questions, and waits for its findings.
import { spawn } from 'node:child_process';

const SETTINGS = {
    yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } },
};

export class LanguageServer {
    #process;
    #bytes = Buffer.alloc(0);
    #next = 1;
    #answers = new Map(); // id of a request to what takes its answer
    #findings = new Map(); // URI to what takes its diagnostics

    constructor(program, root) {
        this.#process = spawn(process.execPath, [program, '--stdio'], {
            stdio: ['pipe', 'pipe', 'inherit'],
        });
        this.#process.stdout.on('data', (chunk) => this.#read(chunk));
        this.root = root;
    }

    async start() {
        await this.request('initialize', {
            processId: process.pid,
            rootUri: this.root,
            workspaceFolders: [{ uri: this.root, name: 'dialogc' }],
            capabilities: {
                workspace: { configuration: true, workspaceFolders: true },
                textDocument: {
                    completion: { completionItem: { snippetSupport: false } },
                    hover: { contentFormat: ['markdown'] },
                    publishDiagnostics: {},
                },
            },
        });
        this.#notify('initialized', {});
        this.#notify('workspace/didChangeConfiguration', { settings: SETTINGS });
    }

    /** Opens a document and resolves to its diagnostics. */
    open(uri, text) {
        const findings = new Promise((resolve) => this.#findings.set(uri, resolve));
        this.#notify('textDocument/didOpen', {
            textDocument: { uri, languageId: 'yaml', version: 1, text },
        });
        return findings;
    }

    request(method, params) {
        const id = this.#next++;
        const answer = new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
        this.#send({ id, method, params });
        return answer;
    }

    async stop() {
        await this.request('shutdown', null);
        this.#notify('exit', null);
        this.#process.stdin.end();
    }

    #notify(method, params) {
        this.#send({ method, params });
    }

    #send(message) {
        const body = JSON.stringify({ jsonrpc: '2.0', ...message });
        this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    }

    #read(chunk) {
        this.#bytes = Buffer.concat([this.#bytes, chunk]);
        for (;;) {
            const end = this.#bytes.indexOf('\r\n\r\n');
            const header = /Content-Length: (\d+)/i.exec(this.#bytes.toString('latin1', 0, end));
            if (end < 0 || header === null) {
                return;
            }
            const start = end + 4;
            const length = Number(header[1]);
            if (this.#bytes.length < start + length) {
                return;
            }
            const message = JSON.parse(this.#bytes.toString('utf8', start, start + length));
            this.#bytes = this.#bytes.subarray(start + length);
            this.#take(message);
        }
    }

    #take(message) {
        if (message.method === 'workspace/configuration') {
            const result = message.params.items.map((item) => SETTINGS[item.section] ?? {});
            this.#send({ id: message.id, result });
        } else if (message.method === 'textDocument/publishDiagnostics') {
            const { uri, diagnostics } = message.params;
            this.#findings.get(uri)?.(diagnostics);
        } else if (message.method !== undefined && message.id !== undefined) {
            this.#send({ id: message.id, result: null });
        } else if (message.id !== undefined) {
            const { resolve, reject } = this.#answers.get(message.id);
            this.#answers.delete(message.id);
            message.error ? reject(new Error(message.error.message)) : resolve(message.result);
        }
    }
}
