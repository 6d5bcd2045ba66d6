/* Tables of words. */
#include "document/javascript/habit.h"

#include "base/ascii.h"

static const struct javascript_habit habits[] = {
    {"elif", "else if", true},
    {"elsif", "else if", true},
    {"elseif", "else if", true},
    {"String", "var", true},
    {"string", "var", true},
    {"int", "var", true},
    {"Integer", "var", true},
    {"integer", "var", true},
    {"long", "var", true},
    {"double", "var", true},
    {"float", "var", true},
    {"boolean", "var", true},
    {"Boolean", "var", true},
    {"bool", "var", true},
    {"char", "var", true},
    {"number", "var", true},
    {"Number", "var", true},
    {"Object", "var", true},
    {"List", "var", true},
    {"Map", "var", true},
    {"Date", "var", true},
    {"auto", "var", true},
    {"final", "const", true},
    {"val", "const", true},
    {"dim", "var", true},
    {"Dim", "var", true},
    {"my", "var", true},
    {"local", "var", true},
    {"def", "function", true},
    {"func", "function", true},
    {"fn", "function", true},
    {"fun", "function", true},
    {"sub", "function", true},
    {"foreach", "for (const item of list)", true},
    {"unless", "if (!…)", true},
    {"until", "while (!…)", true},
    {"when", "case", true},
    {"raise", "throw", true},
    {"except", "catch (error)", true},
    {"echo", "print(…)", true},
    {"puts", "print(…)", true},
    {"printf", "print(…)", true},
    {"public", "function", true},
    {"private", "function", true},
    {"static", "function", true},
    {"import", "koreUtil", true},
    {"end", "}", true},
    {"pass", "{}", true},
    {"and", "&&", false},
    {"or", "||", false},
    {"not", "!", true},
    {"is", "===", false},
    {"eq", "===", false},
    {"ne", "!==", false},
    {"gt", ">", false},
    {"lt", "<", false},
    {"ge", ">=", false},
    {"le", "<=", false},
    {"mod", "%", false},
    {"then", "{", false},
    {"contains", ".includes(…)", false},
};

static struct slice first_word(struct slice text)
{
    size_t end = 0;
    while (end < text.length && ascii_is_word(text.data[end])) {
        end++;
    }
    return slice_part(text, 0, end);
}

const struct javascript_habit *javascript_habit_of(struct slice statement, struct slice next)
{
    struct slice word = first_word(statement);
    for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++) {
        if (slice_is(habits[i].is_first ? word : next, habits[i].word)) {
            return &habits[i];
        }
    }
    return NULL;
}

const char *javascript_habit_name(struct slice name)
{
    static const struct {
        const char *word;
        const char *instead;
    } names[] = {{"None", "null"},    {"nil", "null"},      {"NULL", "null"},
                 {"Null", "null"},    {"True", "true"},     {"False", "false"},
                 {"TRUE", "true"},    {"FALSE", "false"},   {"self", "this"},
                 {"len", ".length"},  {"str", "String"},    {"Undefined", "undefined"},
                 {"and", "&&"},       {"or", "||"},         {"not", "!"},
                 {"elif", "else if"}, {"Println", "print"}, {"println", "print"},
                 {"echo", "print"},   {"puts", "print"},    {"strlen", ".length"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (slice_is(name, names[i].word)) {
            return names[i].instead;
        }
    }
    return NULL;
}
