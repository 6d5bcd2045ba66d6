/* What a command line asks for. */
#ifndef DIALOGC_CLI_OPTIONS_H
#define DIALOGC_CLI_OPTIONS_H

#include "base/file.h"
#include "cli/command.h"
#include "diag/diagnostic.h"
#include "document/tree/node.h"

enum output_format {
    FORMAT_HUMAN,
    FORMAT_JSON,
    FORMAT_SARIF,
    FORMAT_GITHUB,
    FORMAT_JUNIT,
};

enum color_mode {
    COLOR_AUTO, /* on a terminal */
    COLOR_ALWAYS,
    COLOR_NEVER,
};

/*
 * The values of the options, which option_table.c describes. The first part is for many commands;
 * each of the structs belongs to the commands that it names. A text is NULL, and a list empty,
 * unless the command line gives it.
 */
struct options {
    const struct command *command;
    char **arguments;          /* the whole command line, with a NULL behind it */
    struct file_list operands; /* after `@LIST` has become the lines of LIST */
    bool help;

    /* how findings are shown, and which of them fail the run */
    enum output_format format;
    enum color_mode color;
    bool quiet;
    bool no_sync;         /* do not wait until what is written is on the disk */
    long max_warnings;    /* -1: any number */
    struct policy policy; /* --error, --ignore */

    /* commands that compile templates, or use what a project defines */
    const char *directory; /* of the project */
    struct file_list auth;
    size_t jobs;
    size_t shard, shards; /* --shard I/N: I - 1 and N; 0, 0: all */
    const char *output;
    const char *bot;     /* --into, --from, --bot: the bot export to work with */
    const char *records; /* --org: of mock-salesforce, chat */

    struct { /* build; check has `known` and `fix` */
        bool check;
        bool fix;
        const char *depfile;
        struct file_list known;
    } build;
    bool may_write; /* mcp */
    struct {        /* init; add has `locales` and `profile`, and the new name of its copy */
        const char *name;
        const char *locales;
        const char *instance;
        const char *login;
        const char *authorization;
        const char *app;
        const char *identity_provider;
        const char *client_id; /* this and the next: names of environment variables */
        const char *client_secret;
        const char *scopes;
        bool defaults;
        const char *as;
        const char *profile;
    } start;
    struct { /* fmt */
        bool check;
        bool diff;
    } fmt;
    struct { /* new */
        const char *object;
        const char *operation;
        const char *fields;
    } scaffold;
    struct { /* test; new-test has `coverage` */
        bool update;
        bool explore;
        bool coverage;
        long min_coverage; /* per cent */
        const char *export;
    } test;
    struct { /* chat */
        const char *locale;
        struct node *entities; /* --set: a mapping, or NULL */
    } chat;
    struct {                /* preview */
        const char *format; /* "html", "svg" or "mermaid"; NULL: html */
        bool coverage;
        bool serve;
        long port;
    } preview;
    struct { /* mock-salesforce */
        long port;
        const char *address;
        const char *host;
        const char *token;
        long timeout; /* seconds; 0: not given */
        const char *now;
    } mock;
    struct {             /* pull and deploy */
        const char *bot; /* an id */
        const char *environment;
        const char *host;
        const char *authorities; /* --ca-file */
        const char *client_id;
        const char *credentials;    /* a file */
        const char *secret_command; /* for a shell */
        size_t interval;            /* milliseconds; 0: not given */
        size_t timeout;             /* seconds; 0: not given */
        bool published;             /* of pull, and the next */
        bool list;
        bool plan; /* of deploy, and the rest */
        bool yes;
        const char *rollback; /* a backup */
        const char *publish;  /* a comment */
        const char *new_bot;  /* a name */
        const char *tests;    /* a file */
        const char *tests_user;
    } online;
    struct { /* install and uninstall have `dry_run`, import and
                preview `dialogs`, diff `breaking` */
        bool dry_run;
        bool keep_going;
        const char *locales;      /* of install and deploy */
        struct file_list dialogs; /* names */
        bool breaking;
        bool html;          /* diff, and the next */
        const char *format; /* "human", "json" or "markdown"; NULL: human */
    } change;
};

/*
 * Parses what follows the command's name into `options`, whose command is set. STATUS_OK; or
 * another exit status after a message on standard error.
 */
int options_parse(struct arena *arena, struct options *options, int count, char **arguments);

#endif
