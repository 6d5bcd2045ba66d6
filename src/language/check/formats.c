/* What references compute: formats and the values that they get, and whether a script can do it. */
#include "language/check/families.h"
#include "language/operation/reference_value.h"

/* ---- arguments ---- */

static void check_code(struct check *check, const struct reference *reference,
                       const struct format_use *use)
{
    struct diagnostics *diagnostics = check->diagnostics;
    bool given = use->argument.length > 0;
    struct slice code = given ? use->argument : check->template->project->currency;
    if (code.length == 0) {
        struct diagnostic *d = diag_report(diagnostics, E0218, reference->source, use->range,
                                           "`currency` needs the code of a currency");
        diag_note(diagnostics, d, NULL, use->range,
                  "write `currency EUR`, or `salesforce: {currency: EUR}` in the project file");
    } else if (!currency_is_code(code)) {
        struct diagnostic *d =
            diag_report(diagnostics, E0218, reference->source, use->range,
                        "`%.*s`%s is not the code of a currency", SLICE_ARG(code),
                        given ? "" : ", the currency of the project file,");
        struct suggestion s = suggestion_new(code);
        currency_offer(&s);
        diag_suggest(diagnostics, d, s.best);
        diag_note(diagnostics, d, NULL, use->range,
                  "codes have three capital letters, such as `EUR`");
    }
}

static void check_argument(struct check *check, const struct reference *reference,
                           const struct format_use *use)
{
    switch (use->format->argument) {
    case ARGUMENT_CODE:
        check_code(check, reference, use);
        break;
    case ARGUMENT_TEXT:
        if (use->argument.data == NULL) {
            struct diagnostic *d =
                diag_report(check->diagnostics, E0218, reference->source, use->range,
                            "`%s` needs a text in quotes", use->format->name);
            diag_note(check->diagnostics, d, NULL, use->range, "write `%s \"; \"`",
                      use->format->name);
        }
        break;
    case ARGUMENT_NONE:
    case ARGUMENT_SPAN:
        break;
    }
}

/* ---- values ---- */

/* What a format makes of values of the classes `before`; `items` are those of its list. */
static unsigned classes_given(const struct value_format *format, unsigned before, unsigned items)
{
    return format->kind == FORMAT_OFFSET ? before
           : format->gives == VALUE_TEXT ? CLASS_TEXT
                                         : items;
}

static void report_unfit(struct check *check, const struct reference *reference,
                         const struct format_use *use, unsigned classes)
{
    struct slice name = reference_name(check->arena, reference);
    bool offset = use->format->kind == FORMAT_OFFSET;
    bool formatted = use > reference->formats;
    struct diagnostic *d = diag_report(
        check->diagnostics, E0219, reference->source, use->range,
        "%s%s%s takes %s, but `%.*s`%s is %s", offset ? "" : "`",
        offset ? "an offset" : use->format->name, offset ? "" : "`", use->format->taken,
        SLICE_ARG(name), formatted ? ", as formatted before," : "", value_class_name(classes));
    struct slice others = value_format_names(check->arena, classes);
    if (!formatted && others.length > 0) {
        diag_note(check->diagnostics, d, NULL, use->range, "the formats of %s: %.*s",
                  value_class_name(classes), SLICE_ARG(others));
    }
}

/* Minutes and hours need a time to count from. */
static bool counts_time(const struct format_use *use)
{
    return use->format->kind == FORMAT_OFFSET && use->unit == SPAN_MINUTE;
}

/* Holds each format against what it gets: `classes` at first, whose items are `items`. */
static void check_values(struct check *check, const struct reference *reference, unsigned classes,
                         unsigned items)
{
    for (size_t i = 0; i < reference->format_count; i++) {
        const struct format_use *use = &reference->formats[i];
        check_argument(check, reference, use);
        if ((classes & use->format->takes) == 0) {
            report_unfit(check, reference, use, classes);
            return;
        }
        if (counts_time(use) && classes == CLASS_DATE) {
            struct diagnostic *d =
                diag_report(check->diagnostics, E0220, reference->source, use->range,
                            "`%.*s` is a day without a time, which has no minutes and hours",
                            SLICE_ARG(reference_name(check->arena, reference)));
            diag_note(check->diagnostics, d, NULL, use->range,
                      "count in days, weeks, months or years, or from `now`");
        }
        classes = classes_given(use->format, classes, items);
    }
}

/* ---- where nothing can be computed ---- */

/* What the platform does with a value of this use by itself; NULL where a script prepares it. */
static const char *fixed_use(enum reference_use use)
{
    switch (use) {
    case USE_CONDITION:
    case USE_EXISTENCE:
        return "the platform compares the value of a condition as it is";
    case USE_LIST:
        return "a list is shown record by record; format the values of `item`";
    case USE_SECRET:
        return "the platform puts a secret in as it is";
    case USE_TEXT:
    case USE_URL_PART:
    case USE_LINK:
    case USE_BODY:
    case USE_SEARCH:
    case USE_QUERY:
    case USE_HEADER:
        break;
    }
    return NULL;
}

static void report_fixed(struct check *check, const struct reference *reference, const char *why)
{
    struct diagnostic *d = diag_report(check->diagnostics, E0221, reference->source,
                                       reference->range, "`%.*s` can only be used as it is here",
                                       SLICE_ARG(reference_name(check->arena, reference)));
    diag_note(check->diagnostics, d, NULL, reference->range, "%s", why);
}

/* What a variable of the conversation can be, by what sets it. */
static unsigned classes_of_variable(struct check *check, struct slice name)
{
    switch (check_variable_kind(check, name)) {
    case VALUE_NUMBER:
        return CLASS_NUMBER;
    case VALUE_BOOLEAN:
        return CLASS_BOOLEAN;
    case VALUE_LIST:
        return CLASS_LIST;
    case VALUE_ANY:
    case VALUE_TEXT: /* which can be a date, or a number */
    case VALUE_DATE:
    case VALUE_OBJECT:
        break;
    }
    return CLASS_ANY;
}

static unsigned classes_of(struct check *check, const struct reference *reference)
{
    bool is_variable = check_resolution(check, reference)->kind == REFERENCE_CONTEXT &&
                       reference->count == 2 && check->template->imported == NULL;
    return is_variable ? classes_of_variable(check, reference->segments[1])
                       : reference_classes(check->analysis, reference);
}

static void check_reference(struct check *check, const struct reference *reference)
{
    const struct resolution *to = check_resolution(check, reference);
    const char *why = fixed_use(reference->use);
    if (to->kind == REFERENCE_UNKNOWN || to->kind == REFERENCE_ITEM) {
        return;
    }
    if (why != NULL && analysis_is_computed(check->analysis, reference)) {
        report_fixed(check, reference, why);
    } else if (reference->format_count > 0) {
        check_values(check, reference, classes_of(check, reference),
                     reference_item_classes(check->analysis, reference));
    }
}

/* An `item` is of the list that its message shows. */
static void check_items(struct check *check, const struct message *message)
{
    for (const struct reference *r = message->references.first; r != NULL; r = r->next) {
        struct reference place;
        if (r->format_count > 0 && check_resolution(check, r)->kind == REFERENCE_ITEM) {
            bool known = check_item_place(check, message, r, &place);
            check_values(check, r, known ? reference_classes(check->analysis, &place) : CLASS_ANY,
                         CLASS_ANY & ~(unsigned)CLASS_LIST);
        }
    }
}

void check_formats(struct check *check)
{
    const struct template *template = check->template;
    check_each_reference(check, check_reference);
    for (size_t i = 0; i < template->message_count; i++) {
        check_items(check, &template->messages[i]);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        const struct reference *r = service->unprepared != NULL ? service->references.first : NULL;
        for (; r != NULL; r = r->next) {
            if (analysis_is_computed(check->analysis, r)) {
                report_fixed(check, r, "`unprepared` leaves this request to the platform");
            }
        }
    }
}
