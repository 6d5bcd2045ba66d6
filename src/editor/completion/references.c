/* References: what may stand inside of `${…}`. */
#include "base/ascii.h"
#include "base/table.h"
#include "editor/completion/offers.h"
#include "language/model/context_names.h"
#include "language/operation/response.h"

/* ---- the beginning ---- */

struct root {
    const char *name;
    const char *documentation;
};

static const struct root roots[] = {
    {"user", "The platform's profile of the user: `${user.firstName}`."},
    {"params", "A parameter of the fragment or project, put in when the template is compiled."},
    {"env", "A variable of the bot that is set at deployment."},
    {"content", "A text of the bot that is set at deployment."},
    {"context", "Anything else in the platform's context."},
    {"intent", "The name of the recognised intent."},
    {"instanceUrl", "The Salesforce organisation's own URL."},
    {"item", "In lists and tables: the record that is shown."},
    {"today", "The day on which the dialog runs."},
    {"now", "The time at which the dialog runs."},
};

static void add_roots(struct offers *offers)
{
    offers_add_names(offers, NAME_VALUE, OFFER_VARIABLE);
    for (size_t i = 0; i < TABLE_LENGTH(roots); i++) {
        offers_add(offers, (struct offer){.kind = OFFER_WORD,
                                          .rank = OFFER_LATER,
                                          .label = slice_of(roots[i].name),
                                          .documentation = slice_of(roots[i].documentation)});
    }
}

static void add_formats(struct offers *offers)
{
    for (size_t i = 0; i < FORMAT_KIND_COUNT; i++) {
        const struct value_format *format = value_format_of((enum format_kind)i);
        if (format->name != NULL) {
            offers_add(offers, (struct offer){
                                   .kind = OFFER_FUNCTION,
                                   .rank = OFFER_USUAL,
                                   .label = slice_of(format->name),
                                   .detail = arena_printf(offers->arena, "for %s", format->taken)});
        }
    }
}

/* ---- what is below a name ---- */

static void add_members(struct offers *offers, const struct node *mapping, const char *detail)
{
    for (size_t i = 0; node_is(mapping, NODE_MAPPING) && i < mapping->count; i++) {
        const struct member *member = &mapping->members[i];
        offers_add(offers,
                   (struct offer){.kind = OFFER_VARIABLE,
                                  .rank = OFFER_USUAL,
                                  .label = member->key->text,
                                  .detail = slice_of(detail),
                                  .documentation = node_text(member->value, "description")});
    }
}

/* Names of the platform's, the last of which is NULL. */
static void add_of_platform(struct offers *offers, const char *const *names, const char *detail)
{
    for (; *names != NULL; names++) {
        offers_add(offers, (struct offer){.kind = OFFER_FIELD,
                                          .rank = OFFER_USUAL,
                                          .label = slice_of(*names),
                                          .detail = slice_of(detail)});
    }
}

/* Below a name that is no service's; false when it is none of them. */
static bool add_below_root(struct offers *offers, struct slice path)
{
    const struct project *project = offers->compiler != NULL ? offers->compiler->project : NULL;
    if (slice_is(path, "params.")) {
        add_members(offers, node_get(offers->cursor->root, "parameters"), "parameter");
        add_members(offers, project != NULL ? project->parameters : NULL, "of the project");
    } else if (slice_is(path, "env.")) {
        add_members(offers, project != NULL ? project->env : NULL, "variable of the bot");
    } else if (slice_is(path, "content.")) {
        add_members(offers, project != NULL ? project->content : NULL, "text of the bot");
    } else if (slice_is(path, "context.entities.")) {
        offers_add_names(offers, NAME_ENTITY, OFFER_VARIABLE);
    } else if (slice_is(path, "user.")) {
        add_of_platform(offers, context_profile_names(), "of the user");
    } else if (slice_is(path, "context.")) {
        add_of_platform(offers, context_platform_names(), "of the platform");
    } else {
        return false;
    }
    return true;
}

/* ---- responses ---- */

/*
 * A template with the services of the file: the file itself may not be valid where the author is at
 * work.
 */
static struct slice with_services_alone(struct offers *offers)
{
    const struct node *root = offers->cursor->root;
    const struct member *services =
        root->kind == NODE_MAPPING ? node_member(root, SLICE("services")) : NULL;
    struct builder out = builder_new(offers->arena);
    builder_add_text(&out, "dialogc: 1\ntemplate: x\ntitle: x\nintent: {utterances: [x]}\n");
    if (services != NULL) {
        builder_add(&out, slice_part(offers->cursor->text, services->key->range.start,
                                     services->value->range.end));
    }
    builder_add_char(&out, '\n');
    return builder_slice(&out);
}

static const struct service *find_service(const struct template *template, struct slice name)
{
    for (size_t i = 0; template != NULL && i < template->service_count; i++) {
        if (slice_equal(template->services[i].name, name)) {
            return &template->services[i];
        }
    }
    return NULL;
}

static const struct service *service_of(struct offers *offers, struct slice name)
{
    const struct compiler *compiler = offers->compiler;
    if (compiler == NULL) {
        return NULL;
    }
    const struct service *service = find_service(
        compiler_load_template(compiler, offers->path, offers->cursor->text, offers->arena, NULL),
        name);
    if (service == NULL) {
        service =
            find_service(compiler_load_template(compiler, offers->path, with_services_alone(offers),
                                                offers->arena, NULL),
                         name);
    }
    return service;
}

/* The reference that the author is at, as if it ended at the cursor. */
static const struct reference *reference_at(struct offers *offers, struct slice path)
{
    struct diagnostics ignored = diagnostics_new(offers->arena);
    struct text_reader reader = {.arena = offers->arena, .diagnostics = &ignored};
    const struct reference *first = NULL;
    struct references list = {.end = &first};
    struct node *node = arena_alloc(offers->arena, sizeof *node);
    *node = *offers->cursor->scalar;
    node->text = arena_printf(offers->arena, "${%.*s" CURSOR_PROBE "}", SLICE_ARG(path));
    text_parse(&reader, node, USE_TEXT, &list);
    return first;
}

static void add_found(void *context, struct slice name)
{
    struct offers *offers = context;
    offers_add(offers, (struct offer){.kind = OFFER_FIELD, .rank = OFFER_USUAL, .label = name});
}

/* What a field of a record is, beside its name. */
static void describe_fields(struct offers *offers, const struct service *service)
{
    const struct sobject *object = service_sobject(service);
    for (size_t i = 0; object != NULL && i < offers->count; i++) {
        struct offer *offer = &offers->items[i];
        const struct sobject_field *field = sobject_field(object, offer->label);
        if (field != NULL) {
            offer_describe_field(offers->arena, offer, field);
        }
    }
}

static void add_of_service(struct offers *offers, struct slice path)
{
    static const struct root parts[] = {{"body", "The body of the response."},
                                        {"status", "The HTTP status of the response."},
                                        {"error", "What went wrong, in words."}};
    const struct reference *reference = reference_at(offers, path);
    if (reference == NULL || reference->count < 2) {
        return;
    }
    const struct service *service = service_of(offers, reference->segments[0]);
    enum value_kind kind;
    size_t segment;
    if (service == NULL) {
        return;
    }
    if (reference->count == 2) {
        for (size_t i = 0; i < TABLE_LENGTH(parts); i++) {
            offers_add(offers, (struct offer){.kind = OFFER_FIELD,
                                              .rank = OFFER_USUAL,
                                              .label = slice_of(parts[i].name),
                                              .documentation = slice_of(parts[i].documentation)});
        }
    } else if (slice_is(reference->segments[1], "body")) {
        response_look_up(offers->arena, service, reference, RESPONSE_OF_ANY, &kind, &segment,
                         add_found, offers);
        describe_fields(offers, service);
    }
}

/* ---- the place in a reference ---- */

static bool is_in_path(char c)
{
    return ascii_is_word(c) || c == '.' || c == '[' || c == ']' || c == '-';
}

void offer_references(struct offers *offers)
{
    struct slice text;
    if (!cursor_in_reference(offers->cursor, &text)) {
        return;
    }
    size_t end = text.length;
    while (end > 0 && (ascii_is_word(text.data[end - 1]) || text.data[end - 1] == '-')) {
        end--; /* the word that is typed */
    }
    size_t begin = end;
    while (begin > 0 && is_in_path(text.data[begin - 1])) {
        begin--;
    }
    struct slice path = slice_part(text, begin, end);
    while (begin > 0 && text.data[begin - 1] == ' ') {
        begin--;
    }
    if (path.length == 0 && begin > 0 && text.data[begin - 1] == '|') {
        add_formats(offers);
    } else if (path.length == 0) {
        add_roots(offers);
    } else if (!add_below_root(offers, path)) {
        add_of_service(offers, path);
    }
}
