/* Tables of names. */
#include "language/check/script_globals.h"

static const struct script_global globals[] = {
#define GLOBAL(name, members) {name, members},
#include "language/check/script_global.def"
#undef GLOBAL
};

enum { GLOBAL_COUNT = sizeof globals / sizeof globals[0] };

const char *const script_value_members =
    "BYTES_PER_ELEMENT add anchor apply arguments at big bind blink bold buffer "
    "byteLength byteOffset call caller catch cause charAt charCodeAt clear codePointAt "
    "compile concat constructor copyWithin delete description done dotAll endsWith "
    "entries every exec fill filter finally find findIndex findLast findLastIndex fixed "
    "flags flat flatMap fontcolor fontsize forEach get getDate getDay getFullYear "
    "getHours getMilliseconds getMinutes getMonth getSeconds getTime getTimezoneOffset "
    "getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes "
    "getUTCMonth getUTCSeconds getYear global groups has hasIndices hasOwnProperty "
    "ignoreCase includes index indexOf input isPrototypeOf isWellFormed italics join keys "
    "lastIndexOf length link localeCompare map match matchAll maxByteLength message "
    "multiline name next normalize padEnd padStart pop propertyIsEnumerable push reduce "
    "reduceRight repeat replace replaceAll resizable resize return reverse search set "
    "setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setTime "
    "setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth "
    "setUTCSeconds setYear shift size slice small some sort source splice split stack "
    "startsWith sticky strike sub subarray substr substring sup test then throw "
    "toDateString toExponential toFixed toGMTString toISOString toJSON toLocaleDateString "
    "toLocaleLowerCase toLocaleString toLocaleTimeString toLocaleUpperCase toLowerCase "
    "toPrecision toReversed toSorted toSpliced toString toTimeString toUTCString "
    "toUpperCase toWellFormed trim trimEnd trimLeft trimRight trimStart unicode "
    "unicodeSets unshift value valueOf values with";

struct translation {
    const char *word;
    const char *instead;
};

static const struct translation foreign_names[] = {
    {"console", "`koreDebugger.log(…)` writes into the platform's log"},
    {"alert", "`print(…)` says something in the script of a message"},
    {"confirm", "a `confirm` step asks the user"},
    {"prompt", "an `ask` step asks the user"},
    {"fetch", "a service of the template sends requests, and a `call` step calls it"},
    {"axios", "a service of the template sends requests, and a `call` step calls it"},
    {"XMLHttpRequest", "a service of the template sends requests, and a `call` step calls it"},
    {"$", "there is no jQuery: JavaScript's own functions and `koreUtil._` do the same"},
    {"jQuery", "JavaScript's own functions and `koreUtil._` do the same"},
    {"require", "the platform's libraries are in `koreUtil`, such as `koreUtil.moment`"},
    {"module", "values for other steps are in `context`"},
    {"exports", "values for other steps are in `context`"},
    {"process", "variables of the bot are in `env`"},
    {"window", "a script does not run in a browser"},
    {"document", "a script does not run in a browser"},
    {"navigator", "a script does not run in a browser"},
    {"location", "a script does not run in a browser"},
    {"localStorage", "`BotUserSession.put(key, value)` keeps values"},
    {"sessionStorage", "`BotUserSession.put(key, value)` keeps values"},
    {"setTimeout", "a script ends before anything could come later"},
    {"setInterval", "a script ends before anything could come later"},
    {"setImmediate", "a script ends before anything could come later"},
    {"clearTimeout", "a script ends before anything could come later"},
    {"global", "values for other steps are in `context`"},
    {"Buffer", "the platform has no Node.js: `koreUtil.hash` computes hashes"},
    {"crypto", "`koreUtil.hash('sha256')` computes hashes"},
    {"btoa", "a script has no function for Base64"},
    {"atob", "a script has no function for Base64"},
    {"URL", "write the address as text, with `encodeURIComponent`"},
    {"URLSearchParams", "write the address as text, with `encodeURIComponent`"},
    {"structuredClone", "write `JSON.parse(JSON.stringify(value))`"},
    {"lodash", "write `koreUtil._`"},
    {"underscore", "write `koreUtil._`"},
    {"dayjs", "write `koreUtil.moment`"},
    {"session", "write `context.session`"},
    {"entities", "write `context.entities`"},
    {"intent", "write `context.intent`"},
    {"user", "write `UserContext.get(\"firstName\")`"},
    {"response", "write `context.SERVICE.response.body`"},
    {"now", "write `new Date()`"},
    {"today", "write `new Date()`"},
    {"Datetime", "write `Date`"},
    {"DateTime", "write `Date`"},
    {"datetime", "write `Date`"},
    {"System", "`koreDebugger.log(…)` writes into the platform's log"},
    {"range", "write `for (let i = 0; i < count; i++)`"},
    {"sleep", "a script ends before anything could come later"},
    {"json", "write `JSON.parse(…)` or `JSON.stringify(…)`"},
    {"params", "a text has `${params.NAME}`; in a script, write the value"},
};

static const struct translation foreign_methods[] = {
    {"contains", "`.includes(…)`"},
    {"append", "`.push(…)`"},
    {"strip", "`.trim()`"},
    {"upper", "`.toUpperCase()`"},
    {"lower", "`.toLowerCase()`"},
    {"upcase", "`.toUpperCase()`"},
    {"downcase", "`.toLowerCase()`"},
    {"equals", "`===`"},
    {"equalsIgnoreCase", "`===` after `.toLowerCase()`"},
    {"isEmpty", "`.length === 0`"},
    {"isBlank", "`.trim() === \"\"`"},
    {"size", "`.length`"},
    {"length", "`.length` without parentheses"},
    {"len", "`.length`"},
    {"count", "`.length`"},
    {"has_key", "`in`"},
    {"hasKey", "`in`"},
    {"containsKey", "`in`"},
    {"getString", "`.name`"},
    {"parseInt", "`parseInt(…)`"},
    {"toInt", "`parseInt(…)`"},
    {"toNumber", "`Number(…)`"},
    {"toFloat", "`parseFloat(…)`"},
    {"toList", "`Array.from(…)`"},
    {"collect", "`.map(…)`"},
    {"each", "`.forEach(…)`"},
    {"where", "`.filter(…)`"},
    {"substring_after", "`.split(…)`"},
    {"titleize", "`.toUpperCase()`"},
    {"capitalize", "`.toUpperCase()`"},
    {"replace_all", "`.replaceAll(…)`"},
    {"index", "`.indexOf(…)`"},
    {"extend", "`.concat(…)`"},
    {"addAll", "`.concat(…)`"},
    {"toDate", "`new Date(…)`"},
    {"strftime", "`koreUtil.moment(…).format(…)`"},
};

const struct script_global *script_global_find(struct slice name)
{
    for (size_t i = 0; i < GLOBAL_COUNT; i++) {
        if (slice_is(name, globals[i].name)) {
            return &globals[i];
        }
    }
    return NULL;
}

void script_globals_offer(struct suggestion *suggestion)
{
    for (size_t i = 0; i < GLOBAL_COUNT; i++) {
        if (strchr(globals[i].name, '.') == NULL) {
            suggestion_offer(suggestion, slice_of(globals[i].name));
        }
    }
}

bool script_words_have(const char *words, struct slice word)
{
    size_t at = 0;
    struct slice one;
    while (slice_next_part(slice_of(words), ' ', &at, &one)) {
        if (slice_equal(one, word)) {
            return true;
        }
    }
    return false;
}

void script_words_offer(const char *words, struct suggestion *suggestion)
{
    size_t at = 0;
    struct slice one;
    while (slice_next_part(slice_of(words), ' ', &at, &one)) {
        suggestion_offer(suggestion, one);
    }
}

static const char *translate(const struct translation *table, size_t count, struct slice word)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(word, table[i].word)) {
            return table[i].instead;
        }
    }
    return NULL;
}

const char *script_foreign_name(struct slice name)
{
    return translate(foreign_names, sizeof foreign_names / sizeof foreign_names[0], name);
}

const char *script_foreign_method(struct slice name)
{
    return translate(foreign_methods, sizeof foreign_methods / sizeof foreign_methods[0], name);
}
