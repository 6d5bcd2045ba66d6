/* Expressions of generated scripts. */
#include "dialog/script.h"

#include <stdint.h>

#include "language/model/link.h"
#include "base/ascii.h"

struct script_writer script_writer_new(struct arena *arena, const struct analysis *analysis,
                                       struct slice locale)
{
    return (struct script_writer){
        .arena = arena, .analysis = analysis, .body = builder_new(arena), .locale = locale};
}

void script_string(struct builder *out, struct slice text)
{
    builder_add_char(out, '"');
    size_t plain = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        /* U+2028 and U+2029 end lines in ECMAScript 5 */
        bool separator = c == 0xE2 && i + 2 < text.length &&
                         (unsigned char)text.data[i + 1] == 0x80 &&
                         ((unsigned char)text.data[i + 2] & 0xFE) == 0xA8;
        if (c >= 0x20 && c != '"' && c != '\\' && !separator) {
            continue;
        }
        builder_add(out, slice_part(text, plain, i));
        if (c == '\n') {
            builder_add_text(out, "\\n");
        } else if (separator) {
            builder_add_text(out, (unsigned char)text.data[i + 2] == 0xA8 ? "\\u2028" : "\\u2029");
            i += 2;
        } else if (c < 0x20) {
            builder_printf(out, "\\u%04x", c);
        } else {
            builder_add_char(out, '\\');
            builder_add_char(out, (char)c);
        }
        plain = i + 1;
    }
    builder_add(out, slice_part(text, plain, text.length));
    builder_add_char(out, '"');
}

void script_phrase(struct builder *out, struct slice text, const struct phrase_place *places,
                   size_t count)
{
    struct slice literal;
    struct slice name;
    size_t pieces = 0;
    for (size_t at = 0; phrase_next(text, &at, &literal, &name);) {
        if (pieces++ > 0) {
            builder_add_text(out, " + ");
        }
        if (name.length == 0) {
            script_string(out, literal);
        }
        for (size_t i = 0; i < count; i++) {
            if (slice_is(name, places[i].name)) {
                builder_add(out, places[i].value);
            }
        }
    }
}

/* ---- references ---- */

static bool is_index(struct slice segment)
{
    return segment.data[0] >= '0' && segment.data[0] <= '9';
}

/* read(root, ["a", "b", 0]) */
static void add_read(struct script_writer *w, const char *root, const struct slice *head,
                     size_t head_count, const struct reference *reference, size_t from)
{
    struct builder *out = &w->body;
    w->helpers |= HELPER_READ;
    builder_printf(out, "read(%s, [", root);
    bool first = true;
    for (size_t i = 0; i < head_count; i++) {
        builder_add_text(out, first ? "" : ", ");
        script_string(out, head[i]);
        first = false;
    }
    for (size_t i = from; i < reference->count; i++) {
        builder_add_text(out, first ? "" : ", ");
        if (is_index(reference->segments[i])) {
            builder_add(out, reference->segments[i]);
        } else {
            script_string(out, reference->segments[i]);
        }
        first = false;
    }
    builder_add_text(out, "])");
}

struct slice script_reason(struct script_writer *w, const struct service *service)
{
    struct builder out = builder_new(w->arena);
    w->helpers |= HELPER_REASON;
    if (service->kind == SERVICE_SALESFORCE) {
        w->operations |= OPERATION_BIT(service->salesforce.operation);
    }
    builder_add_text(&out, "reason(");
    script_string(&out, service->name);
    builder_add_char(&out, ')');
    return builder_slice(&out);
}

/* The value that a name leads to. */
static void add_value_at(struct script_writer *w, const struct reference *r)
{
    const struct resolution *to = analysis_resolution(w->analysis, r);
    switch (to->kind) {
    case REFERENCE_ENTITY: {
        const struct slice head[] = {SLICE("entities")};
        add_read(w, "context", head, 1, r, 0);
        break;
    }
    case REFERENCE_BODY: {
        const struct slice head[] = {to->service->name, SLICE("response"), SLICE("body")};
        add_read(w, "context", head, 3, r, 2);
        break;
    }
    case REFERENCE_STATUS: {
        const struct slice head[] = {to->service->name, SLICE("response"), SLICE("statusCode")};
        add_read(w, "context", head, 3, r, 2);
        break;
    }
    case REFERENCE_ERROR:
        builder_add(&w->body, script_reason(w, to->service));
        break;
    case REFERENCE_INSTANCE: {
        const struct slice head[] = {to->service->name, SLICE("response"), SLICE("body"),
                                     SLICE("urls"), SLICE("custom_domain")};
        add_read(w, "context", head, 5, r, 1);
        break;
    }
    case REFERENCE_USER: {
        const struct slice head[] = {SLICE("session"), SLICE("UserContext")};
        add_read(w, "context", head, 2, r, 1);
        break;
    }
    case REFERENCE_ITEM:
        add_read(w, "item", NULL, 0, r, 1);
        break;
    case REFERENCE_INTENT:
        add_read(w, "context", r->segments, 1, r, 1);
        break;
    case REFERENCE_CONTEXT:
        add_read(w, "context", NULL, 0, r, 1);
        break;
    case REFERENCE_NOW:
        w->parts |= PART_NOW;
        builder_add_text(&w->body, "now()");
        break;
    case REFERENCE_TODAY:
        w->parts |= PART_TODAY;
        builder_add_text(&w->body, "today()");
        break;
    case REFERENCE_UNKNOWN:
    case REFERENCE_ENV:
    case REFERENCE_CONTENT:
    case REFERENCE_PARAMETER:
        builder_add(&w->body, script_reference_path(w->arena, w->analysis, r));
        break;
    }
}

/* What follows the value in the call of a format's function. */
static void add_argument(struct script_writer *w, const struct format_use *use)
{
    switch (use->format->argument) {
    case ARGUMENT_NONE:
        break;
    case ARGUMENT_CODE:
        builder_add_text(&w->body, ", ");
        script_string(&w->body, use->argument.length > 0
                                    ? use->argument
                                    : w->analysis->template->project->currency);
        break;
    case ARGUMENT_TEXT:
        builder_add_text(&w->body, ", ");
        script_string(&w->body, use->argument);
        break;
    case ARGUMENT_SPAN:
        builder_printf(&w->body, ", %lld, \"%s\"", use->count, span_unit_name(use->unit));
        break;
    }
}

/* One value of those that `??` joins, with its formats. */
static void add_single(struct script_writer *w, const struct reference *r)
{
    for (size_t i = r->format_count; i-- > 0;) {
        enum format_kind kind = r->formats[i].format->kind;
        w->formats |= 1U << kind;
        builder_printf(&w->body, "%s(", formatting_function(kind));
    }
    if (!r->is_literal) {
        add_value_at(w, r);
    } else if (r->is_number) {
        builder_add(&w->body, r->literal);
    } else {
        script_string(&w->body, r->literal);
    }
    for (size_t i = 0; i < r->format_count; i++) {
        add_argument(w, &r->formats[i]);
        builder_add_char(&w->body, ')');
    }
}

static void add_converted(struct script_writer *w, const struct reference *r,
                          enum conversion conversion)
{
    static const struct {
        const char *name;
        unsigned helper;
    } functions[] = {
        [CONVERT_TEXT] = {"words", HELPER_WORDS},
        [CONVERT_NUMBER] = {"number", HELPER_NUMBER},
        [CONVERT_BOOLEAN] = {"yes", HELPER_YES},
        [CONVERT_DATE] = {"date", HELPER_DATE},
        [CONVERT_DATETIME] = {"datetime", HELPER_DATETIME},
        [CONVERT_TIME] = {"time", HELPER_TIME},
        [CONVERT_PICKS] = {"picks", HELPER_PICKS},
    };
    if (conversion == CONVERT_NOTHING || conversion == CONVERT_IMPOSSIBLE) {
        add_single(w, r);
        return;
    }
    w->helpers |= functions[conversion].helper;
    builder_printf(&w->body, "%s(", functions[conversion].name);
    add_single(w, r);
    builder_add_char(&w->body, ')');
}

void script_for_field(struct script_writer *w, const struct reference *reference,
                      const struct sobject_field *field)
{
    bool several = reference->otherwise != NULL;
    w->parts |= several ? PART_EITHER : 0U;
    builder_add_text(&w->body, several ? "either([" : "");
    for (const struct reference *r = reference; r != NULL; r = r->otherwise) {
        builder_add_text(&w->body, r != reference ? ", " : "");
        add_converted(w, r,
                      field != NULL ? conversion_find(w->analysis, field, r) : CONVERT_NOTHING);
    }
    builder_add_text(&w->body, several ? "])" : "");
}

void script_value(struct script_writer *w, const struct reference *reference)
{
    script_for_field(w, reference, NULL);
}

void script_or_default(struct script_writer *w, struct slice entity, const struct text *value)
{
    const struct reference *single = text_single(value);
    w->parts |= PART_EITHER;
    w->helpers |= HELPER_READ;
    builder_add_text(&w->body, "either([read(context, [\"entities\", ");
    script_string(&w->body, entity);
    builder_add_text(&w->body, "]), ");
    if (single != NULL) {
        script_value(w, single);
    } else {
        script_text(w, value);
    }
    builder_add_text(&w->body, "])");
}

void script_number(struct script_writer *w, const struct reference *reference)
{
    w->helpers |= HELPER_NUMBER;
    builder_add_text(&w->body, "number(");
    script_value(w, reference);
    builder_add_char(&w->body, ')');
}

struct slice script_reference_path(struct arena *arena, const struct analysis *analysis,
                                   const struct reference *r)
{
    const struct resolution *to = analysis_resolution(analysis, r);
    switch (to->kind) {
    case REFERENCE_ENTITY:
        return arena_printf(arena, "context.entities.%.*s", SLICE_ARG(reference_path(arena, r, 0)));
    case REFERENCE_BODY: {
        struct slice path = reference_path(arena, r, 2);
        return arena_printf(arena, "context.%.*s.response.body%s%.*s", SLICE_ARG(to->service->name),
                            path.length > 0 && path.data[0] != '[' ? "." : "", SLICE_ARG(path));
    }
    case REFERENCE_STATUS:
        return arena_printf(arena, "context.%.*s.response.statusCode",
                            SLICE_ARG(to->service->name));
    case REFERENCE_INSTANCE:
        return arena_printf(arena, "context.%.*s.response.body.urls.custom_domain",
                            SLICE_ARG(to->service->name));
    case REFERENCE_USER:
        return arena_printf(arena, "context.session.UserContext.%.*s",
                            SLICE_ARG(reference_path(arena, r, 1)));
    case REFERENCE_INTENT:
        return SLICE("context.intent");
    case REFERENCE_UNKNOWN:
    case REFERENCE_ERROR:
    case REFERENCE_ENV:
    case REFERENCE_CONTENT:
    case REFERENCE_PARAMETER:
    case REFERENCE_CONTEXT:
    case REFERENCE_ITEM:
    case REFERENCE_NOW:
    case REFERENCE_TODAY:
        break; /* env.NAME, content.NAME, context.… as they are written */
    }
    return reference_path(arena, r, 0);
}

/* ---- texts ---- */

/* The reference number `i` is a link of Markdown or HTML: "[here](${url})". */
static bool follows_opening(const struct text *text, size_t i)
{
    return i > 0 && text->parts[i - 1].reference == NULL &&
           link_is_opened(text->parts[i - 1].literal);
}

/* The same with a hand-written {{context.…}}; variables of the bot are its owner's. */
static bool has_platform_link(struct slice literal)
{
    struct slice link;
    for (size_t at = 0; link_next(literal, &at, &link);) {
        if (slice_starts_with(link, "{{")) {
            return true;
        }
    }
    return false;
}

bool script_is_needed(const struct analysis *analysis, const struct text *text)
{
    for (size_t i = 0; i < text->count; i++) {
        const struct reference *r = text->parts[i].reference;
        if (r == NULL) {
            if (text->has_platform && has_platform_link(text->parts[i].literal)) {
                return true;
            }
            continue;
        }
        const struct resolution *to = analysis_resolution(analysis, r);
        bool list = to->kind == REFERENCE_ENTITY && to->entity->multiple;
        if (r->optional || to->kind == REFERENCE_ERROR || to->kind == REFERENCE_ITEM || list ||
            analysis_is_computed(analysis, r) || follows_opening(text, i)) {
            return true;
        }
    }
    return false;
}

struct slice script_platform_text(struct arena *arena, const struct analysis *analysis,
                                  const struct text *text)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < text->count; i++) {
        const struct reference *r = text->parts[i].reference;
        if (r == NULL) {
            builder_add(&out, text->parts[i].literal);
        } else {
            builder_printf(&out, "{{%.*s}}", SLICE_ARG(script_reference_path(arena, analysis, r)));
        }
    }
    return builder_slice(&out);
}

static bool is_path_char(char c)
{
    return ascii_is_word(c) || c == '$';
}

/* read(context, ["a", "b"]) for "context.a.b"; false when the path is not as simple as that. */
static bool add_platform_read(struct script_writer *w, struct slice path)
{
    if (!slice_starts_with(path, "context.")) {
        return false;
    }
    for (size_t i = 0; i < path.length; i++) {
        bool dot = path.data[i] == '.' && i + 1 < path.length && path.data[i + 1] != '.';
        if (!dot && !is_path_char(path.data[i])) {
            return false;
        }
    }
    w->helpers |= HELPER_READ;
    builder_add_text(&w->body, "read(context, [");
    struct slice key;
    bool further = false;
    for (size_t at = strlen("context."); slice_next_part(path, '.', &at, &key);) {
        builder_add_text(&w->body, further ? ", " : "");
        script_string(&w->body, key);
        further = true;
    }
    builder_add_text(&w->body, "])");
    return true;
}

/* Literal text of a script: {{context.x}} in it becomes the value, as it would in plain text. */
static void add_literal(struct script_writer *w, struct slice literal, bool *first)
{
    size_t at = 0;
    while (at < literal.length) {
        size_t open = slice_find(literal, "{{", at);
        size_t close = open != SIZE_MAX ? slice_find(literal, "}}", open) : SIZE_MAX;
        size_t end = close == SIZE_MAX ? literal.length : open;
        if (end > at) {
            builder_add_text(&w->body, *first ? "" : " + ");
            script_string(&w->body, slice_part(literal, at, end));
            *first = false;
        }
        if (close == SIZE_MAX) {
            return;
        }
        struct slice path = slice_trim(slice_part(literal, open + 2, close));
        bool is_link = link_is_opened(slice_part(literal, 0, open));
        w->helpers |= is_link ? HELPER_LINK : HELPER_SHOW;
        builder_printf(&w->body, "%s%s(", *first ? "" : " + ", is_link ? "link" : "show");
        if (!add_platform_read(w, path)) {
            builder_add(&w->body, path);
        }
        builder_add_char(&w->body, ')');
        *first = false;
        at = close + 2;
    }
}

/* The name of a helper that a text goes through. */
static const char *helper_name(enum script_helper helper)
{
    return helper == HELPER_PART    ? "part"
           : helper == HELPER_LINK  ? "link"
           : helper == HELPER_FIELD ? "field"
           : helper == HELPER_XML   ? "xml"
                                    : "show";
}

/* The value that the text begins with goes through the helper `head`, the others through `helper`.
 */
static void add_text(struct script_writer *w, const struct text *text, enum script_helper head,
                     enum script_helper helper)
{
    bool first = true;
    for (size_t i = 0; i < text->count; i++) {
        const struct reference *r = text->parts[i].reference;
        if (r == NULL) {
            add_literal(w, text->parts[i].literal, &first);
            continue;
        }
        bool opened = follows_opening(text, i);
        enum script_helper through = i == 0 ? head : helper;
        through = through == HELPER_SHOW && opened ? HELPER_LINK : through;
        w->helpers |= through;
        builder_printf(&w->body, "%s%s(", first ? "" : " + ", helper_name(through));
        script_value(w, r);
        builder_add_char(&w->body, ')');
        first = false;
    }
    if (first) {
        builder_add_text(&w->body, "\"\"");
    }
}

void script_text(struct script_writer *w, const struct text *text)
{
    add_text(w, text, HELPER_SHOW, HELPER_SHOW);
}

void script_text_through(struct script_writer *w, const struct text *text,
                         enum script_helper helper)
{
    add_text(w, text, helper, helper);
}

bool script_link_is_fixed(const struct text *text)
{
    return text->count > 0 && text->parts[0].reference == NULL &&
           link_is_fixed(text->parts[0].literal);
}

void script_link(struct script_writer *w, const struct text *text)
{
    bool fixed = script_link_is_fixed(text);
    w->helpers |= fixed ? 0U : HELPER_LINK;
    builder_add_text(&w->body, fixed ? "" : "link(");
    add_text(w, text, HELPER_SHOW, HELPER_PART); /* the start is a whole URL already */
    builder_add_text(&w->body, fixed ? "" : ")");
}

/* ---- conditions ---- */

static void add_test(struct script_writer *w, const struct test *test)
{
    static const char *const comparisons[] = {[OPERATOR_GREATER] = ">",
                                              [OPERATOR_GREATER_EQUAL] = ">=",
                                              [OPERATOR_LESS] = "<",
                                              [OPERATOR_LESS_EQUAL] = "<="};
    struct builder *out = &w->body;
    switch (test->comparison) {
    case OPERATOR_EXISTS:
    case OPERATOR_MISSING:
        w->helpers |= HELPER_GIVEN;
        builder_add_text(out, test->comparison == OPERATOR_EXISTS ? "given([" : "!given([");
        script_value(w, test->reference);
        builder_add_text(out, "])");
        break;
    case OPERATOR_EQUAL:
    case OPERATOR_NOT_EQUAL:
        w->helpers |= HELPER_SHOW;
        builder_add_text(out, "show(");
        script_value(w, test->reference);
        builder_add_text(out, test->comparison == OPERATOR_EQUAL ? ") === " : ") !== ");
        script_string(out, test->literal);
        break;
    case OPERATOR_PLATFORM: /* has been reported */
        builder_add_text(out, "false");
        break;
    case OPERATOR_CONTAINS:
        w->helpers |= HELPER_SHOW;
        builder_add_text(out, "show(");
        script_value(w, test->reference);
        builder_add_text(out, ").indexOf(");
        script_string(out, test->literal);
        builder_add_text(out, ") >= 0");
        break;
    case OPERATOR_GREATER:
    case OPERATOR_GREATER_EQUAL:
    case OPERATOR_LESS:
    case OPERATOR_LESS_EQUAL:
        script_value(w, test->reference);
        builder_printf(out, " %s ", comparisons[test->comparison]);
        if (test->is_number) {
            builder_add(out, test->literal);
        } else {
            script_string(out, test->literal);
        }
        break;
    }
}

void script_condition(struct script_writer *w, const struct condition *condition)
{
    if (condition->never) {
        builder_add_text(&w->body, "false");
    }
    for (size_t i = 0; i < condition->count; i++) {
        builder_add_text(&w->body, i == 0 ? "" : condition->any ? " || " : " && ");
        add_test(w, &condition->tests[i]);
    }
}
