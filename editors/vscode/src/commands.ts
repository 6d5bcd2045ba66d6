/** Commands that run the program itself: a chat in a terminal, the page of a template, an installation. */
import { execFile } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { programPath } from "./settings";

/** The saved template that a command is for: the one it was given, or the one in the editor. */
async function template(given: unknown): Promise<vscode.Uri | undefined> {
    const uri = given instanceof vscode.Uri ? given
        : typeof given === "string" ? vscode.Uri.parse(given)
        : vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme !== "file") {
        await vscode.window.showErrorMessage("Open a template that is saved in a file first.");
        return undefined;
    }
    const document = vscode.workspace.textDocuments.find(open => open.uri.toString() === uri.toString());
    const isSaved = document === undefined || !document.isDirty || await document.save();
    return isSaved ? uri : undefined;
}

async function chat(given: unknown): Promise<void> {
    const uri = await template(given);
    if (uri === undefined) {
        return;
    }
    const terminal = vscode.window.createTerminal({
        name: `Chat: ${path.basename(uri.fsPath)}`,
        shellPath: programPath(),
        shellArgs: ["chat", uri.fsPath],
        cwd: path.dirname(uri.fsPath),
        iconPath: new vscode.ThemeIcon("comment-discussion"),
    });
    terminal.show();
}

/** Runs the program to its end: its exit status, and all that it says. */
function run(operands: string[], folder: string): Promise<{ status: number; text: string }> {
    return new Promise(resolve => {
        const options = { cwd: folder, timeout: 60_000, maxBuffer: 16 << 20 };
        execFile(programPath(), operands, options, (error, stdout, stderr) => {
            const status = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
            resolve({ status, text: `${stdout}${stderr}`.trim() || (error?.message ?? "") });
        });
    });
}

async function preview(given: unknown): Promise<void> {
    const uri = await template(given);
    if (uri === undefined) {
        return;
    }
    const name = path.basename(uri.fsPath).replace(/\.ya?ml$/, "");
    const page = path.join(os.tmpdir(), `dialogc-${process.pid}-${name}.html`);
    const { status, text } = await run(["preview", uri.fsPath, "-o", page], path.dirname(uri.fsPath));
    if (status === 0) {
        await vscode.env.openExternal(vscode.Uri.file(page));
    } else {
        await vscode.window.showErrorMessage(`The page could not be made. ${text}`);
    }
}

async function install(given: unknown): Promise<void> {
    const uri = await template(given);
    if (uri === undefined) {
        return;
    }
    const chosen = await vscode.window.showOpenDialog({
        title: "Install into which bot export?",
        openLabel: "Install",
        canSelectMany: false,
        filters: { "Bot exports": ["json", "zip"] },
    });
    const bot = chosen?.[0];
    if (bot === undefined) {
        return;
    }
    const { status, text } = await run(["install", "--into", bot.fsPath, uri.fsPath], path.dirname(uri.fsPath));
    if (status === 0) {
        await vscode.window.showInformationMessage(text || `Installed into ${path.basename(bot.fsPath)}.`);
    } else {
        await vscode.window.showErrorMessage(`Nothing was installed. ${text}`);
    }
}

export function registerCommands(): vscode.Disposable[] {
    return [
        vscode.commands.registerCommand("dialogc.chat", chat),
        vscode.commands.registerCommand("dialogc.preview", preview),
        vscode.commands.registerCommand("dialogc.install", install),
    ];
}
