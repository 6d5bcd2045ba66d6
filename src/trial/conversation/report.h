/* What became of conversations, for people and for machines. */
#ifndef DIALOGC_TRIAL_CONVERSATION_REPORT_H
#define DIALOGC_TRIAL_CONVERSATION_REPORT_H

#include "base/builder.h"
#include "trial/conversation/conversation.h"

struct report_failure {
    struct position position;
    struct slice what, expected, actual;
    struct slice help; /* may be empty */
};

struct report_case {
    const char *path; /* of the file */
    struct slice name;
    struct position position; /* for report_json */
    struct report_failure *failures;
    size_t failure_count;
    bool skipped; /* it is in a language that the project does not have */
};

/* What the conversations of one dialog have gone through. */
struct report_coverage {
    const struct program_dialog *dialog;
    struct slice name; /* as conversations name it */
    bool *nodes;
    bool *transitions;
    struct node *statuses; /* of each service: a list of what it was answered */
    size_t node_count;     /* covered */
    size_t transition_count;
};

struct report {
    struct report_case *cases;
    size_t case_count;
    size_t failed_count; /* cases with failures */
    size_t skipped_count;
    struct report_coverage *coverage;
    size_t coverage_count;
};

/* Per cent of the nodes and transitions of all dialogs that were gone through, rounded down. */
size_t report_percent(const struct report *report);

/* Failures with what differs line by line, a summary; `coverage`: and what was not gone through. */
void report_human(struct builder *out, const struct report *report, bool coverage, bool quiet);
void report_json(struct builder *out, const struct report *report);
void report_junit(struct builder *out, const struct report *report);

#endif
