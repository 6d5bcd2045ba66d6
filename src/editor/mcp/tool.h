/*
 * The tools of `dialogc mcp`: each is a command of dialogc, so that an assistant gets what a person
 * would get. The table is tools.def.
 */
#ifndef DIALOGC_EDITOR_MCP_TOOL_H
#define DIALOGC_EDITOR_MCP_TOOL_H

#include "editor/rpc/connection.h"

/* What a value of a tool is. */
enum tool_value_kind {
    TOOL_FILE,   /* the path of a file or folder in the server's folder */
    TOOL_FILES,  /* a list of them */
    TOOL_NAME,   /* one name or word: never an option, whatever it begins with */
    TOOL_NAMES,  /* a list of them */
    TOOL_SOURCE, /* the text of a file, which goes to standard input */
};

struct tool_value {
    const char *name; /* NULL in the last row */
    enum tool_value_kind kind;
    bool is_required;
    const char *description;
};

struct tool {
    const char *name;
    const char *title;
    const char *description;
    bool writes;
    /*
     * The command line, without `dialogc`, word by word between blanks: a {value} stands for all
     * texts of that value; a word without text for its value is left out.
     */
    const char *command;
    const struct tool_value *values;
};

/* The tool `name`; NULL when there is none, or it writes and the server may not. */
const struct tool *tool_find(struct slice name, bool may_write);

/* Adds the tools to a list, as `tools/list` describes them. */
void tools_describe(struct cjson list, bool may_write);

/* A command line. */
struct tool_command {
    const char **words; /* the arguments of dialogc, with a NULL behind them */
    size_t count;
    struct slice input; /* of standard input */
};

/* How a command ended. */
struct tool_outcome {
    bool started;        /* otherwise `output` says why not */
    bool is_over_time;   /* it was ended before its time */
    int status;          /* its exit status */
    struct slice output; /* up to TOOL_OUTPUT_LIMIT bytes */
    size_t left_out;     /* bytes of it beyond that */
};

#define TOOL_OUTPUT_LIMIT ((size_t)256 * 1024)

/* Says of a path whether it is in the server's folder; `path` need not exist. */
struct tool_folder {
    bool (*holds)(void *context, struct arena *arena, const char *path);
    void *context;
};

/*
 * The command line for a call with the values `given`, an object or NULL. False, after rpc_fail,
 * when a value is missing, unknown, of another kind, or outside of the folder.
 */
bool tool_compose(struct rpc_call *call, const struct tool *tool, const struct node *given,
                  const struct tool_folder *folder, struct tool_command *command);

#endif
