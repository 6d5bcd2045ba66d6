/* Types of literals, of what methods and functions give, of entities and of variables. */
#include "language/check/script_types.h"
#include "language/check/script_globals.h"

#define MOST_STEPS 30

/* What every value has. */
#define COMMON                                                                                     \
    "toString valueOf toLocaleString hasOwnProperty constructor isPrototypeOf "                    \
    "propertyIsEnumerable "

static const struct {
    const char *name;
    const char *members;
} types[] = {
    [SCRIPT_UNKNOWN] = {"a value", ""},
    [SCRIPT_TEXT] =
        {"a text",
         COMMON "length at charAt charCodeAt codePointAt concat endsWith includes indexOf "
                "isWellFormed lastIndexOf localeCompare match matchAll normalize padEnd padStart "
                "repeat replace replaceAll search slice split startsWith substr substring "
                "toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase toWellFormed trim "
                "trimEnd trimLeft trimRight trimStart anchor big bold link small sub sup"},
    [SCRIPT_NUMBER] = {"a number", COMMON "toFixed toPrecision toExponential"},
    [SCRIPT_BOOLEAN] = {"true or false", COMMON},
    [SCRIPT_LIST] = {"a list", COMMON
                     "length at concat copyWithin entries every fill filter find findIndex "
                     "findLast findLastIndex flat flatMap forEach includes indexOf join keys "
                     "lastIndexOf map pop push reduce reduceRight reverse shift slice some sort "
                     "splice toReversed toSorted toSpliced unshift values with"},
    [SCRIPT_OBJECT] = {"an object", COMMON},
    [SCRIPT_DATE] =
        {"a date",
         COMMON "getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth "
                "getSeconds getTime getTimezoneOffset getUTCDate getUTCDay getUTCFullYear "
                "getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds getYear "
                "setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds "
                "setTime setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds "
                "setUTCMinutes setUTCMonth setUTCSeconds setYear toDateString toGMTString "
                "toISOString toJSON toLocaleDateString toLocaleTimeString toTimeString "
                "toUTCString"},
    [SCRIPT_MOMENT] =
        {"a moment", COMMON
         "add subtract calendar clone diff endOf format from fromNow get invalidAt isAfter "
         "isBefore isBetween isSame isSameOrAfter isSameOrBefore isValid lang locale localeData "
         "max "
         "min parsingFlags set startOf to toArray toDate toISOString inspect toJSON toNow toObject "
         "unix creationData eraName eraNarrow eraAbbr eraYear year isLeapYear weekYear isoWeekYear "
         "quarter quarters month daysInMonth week weeks isoWeek isoWeeks weeksInYear "
         "weeksInWeekYear isoWeeksInYear isoWeeksInISOWeekYear date day days weekday isoWeekday "
         "dayOfYear hour hours minute minutes second seconds millisecond milliseconds utcOffset "
         "utc "
         "local parseZone hasAlignedHourOffset isDST isLocal isUtcOffset isUtc isUTC zoneAbbr "
         "zoneName dates months years zone isDSTShifted tz"},
    [SCRIPT_HASH] = {"a hash", COMMON "update digest copy"},
};

_Static_assert(sizeof types / sizeof types[0] == SCRIPT_TYPE_COUNT, "a row for each type");

/* Of methods that always give the same type; those of lists that give an element are not here. */
static const struct {
    enum script_type of;
    const char *methods;
    enum script_type gives;
} results[] = {
    {SCRIPT_TEXT,
     "charAt concat normalize padEnd padStart repeat replace replaceAll slice substr substring "
     "toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase trim trimEnd trimLeft trimRight "
     "trimStart toString valueOf",
     SCRIPT_TEXT},
    {SCRIPT_TEXT, "split", SCRIPT_LIST},
    {SCRIPT_TEXT, "indexOf lastIndexOf search charCodeAt localeCompare", SCRIPT_NUMBER},
    {SCRIPT_TEXT, "includes startsWith endsWith", SCRIPT_BOOLEAN},
    {SCRIPT_NUMBER, "toFixed toPrecision toExponential toString toLocaleString", SCRIPT_TEXT},
    {SCRIPT_LIST,
     "concat filter flat flatMap map reverse slice sort splice toReversed toSorted toSpliced fill",
     SCRIPT_LIST},
    {SCRIPT_LIST, "join toString", SCRIPT_TEXT},
    {SCRIPT_LIST, "indexOf findIndex lastIndexOf push unshift", SCRIPT_NUMBER},
    {SCRIPT_LIST, "includes some every", SCRIPT_BOOLEAN},
    {SCRIPT_DATE,
     "getDate getDay getFullYear getHours getMinutes getMonth getSeconds getTime getYear valueOf",
     SCRIPT_NUMBER},
    {SCRIPT_DATE,
     "toISOString toDateString toLocaleDateString toLocaleTimeString toLocaleString toString "
     "toJSON",
     SCRIPT_TEXT},
    {SCRIPT_MOMENT, "add subtract startOf endOf clone utc local tz locale utcOffset",
     SCRIPT_MOMENT},
    {SCRIPT_MOMENT, "format fromNow toISOString calendar toString", SCRIPT_TEXT},
    {SCRIPT_MOMENT, "diff unix valueOf", SCRIPT_NUMBER},
    {SCRIPT_MOMENT, "toDate", SCRIPT_DATE},
    {SCRIPT_MOMENT, "isAfter isBefore isBetween isSame isValid", SCRIPT_BOOLEAN},
    {SCRIPT_HASH, "update", SCRIPT_HASH},
};

/* What functions of the language and the platform give. */
static const struct {
    const char *function;
    enum script_type gives;
} functions[] = {
    {"String", SCRIPT_TEXT},
    {"Number", SCRIPT_NUMBER},
    {"parseInt", SCRIPT_NUMBER},
    {"parseFloat", SCRIPT_NUMBER},
    {"Boolean", SCRIPT_BOOLEAN},
    {"isNaN", SCRIPT_BOOLEAN},
    {"JSON.stringify", SCRIPT_TEXT},
    {"Date.now", SCRIPT_NUMBER},
    {"Object.keys", SCRIPT_LIST},
    {"Object.values", SCRIPT_LIST},
    {"Object.entries", SCRIPT_LIST},
    {"Array.from", SCRIPT_LIST},
    {"Array.of", SCRIPT_LIST},
    {"Math.round", SCRIPT_NUMBER},
    {"Math.floor", SCRIPT_NUMBER},
    {"Math.ceil", SCRIPT_NUMBER},
    {"Math.max", SCRIPT_NUMBER},
    {"Math.min", SCRIPT_NUMBER},
    {"Math.abs", SCRIPT_NUMBER},
    {"Math.random", SCRIPT_NUMBER},
    {"koreUtil.moment", SCRIPT_MOMENT},
    {"koreUtil.momenttz", SCRIPT_MOMENT},
    {"koreUtil.hash", SCRIPT_HASH},
    {"encodeURIComponent", SCRIPT_TEXT},
    {"decodeURIComponent", SCRIPT_TEXT},
    {"new Date", SCRIPT_DATE},
    {"new Array", SCRIPT_LIST},
    {"new Object", SCRIPT_OBJECT},
    {"new koreUtil.moment", SCRIPT_MOMENT},
    {"Date", SCRIPT_TEXT},
};

const char *script_type_name(enum script_type type)
{
    return types[type].name;
}

const char *script_type_members(enum script_type type)
{
    return types[type].members;
}

const char *script_type_instead(enum script_type type, struct slice method)
{
    static const struct {
        enum script_type type;
        const char *method;
        const char *instead;
    } instead[] = {
        {SCRIPT_LIST, "add", "`.push(…)`"},
        {SCRIPT_LIST, "append", "`.push(…)`"},
        {SCRIPT_LIST, "insert", "`.splice(…)`"},
        {SCRIPT_LIST, "remove", "`.splice(…)` or `.filter(…)`"},
        {SCRIPT_LIST, "first", "`[0]`"},
        {SCRIPT_LIST, "last", "`.at(-1)`"},
        {SCRIPT_LIST, "get", "`[…]`"},
        {SCRIPT_LIST, "split", "`.join(…)`"},
        {SCRIPT_TEXT, "toDate", "`new Date(…)`"},
        {SCRIPT_TEXT, "join", "`.split(…)`, or `+`"},
        {SCRIPT_TEXT, "push", "`+`"},
        {SCRIPT_TEXT, "format", "`+`, or a template string"},
        {SCRIPT_TEXT, "reverse", "`.split(\"\").reverse().join(\"\")`"},
        {SCRIPT_TEXT, "toupper", "`.toUpperCase()`"},
        {SCRIPT_TEXT, "tolower", "`.toLowerCase()`"},
        {SCRIPT_OBJECT, "push", "`object.name = …`, or begin with `[]`"},
        {SCRIPT_OBJECT, "add", "`object.name = …`"},
        {SCRIPT_OBJECT, "put", "`object.name = …`"},
        {SCRIPT_OBJECT, "get", "`object.name`"},
        {SCRIPT_OBJECT, "set", "`object.name = …`"},
        {SCRIPT_OBJECT, "keys", "`Object.keys(object)`"},
        {SCRIPT_OBJECT, "values", "`Object.values(object)`"},
        {SCRIPT_OBJECT, "forEach", "`Object.keys(object).forEach(…)`"},
        {SCRIPT_OBJECT, "map", "`Object.keys(object).map(…)`"},
        {SCRIPT_DATE, "format", "`koreUtil.moment(date).format(…)`"},
        {SCRIPT_DATE, "add", "`koreUtil.moment(date).add(…)`"},
        {SCRIPT_DATE, "addDays", "`koreUtil.moment(date).add(…, \"days\")`"},
    };
    for (size_t i = 0; i < sizeof instead / sizeof instead[0]; i++) {
        if (instead[i].type == type && slice_is(method, instead[i].method)) {
            return instead[i].instead;
        }
    }
    return NULL;
}

static enum script_type type_of(const struct checked_script *checked,
                                const struct javascript_node *node, size_t steps);

static enum script_type type_of_kind(enum value_kind kind)
{
    return kind == VALUE_NUMBER                       ? SCRIPT_NUMBER
           : kind == VALUE_TEXT || kind == VALUE_DATE ? SCRIPT_TEXT
           : kind == VALUE_BOOLEAN                    ? SCRIPT_BOOLEAN
           : kind == VALUE_LIST                       ? SCRIPT_LIST
                                                      : SCRIPT_UNKNOWN;
}

/* Of an entity, and of the status of a response. */
static enum script_type type_in_context(const struct checked_script *checked,
                                        const struct javascript_node *node)
{
    struct script_path path;
    const struct template *template = checked->check->template;
    if (!script_context_path(checked, node, &path) || path.count < 2) {
        return SCRIPT_UNKNOWN;
    }
    if (path.count == 2 && slice_is(path.names[0], "entities")) {
        const struct entity *entity = template_entity(template, path.names[1]);
        bool is_single = entity != NULL && !entity->multiple;
        return is_single ? type_of_kind(entity->type->value) : SCRIPT_UNKNOWN;
    }
    bool is_status = path.count == 3 && slice_is(path.names[1], "response") &&
                     slice_is(path.names[2], "statusCode");
    return is_status && template_service(template, path.names[0]) != NULL ? SCRIPT_NUMBER
                                                                          : SCRIPT_UNKNOWN;
}

/* `koreUtil.moment` of a name that the script does not declare; empty for others. */
static struct slice function_name(const struct checked_script *checked,
                                  const struct javascript_node *function)
{
    const struct javascript_node *root =
        function->kind == JAVASCRIPT_MEMBER ? function->first : function;
    const struct javascript_use *use = script_use(checked, root);
    bool is_free = use != NULL && use->declaration == NULL;
    return is_free ? slice_part(checked->script.text, function->start, function->end) : SLICE("");
}

static enum script_type type_of_call(const struct checked_script *checked,
                                     const struct javascript_node *call, size_t steps)
{
    const struct javascript_node *function = call->first;
    struct slice name = function_name(checked, function);
    if (call->kind == JAVASCRIPT_NEW) {
        name = arena_printf(checked->check->arena, "new %.*s", SLICE_ARG(name));
    }
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (slice_is(name, functions[i].function)) {
            return functions[i].gives;
        }
    }
    if (function->kind != JAVASCRIPT_MEMBER || call->kind == JAVASCRIPT_NEW) {
        return SCRIPT_UNKNOWN;
    }
    enum script_type type = type_of(checked, function->first, steps + 1);
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        if (results[i].of == type && script_words_have(results[i].methods, function->text)) {
            return results[i].gives;
        }
    }
    return SCRIPT_UNKNOWN;
}

static enum script_type type_of_binary(const struct checked_script *checked,
                                       const struct javascript_node *node, size_t steps)
{
    static const char *const comparisons[] = {"==", "===", "!=", "!==",        "<", ">",
                                              "<=", ">=",  "in", "instanceof", NULL};
    static const char *const logical[] = {"&&", "||",
                                          "?"
                                          "?",
                                          NULL};
    if (slice_is_any(node->text, comparisons)) {
        return SCRIPT_BOOLEAN;
    }
    if (slice_is_any(node->text, logical)) {
        return SCRIPT_UNKNOWN;
    }
    if (!slice_is(node->text, "+")) {
        return SCRIPT_NUMBER;
    }
    enum script_type left = type_of(checked, node->first, steps + 1);
    enum script_type right = type_of(checked, node->last, steps + 1);
    if (left == SCRIPT_TEXT || right == SCRIPT_TEXT) {
        return SCRIPT_TEXT;
    }
    return left == SCRIPT_NUMBER && right == SCRIPT_NUMBER ? SCRIPT_NUMBER : SCRIPT_UNKNOWN;
}

static enum script_type type_of_name(const struct checked_script *checked,
                                     const struct javascript_node *name, size_t steps)
{
    const struct javascript_use *use = script_use(checked, name);
    const struct javascript_declaration *d = use != NULL ? use->declaration : NULL;
    bool is_known = d != NULL && d->value != NULL && !d->is_changed && !d->is_element;
    return is_known ? type_of(checked, d->value, steps + 1) : SCRIPT_UNKNOWN;
}

static enum script_type type_of(const struct checked_script *checked,
                                const struct javascript_node *node, size_t steps)
{
    static const struct {
        enum javascript_kind kind;
        enum script_type type;
    } literals[] = {{JAVASCRIPT_STRING, SCRIPT_TEXT},
                    {JAVASCRIPT_TEMPLATE, SCRIPT_TEXT},
                    {JAVASCRIPT_NUMBER, SCRIPT_NUMBER},
                    {JAVASCRIPT_ARRAY, SCRIPT_LIST},
                    {JAVASCRIPT_OBJECT, SCRIPT_OBJECT}};
    for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++) {
        if (literals[i].kind == node->kind) {
            return literals[i].type;
        }
    }
    if (node->kind == JAVASCRIPT_WORD &&
        (slice_is(node->text, "true") || slice_is(node->text, "false"))) {
        return SCRIPT_BOOLEAN;
    }
    if (steps > MOST_STEPS) {
        return SCRIPT_UNKNOWN;
    }
    if (node->kind == JAVASCRIPT_CALL || node->kind == JAVASCRIPT_NEW) {
        return type_of_call(checked, node, steps);
    }
    if (node->kind == JAVASCRIPT_BINARY) {
        return type_of_binary(checked, node, steps);
    }
    if (node->kind == JAVASCRIPT_CONDITIONAL) {
        enum script_type met = type_of(checked, node->first->next, steps + 1);
        return type_of(checked, node->last, steps + 1) == met ? met : SCRIPT_UNKNOWN;
    }
    if (node->kind == JAVASCRIPT_UNARY) {
        return slice_is(node->text, "!")        ? SCRIPT_BOOLEAN
               : slice_is(node->text, "typeof") ? SCRIPT_TEXT
                                                : SCRIPT_UNKNOWN;
    }
    enum script_type type =
        node->kind == JAVASCRIPT_NAME ? type_of_name(checked, node, steps) : SCRIPT_UNKNOWN;
    return type == SCRIPT_UNKNOWN ? type_in_context(checked, node) : type;
}

enum script_type script_type_of(const struct checked_script *checked,
                                const struct javascript_node *node)
{
    return type_of(checked, node, 0);
}
