/* The state of the language server, for the files that handle its methods. */
#ifndef DIALOGC_EDITOR_SERVER_SERVER_H
#define DIALOGC_EDITOR_SERVER_SERVER_H

#include "build/inputs/schema_texts.h"
#include "editor/rpc/connection.h"
#include "editor/server/lsp.h"
#include "editor/workspace/workspace.h"

enum lsp_phase {
    LSP_STARTED,
    LSP_INITIALIZED,
    LSP_SHUT_DOWN,
    LSP_OVER,
};

/* What the client has said that it can do. */
struct client_abilities {
    bool pulls_diagnostics;
    bool refreshes_diagnostics;
    bool watches_files; /* when it is asked to */
    bool shows_related;
    bool shows_tags;
    bool links_codes;
    bool takes_snippets;
    bool chats; /* it has a command for a chat */
    bool creates_files;
};

struct lsp {
    struct connection *connection;
    struct lsp_host host;
    enum lsp_phase phase;
    bool was_shut_down;
    struct client_abilities client;
    const char *checks_url; /* the page of a code is this and its name; NULL: there is none */
    struct workspace workspace;
    struct arena schema_arena;
    struct schema_texts schemas;  /* those that were asked for */
    struct arena published_arena; /* of what follows, and of the address of the pages */
    struct map published;         /* paths to what was published of them last */
    struct trial *trials;         /* what running conversations and explorations has shown */
    bool wants_refresh; /* findings have changed since the client was asked to pull them */
};

/* What one step of work on a project needs. */
struct project_work lsp_work_on(const struct lsp *lsp, struct arena *arena,
                                const struct project_state *project, struct given_inputs *given,
                                struct file_list *bounds);

/* The schemas; for as long as the call is handled, their memory runs out as that of `arena`. */
struct schema_texts *lsp_schemas(struct lsp *lsp, struct arena *arena);

/*
 * The document that `textDocument` of a call names; NULL, after rpc_fail, when it is not open.
 */
struct document *lsp_document(const struct lsp *lsp, struct rpc_call *call);

/* The text of a file: of the open document, else of the disk; false when it cannot be read. */
bool lsp_text(const struct lsp *lsp, struct arena *arena, const char *path, struct slice *text);

/* The tree of a document; NULL when it cannot be read, or is no file. */
const struct node *lsp_tree(struct arena *arena, const struct document *document);

/*
 * The project of a document, with what templates share brought up to date, and nothing checked;
 * NULL when the document is in none.
 */
const struct project_state *lsp_project(struct lsp *lsp, struct arena *arena,
                                        const struct document *document);

/* ---- lifecycle.c ---- */

void lsp_initialize(struct lsp *lsp, struct rpc_call *call);
void lsp_initialized(struct lsp *lsp, struct rpc_call *call);
void lsp_shutdown(struct lsp *lsp, struct rpc_call *call);
void lsp_exit(struct lsp *lsp, struct rpc_call *call);
void lsp_change_folders(struct lsp *lsp, struct rpc_call *call);

/* ---- synchronization.c ---- */

void lsp_did_open(struct lsp *lsp, struct rpc_call *call);
void lsp_did_change(struct lsp *lsp, struct rpc_call *call);
void lsp_did_save(struct lsp *lsp, struct rpc_call *call);
void lsp_did_close(struct lsp *lsp, struct rpc_call *call);
void lsp_did_change_files(struct lsp *lsp, struct rpc_call *call);

/* ---- findings.c ---- */

/* textDocument/diagnostic and workspace/diagnostic. */
void lsp_document_diagnostics(struct lsp *lsp, struct rpc_call *call);
void lsp_workspace_diagnostics(struct lsp *lsp, struct rpc_call *call);

/* The findings of a document, brought up to date, in order; what they show is concealed. */
struct findings lsp_findings(struct lsp *lsp, struct arena *arena, const struct document *document);

/* Publishes the findings of a file where they have changed. */
void lsp_publish_file(struct lsp *lsp, struct arena *arena, const struct project_state *state,
                      const char *path);

/* Publishes what has changed, or asks the client to pull it. */
void lsp_publish(struct lsp *lsp, struct arena *arena);

/* The document is closed: what was published of it is forgotten when it is no file. */
void lsp_unpublish(struct lsp *lsp, struct arena *arena, const struct document *document);

/* ---- trial_store.c ---- */

/* Where a conversation has not gone as it says: a line of a file, from 0. */
struct trial_failure {
    size_t line;
    struct slice message;
};

/* What there is of a file since it was run last; NULL when nothing is. */
const struct trial_failure *lsp_trial(const struct lsp *lsp, const char *path, size_t *count);

/*
 * A copy of the failures takes the place of what was known of the file. When memory runs out,
 * `caller` is unwound.
 */
void lsp_keep_trial(struct lsp *lsp, struct arena *caller, const char *path,
                    const struct trial_failure *failures, size_t count);

/* The file has changed: what it showed is over. */
void lsp_forget_trial(struct lsp *lsp, const char *path);
void lsp_forget_trials(struct lsp *lsp);

/* ---- trials.c ---- */

/* workspace/executeCommand: runs conversations, or explores a template. */
void lsp_execute(struct lsp *lsp, struct rpc_call *call);

/* The names of the commands, the last of which is NULL. */
extern const char *const lsp_commands[];

/* ---- methods with a file each ---- */

void lsp_lenses(struct lsp *lsp, struct rpc_call *call);

void lsp_code_actions(struct lsp *lsp, struct rpc_call *call);
void lsp_completion(struct lsp *lsp, struct rpc_call *call);
void lsp_hover(struct lsp *lsp, struct rpc_call *call);
void lsp_formatting(struct lsp *lsp, struct rpc_call *call);
void lsp_folding(struct lsp *lsp, struct rpc_call *call);
void lsp_selection(struct lsp *lsp, struct rpc_call *call);
void lsp_links(struct lsp *lsp, struct rpc_call *call);
void lsp_hints(struct lsp *lsp, struct rpc_call *call);
void lsp_semantic_tokens(struct lsp *lsp, struct rpc_call *call);

/* Adds what the numbers of semantic tokens mean. */
void lsp_add_legend(struct cjson abilities);

/* ---- symbols.c ---- */

void lsp_definition(struct lsp *lsp, struct rpc_call *call);
void lsp_references(struct lsp *lsp, struct rpc_call *call);
void lsp_highlights(struct lsp *lsp, struct rpc_call *call);
void lsp_prepare_rename(struct lsp *lsp, struct rpc_call *call);
void lsp_rename(struct lsp *lsp, struct rpc_call *call);
void lsp_document_symbols(struct lsp *lsp, struct rpc_call *call);
void lsp_workspace_symbols(struct lsp *lsp, struct rpc_call *call);

#endif
