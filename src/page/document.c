/*
 * page/index.html has placeholders, such as {{style}}. The scripts are modules, so that they can be
 * read and tested one by one; in the document they are one: a module comes behind those that it
 * imports, its imports are left out, and what it exports are names like any other.
 */
#include "page/document.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>

#include "base/embedded.h"
#include "base/table.h"
#include "page/data.h"

extern const struct embedded_file page_files[];

/* In the order in which they are in the document. */
static const char *const modules[] = {
    "page/texts.js",   "page/elements.js", "page/difference.js", "page/highlight.js",
    "page/message.js", "page/model.js",    "page/panel.js",      "page/canvas.js",
    "page/chat.js",    "page/main.js",
};

static void add_module(struct builder *out, struct slice text)
{
    struct slice line;
    for (size_t at = 0; slice_next_part(text, '\n', &at, &line);) {
        if (slice_starts_with(line, "import ")) {
            continue;
        }
        size_t skipped = slice_starts_with(line, "export ") ? strlen("export ") : 0;
        builder_add(out, slice_part(line, skipped, line.length));
        builder_add_char(out, '\n');
    }
}

static struct slice script_of(struct arena *arena)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < TABLE_LENGTH(modules); i++) {
        add_module(&out, embedded_in(page_files, slice_of(modules[i])));
    }
    return builder_slice(&out);
}

/* ---- the policy ---- */

/* "'sha256-…'" */
static struct slice hash_of(struct arena *arena, struct slice text)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char encoded[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE)];
    sha256_init(&context);
    sha256_update(&context, text.length, (const uint8_t *)text.data);
    sha256_digest(&context, sizeof digest, digest);
    base64_encode_raw(encoded, sizeof digest, digest);
    return arena_printf(arena, "'sha256-%.*s'", (int)sizeof encoded, encoded);
}

/* The chat of a served page asks its server, and nobody else. */
static struct slice policy_of(struct arena *arena, bool talks, struct slice style,
                              struct slice script)
{
    return arena_printf(arena,
                        "default-src 'none'; script-src %.*s; style-src %.*s; %sbase-uri 'none'; "
                        "form-action 'none'",
                        SLICE_ARG(hash_of(arena, script)), SLICE_ARG(hash_of(arena, style)),
                        talks ? "connect-src 'self'; " : "");
}

/* ---- the document ---- */

static void add_escaped(struct builder *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        switch (text.data[i]) {
        case '<':
            builder_add_text(out, "&lt;");
            break;
        case '&':
            builder_add_text(out, "&amp;");
            break;
        default:
            builder_add_char(out, text.data[i]);
        }
    }
}

/* Appends what is behind a placeholder's name. */
static void add_part(struct builder *out, const struct page *page, struct slice name,
                     struct slice style, struct slice script)
{
    if (slice_is(name, "policy")) {
        builder_add(out, policy_of(out->arena, page->talks, style, script));
    } else if (slice_is(name, "title")) {
        add_escaped(out, page->title.length > 0 ? page->title : SLICE("Dialogs"));
    } else if (slice_is(name, "style")) {
        builder_add(out, style);
    } else if (slice_is(name, "script")) {
        builder_add(out, script);
    } else if (slice_is(name, "data")) {
        page_data(out, page);
    }
}

void page_document(struct builder *out, const struct page *page)
{
    struct slice frame = embedded_in(page_files, SLICE("page/index.html"));
    struct slice style = embedded_in(page_files, SLICE("page/style.css"));
    struct slice script = script_of(out->arena);
    size_t at = 0;
    for (size_t open; (open = slice_find(frame, "{{", at)) < frame.length;) {
        size_t close = slice_find(frame, "}}", open);
        builder_add(out, slice_part(frame, at, open));
        add_part(out, page, slice_part(frame, open + 2, close), style, script);
        at = close + 2;
    }
    builder_add(out, slice_part(frame, at, frame.length));
}
