/*
 * Conversations as tests: files of what the user says and what is expected to follow, in the form
 * of schemas/conversation.schema.json.
 */
#ifndef DIALOGC_TRIAL_CONVERSATION_CONVERSATION_H
#define DIALOGC_TRIAL_CONVERSATION_CONVERSATION_H

#include "trial/conversation/records.h"
#include "trial/organisation/organisation.h"
#include "document/schema/schema.h"
#include "trial/simulator/simulator.h"

/* The time in conversations that give none: 2026-01-15T09:00:00Z. */
#define CONVERSATION_NOW 1768467600000LL

struct conversation_file {
    const char *path;
    struct source *source;
    const struct node *root;
    struct slice dialog; /* the identifier of a template, or the name of a dialog */
    const struct node *cases;
};

/* What conversations take place in. All of it is only read. */
struct conversation_world {
    const struct program *program;
    const struct program_dialog *dialog;
    struct sobject_catalog *catalog;
    const struct node *channels;     /* the project's, or NULL */
    const struct slice *own_locales; /* that the template lists, the first is that of conversations
                                        which name none; the dialog may lack some */
    size_t own_locale_count;
    bool has_template;              /* the dialog is made of one, and not from an export */
    struct script_machine *machine; /* NULL: one for this conversation */
    bool invents;                   /* what nobody has an answer for gets one that is made up */
};

/* A difference between what was expected and what was. */
struct conversation_failure {
    const struct node *place; /* in the file */
    struct slice what;        /* "turn 2: what the bot says" */
    struct slice expected;    /* as YAML; empty: nothing */
    struct slice actual;
    struct slice help; /* what may have led to it, or what to write instead; may be empty */
};

struct conversation_result {
    struct conversation_failure *failures;
    size_t failure_count;
    struct node *recorded; /* the case with what was, instead of what was expected */
    bool *nodes;           /* of the dialog: which have been entered */
    bool *transitions;     /* which have been taken */
    size_t turn_count;
};

/*
 * Reads a file of conversations. False, with findings, when it is not valid; `bytes` must outlive
 * it.
 */
bool conversation_load(struct arena *arena, const struct schema *schema, const char *path,
                       struct slice bytes, struct diagnostics *diagnostics,
                       struct conversation_file *file);

/*
 * Checks what the file names (E1202 to E1206) against the dialog and those that it calls: nodes,
 * entities and their values, services, settings, records, patterns.
 */
void conversation_check(struct arena *arena, const struct conversation_file *file,
                        const struct conversation_world *world, struct diagnostics *diagnostics);

/*
 * The locale of a case: the one that it names, else the first that the template lists, else the
 * dialog's first. Where the dialog has another form of the language (`de_AT` for `de`), that.
 */
struct slice conversation_locale(const struct conversation_file *file, size_t index,
                                 const struct conversation_world *world);

/* True when a case is in a language that the template has, but not the project, and so the dialog.
 */
bool conversation_is_left_out(const struct conversation_file *file, size_t index,
                              const struct conversation_world *world);

/*
 * Writes the locale into a new file of conversations, `root`, where without it they would count as
 * conversations in a language that the dialog does not have.
 */
void conversation_name_locale(struct arena *arena, struct node *root,
                              const struct conversation_world *world);

/* Runs the case number `index`. Everything of the result is in `arena`. */
struct conversation_result conversation_run(struct arena *arena,
                                            const struct conversation_file *file, size_t index,
                                            const struct conversation_world *world);

/*
 * What a setting of the file means for a case: the case's own value, else the file's, else NULL.
 */
const struct node *conversation_setting(const struct conversation_file *file, size_t index,
                                        const char *key);

/* ---- one conversation, for commands that lead it themselves ---- */

/* A simulator with an organisation behind it. */
struct conversation {
    struct arena *arena;
    const struct conversation_world *world;
    struct organisation *organisation;
    struct simulator *simulator;
    const struct node *answers; /* of this turn: service names to answers; or NULL */
    struct map answered;        /* how often a service was answered in this turn */
};

/*
 * Begins the case number `index` of a file; of `file` NULL a conversation without any settings.
 * `locale` may be empty. The file has been checked.
 */
struct conversation *conversation_begin(struct arena *arena, const struct conversation_file *file,
                                        size_t index, const struct conversation_world *world,
                                        struct slice locale);

/* The user says what stands in a turn of a file: its `user`, `set` and `answers` are looked at. */
void conversation_say(struct conversation *conversation, const struct node *turn);

/* A turn in which the user says `text`, and nothing else is said. */
struct node *conversation_turn(struct arena *arena, struct slice text);

/* The last turn, which was `turn`, as it would stand in a file with what followed. */
struct node *conversation_record_turn(struct conversation *conversation, const struct node *turn);

/* The requests of the last turn, with their headers; credentials are three asterisks. */
struct node *conversation_requests(struct conversation *conversation);

/* Adds to a case how the conversation ended, and the records of objects that were written to. */
void conversation_record_end(struct conversation *conversation, struct node *recorded);

#endif
