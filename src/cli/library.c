#include "cli/library.h"

#include "base/embedded.h"
#include "document/yaml/reader.h"
#include "report/cjson.h"

#define FOLDER    "templates/salesforce/"
#define FRAGMENTS FOLDER "fragments/"
#define SUFFIX    ".yaml"

/* Made by the build: the templates and their conversations. */
extern const struct embedded_file library_files[];

/* The library has no mistakes: a test reads all of it. */
static const struct node *read_part(struct arena *arena, struct slice name)
{
    struct diagnostics none = diagnostics_new(arena);
    struct slice bytes = embedded_in(library_files, name);
    struct source *source;
    return bytes.length > 0 ? yaml_read(arena, name.data, bytes, &none, &source) : NULL;
}

/* "create-a-lead" of "templates/salesforce/create-a-lead.yaml"; empty for conversations. */
static struct slice name_of(const struct embedded_file *file)
{
    struct slice path = slice_of(file->name);
    if (slice_ends_with(path, CONVERSATION_SUFFIX)) {
        return SLICE("");
    }
    return slice_part(path, sizeof FOLDER - 1, path.length - (sizeof SUFFIX - 1));
}

/* True when `word` is one of the words of a name: `lead` in "create-a-lead". */
static bool has_word(struct slice name, const char *word)
{
    struct slice part;
    for (size_t at = 0; slice_next_part(name, '-', &at, &part);) {
        if (slice_is(part, word)) {
            return true;
        }
    }
    return false;
}

static void report_unknown(struct arena *arena, const char *name)
{
    struct suggestion meant = suggestion_new(slice_of(name));
    struct builder near = builder_new(arena);
    for (const struct embedded_file *file = library_files; file->name != NULL; file++) {
        struct slice known = name_of(file);
        suggestion_offer(&meant, known);
        if (has_word(known, name)) {
            builder_printf(&near, "%s`%.*s`", near.length > 0 ? ", " : "", SLICE_ARG(known));
        }
    }
    if (near.length > 0) {
        cli_message("there is no library template `%s`; these have the word: %.*s", name,
                    SLICE_ARG(builder_slice(&near)));
    } else {
        cli_message_unknown("library template", &meant, "`dialogc add` lists the templates");
    }
}

bool library_find(struct arena *arena, const char *name, struct library_template *found)
{
    for (const struct embedded_file *file = library_files; file->name != NULL; file++) {
        struct slice known = name_of(file);
        if (known.length > 0 && slice_is(known, name)) {
            found->name = known;
            found->root = read_part(arena, slice_of(file->name));
            found->conversations =
                read_part(arena, arena_printf(arena, FOLDER "%s" CONVERSATION_SUFFIX, name));
            return true;
        }
    }
    report_unknown(arena, name);
    return false;
}

bool library_has_fragment(const struct node *root)
{
    return slice_starts_with(slice_of(root->source->path), FRAGMENTS);
}

/* A title in the language that comes first. */
static struct slice title_of(const struct node *root)
{
    const struct node *title = node_get(root, "title");
    return node_is(title, NODE_MAPPING) ? title->members[0].value->text : title->text;
}

int library_list(struct arena *arena, const struct options *options)
{
    struct builder lines = builder_new(arena);
    struct builder json = builder_new(arena);
    struct cjson report = cjson_new_object(arena);
    struct cjson list = cjson_add_array(report, "templates");
    for (const struct embedded_file *file = library_files; file->name != NULL; file++) {
        struct slice name = name_of(file);
        if (name.length == 0) {
            continue;
        }
        const struct node *root = read_part(arena, slice_of(file->name));
        struct slice title = title_of(root);
        struct slice description = node_text(root, "description");
        struct cjson item = cjson_add_object(list, NULL);
        cjson_add_text(item, "name", name);
        cjson_add_text(item, "title", title);
        cjson_add_text(item, "description", description);
        builder_printf(&lines, "%-33.*s %-33.*s %.*s\n", SLICE_ARG(name), SLICE_ARG(title),
                       SLICE_ARG(description));
    }
    if (options->format == FORMAT_JSON) {
        cjson_print(&json, report, CJSON_LINES);
        builder_add_char(&json, '\n');
        return cli_print(builder_slice(&json)) ? STATUS_OK : STATUS_SYSTEM;
    }
    return cli_print(builder_slice(&lines)) ? STATUS_OK : STATUS_SYSTEM;
}
