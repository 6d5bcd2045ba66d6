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

/* A field and the entity type that fills it; the required ones come first. */
struct field {
    const char *name;
    const char *type;
};

static const struct object {
    const char *name;
    const char *fixed; /* a field with a literal value */
    const char *id;    /* of a record */
    struct field fields[10];
} objects[] = {
    {"Lead",
     "Status: Open - Not Contacted",
     "00Q5g00000DZ0d4EAD",
     {{"LastName", "string"},
      {"Company", "company"},
      {"FirstName", "string"},
      {"Title", "string"},
      {"Email", "email"},
      {"Phone", "phone"},
      {"NumberOfEmployees", "number"},
      {"City", "string"},
      {"Description", "description"},
      {"Rating", "choice"}}},
    {"Contact",
     "LeadSource: Web",
     "0035g00000DZ0d4AAD",
     {{"LastName", "person-name"},
      {"FirstName", "string"},
      {"Email", "email"},
      {"Birthdate", "date"},
      {"Department", "string"},
      {"MobilePhone", "phone"},
      {"MailingCity", "city"},
      {"Title", "string"},
      {"Description", "string"},
      {"CleanStatus", "choice"}}},
    {"Opportunity",
     "Type: New Customer",
     "0065g00000DZ0d4AAD",
     {{"Name", "string"},
      {"CloseDate", "date"},
      {"StageName", "choice"},
      {"Amount", "currency"},
      {"NextStep", "string"},
      {"Probability", "number"},
      {"Description", "description"},
      {"LeadSource", "choice"},
      {"AccountId", "salesforce-id"},
      {"TotalOpportunityQuantity", "number"}}},
    {"Case",
     "Origin: Web",
     "5005g00000DZ0d4AAD",
     {{"Subject", "string"},
      {"Description", "description"},
      {"Priority", "choice"},
      {"SuppliedName", "person-name"},
      {"SuppliedEmail", "email"},
      {"SuppliedCompany", "company"},
      {"Reason", "choice"},
      {"SuppliedPhone", "phone"},
      {"Type", "choice"},
      {"ContactId", "salesforce-id"}}},
};
static const char *const verbs[] = {"create", "register", "add", "enter", "record", "open"};
static const char *const adjectives[] = {"new",   "urgent", "regional", "partner", "late", "large",
                                         "first", "second", "open",     "closed",  "warm", "cold"};
static const char *const questions[] = {"What is the %s?", "Please tell me the %s.",
                                        "Which %s should I use?", "I also need the %s: what is it?",
                                        "Could you give me the %s, please?"};

/* "lastName" */
static void write_name(FILE *out, const char *field)
{
    fputc(field[0] - 'A' + 'a', out);
    fputs(field + 1, out);
}

static void write_entities(FILE *out, const struct object *object, unsigned long count)
{
    fputs("entities:\n", out);
    for (unsigned long i = 0; i < count; i++) {
        const struct field *field = &object->fields[i];
        char prompt[128];
        snprintf(prompt, sizeof prompt, PICK(questions), field->name);
        fputs("  ", out);
        write_name(out, field->name);
        fprintf(out, ":\n    type: %s\n    prompt: \"%s\"\n", field->type, prompt);
        if (next_random(3) == 0) {
            fputs("    error: I did not understand that. Please try once more.\n", out);
        }
        if (next_random(6) == 0) {
            fputs("    retries: 3\n", out);
        }
        if (strcmp(field->type, "choice") == 0) {
            fprintf(out, "    choices: {from: %s.%s}\n", object->name, field->name);
        }
    }
}

static void write_services(FILE *out, const struct object *object, unsigned long entities,
                           bool lists)
{
    fprintf(out, "\nservices:\n  mainService:\n    salesforce:\n      create: %s\n      fields:\n",
            object->name);
    for (unsigned long i = 0; i < entities; i++) {
        fprintf(out, "        %s: ${", object->fields[i].name);
        write_name(out, object->fields[i].name);
        fputs("}\n", out);
    }
    fprintf(out,
            "        %s   # the usual start\n"
            "    samples:\n      - status: 201\n"
            "        body: {id: %s, success: true, errors: []}\n"
            "      - status: 400\n"
            "        body: [{message: \"Required fields are missing\", errorCode: "
            "REQUIRED_FIELD_MISSING}]\n",
            object->fixed, object->id);
    if (lists) {
        fprintf(out,
                "  listService:\n    salesforce:\n      query: >-\n"
                "        SELECT Id, Owner.Name FROM %s\n"
                "        WHERE CreatedDate = LAST_N_DAYS:30 AND %s != null\n"
                "        ORDER BY CreatedDate DESC LIMIT 10\n"
                "    samples:\n      - status: 200\n"
                "        body: {totalSize: 1, done: true, records: [{Id: a, Owner: {Name: b}}]}\n",
                object->name, object->fields[0].name);
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
              "      each: ${listService.body.records}\n"
              "      item: {title: \"${item.Owner.Name}\", subtitle: \"${item.Id}\"}\n"
              "  nothing: There is nothing yet.\n",
              out);
    }
}

static void write_flow(FILE *out, const struct object *object, unsigned long entities, bool lists,
                       bool confirms)
{
    fputs("\nflow:\n  - ask:\n", out);
    for (unsigned long i = 0; i < entities; i++) {
        fputs("      - ", out);
        write_name(out, object->fields[i].name);
        fputc('\n', out);
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
              "      - when: ${listService.body.totalSize} == 0\n"
              "        then: [{say: nothing}]\n    else: [{say: recent}]\n",
              out);
    }
}

static void write_template(FILE *out, unsigned long number)
{
    unsigned long entities = 3 + next_random(8);
    bool lists = next_random(3) == 0;
    bool buttons = next_random(2) == 0;
    const char *verb = PICK(verbs);
    const char *adjective = PICK(adjectives);
    const struct object *object = &PICK(objects);
    fprintf(out,
            "# Template %lu: what the %s team needs.\ndialogc: 1\ntemplate: template-%lu\n"
            "title: %s %s %s %lu\ndescription: Made for measuring; varied by its seed.\n"
            "integration: salesforce\nauth: salesforce\n\nintent:\n  utterances:\n",
            number, adjective, number, verb, adjective, object->name, number);
    for (unsigned long i = 0, n = 3 + next_random(8); i < n; i++) {
        fprintf(out, "    - %s a %s %s number %lu in way %lu\n", PICK(verbs), adjective,
                object->name, number, i);
    }
    fputc('\n', out);
    write_entities(out, object, entities);
    write_services(out, object, entities, lists);
    write_messages(out, lists, buttons);
    write_flow(out, object, entities, lists, next_random(4) == 0);
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
