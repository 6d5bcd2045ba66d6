/*
 * The server of the Model Context Protocol, without the streams and processes: messages in,
 * messages out. Its tools are commands of dialogc, which the program that has the server runs.
 */
#ifndef DIALOGC_EDITOR_MCP_MCP_H
#define DIALOGC_EDITOR_MCP_MCP_H

#include "editor/mcp/tool.h"

/* What the server needs of the program. */
struct mcp_host {
    void *context;
    void (*send)(void *context, struct slice bytes);
    /* Runs dialogc in the server's folder, to the end of it; the output lives in `arena`. */
    struct tool_outcome (*run)(void *context, struct arena *arena,
                               const struct tool_command *command);
    /* As struct tool_folder. */
    bool (*holds)(void *context, struct arena *arena, const char *path);
};

struct mcp;

/* The server lives in `arena`. */
struct mcp *mcp_new(struct arena *arena, const struct mcp_host *host, bool may_write);

/* Takes what the client has sent, and answers it. */
void mcp_receive(struct mcp *mcp, struct slice bytes);

#endif
