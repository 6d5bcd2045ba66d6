/* The helpers of generated scripts: which of them a script needs, and those with words in them. */
#include "base/table.h"
#include "dialog/function.h"
#include "dialog/script.h"
#include "language/operation/outcome.h"

/* In the order in which scripts have them; each is before those that it needs. */
static const struct {
    enum script_helper helper;
    unsigned needs;
    const char *function;
} helpers[] = {
    {HELPER_READ, 0, "read"},
    {HELPER_SHOW, 0, "show"},
    {HELPER_GIVEN, 0, "given"},
    {HELPER_PART, HELPER_SHOW, "part"},
    {HELPER_LINK, HELPER_SHOW, "link"},
    {HELPER_FORM, HELPER_FIELD, "form"},
    {HELPER_FIELD, HELPER_SHOW, "field"},
    {HELPER_XML, HELPER_SHOW, "xml"},
    {HELPER_TERM, HELPER_SHOW, "term"},
    {HELPER_DATETIME, HELPER_DATE | HELPER_SHOW, "datetime"},
    {HELPER_TIME, HELPER_SHOW, "time"},
    {HELPER_YES, HELPER_SHOW, "yes"},
    {HELPER_WORDS, HELPER_SHOW, "words"},
    {HELPER_PICKS, 0, "picks"},
    {HELPER_LITERAL, HELPER_QUOTED | HELPER_SHOW, "literal"},
    {HELPER_QUOTED, HELPER_SHOW, "quoted"},
    {HELPER_COUNT, HELPER_NUMBER, "count"},
    {HELPER_NUMBER, HELPER_SHOW, "number"},
    {HELPER_DATE, HELPER_SHOW, "date"},
    {HELPER_HEADER, HELPER_SHOW, "header"},
};

/* The words for error codes that a user can do something about, of a set of operations. */
static void add_phrases(struct builder *out, struct slice locale, unsigned set)
{
    static const struct {
        const char *pattern;
        enum phrase phrase;
        unsigned operations;
    } others[] = {{"^MALFORMED_SEARCH$", PHRASE_SHORT_TERM,
                   OPERATION_BIT(OPERATION_SEARCH) | OPERATION_BIT(OPERATION_SOSL)},
                  {"^NOT_FOUND$", PHRASE_NOT_FOUND, ~OPERATION_BIT(OPERATION_CREATE)},
                  {"^INVALID_SESSION_ID$", PHRASE_LOGIN, ~0U}};
    static const enum phrase phrases[] = {
        [OUTCOME_MISSING_FIELD] = PHRASE_MISSING_FIELD,   [OUTCOME_DUPLICATE] = PHRASE_DUPLICATE,
        [OUTCOME_INVALID_EMAIL] = PHRASE_INVALID_EMAIL,   [OUTCOME_DELETED] = PHRASE_DELETED,
        [OUTCOME_CONVERTED] = PHRASE_CONVERTED,           [OUTCOME_NO_ACCESS] = PHRASE_NO_ACCESS,
        [OUTCOME_LIMIT_EXCEEDED] = PHRASE_LIMIT_EXCEEDED,
    };
    size_t count;
    const struct outcome_info *infos = outcome_infos(&count);
    builder_add_text(out, "    var phrases = [\n");
    for (size_t i = 0; i < count; i++) {
        if ((outcome_operations(&infos[i]) & set) != 0) {
            builder_printf(out, "        [/%s/, ", infos[i].pattern);
            script_string(out, phrase_in(phrases[infos[i].outcome], locale));
            builder_add_text(out, "],\n");
        }
    }
    for (size_t i = 0; i < TABLE_LENGTH(others); i++) {
        if ((others[i].operations & set) == 0) {
            continue; /* the last one is for all */
        }
        builder_printf(out, "        [/%s/, ", others[i].pattern);
        script_string(out, phrase_in(others[i].phrase, locale));
        builder_add_text(out, i + 1 < TABLE_LENGTH(others) ? "],\n" : "]\n");
    }
    builder_add_text(out, "    ];\n"
                          "    for (var i = 0; i < phrases.length; i++) {\n"
                          "        if (phrases[i][0].test(read(first, [\"errorCode\"]))) {\n"
                          "            var fields = read(first, [\"fields\"]) || [];\n"
                          "            return phrases[i][1] + (fields.length > 0 ? \": \" + "
                          "fields.join(\", \") : \"\");\n"
                          "        }\n"
                          "    }\n");
}

/* The words of reason() depend on the locale. */
static void add_reason_helper(struct builder *out, struct slice locale, unsigned set)
{
    builder_add_text(out, "function reason(service) {\n"
                          "    var status = read(context, [service, \"response\", "
                          "\"statusCode\"]);\n"
                          "    var first = errors(service)[0];\n");
    if (set != 0) {
        add_phrases(out, locale, set);
    }
    builder_add_text(out, "    var words = read(first, [\"message\"]) || read(first, "
                          "[\"error_description\"]);\n"
                          "    if (words) {\n"
                          "        return String(words);\n"
                          "    }\n"
                          "    return status === undefined ? ");
    script_string(out, phrase_in(PHRASE_NO_ANSWER, locale));
    builder_add_text(out, " : ");
    const struct phrase_place status = {"status", SLICE("status")};
    script_phrase(out, phrase_in(PHRASE_STATUS, locale), &status, 1);
    builder_add_text(out, ";\n}\n");
}

struct slice script_outcome(struct arena *arena, struct slice service, struct slice variable)
{
    size_t count;
    const struct outcome_info *infos = outcome_infos(&count);
    struct script_writer w = script_writer_new(arena, NULL, SLICE("")); /* without references */
    struct builder *out = &w.body;
    w.helpers = HELPER_ERRORS;
    builder_add_text(out, "var outcomes = [\n");
    for (size_t i = 0; i < count; i++) {
        builder_printf(out, "    [/%s/, \"%s\"]%s\n", infos[i].pattern, infos[i].key,
                       i + 1 < count ? "," : "");
    }
    builder_printf(out, "];\ncontext.%.*s = \"\";\nvar code = read(errors(", SLICE_ARG(variable));
    script_string(out, service);
    builder_printf(out,
                   ")[0], [\"errorCode\"]);\n"
                   "for (var i = 0; i < outcomes.length && context.%.*s === \"\"; i++) {\n"
                   "    context.%.*s = outcomes[i][0].test(code) ? outcomes[i][1] : \"\";\n"
                   "}\n",
                   SLICE_ARG(variable), SLICE_ARG(variable));
    return script_finish(&w);
}

struct slice script_finish(struct script_writer *writer)
{
    struct builder out = builder_new(writer->arena);
    unsigned used = writer->helpers;
    used |= (used & HELPER_REASON) != 0 ? HELPER_ERRORS : 0;
    used |= (used & HELPER_ERRORS) != 0 ? HELPER_READ : 0;
    unsigned parts = formatting_parts(writer->formats, writer->parts);
    used |= (parts & PART_READ) != 0 ? HELPER_READ : 0;
    used |= (parts & PART_SHOW) != 0 ? HELPER_SHOW : 0;
    for (size_t i = 0; i < TABLE_LENGTH(helpers); i++) {
        used |= (used & helpers[i].helper) != 0 ? helpers[i].needs : 0;
    }
    if (parts != 0 || writer->formats != 0) {
        const struct template *template = writer->analysis->template;
        formatting_write(&out, writer->formats, parts,
                         writer->any_locale ? template->locales : &writer->locale,
                         writer->any_locale ? template->locale_count : 1);
    }
    for (size_t i = 0; i < TABLE_LENGTH(helpers); i++) {
        if ((used & helpers[i].helper) != 0) {
            builder_add(&out, function_source(helpers[i].function));
        }
    }
    if ((used & HELPER_ERRORS) != 0) {
        builder_add(&out, function_source("errors"));
    }
    if ((used & HELPER_REASON) != 0) {
        add_reason_helper(&out, writer->locale, writer->operations);
    }
    builder_add(&out, builder_slice(&writer->body));
    return builder_slice(&out);
}
