/** dialogc for programs: each function runs a command and resolves to its JSON form. */

export interface Position {
    /** From 1. */
    line: number;
    /** From 1, in characters. */
    column: number;
}

export interface Range {
    start: Position;
    end: Position;
}

export interface Note {
    message: string;
    file: string | null;
    range: Range | null;
}

export interface Diagnostic {
    /** `E0802`; `dialogc explain E0802` explains it. */
    code: string;
    severity: "error" | "warning";
    message: string;
    /** Null for a finding without a place. */
    file: string | null;
    range: Range | null;
    notes: Note[];
    /** What to write instead, if dialogc knows. */
    suggestion: string | null;
}

export interface CheckResult {
    /** Whether the command succeeded: no errors, and not more warnings than allowed. */
    ok: boolean;
    diagnostics: Diagnostic[];
    summary: {files: number; errors: number; warnings: number};
}

export interface Failure extends Position {
    message: string;
    expected: string;
    actual: string;
    help?: string;
}

export interface Conversation {
    file: string;
    name: string;
    line: number;
    passed: boolean;
    /** The project does not have the language of the conversation. */
    skipped: boolean;
    failures: Failure[];
}

export interface Share {
    covered: number;
    all: number;
}

export interface Coverage {
    dialog: string;
    nodes: Share;
    transitions: Share;
    statuses: unknown;
}

export interface TestResult {
    /** Whether all conversations passed. */
    ok: boolean;
    conversations: Conversation[];
    coverage: Coverage[];
    summary: {conversations: number; failed: number; skipped: number; percent: number};
}

export interface Options {
    /** The folder that dialogc runs in; the project is looked for there. */
    cwd?: string;
    env?: Record<string, string | undefined>;
    /** Ends the command. */
    signal?: AbortSignal;
    /** Standard input, for the operand `-`. */
    input?: string | Uint8Array;
    /** More options of the command: `["--max-warnings", "0"]`. */
    args?: string[];
}

export interface BuildOptions extends Options {
    /** The folder of the artifacts. */
    output?: string;
    /** Only whether the artifacts are up to date; nothing is written. */
    check?: boolean;
}

/**
 * The command had no result: what it tests has errors (status 1), it was wrong (2), the system failed (3), or a signal
 * ended it (its name).
 */
export class DialogcError extends Error {
    status: number | string;
    /** What dialogc said. */
    stderr: string;
    /** The findings in conversations, if they are the reason. */
    diagnostics: Diagnostic[];
}

/** Checks templates: files or folders, or without operands the project. Rejects with a DialogcError. */
export function check(operands?: string | string[], options?: Options): Promise<CheckResult>;

/** Compiles templates to dialog tasks. If any has an error, no file changes. Rejects with a DialogcError. */
export function build(operands?: string | string[], options?: BuildOptions): Promise<CheckResult>;

/** Runs conversations. Rejects with a DialogcError, also where templates have errors. */
export function test(operands?: string | string[], options?: Options): Promise<TestResult>;

/** The path of the program. */
export function programPath(): string;
