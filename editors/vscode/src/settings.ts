/** The settings of the extension, which package.json describes. */
import * as path from "node:path";
import * as vscode from "vscode";

/** The program: a name for PATH, or an absolute path. */
export function programPath(): string {
    const setting = vscode.workspace.getConfiguration("dialogc").get<string>("path", "").trim() || "dialogc";
    const isName = !setting.includes("/") && !setting.includes(path.sep);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    if (isName || path.isAbsolute(setting) || folder === undefined) {
        return setting;
    }
    return path.join(folder, setting);
}

export function programArguments(): string[] {
    return vscode.workspace.getConfiguration("dialogc").get<string[]>("arguments", []);
}
