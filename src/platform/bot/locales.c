#include "platform/bot/locales.h"

#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"

struct fitting {
    struct arena *arena;
    struct map kept; /* languages; empty: all */
    struct map *left_out;
    bool changes;
};

/* ---- the languages to keep ---- */

static void keep(struct fitting *f, struct slice locale)
{
    if (locale.length > 0) {
        map_increment(&f->kept, locale);
    }
}

static void keep_keys(struct fitting *f, const struct node *mapping)
{
    for (size_t i = 0; node_is(mapping, NODE_MAPPING) && i < mapping->count; i++) {
        keep(f, mapping->members[i].key->text);
    }
}

static void keep_those_of_elements(struct fitting *f, const struct node *list)
{
    for (size_t i = 0; i < node_length(list); i++) {
        keep_keys(f, node_get(list->items[i], "localeData"));
    }
}

static void keep_those_of_sentences(struct fitting *f, const struct node *list)
{
    for (size_t i = 0; i < node_length(list); i++) {
        keep(f, node_text(list->items[i], "language"));
    }
}

/* A bot has the languages of its list, and those that its dialogs, components and utterances have.
 */
static void keep_those_of_bot(struct fitting *f, const struct bot *bot)
{
    const struct node *supported = bot_section(bot, "supportedLanguages");
    keep_keys(f, node_get(bot->root, "localeData"));
    for (size_t i = 0; i < node_length(supported); i++) {
        keep(f, supported->items[i]->text);
    }
    if (f->kept.count > 0) {
        keep_those_of_elements(f, bot_section(bot, "dialogs"));
        keep_those_of_elements(f, bot_section(bot, "dialogComponents"));
        keep_those_of_sentences(f, bot_section(bot, "sentences"));
    }
}

static void keep_wanted(struct fitting *f, struct slice wanted)
{
    struct slice locale;
    for (size_t at = 0; slice_next_part(wanted, ',', &at, &locale);) {
        keep(f, slice_trim(locale));
    }
}

static bool is_kept(const struct fitting *f, struct slice locale)
{
    return f->kept.count == 0 || map_number(&f->kept, locale) > 0;
}

/* ---- leaving out ---- */

static void leave_out(struct fitting *f, struct slice locale)
{
    map_increment(f->left_out, locale);
    f->changes = true;
}

static struct node *fit_locales(struct fitting *f, const struct node *locales)
{
    struct node *out = node_new_mapping(f->arena);
    for (size_t i = 0; i < locales->count; i++) {
        struct slice locale = locales->members[i].key->text;
        if (is_kept(f, locale)) {
            node_add(f->arena, out, locale, locales->members[i].value);
        } else {
            leave_out(f, locale);
        }
    }
    return out;
}

/* True for what says nothing in a language that is kept: an utterance, or what a channel says. */
static bool is_without_locale(const struct fitting *f, const struct node *before,
                              const struct node *after)
{
    const struct node *language = node_get(before, "language");
    const struct node *locales = node_get(before, "localeData");
    const struct node *left = node_get(after, "localeData");
    return (node_is(language, NODE_STRING) && !is_kept(f, language->text)) ||
           (node_is(locales, NODE_MAPPING) && locales->count > 0 && node_is(left, NODE_MAPPING) &&
            left->count == 0);
}

/* Artifacts are written by dialogc, and not nested deeply. */
static const struct node *fit(struct fitting *f, const struct node *node)
{
    if (node_is(node, NODE_MAPPING)) {
        struct node *out = node_new_mapping(f->arena);
        for (size_t i = 0; i < node->count; i++) {
            struct slice key = node->members[i].key->text;
            const struct node *value = node->members[i].value;
            bool locales = slice_is(key, "localeData") && node_is(value, NODE_MAPPING);
            node_add(f->arena, out, key, locales ? fit_locales(f, value) : fit(f, value));
        }
        return out;
    }
    if (!node_is(node, NODE_SEQUENCE)) {
        return node;
    }
    struct node *out = node_new_sequence(f->arena);
    for (size_t i = 0; i < node->count; i++) {
        const struct node *item = fit(f, node->items[i]);
        if (!is_without_locale(f, node->items[i], item)) {
            node_append(f->arena, out, item);
        } else if (node_get(node->items[i], "language") != NULL) {
            leave_out(f, node_text(node->items[i], "language"));
        }
    }
    return out;
}

/* The name in lower case that a dialog has besides is that of its first language. */
static void fit_dialog_name(struct fitting *f, const struct node *root)
{
    struct node *dialog = node_get(root, "dialogs")->items[0];
    node_set_text(f->arena, dialog, "lname", arena_lower_case(f->arena, bot_dialog_name(dialog)));
}

/* ---- artifacts ---- */

/* True when the dialog has a language that is kept; the others go to `names`. */
static bool has_kept_locale(const struct fitting *f, const struct node *dialog,
                            struct builder *names)
{
    const struct node *locales = node_get(dialog, "localeData");
    bool kept = !node_is(locales, NODE_MAPPING) || locales->count == 0;
    for (size_t i = 0; !kept && i < locales->count; i++) {
        struct slice locale = locales->members[i].key->text;
        kept = is_kept(f, locale);
        builder_printf(names, "%s`%.*s`", names->length > 0 ? ", " : "", SLICE_ARG(locale));
    }
    return kept;
}

static struct node *read_again(struct fitting *f, const struct node *root,
                               struct diagnostics *diagnostics)
{
    struct builder out = builder_new(f->arena);
    struct json_writer json = json_writer_new(&out, false);
    struct source *source;
    json_node(&json, root);
    return json_read(f->arena, "", builder_slice(&out), diagnostics, &source);
}

bool artifact_fit_locales(const struct bot *bot, const struct artifact *artifact,
                          const char *wanted, struct diagnostics *diagnostics,
                          struct artifact *fitted, struct map *left_out)
{
    struct arena *arena = diagnostics->arena;
    struct fitting f = {.arena = arena, .kept = map_new(arena), .left_out = left_out};
    const struct node *dialog = node_get(artifact->root, "dialogs")->items[0];
    struct builder names = builder_new(arena);
    *fitted = *artifact;
    if (wanted != NULL) {
        keep_wanted(&f, slice_of(wanted));
    } else {
        keep_those_of_bot(&f, bot);
    }
    if (!has_kept_locale(&f, dialog, &names)) {
        struct slice list = builder_slice(&names);
        struct diagnostic *d = diag_report(diagnostics, E1012, bot->source, (struct range){0, 1},
                                           "%s none of the languages of the template `%.*s` (%.*s)",
                                           wanted != NULL ? "`--locales` has" : "the bot has",
                                           SLICE_ARG(artifact->id), SLICE_ARG(list));
        diag_note(diagnostics, d, NULL, (struct range){0, 1},
                  "add one of them to the bot, add a language of the bot to the template, or name "
                  "the languages to install with `--locales`");
        return false;
    }
    const struct node *root = fit(&f, artifact->root);
    if (f.changes) {
        if (!is_kept(&f, node_get(dialog, "localeData")->members[0].key->text)) {
            fit_dialog_name(&f, root);
        }
        fitted->root = read_again(&f, root, diagnostics);
    }
    return fitted->root != NULL;
}
