/*
 * Writes COUNT realistic, varied templates into FOLDER: `bench-generate FOLDER COUNT [SEED]`. The
 * same seed gives the same files. Sizes, entity types, services, messages and flows vary as they do
 * in hand-written templates: 1.5 to 6 KB, comments included.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long state;

static unsigned long next_random(unsigned long below)
{
    state = state * 6364136223846793005UL + 1442695040888963407UL;
    return (state >> 33) % below;
}

#define PICK(list) list[next_random(sizeof list / sizeof list[0])]

static const char *const objects[] = {"Lead", "Account", "Contact", "Opportunity", "Case", "Task"};
static const char *const verbs[] = {"create", "register", "add", "enter", "record", "open"};
static const char *const adjectives[] = {"new",   "urgent", "regional", "partner", "late", "large",
                                         "first", "second", "open",     "closed",  "warm", "cold"};
static const char *const types[] = {"string", "string", "string",      "email", "phone",
                                    "date",   "number", "person-name", "choice"};
static const char *const questions[] = {"What is the %s?", "Please tell me the %s.",
                                        "Which %s should I use?", "I also need the %s: what is it?",
                                        "Could you give me the %s, please?"};
static const char *const fields[] = {"FirstName", "LastName", "Company", "Title",   "Email",
                                     "Phone",     "Website",  "City",    "Country", "Rating"};

static void write_entities(FILE *out, unsigned long count)
{
    fputs("entities:\n", out);
    for (unsigned long i = 0; i < count; i++) {
        const char *type = PICK(types);
        char prompt[128];
        char name[32];
        snprintf(name, sizeof name, "%s%lu", fields[i % 10], i);
        name[0] = (char)(name[0] - 'A' + 'a');
        snprintf(prompt, sizeof prompt, PICK(questions), name);
        fprintf(out, "  %s:\n    type: %s\n    prompt: \"%s\"\n", name, type, prompt);
        if (next_random(3) == 0) {
            fputs("    error: I did not understand that. Please try once more.\n", out);
        }
        if (next_random(6) == 0) {
            fputs("    retries: 3\n", out);
        }
        if (strcmp(type, "choice") == 0) {
            fputs("    choices:\n", out);
            for (unsigned long j = 0, n = 2 + next_random(5); j < n; j++) {
                fprintf(out,
                        "      - title: Option %lu of %s\n        synonyms: [word %lu, term %lu]\n",
                        j, name, j, j + 100);
            }
        }
    }
}

static void write_services(FILE *out, unsigned long entities, bool lists)
{
    fprintf(out, "\nservices:\n  mainService:\n    salesforce:\n      create: %s\n      fields:\n",
            PICK(objects));
    for (unsigned long i = 0; i < entities; i++) {
        char name[32];
        snprintf(name, sizeof name, "%s%lu", fields[i % 10], i);
        name[0] = (char)(name[0] - 'A' + 'a');
        fprintf(out, "        Field%lu__c: ${%s}\n", i, name);
    }
    fputs("        Status: Open - Not Contacted   # the usual start\n"
          "    samples:\n      - status: 201\n"
          "        body: {id: 00Q5g00000DZ0d4EAD, success: true, errors: []}\n"
          "      - status: 400\n"
          "        body: [{message: \"Required fields are missing\", errorCode: "
          "REQUIRED_FIELD_MISSING}]\n",
          out);
    if (lists) {
        fprintf(out,
                "  listService:\n    salesforce: {list: %s}\n    samples:\n      - status: 200\n"
                "        body: {objectDescribe: {}, recentItems: [{Id: a, Name: b}]}\n",
                PICK(objects));
    }
}

static void write_messages(FILE *out, bool lists, bool buttons)
{
    fputs("\nmessages:\n  mainDone:\n    text: \"Done: ${mainService.body.id} has been saved.\"\n",
          out);
    if (buttons) {
        fputs(
            "    buttons:\n      - {title: View, url: \"${instanceUrl}/${mainService.body.id}\"}\n",
            out);
    }
    fputs("  mainRefused: \"That was refused: ${mainService.error}\"\n"
          "  mainLogin: Please sign in to Salesforce and try again.\n"
          "  mainLater: Salesforce does not answer. Please try again later.\n",
          out);
    if (lists) {
        fputs("  recent:\n    text: These are the latest records.\n    list:\n"
              "      each: ${listService.body.recentItems}\n"
              "      item: {title: \"${item.Name}\", subtitle: \"${item.Id}\"}\n"
              "  nothing: There is nothing yet.\n",
              out);
    }
}

static void write_flow(FILE *out, unsigned long entities, bool lists, bool confirms)
{
    fputs("\nflow:\n  - ask:\n", out);
    for (unsigned long i = 0; i < entities; i++) {
        char name[32];
        snprintf(name, sizeof name, "%s%lu", fields[i % 10], i);
        name[0] = (char)(name[0] - 'A' + 'a');
        fprintf(out, "      - %s\n", name);
    }
    if (confirms) {
        fputs("  - confirm: Shall I save this now?\n    no: [end]\n", out);
    }
    fputs("  - call: mainService\n    unreachable: [{say: mainLater}, end]\n"
          "    unauthorized: [{say: mainLogin}, end]\n    failure: [{say: mainRefused}, end]\n"
          "    success: [{say: mainDone}]\n",
          out);
    if (lists) {
        fputs("  - call: listService\n    failure: [end]\n  - choose:\n"
              "      - when: ${listService.body.recentItems.length} == 0\n"
              "        then: [{say: nothing}]\n    else: [{say: recent}]\n",
              out);
    }
}

static void write_template(FILE *out, unsigned long number)
{
    unsigned long entities = 2 + next_random(8);
    bool lists = next_random(3) == 0;
    bool buttons = next_random(2) == 0;
    const char *verb = PICK(verbs);
    const char *adjective = PICK(adjectives);
    const char *object = PICK(objects);
    fprintf(out,
            "# Template %lu: what the %s team needs.\ndialogc: 1\ntemplate: template-%lu\n"
            "title: %s %s %s %lu\ndescription: Made for measuring; varied by its seed.\n"
            "integration: salesforce\nauth: salesforce\n\nintent:\n  utterances:\n",
            number, adjective, number, verb, adjective, object, number);
    for (unsigned long i = 0, n = 3 + next_random(8); i < n; i++) {
        fprintf(out, "    - %s a %s %s number %lu in way %lu\n", PICK(verbs), adjective, object,
                number, i);
    }
    fputc('\n', out);
    write_entities(out, entities);
    write_services(out, entities, lists);
    write_messages(out, lists, buttons);
    write_flow(out, entities, lists, next_random(4) == 0);
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fputs("usage: bench-generate FOLDER COUNT [SEED]\n", stderr);
        return 2;
    }
    unsigned long templates = strtoul(arguments[2], NULL, 10);
    state = count > 3 ? strtoul(arguments[3], NULL, 10) : 1;
    for (unsigned long i = 0; i < templates; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/template-%lu.yaml", arguments[1], i);
        FILE *out = fopen(path, "w");
        if (out == NULL) {
            perror(path);
            return 3;
        }
        write_template(out, i);
        if (fclose(out) != 0) {
            perror(path);
            return 3;
        }
    }
    return 0;
}
