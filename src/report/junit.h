/*
 * JUnit reports: suites of test cases, each with its failures and output. The writer counts.
 *
 *     struct junit junit = junit_new(arena);
 *     junit_begin_suite(&junit, SLICE("dialogc"));
 *     junit_begin_case(&junit, SLICE("dialogc"), path);
 *     junit_add_failure(&junit, "E0101", message, text);
 *     junit_write(out, &junit);
 *
 * Texts may be any bytes: see base/printable.h.
 */
#ifndef DIALOGC_REPORT_JUNIT_H
#define DIALOGC_REPORT_JUNIT_H

#include "base/builder.h"

struct junit_count {
    size_t cases;
    size_t failed; /* cases with a failure */
    size_t skipped;
};

struct junit {
    struct builder suites;    /* that are complete */
    struct junit_count total; /* of those */
    struct slice suite_name;  /* of the suite at hand; NULL data: there is none */
    struct builder cases;     /* of the suite at hand, which begins with its counts */
    struct junit_count count;
    bool case_is_open;
    bool case_has_content; /* and is written as an element with an end tag */
    bool case_failed;
};

struct junit junit_new(struct arena *arena);

/* Begins a suite; the one before ends. The name must live as long as the report. */
void junit_begin_suite(struct junit *junit, struct slice name);

/* Begins a test case of the suite; the one before ends. */
void junit_begin_case(struct junit *junit, struct slice class_name, struct slice name);

/* Adds a failure to the test case; `type` is a word of ours, or NULL. */
void junit_add_failure(struct junit *junit, const char *type, struct slice message,
                       struct slice text);

/* Says that the test case has not been run. */
void junit_skip(struct junit *junit, struct slice reason);

/* Adds what a test case has to say without having failed. */
void junit_add_output(struct junit *junit, struct slice text);

/* Ends what has begun, and appends the whole document. */
void junit_write(struct builder *out, struct junit *junit);

#endif
