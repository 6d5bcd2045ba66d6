/* One function for each part of the template; what differs by operation is in the table. */
#include "language/scaffold/scaffold.h"

#include <stdint.h>

#include "document/json/writer.h"
#include "base/ascii.h"
#include "base/suggestion.h"
#include "base/table.h"
#include "language/model/entity_type.h"

/* A field of the new template. */
struct part {
    const struct sobject_field *field;
    struct slice name; /* of its entity */
};

struct writer {
    struct arena *arena;
    const struct scaffold *scaffold;
    const struct sobject *object;
    struct builder *out;
    struct slice noun; /* "price book entry" */
    struct slice plural;
    struct slice service; /* "createLeadService" */
    struct part *parts;
    size_t part_count;
};

const char *const scaffold_operation_names[] = {
    [SCAFFOLD_CREATE] = "create",
    [SCAFFOLD_UPDATE] = "update",
    [SCAFFOLD_VIEW] = "view",
    [SCAFFOLD_SEARCH] = "search",
    [SCAFFOLD_LIST] = "list",
    [SCAFFOLD_DELETE] = "delete",
    NULL,
};

static const struct {
    bool takes_fields; /* that are asked for */
    bool reads_fields; /* that are shown */
    bool takes_id;
    const char *utterances[3]; /* %s: the noun with its article; %p: its plural */
    const char *description;
} operations[] = {
    [SCAFFOLD_CREATE] = {true, false, false, {"create %s", "add a new", "new"}, "Creates"},
    [SCAFFOLD_UPDATE] = {true, false, true, {"update %s", "change %s", "edit %s"}, "Changes"},
    [SCAFFOLD_VIEW] = {false, true, true, {"view %s", "show me %s", "look up %s"}, "Shows"},
    [SCAFFOLD_SEARCH] = {false, true, false, {"search for %s", "find %s", "look for %s"}, "Finds"},
    [SCAFFOLD_LIST] =
        {false, false, false, {"list %p", "show my recent %p", "which %p have I viewed"}, "Lists"},
    [SCAFFOLD_DELETE] =
        {false, false, true, {"delete %s", "remove %s", "get rid of %s"}, "Deletes"},
};
TABLE_HAS_ROWS(operations, SCAFFOLD_DELETE + 1);

#define OPERATION_COUNT (sizeof operations / sizeof operations[0])

_Static_assert(sizeof scaffold_operation_names / sizeof scaffold_operation_names[0] ==
                   OPERATION_COUNT + 1,
               "a name for each operation");

bool scaffold_operation_find(struct slice name, enum scaffold_operation *operation)
{
    for (size_t i = 0; i < OPERATION_COUNT; i++) {
        if (slice_is(name, scaffold_operation_names[i])) {
            *operation = (enum scaffold_operation)i;
            return true;
        }
    }
    return false;
}

/* ---- names ---- */

struct slice scaffold_entity_name(struct arena *arena, struct slice field)
{
    size_t custom = slice_find(field, "__", 1);
    struct slice stem = custom == SIZE_MAX ? field : slice_part(field, 0, custom);
    char *name = arena_copy(arena, stem);
    for (size_t i = 0; i < stem.length && ascii_is_upper(name[i]); i++) {
        name[i] = ascii_to_lower(name[i]);
        if (i + 2 < stem.length && ascii_is_lower(name[i + 2])) {
            break; /* "SICCode" to "sicCode" */
        }
    }
    return (struct slice){name, stem.length};
}

/* Names that the platform or the template uses itself. */
static bool is_taken(const struct writer *w, struct slice name)
{
    static const char *const reserved[] = {"env",      "content", "params",          "user",
                                           "intent",   "item",    "context",         "entities",
                                           "session",  "forms",   "history",         "dialog",
                                           "koreUtil", "keyword", "currentLanguage", "recordId"};
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (slice_equal_ignoring_case(name, slice_of(reserved[i]))) {
            return true;
        }
    }
    for (size_t i = 0; i < w->part_count; i++) {
        if (slice_equal_ignoring_case(name, w->parts[i].name)) {
            return true;
        }
    }
    struct builder plain = builder_new(w->arena); /* the intent's name */
    for (size_t i = 0; i < w->scaffold->id.length; i++) {
        if (w->scaffold->id.data[i] != '-') {
            builder_add_char(&plain, w->scaffold->id.data[i]);
        }
    }
    return slice_equal_ignoring_case(name, builder_slice(&plain));
}

static void add_part(struct writer *w, const struct sobject_field *field)
{
    struct slice name = scaffold_entity_name(w->arena, field->name);
    while (is_taken(w, name)) {
        name = arena_printf(w->arena, "%.*sValue", SLICE_ARG(name));
    }
    w->parts = arena_append(w->arena, w->parts, w->part_count, sizeof *w->parts);
    w->parts[w->part_count++] = (struct part){field, name};
}

/* A label of an organisation as text of a template: on one line, without references. */
static struct slice clean(struct arena *arena, struct slice label)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < label.length; i++) {
        unsigned char c = (unsigned char)label.data[i];
        bool opens = c == '$' && i + 1 < label.length && label.data[i + 1] == '{';
        bool braces =
            (c == '{' || c == '}') && i + 1 < label.length && label.data[i + 1] == (char)c;
        if (c < ' ' || c == 0x7F) {
            builder_add_char(&out, ' ');
        } else if (!braces) { /* {{…}} is the platform's */
            builder_add_text(&out, opens ? "$" : "");
            builder_add_char(&out, (char)c);
        }
    }
    return builder_slice(&out);
}

/* ---- which fields ---- */

static bool is_writeable(const struct writer *w, const struct sobject_field *field)
{
    return w->scaffold->operation == SCAFFOLD_CREATE ? field->createable : field->updateable;
}

static struct slice add_named(struct writer *w)
{
    for (size_t i = 0; i < w->scaffold->field_count; i++) {
        struct slice name = w->scaffold->fields[i];
        const struct sobject_field *field = sobject_field(w->object, name);
        if (field == NULL) {
            struct suggestion s = suggestion_new(name);
            for (size_t j = 0; j < w->object->field_count; j++) {
                suggestion_offer(&s, w->object->fields[j].name);
            }
            return arena_printf(w->arena, "%.*s has no field `%.*s`%s%.*s%s",
                                SLICE_ARG(w->object->name), SLICE_ARG(name),
                                s.best.length > 0 ? "; did you mean `" : "", SLICE_ARG(s.best),
                                s.best.length > 0 ? "`?" : "");
        }
        if (operations[w->scaffold->operation].takes_fields && !is_writeable(w, field)) {
            return arena_printf(w->arena, "`%.*s` of %.*s cannot be written", SLICE_ARG(name),
                                SLICE_ARG(w->object->name));
        }
        add_part(w, field);
    }
    return SLICE("");
}

static void add_required(struct writer *w)
{
    const struct node *groups = w->object->required_one_of;
    for (size_t i = 0; i < w->object->field_count; i++) {
        if (w->object->fields[i].required && is_writeable(w, &w->object->fields[i])) {
            add_part(w, &w->object->fields[i]);
        }
    }
    for (size_t i = 0; groups != NULL && i < groups->count; i++) {
        const struct sobject_field *field =
            sobject_field(w->object, groups->items[i]->items[0]->text);
        if (field != NULL && is_writeable(w, field)) {
            add_part(w, field);
        }
    }
}

static const struct sobject_field *name_field(const struct sobject *object)
{
    for (size_t i = 0; i < object->field_count; i++) {
        if (object->fields[i].name_field) {
            return &object->fields[i];
        }
    }
    return sobject_field(object, SLICE("Id"));
}

/* Without a required field there is still something to say of a record. */
static void add_usual(struct writer *w)
{
    static const char *const usual[] = {"Subject", "Name", "Status", "Title", "Description"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        const struct sobject_field *field = sobject_field(w->object, slice_of(usual[i]));
        if (field != NULL && is_writeable(w, field)) {
            add_part(w, field);
            return;
        }
    }
    for (size_t i = 0; i < w->object->field_count; i++) {
        if (is_writeable(w, &w->object->fields[i])) {
            add_part(w, &w->object->fields[i]);
            return;
        }
    }
}

static struct slice choose_fields(struct writer *w)
{
    bool takes = operations[w->scaffold->operation].takes_fields;
    bool reads = operations[w->scaffold->operation].reads_fields;
    if (w->scaffold->field_count > 0) {
        return takes || reads ? add_named(w)
                              : arena_printf(w->arena, "`%s` takes no fields",
                                             scaffold_operation_names[w->scaffold->operation]);
    }
    if (takes) {
        add_required(w);
    } else if (reads && name_field(w->object) != NULL) {
        add_part(w, name_field(w->object));
    }
    if (takes && w->part_count == 0) {
        add_usual(w);
    }
    return takes && w->part_count == 0
               ? arena_printf(w->arena, "%.*s has no writable field", SLICE_ARG(w->object->name))
               : SLICE("");
}

/* ---- writing ---- */

static void add(struct writer *w, const char *text)
{
    builder_add_text(w->out, text);
}

static void add_text(struct writer *w, const char *before, struct slice text)
{
    builder_add_text(w->out, before);
    json_quote(w->out, text);
    builder_add_char(w->out, '\n');
}

static const char *article(struct slice noun)
{
    bool vowel = noun.length > 0 && strchr("aeiou", noun.data[0]) != NULL;
    return vowel ? "an" : "a";
}

/* "create a lead"; a phrase without place for the article takes the noun at its end. */
static struct slice phrase(struct writer *w, const char *form)
{
    size_t plural = slice_find(slice_of(form), "%p", 0);
    if (plural != SIZE_MAX) {
        return arena_printf(w->arena, "%.*s%.*s%s", (int)plural, form,
                            SLICE_ARG(arena_lower_case(w->arena, w->plural)), form + plural + 2);
    }
    size_t place = slice_find(slice_of(form), "%s", 0);
    struct slice start = slice_part(slice_of(form), 0, place == SIZE_MAX ? strlen(form) : place);
    return place == SIZE_MAX
               ? arena_printf(w->arena, "%.*s %.*s", SLICE_ARG(start), SLICE_ARG(w->noun))
               : arena_printf(w->arena, "%.*s%s %.*s", SLICE_ARG(start), article(w->noun),
                              SLICE_ARG(w->noun));
}

static struct slice title(struct writer *w)
{
    struct slice first = phrase(w, operations[w->scaffold->operation].utterances[0]);
    char *copy = arena_copy(w->arena, first);
    copy[0] = ascii_to_upper(copy[0]);
    return (struct slice){copy, first.length};
}

static void write_head(struct writer *w)
{
    struct builder *out = w->out;
    add(w, "# Made by `dialogc new`: change what you like; `dialogc check` reports mistakes.\n"
           "dialogc: 1\n");
    builder_printf(
        out,
        "template: %.*s  # all ids derive from it: do not change it once the dialog is in use\n",
        SLICE_ARG(w->scaffold->id));
    add_text(w, "title: ", title(w));
    add_text(w, "description: ",
             arena_printf(w->arena, "%s %.*s of Salesforce.",
                          operations[w->scaffold->operation].description, SLICE_ARG(w->plural)));
    add(w, "integration: salesforce\n"
           "auth: salesforce     # a profile of the project, or the default one\n"
           "locales: [en]        # with more than one, each text is a mapping: {en: …, de: …}\n\n"
           "intent:\n"
           "  utterances:        # the more, and the more varied, the better\n");
    for (size_t i = 0; i < 3; i++) {
        add_text(w, "    - ", phrase(w, operations[w->scaffold->operation].utterances[i]));
    }
}

/* The type of an entity, with the keys that go with it. */
static void write_type(struct writer *w, const struct sobject_field *field)
{
    static const enum entity_kind types[] = {
        [FIELD_ANY] = ENTITY_STRING,
        [FIELD_ID] = ENTITY_SALESFORCE_ID,
        [FIELD_STRING] = ENTITY_STRING,
        [FIELD_TEXTAREA] = ENTITY_DESCRIPTION,
        [FIELD_ENCRYPTED] = ENTITY_STRING,
        [FIELD_PICKLIST] = ENTITY_CHOICE,
        [FIELD_MULTIPICKLIST] = ENTITY_CHOICE,
        [FIELD_COMBOBOX] = ENTITY_STRING,
        [FIELD_BOOLEAN] = ENTITY_CHOICE,
        [FIELD_INT] = ENTITY_NUMBER,
        [FIELD_LONG] = ENTITY_NUMBER,
        [FIELD_DOUBLE] = ENTITY_NUMBER,
        [FIELD_CURRENCY] = ENTITY_CURRENCY,
        [FIELD_PERCENT] = ENTITY_PERCENTAGE,
        [FIELD_DATE] = ENTITY_DATE,
        [FIELD_DATETIME] = ENTITY_DATE_TIME,
        [FIELD_TIME] = ENTITY_TIME,
        [FIELD_EMAIL] = ENTITY_EMAIL,
        [FIELD_PHONE] = ENTITY_PHONE,
        [FIELD_URL] = ENTITY_URL,
        [FIELD_REFERENCE] = ENTITY_SALESFORCE_ID,
        [FIELD_ADDRESS] = ENTITY_ADDRESS,
        [FIELD_LOCATION] = ENTITY_LOCATION,
        [FIELD_BASE64] = ENTITY_STRING,
    };
    TABLE_HAS_ROWS(types, FIELD_BASE64 + 1);
    bool picklist = field->type == FIELD_PICKLIST || field->type == FIELD_MULTIPICKLIST;
    bool empty = picklist && field->value_count == 0;
    enum entity_kind type = empty ? ENTITY_STRING : types[field->type];
    builder_printf(w->out, "    type: %s\n", entity_type_of(type)->name);
    if (picklist && !empty) {
        builder_printf(w->out,
                       "    choices: {from: %.*s.%.*s}  # `only:` and `titles:` narrow and "
                       "translate them\n",
                       SLICE_ARG(w->object->name), SLICE_ARG(field->name));
    }
    if (field->type == FIELD_MULTIPICKLIST && !empty) {
        add(w, "    multiple: true\n");
    }
    if (field->type == FIELD_BOOLEAN) {
        add(w, "    choices: [\"yes\", \"no\"]  # becomes true or false\n");
    }
    if (field->type == FIELD_ENCRYPTED) {
        add(w, "    sensitive: true\n");
    }
    bool one = field->type == FIELD_REFERENCE && field->reference_count == 1;
    if (one && sobject_find(w->object->catalog, field->references[0], w->arena) != NULL) {
        builder_printf(w->out, "    object: %.*s\n", SLICE_ARG(field->references[0]));
    }
}

static void write_id_entity(struct writer *w)
{
    builder_printf(w->out,
                   "  recordId:           # or `use: choose-record`, which searches and lets the "
                   "user choose\n"
                   "    type: salesforce-id\n"
                   "    object: %.*s\n",
                   SLICE_ARG(w->object->name));
    add_text(w, "    prompt: ",
             arena_printf(w->arena, "What is the id of the %.*s?", SLICE_ARG(w->noun)));
}

static void write_entity(struct writer *w, const struct part *part)
{
    const struct sobject_field *field = part->field;
    bool asks = field->type == FIELD_BOOLEAN;
    builder_printf(w->out, "  %.*s:\n", SLICE_ARG(part->name));
    write_type(w, field);
    add_text(w, "    prompt: ",
             arena_printf(w->arena, asks ? "%.*s, yes or no?" : "What is the %.*s?",
                          SLICE_ARG(clean(w->arena, field->label))));
}

void scaffold_write_entity(struct arena *arena, const struct sobject *object,
                           const struct sobject_field *field, struct slice name,
                           struct builder *out)
{
    struct writer writer = {.arena = arena, .object = object, .out = out};
    struct part part = {field, name};
    write_entity(&writer, &part);
}

static void write_entities(struct writer *w)
{
    bool takes = operations[w->scaffold->operation].takes_fields;
    bool takes_id = operations[w->scaffold->operation].takes_id;
    bool searches = w->scaffold->operation == SCAFFOLD_SEARCH;
    if (!takes && !takes_id && !searches) {
        return;
    }
    add(w, "\nentities:            # what the bot asks for\n");
    if (takes_id) {
        write_id_entity(w);
    }
    if (searches) {
        add(w, "  keyword:\n    type: string\n");
        add_text(
            w, "    prompt: ",
            arena_printf(w->arena, "Which word should I search %.*s for?", SLICE_ARG(w->plural)));
    }
    for (size_t i = 0; takes && i < w->part_count; i++) {
        write_entity(w, &w->parts[i]);
    }
}

static struct slice sample_id(const struct writer *w)
{
    struct slice prefix = w->object->key_prefix.length > 0 ? w->object->key_prefix : SLICE("001");
    return arena_printf(w->arena, "%.*s5g0000000001", SLICE_ARG(prefix));
}

/* A value of the field, as JSON, for samples. */
static const char *sample_value(struct writer *w, const struct sobject_field *field)
{
    if (field->value_count > 0) {
        struct builder quoted = builder_new(w->arena);
        json_quote(&quoted, field->values[0].value);
        return arena_copy(w->arena, builder_slice(&quoted));
    }
    if (field_type_is_number(field->type)) {
        return "1";
    }
    return field->type == FIELD_BOOLEAN    ? "false"
           : field->type == FIELD_DATE     ? "\"2027-03-31\""
           : field->type == FIELD_DATETIME ? "\"2027-03-31T09:30:00.000+0000\""
           : field->type == FIELD_ADDRESS || field->type == FIELD_LOCATION ? "{}"
           : field->type == FIELD_ID || field->type == FIELD_REFERENCE
               ? arena_printf(w->arena, "\"%.*s\"", SLICE_ARG(sample_id(w))).data
               : "\"Example\"";
}

static void write_sample_record(struct writer *w)
{
    builder_printf(w->out, "{attributes: {type: %.*s}", SLICE_ARG(w->object->name));
    for (size_t i = 0; i < w->part_count; i++) {
        builder_printf(w->out, ", %.*s: %s", SLICE_ARG(w->parts[i].field->name),
                       sample_value(w, w->parts[i].field));
    }
    add(w, "}");
}

static void write_success_sample(struct writer *w)
{
    switch (w->scaffold->operation) {
    case SCAFFOLD_CREATE:
        builder_printf(w->out,
                       "      - status: 201\n        body: {id: %.*s, success: true, errors: []}\n",
                       SLICE_ARG(sample_id(w)));
        break;
    case SCAFFOLD_VIEW:
        add(w, "      - status: 200\n        body: ");
        write_sample_record(w);
        add(w, "\n");
        break;
    case SCAFFOLD_SEARCH:
        add(w, "      - status: 200\n        body: {searchRecords: [");
        write_sample_record(w);
        add(w, "]}\n      - status: 200\n        body: {searchRecords: []}\n");
        break;
    case SCAFFOLD_LIST:
        builder_printf(
            w->out,
            "      - status: 200\n        body: {recentItems: [{attributes: {type: %.*s}, "
            "Id: %.*s}]}\n      - status: 200\n        body: {recentItems: []}\n",
            SLICE_ARG(w->object->name), SLICE_ARG(sample_id(w)));
        break;
    case SCAFFOLD_UPDATE:
    case SCAFFOLD_DELETE:
        add(w, "      - status: 204\n");
        break;
    }
}

static void write_service(struct writer *w)
{
    struct slice object = w->object->name;
    builder_printf(w->out, "\nservices:\n  %.*s:\n    salesforce:\n", SLICE_ARG(w->service));
    switch (w->scaffold->operation) {
    case SCAFFOLD_VIEW:
        builder_printf(w->out, "      retrieve: %.*s  # only the fields that the messages use\n",
                       SLICE_ARG(object));
        break;
    case SCAFFOLD_SEARCH:
        builder_printf(w->out, "      search: %.*s\n      term: ${keyword}\n      limit: 10\n",
                       SLICE_ARG(object));
        break;
    case SCAFFOLD_CREATE:
    case SCAFFOLD_UPDATE:
    case SCAFFOLD_LIST:
    case SCAFFOLD_DELETE:
        builder_printf(w->out, "      %s: %.*s\n", scaffold_operation_names[w->scaffold->operation],
                       SLICE_ARG(object));
        break;
    }
    if (operations[w->scaffold->operation].takes_id) {
        add(w, "      id: ${recordId}\n");
    }
    if (operations[w->scaffold->operation].takes_fields) {
        add(w, "      fields:\n");
        for (size_t i = 0; i < w->part_count; i++) {
            builder_printf(w->out, "        %.*s: ${%.*s}\n", SLICE_ARG(w->parts[i].field->name),
                           SLICE_ARG(w->parts[i].name));
        }
    }
    add(w, "    samples:           # responses to try the dialog with; the first is the default\n");
    write_success_sample(w);
    add(w,
        "      - status: 401\n"
        "        body: [{message: Session expired or invalid, errorCode: INVALID_SESSION_ID}]\n");
}

/* The path of what is shown of a field: of an address, its city. */
static struct slice shown_path(const struct writer *w, const struct sobject_field *field)
{
    const char *part = field->type == FIELD_ADDRESS    ? ".city"
                       : field->type == FIELD_LOCATION ? ".latitude"
                                                       : "";
    return arena_printf(w->arena, "%.*s%s", SLICE_ARG(field->name), part);
}

/* How people read the values of a field. */
static const char *shown_format(const struct sobject_field *field)
{
    return field->type == FIELD_DATE           ? " | date"
           : field->type == FIELD_DATETIME     ? " | date-time"
           : field->type == FIELD_TIME         ? " | time"
           : field->type == FIELD_PERCENT      ? " | percent"
           : field_type_is_number(field->type) ? " | number"
                                               : "";
}

/* The lines of a record: "Last Name: …". */
static void write_record_lines(struct writer *w)
{
    add(w, "  details:\n    text: |-\n");
    for (size_t i = 0; i < w->part_count; i++) {
        const struct sobject_field *field = w->parts[i].field;
        builder_printf(w->out, "      %.*s: ${%.*s.body.%.*s?%s}\n",
                       SLICE_ARG(slice_trim(clean(w->arena, field->label))), SLICE_ARG(w->service),
                       SLICE_ARG(shown_path(w, field)), shown_format(field));
    }
}

static void write_view_button(struct writer *w, const char *id)
{
    builder_printf(w->out, "    buttons:\n      - {title: View, url: \"${instanceUrl}/%s\"}\n", id);
}

/* The records of a search or list. */
static void write_record_list(struct writer *w, const char *list)
{
    const struct sobject_field *name = name_field(w->object);
    struct slice shown = w->part_count > 0 ? shown_path(w, w->parts[0].field)
                         : name != NULL    ? name->name
                                           : SLICE("Id");
    builder_printf(w->out,
                   "    list:\n      each: ${%.*s.body.%s}\n      limit: 10\n      item:\n"
                   "        title: ${item.%.*s%s}\n",
                   SLICE_ARG(w->service), list, SLICE_ARG(shown),
                   w->part_count > 0 ? shown_format(w->parts[0].field) : "");
    for (size_t i = 1; i < w->part_count; i++) {
        builder_printf(w->out, "%s${item.%.*s%s}", i == 1 ? "        subtitle: \"" : ", ",
                       SLICE_ARG(shown_path(w, w->parts[i].field)),
                       shown_format(w->parts[i].field));
    }
    add(w, w->part_count > 1 ? "\"\n" : "");
    add(w, "        url: ${instanceUrl}/${item.Id}\n");
}

static void write_messages(struct writer *w)
{
    static const char *const done[] = {[SCAFFOLD_CREATE] = "created",
                                       [SCAFFOLD_UPDATE] = "changed",
                                       [SCAFFOLD_DELETE] = "deleted"};
    enum scaffold_operation operation = w->scaffold->operation;
    add(w, "\nmessages:            # what the bot says\n");
    switch (operation) {
    case SCAFFOLD_VIEW:
        write_record_lines(w);
        write_view_button(w, "${recordId}");
        break;
    case SCAFFOLD_SEARCH:
    case SCAFFOLD_LIST:
        add_text(w, "  records:\n    text: ",
                 operation == SCAFFOLD_SEARCH ? SLICE("This is what I have found for “${keyword}”:")
                                              : SLICE("This is what you have viewed last:"));
        write_record_list(w, operation == SCAFFOLD_SEARCH ? "searchRecords" : "recentItems");
        add_text(w, "  none: ", SLICE("I have found nothing."));
        break;
    case SCAFFOLD_CREATE:
    case SCAFFOLD_UPDATE:
    case SCAFFOLD_DELETE:
        add_text(
            w, "  done:\n    text: ",
            arena_printf(w->arena, "The %.*s has been %s.", SLICE_ARG(w->noun), done[operation]));
        if (operation == SCAFFOLD_CREATE) {
            write_view_button(
                w, arena_printf(w->arena, "${%.*s.body.id}", SLICE_ARG(w->service)).data);
        } else if (operation == SCAFFOLD_UPDATE) {
            write_view_button(w, "${recordId}");
        } else {
            add_text(w, "  kept: ",
                     arena_printf(w->arena, "The %.*s stays as it is.", SLICE_ARG(w->noun)));
        }
        break;
    }
    if (operations[operation].takes_id) {
        add_text(w, "  unknown: ",
                 arena_printf(w->arena, "There is no %.*s with the id ${recordId}.",
                              SLICE_ARG(w->noun)));
    }
}

static void write_flow(struct writer *w)
{
    enum scaffold_operation operation = w->scaffold->operation;
    bool lists = operation == SCAFFOLD_SEARCH || operation == SCAFFOLD_LIST;
    add(w, "\nflow:\n");
    if (operations[operation].takes_id) {
        add(w, "  - ask: recordId\n");
    }
    if (operation == SCAFFOLD_SEARCH) {
        add(w, "  - ask: keyword\n");
    }
    for (size_t i = 0; operations[operation].takes_fields && i < w->part_count; i++) {
        builder_printf(w->out, "%s%.*s", i == 0 ? "  - ask: [" : ", ", SLICE_ARG(w->parts[i].name));
    }
    add(w, operations[operation].takes_fields ? "]\n" : "");
    if (operation == SCAFFOLD_DELETE) {
        add_text(
            w, "  - confirm: ",
            arena_printf(w->arena, "Do you really want to delete the %.*s?", SLICE_ARG(w->noun)));
        add(w, "    \"no\": [{say: kept}, end]\n");
    }
    builder_printf(
        w->out,
        "  - call: %.*s         # dialogc has its own messages for failures without a branch\n",
        SLICE_ARG(w->service));
    if (operations[operation].takes_id) {
        add(w, "    notFound: [{say: unknown}]\n");
    }
    if (lists) {
        const char *list = operation == SCAFFOLD_SEARCH ? "searchRecords" : "recentItems";
        builder_printf(w->out,
                       "    success:\n      - if: ${%.*s.body.%s.length} == 0\n"
                       "        then: [{say: none}]\n        else: [{say: records}]\n",
                       SLICE_ARG(w->service), list);
    } else {
        builder_printf(w->out, "    success: [{say: %s}]\n",
                       operation == SCAFFOLD_VIEW ? "details" : "done");
    }
}

/* ---- the whole ---- */

static struct slice impossible(struct writer *w)
{
    const struct sobject *object = w->object;
    const bool allowed[] = {
        [SCAFFOLD_CREATE] = object->createable,
        [SCAFFOLD_UPDATE] = object->updateable,
        [SCAFFOLD_VIEW] = true,
        [SCAFFOLD_SEARCH] = object->searchable,
        [SCAFFOLD_LIST] = true,
        [SCAFFOLD_DELETE] = object->deletable,
    };
    return allowed[w->scaffold->operation]
               ? SLICE("")
               : arena_printf(w->arena, "Salesforce does not let anyone %s records of %.*s",
                              scaffold_operation_names[w->scaffold->operation],
                              SLICE_ARG(object->name));
}

struct slice scaffold_write(struct arena *arena, const struct scaffold *scaffold,
                            struct builder *out)
{
    struct writer writer = {
        .arena = arena, .scaffold = scaffold, .object = scaffold->object, .out = out};
    struct writer *w = &writer;
    w->noun = arena_lower_case(arena, clean(arena, scaffold->object->label));
    w->plural = clean(arena, scaffold->object->plural);
    w->service = arena_printf(arena, "%s%.*sService", scaffold_operation_names[scaffold->operation],
                              SLICE_ARG(scaffold->object->name));
    struct slice mistake = impossible(w);
    mistake = mistake.length > 0 ? mistake : choose_fields(w);
    if (mistake.length > 0) {
        return mistake;
    }
    write_head(w);
    write_entities(w);
    write_service(w);
    write_messages(w);
    write_flow(w);
    return SLICE("");
}
