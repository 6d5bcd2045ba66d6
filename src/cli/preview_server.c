#include "cli/preview_server.h"

#include <nettle/memops.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/page_worker.h"
#include "cli/preview_subject.h"
#include "cli/server.h"

#define ADDRESS         "127.0.0.1"
#define BODY_LIMIT      ((size_t)1024 * 1024)
#define ARRIVING_LIMIT  ((size_t)8 * 1024 * 1024)
#define TIMEOUT_SECONDS 30

#define TEXT_TYPE "text/plain;charset=UTF-8"

/* A file that the page was made of, as it was then. */
struct made_of {
    const char *path;
    struct file_stamp stamp;
};

/* One state of the templates, with all that belongs to it. */
struct edition {
    struct arena arena;
    struct preview preview;
    struct made_of *files;
    size_t file_count;
};

/*
 * What is made is made in the server's thread, but for the first edition, while that does not run
 * yet. When memory runs out, it unwinds to the request.
 */
struct preview_server {
    struct server server;
    const struct options *options;
    struct slice token;
    struct edition *edition; /* that is served */
    size_t number;           /* of the edition; the page asks for it */
    struct edition *making;  /* that is not ready; NULL: none */
    struct edition *failed;  /* the last try, which had errors; its files are watched; or NULL */
    struct arena work;       /* of one request */
    jmp_buf recovery;
};

/* ---- editions ---- */

static void note_files(struct edition *edition)
{
    const struct file_list *looked_at = &edition->preview.stage.run.findings.looked_at;
    edition->files =
        arena_alloc_array(&edition->arena, looked_at->count + 1, sizeof *edition->files);
    for (size_t i = 0; i < looked_at->count; i++) {
        struct made_of *file = &edition->files[edition->file_count];
        file->path = arena_copy(&edition->arena, slice_of(looked_at->paths[i]));
        edition->file_count += file_stamp_of(file->path, &file->stamp) == FILE_TYPE_REGULAR;
    }
}

static bool has_changed(const struct edition *edition)
{
    bool same = true;
    for (size_t i = 0; same && i < edition->file_count; i++) {
        struct file_stamp now = {0};
        file_stamp_of(edition->files[i].path, &now);
        same = file_stamp_equal(&now, &edition->files[i].stamp);
    }
    return !same;
}

/*
 * An edition of the files as they are now; `*status` says whether it can be served. It is in
 * `s->making` until it is ready, so that it can be dropped when memory runs out.
 */
static struct edition *new_edition(struct preview_server *s, jmp_buf *recovery, int *status)
{
    struct edition *edition = calloc(1, sizeof *edition);
    if (edition == NULL) {
        longjmp(*recovery, 1);
    }
    s->making = edition;
    arena_init(&edition->arena);
    edition->arena.recovery = recovery;
    struct options *own = arena_alloc(&edition->arena, sizeof *own);
    *own = *s->options;
    edition->preview = (struct preview){.arena = &edition->arena, .options = own};
    *status = preview_prepare(&edition->preview);
    edition->preview.page.folder = "";
    edition->preview.page.talks = true;
    note_files(edition);
    s->making = NULL;
    return edition;
}

static void drop_edition(struct edition *edition)
{
    if (edition != NULL) {
        arena_free(&edition->arena);
        free(edition);
    }
}

/* Makes the page anew when a file has changed. */
static void refresh(struct preview_server *s)
{
    int status;
    if (!has_changed(s->failed != NULL ? s->failed : s->edition)) {
        return;
    }
    struct edition *made = new_edition(s, &s->recovery, &status);
    drop_edition(s->failed);
    s->failed = NULL;
    if (status == STATUS_OK) {
        drop_edition(s->edition);
        s->edition = made;
        s->number++;
    } else {
        s->failed = made; /* the report on standard error says why */
    }
}

/* ---- requests ---- */

static struct server_response refuse(unsigned status, struct slice text)
{
    return (struct server_response){status, TEXT_TYPE, text, true};
}

/* True when the request comes from the page itself, or from nowhere: a user who opens it. */
static bool is_own(const struct server_request *request)
{
    const char *host = server_header(request, "Host");
    const char *origin = server_header(request, "Origin");
    const char *site = server_header(request, "Sec-Fetch-Site");
    bool same = origin == NULL || (strncmp(origin, "http://", strlen("http://")) == 0 &&
                                   strcmp(origin + strlen("http://"), host) == 0);
    return same && (site == NULL || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0);
}

/* What is behind "/TOKEN/" of a path; data NULL: it does not begin so. */
static struct slice behind_token(const struct preview_server *s, struct slice path)
{
    size_t length = s->token.length;
    bool known = path.length >= length + 2 && path.data[0] == '/' && path.data[length + 1] == '/' &&
                 memeql_sec(path.data + 1, s->token.data, length);
    return known ? slice_part(path, length + 2, path.length) : (struct slice){0};
}

static struct server_response send_page(struct preview_server *s)
{
    struct builder out = builder_new(&s->work);
    s->edition->preview.page.stamp = arena_printf(&s->work, "%zu", s->number);
    page_worker_document(&out, &s->edition->preview.page);
    return (struct server_response){200, "text/html;charset=UTF-8", builder_slice(&out), true};
}

static struct server_response talk(struct preview_server *s, const struct server_request *request)
{
    struct builder out = builder_new(&s->work);
    const char *type = server_header(request, "Content-Type");
    if (type == NULL || strncmp(type, "application/json", strlen("application/json")) != 0) {
        return refuse(415, SLICE("a request is JSON"));
    }
    struct slice failure = page_worker_talk(&out, &s->edition->preview.page, request->body);
    if (failure.length > 0) {
        return refuse(500, failure);
    }
    if (out.length == 0) {
        return refuse(400, SLICE("not a request of the page"));
    }
    return (struct server_response){200, "application/json;charset=UTF-8", builder_slice(&out),
                                    true};
}

static struct server_response respond(void *context, const struct server_request *request)
{
    struct preview_server *s = context;
    bool gets = strcmp(request->method, "GET") == 0;
    struct slice name = behind_token(s, request->path);
    if (name.data == NULL) {
        return refuse(404, SLICE("there is nothing here"));
    }
    if (!is_own(request)) {
        return refuse(403, SLICE("this page answers itself alone"));
    }
    arena_reset(&s->work);
    if (setjmp(s->recovery) != 0) {
        drop_edition(s->making);
        s->making = NULL;
        return refuse(503, SLICE("there is no memory"));
    }
    if (gets && slice_is(name, "")) {
        refresh(s);
        return send_page(s);
    }
    if (gets && slice_is(name, "stamp")) {
        refresh(s);
        return (struct server_response){200, TEXT_TYPE, arena_printf(&s->work, "%zu", s->number),
                                        true};
    }
    if (strcmp(request->method, "POST") == 0 && slice_is(name, "talk")) {
        return talk(s, request);
    }
    return refuse(404, SLICE("there is nothing here"));
}

/* ---- the command ---- */

static int serve(struct arena *arena, struct preview_server *s)
{
    long port = s->options->preview.port;
    int status;
    s->token = server_new_token(arena);
    if (s->token.length == 0) {
        cli_message("there is no randomness for the address");
        return STATUS_SYSTEM;
    }
    int listening = server_listen(ADDRESS, &port, &status);
    if (listening < 0) {
        return status;
    }
    struct slice url =
        arena_printf(arena, "http://" ADDRESS ":%ld/%.*s/", port, SLICE_ARG(s->token));
    s->edition->arena.recovery = s->work.recovery = &s->recovery;
    return server_run(&s->server, listening, url);
}

int preview_serve(struct arena *arena, struct options *options)
{
    struct preview_server *s = arena_alloc(arena, sizeof *s);
    int status;
    s->options = options;
    s->server = (struct server){
        .respond = respond,
        .context = s,
        .refusals = {TEXT_TYPE, SLICE("the request is too large"),
                     SLICE("only requests of this machine are answered")},
        .body_limit = BODY_LIMIT,
        .arriving_limit = ARRIVING_LIMIT,
        .timeout = TIMEOUT_SECONDS,
    };
    arena_init(&s->work);
    s->edition = new_edition(s, arena->recovery, &status);
    if (status == STATUS_OK && !connections_init(&s->server.connections)) {
        arena_fail(arena);
    }
    if (status == STATUS_OK) {
        status = serve(arena, s);
        connections_free(&s->server.connections);
    }
    drop_edition(s->failed);
    drop_edition(s->edition);
    arena_free(&s->work);
    return status;
}
