/* dialogc preview: dialogs as a page, a picture or a diagram. */
#include "cli/output.h"
#include "cli/page_worker.h"
#include "cli/preview_server.h"
#include "cli/preview_subject.h"
#include "page/mermaid.h"
#include "page/svg.h"

/* From the folder of the page back to the current one: "../" for `out/page.html`; empty: unknown.
 */
static const char *way_back(struct arena *arena, const char *path)
{
    struct builder out = builder_new(arena);
    struct slice part;
    struct slice folder = path != NULL ? slice_of(file_folder(arena, path)) : SLICE("/");
    if (slice_starts_with(folder, "/")) {
        return "";
    }
    builder_add_text(&out, "./");
    for (size_t at = 0; slice_next_part(folder, '/', &at, &part);) {
        if (slice_is(part, "..")) {
            return "";
        }
        builder_add_text(&out, slice_is(part, ".") || part.length == 0 ? "" : "../");
    }
    return arena_copy(arena, builder_slice(&out));
}

/* The document that is asked for; false after a message. */
static bool draw(struct preview *p, struct builder *out)
{
    const char *format = p->options->preview.format != NULL ? p->options->preview.format : "html";
    if (strcmp(format, "svg") == 0 && p->page.count != 1) {
        cli_message("a picture shows one dialog, and there are %zu; `--dialog NAME` chooses one",
                    p->page.count);
        return false;
    }
    if (strcmp(format, "svg") == 0) {
        struct canvas canvas = canvas_new(p->arena, p->page.dialogs[0].dialog);
        page_svg(out, &canvas);
    } else if (strcmp(format, "mermaid") == 0) {
        page_mermaid(out, &p->page);
    } else {
        page_worker_document(out, &p->page);
    }
    return true;
}

int command_preview(struct arena *arena, struct options *options)
{
    struct preview p = {.arena = arena, .options = options};
    struct builder out = builder_new(arena);
    if (options->preview.serve) {
        return preview_serve(arena, options);
    }
    int status = preview_prepare(&p);
    if (status != STATUS_OK) {
        return status;
    }
    p.page.folder = way_back(arena, options->output);
    return draw(&p, &out) ? output_document(arena, options, &p.stage.run.findings, options->output,
                                            builder_slice(&out))
                          : STATUS_USAGE;
}
