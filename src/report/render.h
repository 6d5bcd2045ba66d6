/* Rendering findings as text. */
#ifndef DIALOGC_REPORT_RENDER_H
#define DIALOGC_REPORT_RENDER_H

#include "diag/findings.h"
#include "report/cjson.h"

/* What a command adds to the JSON document of its findings. */
struct render_result {
    void (*add)(struct cjson report, const void *context);
    const void *context;
};

/*
 * Appends one finding in the manner of modern compilers: the heading, the source line with the
 * place underlined, notes and suggestion. `color` adds ANSI sequences. Secrets are masked.
 */
void render_human(struct builder *out, const struct diagnostic *diagnostic, bool color);

/*
 * Appends all findings as one JSON document:
 * {"diagnostics":[{code, severity, message, file, range, notes, suggestion}], "summary":{…}}.
 * Lines and columns are 1-based, ends exclusive; `suggestion` is null when there is none. `result`,
 * unless it is NULL, adds what the command has done.
 */
void render_json(struct builder *out, const struct findings *findings,
                 const struct render_result *result);

/* Appends one finding as a GitHub workflow command. */
void render_github(struct builder *out, const struct diagnostic *diagnostic);

/*
 * Appends a JUnit document with a test case for each file that was looked at: its errors are
 * failures, its warnings output.
 */
void render_junit(struct builder *out, const struct findings *findings);

/*
 * Appends a SARIF 2.1.0 log. `version` is dialogc's; `root` is the whole path of the folder that
 * relative paths belong to: files below it are relative to it, others have whole URIs.
 */
void render_sarif(struct builder *out, const struct diagnostics *list, const char *version,
                  const char *root);

#endif
