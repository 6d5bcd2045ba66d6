/** Starts the language server, and restarts it when a setting changes that it was started with. */
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { registerCommands } from "./commands";
import { programArguments, programPath } from "./settings";

let client: LanguageClient | undefined;
let output: vscode.OutputChannel;

function newClient(): LanguageClient {
    const server: ServerOptions = { command: programPath(), args: ["lsp", ...programArguments()] };
    const options: LanguageClientOptions = {
        // The server looks at what a file begins with: other YAML files are none of its business.
        documentSelector: [{ scheme: "file", language: "yaml" }, { scheme: "untitled", language: "yaml" }],
        synchronize: {
            fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml,json}"),
        },
        // What the server may name in its lenses, besides its own commands.
        initializationOptions: { commands: ["dialogc.chat"] },
        outputChannel: output,
    };
    return new LanguageClient("dialogc", "dialogc", server, options);
}

async function start(): Promise<void> {
    client = newClient();
    try {
        await client.start();
    } catch (error) {
        client = undefined;
        output.appendLine(String(error));
        await sayThatItDoesNotStart();
    }
}

async function sayThatItDoesNotStart(): Promise<void> {
    const change = "Change the Setting";
    const answer = await vscode.window.showErrorMessage(
        `The program \`${programPath()}\` could not be started. Install dialogc, or set \`dialogc.path\`.`, change);
    if (answer === change) {
        await vscode.commands.executeCommand("workbench.action.openSettings", "dialogc.path");
    }
}

async function stop(): Promise<void> {
    const running = client;
    client = undefined;
    await running?.dispose();
}

async function restart(): Promise<void> {
    await stop();
    await start();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    output = vscode.window.createOutputChannel("dialogc");
    context.subscriptions.push(
        output,
        vscode.commands.registerCommand("dialogc.restart", restart),
        vscode.commands.registerCommand("dialogc.showOutput", () => output.show()),
        vscode.workspace.onDidChangeConfiguration(async change => {
            if (change.affectsConfiguration("dialogc.path") || change.affectsConfiguration("dialogc.arguments")) {
                await restart();
            }
        }),
        ...registerCommands());
    await start();
}

export async function deactivate(): Promise<void> {
    await stop();
}
