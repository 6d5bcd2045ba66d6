/* Loading descriptions of objects; finding them and their fields. */
#define _POSIX_C_SOURCE 200809L /* strncasecmp */

#include "salesforce/sobject.h"

#include <stdlib.h>
#include <strings.h>

#include "base/embedded.h"
#include "base/lazy.h"
#include "document/json/reader.h"
#include "base/suggestion.h"
#include "base/table.h"
#include "salesforce/setting_field.h"

#define FOLDER "schemas/sobjects/"

/*
 * Key prefixes of standard objects, from the public object reference: those described in the
 * program, so that a prefix can be told without loading any of them.
 */
static const struct {
    const char *object;
    const char *prefix;
} prefixes[] = {
    {"Account", "001"},  {"Contact", "003"},        {"User", "005"},  {"Opportunity", "006"},
    {"Lead", "00Q"},     {"Task", "00T"},           {"Event", "00U"}, {"CampaignMember", "00v"},
    {"Product2", "01t"}, {"PricebookEntry", "01u"}, {"Case", "500"},  {"Campaign", "701"},
};

/* Standard objects that templates may name without dialogc knowing their fields. */
static const char *const standard_objects[] = {
#define STANDARD_OBJECT(name) #name,
#include "salesforce/standard_object.def"
#undef STANDARD_OBJECT
};

struct entry {
    struct slice name;
    const struct sobject *_Atomic object; /* NULL: not loaded */
    const struct embedded_file *file;
    const struct node *root; /* of a project's description */
};

struct sobject_catalog {
    struct arena *owner;
    struct lazy *lazy; /* of what is loaded while threads run */
    struct entry *entries;
    size_t count;
    struct slice *broken; /* objects whose descriptions have errors */
    size_t broken_count;
    bool lacks_files; /* see sobject_catalog_note_missing */
    /* of a catalog that notes what is asked for */
    struct arena *observer; /* NULL: it does not */
    struct sobject_catalog *observed;
    struct slice *asked;
    const struct sobject **answers; /* to each of them */
    size_t asked_count;
};

/* ---- types ---- */

static const struct {
    const char *word;
    const char *name;
} type_names[] = {
    [FIELD_ANY] = {"anyType", "a value"},
    [FIELD_ID] = {"id", "a record's id"},
    [FIELD_STRING] = {"string", "text"},
    [FIELD_TEXTAREA] = {"textarea", "text"},
    [FIELD_ENCRYPTED] = {"encryptedstring", "text"},
    [FIELD_PICKLIST] = {"picklist", "a picklist"},
    [FIELD_MULTIPICKLIST] = {"multipicklist", "a multi-select picklist"},
    [FIELD_COMBOBOX] = {"combobox", "text"},
    [FIELD_BOOLEAN] = {"boolean", "true or false"},
    [FIELD_INT] = {"int", "a whole number"},
    [FIELD_LONG] = {"long", "a whole number"},
    [FIELD_DOUBLE] = {"double", "a number"},
    [FIELD_CURRENCY] = {"currency", "an amount of money"},
    [FIELD_PERCENT] = {"percent", "a percentage"},
    [FIELD_DATE] = {"date", "a date"},
    [FIELD_DATETIME] = {"datetime", "a date and time"},
    [FIELD_TIME] = {"time", "a time"},
    [FIELD_EMAIL] = {"email", "an e-mail address"},
    [FIELD_PHONE] = {"phone", "a phone number"},
    [FIELD_URL] = {"url", "a URL"},
    [FIELD_REFERENCE] = {"reference", "the id of a record"},
    [FIELD_ADDRESS] = {"address", "an address"},
    [FIELD_LOCATION] = {"location", "a location"},
    [FIELD_BASE64] = {"base64", "binary data"},
};
TABLE_HAS_ROWS(type_names, FIELD_BASE64 + 1);

const char *field_type_name(enum field_type type)
{
    return type_names[type].name;
}

const char *field_type_word(enum field_type type)
{
    return type_names[type].word;
}

enum field_type field_type_find(struct slice word)
{
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++) {
        if (slice_is(word, type_names[i].word)) {
            return (enum field_type)i;
        }
    }
    return FIELD_ANY;
}

/* ---- loading ---- */

static struct slice text_of(const struct node *node, const char *key, struct slice fallback)
{
    const struct node *value = node_get(node, key);
    return node_is(value, NODE_STRING) ? value->text : fallback;
}

static bool flag_of(const struct node *node, const char *key, bool fallback)
{
    const struct node *value = node_get(node, key);
    return value != NULL ? value->boolean : fallback;
}

static void load_values(struct arena *arena, struct sobject_field *field, const struct node *list)
{
    if (list == NULL) {
        return;
    }
    field->value_count = list->count;
    field->values = arena_alloc_array(arena, list->count, sizeof *field->values);
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        bool plain = item->kind == NODE_STRING;
        field->values[i].value = plain ? item->text : text_of(item, "value", SLICE(""));
        field->values[i].label = plain ? item->text : text_of(item, "label", SLICE(""));
    }
}

static void load_field(struct arena *arena, struct sobject_field *field, struct slice name,
                       const struct node *node)
{
    const struct node *references = node_get(node, "references");
    field->name = name;
    field->label = text_of(node, "label", name);
    field->type = field_type_find(text_of(node, "type", SLICE("")));
    field->length = node_integer(node_get(node, "length"), 0);
    field->createable = flag_of(node, "createable", false);
    field->updateable = flag_of(node, "updateable", false);
    field->is_unsaid = node_get(node, "createable") == NULL && node_get(node, "updateable") == NULL;
    field->nillable = flag_of(node, "nillable", true);
    field->required = flag_of(node, "required", false);
    field->restricted = flag_of(node, "restricted", false);
    field->external_id = flag_of(node, "externalId", false);
    field->id_lookup = flag_of(node, "idLookup", false);
    field->name_field = flag_of(node, "nameField", false);
    field->filterable = flag_of(node, "filterable", true);
    field->default_value = node_get(node, "default");
    field->relationship = text_of(node, "relationship", SLICE(""));
    load_values(arena, field, node_get(node, "values"));
    if (references != NULL) {
        field->reference_count = references->count;
        field->references = arena_alloc_array(arena, references->count, sizeof *field->references);
        for (size_t i = 0; i < references->count; i++) {
            field->references[i] = references->items[i]->text;
        }
    }
}

static void load_fields(struct arena *arena, struct sobject *object, const struct node *fields)
{
    size_t old = object->field_count;
    object->fields =
        arena_grow(arena, object->fields, old, old + fields->count, sizeof *object->fields);
    object->by_name = map_new(arena);
    for (size_t i = 0; i < old; i++) {
        map_add(&object->by_name, object->fields[i].name, &object->fields[i]);
    }
    for (size_t i = 0; i < fields->count; i++) {
        struct slice name = fields->members[i].key->text;
        struct sobject_field *field = map_get(&object->by_name, name);
        if (field == NULL) {
            field = &object->fields[object->field_count++];
            map_add(&object->by_name, name, field);
        }
        *field = (struct sobject_field){0};
        load_field(arena, field, name, fields->members[i].value);
    }
}

/* `base` is the description that is extended, or NULL. */
static struct sobject *load_object(struct sobject_catalog *catalog, struct arena *arena,
                                   const struct node *root, const struct sobject *base)
{
    struct sobject *object = arena_alloc(arena, sizeof *object);
    if (base != NULL) {
        *object = *base;
        object->fields = arena_grow(arena, NULL, 0, base->field_count, sizeof *object->fields);
        for (size_t i = 0; i < base->field_count; i++) {
            object->fields[i] = base->fields[i];
        }
    } else {
        object->createable = object->updateable = object->deletable = true;
        object->queryable = object->searchable = true;
    }
    const struct node *one_of = node_get(root, "requiredOneOf");
    object->catalog = catalog;
    object->name = text_of(root, "sobject", object->name);
    object->label = text_of(root, "label", base != NULL ? base->label : object->name);
    object->plural = text_of(root, "labelPlural", base != NULL ? base->plural : object->label);
    object->key_prefix = text_of(root, "keyPrefix", object->key_prefix);
    object->createable = flag_of(root, "createable", object->createable);
    object->updateable = flag_of(root, "updateable", object->updateable);
    object->deletable = flag_of(root, "deletable", object->deletable);
    object->queryable = flag_of(root, "queryable", object->queryable);
    object->searchable = flag_of(root, "searchable", object->searchable);
    object->required_one_of = one_of != NULL ? one_of : object->required_one_of;
    load_fields(arena, object, node_get(root, "fields"));
    return object;
}

/* ---- the catalog ---- */

static bool is_description(const struct embedded_file *file, struct slice *name)
{
    static const size_t folder = sizeof FOLDER - 1;
    static const size_t suffix = sizeof ".json" - 1;
    struct slice full = slice_of(file->name);
    if (!slice_starts_with(full, FOLDER)) {
        return false;
    }
    *name = slice_part(full, folder, full.length - suffix);
    return true;
}

static struct entry *add_entry(struct sobject_catalog *catalog)
{
    catalog->entries =
        arena_append(catalog->owner, catalog->entries, catalog->count, sizeof *catalog->entries);
    return &catalog->entries[catalog->count++];
}

struct sobject_catalog *sobject_catalog_new(struct arena *arena)
{
    struct sobject_catalog *catalog = arena_alloc(arena, sizeof *catalog);
    catalog->owner = arena;
    catalog->lazy = lazy_new(arena);
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        struct slice name;
        if (is_description(file, &name)) {
            *add_entry(catalog) = (struct entry){.name = name, .file = file};
        }
    }
    return catalog;
}

static struct entry *find_entry(const struct sobject_catalog *catalog, struct slice name)
{
    for (size_t i = 0; i < catalog->count; i++) {
        if (slice_equal(catalog->entries[i].name, name)) {
            return &catalog->entries[i];
        }
    }
    return NULL;
}

struct loading {
    struct sobject_catalog *catalog;
    struct entry *entry;
    const struct sobject *object;
};

/* Reads an embedded description, unless that has been done. */
static void load_embedded(struct arena *arena, void *context)
{
    struct loading *loading = context;
    struct entry *entry = loading->entry;
    if (entry->object == NULL && entry->file != NULL) {
        struct diagnostics none =
            diagnostics_new(arena); /* nothing is ever reported: a test reads all descriptions */
        struct source *source;
        struct slice bytes = {(const char *)entry->file->bytes, entry->file->length};
        const struct node *root = json_read(arena, entry->file->name, bytes, &none, &source);
        entry->object = load_object(loading->catalog, arena, root, NULL);
    }
    loading->object = entry->object;
}

static const struct sobject *find_object(struct sobject_catalog *catalog, struct slice name,
                                         struct arena *arena)
{
    struct entry *entry = find_entry(catalog, name);
    const struct sobject *object = entry != NULL ? entry->object : NULL;
    if (entry == NULL || object != NULL) {
        return object;
    }
    struct loading loading = {catalog, entry, NULL};
    lazy_make(catalog->lazy, arena, load_embedded, &loading);
    return loading.object;
}

/* The object is a copy that leads to this catalog again, so that what is asked of it is noted. */
static const struct sobject *find_observed(struct sobject_catalog *catalog, struct slice name,
                                           struct arena *arena)
{
    size_t count = catalog->asked_count;
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(catalog->asked[i], name)) {
            return catalog->answers[i];
        }
    }
    const struct sobject *object = find_object(catalog->observed, name, arena);
    if (object != NULL) {
        struct sobject *copy = arena_alloc(catalog->observer, sizeof *copy);
        *copy = *object;
        copy->catalog = catalog;
        object = copy;
    }
    catalog->asked = arena_append(catalog->observer, catalog->asked, count, sizeof *catalog->asked);
    catalog->answers =
        arena_append(catalog->observer, (void *)catalog->answers, count, sizeof *catalog->answers);
    catalog->asked[count] = name;
    catalog->answers[count] = object;
    catalog->asked_count++;
    return object;
}

const struct sobject *sobject_find(struct sobject_catalog *catalog, struct slice name,
                                   struct arena *arena)
{
    return catalog->observer != NULL ? find_observed(catalog, name, arena)
                                     : find_object(catalog, name, arena);
}

const struct sobject *sobject_find_any_case(struct sobject_catalog *catalog, struct slice name,
                                            struct arena *arena)
{
    const struct entry *entry = find_entry(catalog, name);
    for (size_t i = 0; entry == NULL && i < catalog->count; i++) {
        if (slice_equal_ignoring_case(catalog->entries[i].name, name)) {
            entry = &catalog->entries[i];
        }
    }
    return sobject_find(catalog, entry != NULL ? entry->name : name, arena);
}

struct sobject_catalog *sobject_catalog_observe(struct arena *arena,
                                                struct sobject_catalog *catalog)
{
    struct sobject_catalog *observing = arena_alloc(arena, sizeof *observing);
    *observing = *catalog;
    observing->observer = arena;
    observing->observed = catalog;
    return observing;
}

const struct slice *sobject_catalog_asked(const struct sobject_catalog *catalog, size_t *count)
{
    *count = catalog->asked_count;
    return catalog->asked;
}

/* A field that is added to an object is one of the organisation's own: its name ends in `__c`. */
static void check_names(const struct node *root, const struct sobject *base,
                        struct diagnostics *diagnostics)
{
    const struct node *fields = node_get(root, "fields");
    for (size_t i = 0; base != NULL && fields != NULL && i < fields->count; i++) {
        const struct node *name = fields->members[i].key;
        if (sobject_is_custom_name(name->text) || sobject_field(base, name->text) != NULL) {
            continue;
        }
        struct diagnostic *d =
            diag_report(diagnostics, W0829, name->source, name->range,
                        "`%.*s` is neither a standard field of %.*s nor a custom one",
                        SLICE_ARG(name->text), SLICE_ARG(base->name));
        size_t ends = slice_ends_with(name->text, "_c") ? 2 : 0;
        diag_suggest(diagnostics, d,
                     arena_printf(diagnostics->arena, "%.*s__c",
                                  SLICE_ARG(slice_part(name->text, 0, name->text.length - ends))));
    }
}

void sobject_catalog_note_broken(struct sobject_catalog *catalog, struct slice name)
{
    catalog->broken = arena_append(catalog->owner, catalog->broken, catalog->broken_count,
                                   sizeof *catalog->broken);
    catalog->broken[catalog->broken_count++] = arena_slice(catalog->owner, name);
}

void sobject_catalog_note_missing(struct sobject_catalog *catalog)
{
    catalog->lacks_files = true;
}

bool sobject_catalog_has_broken(const struct sobject_catalog *catalog, struct slice name)
{
    if (catalog->lacks_files && sobject_is_custom_name(name)) {
        return true;
    }
    for (size_t i = 0; i < catalog->broken_count; i++) {
        if (slice_equal(catalog->broken[i], name)) {
            return true;
        }
    }
    return false;
}

static void offer_name(void *context, struct slice name)
{
    suggestion_offer(context, name);
}

bool sobject_catalog_add(struct sobject_catalog *catalog, const struct node *root,
                         struct diagnostics *diagnostics)
{
    const struct node *name = node_get(root, "sobject");
    struct entry *entry = find_entry(catalog, name->text);
    bool extends = flag_of(root, "extends", false);
    if (entry != NULL && entry->file == NULL) {
        struct diagnostic *d =
            diag_report(diagnostics, E0818, root->source, name->range,
                        "the object `%.*s` is described twice", SLICE_ARG(name->text));
        diag_note(diagnostics, d, entry->root->source, node_get(entry->root, "sobject")->range,
                  "the first description is here");
        return false;
    }
    if (extends && entry == NULL) {
        struct suggestion s = suggestion_new(name->text);
        sobject_catalog_offer(catalog, offer_name, &s);
        struct diagnostic *d = diag_report(diagnostics, E0801, root->source, name->range,
                                           "no object `%.*s` to extend", SLICE_ARG(name->text));
        diag_suggest(diagnostics, d, s.best);
        return false;
    }
    if (!extends && entry != NULL && node_get(node_get(root, "fields"), "Id") == NULL) {
        struct diagnostic *d =
            diag_report(diagnostics, W0827, root->source, name->range,
                        "this description is all that is known of `%.*s`, and lacks `Id`",
                        SLICE_ARG(name->text));
        diag_note(diagnostics, d, NULL, name->range,
                  "write `\"extends\": true` to add its fields to those that dialogc knows; it is "
                  "taken for such a file");
        extends = true;
    }
    const struct sobject *base =
        extends ? sobject_find(catalog, name->text, diagnostics->arena) : NULL;
    struct sobject *object = load_object(catalog, catalog->owner, root, base);
    object->is_complete = !extends;
    check_names(root, base, diagnostics);
    if (entry == NULL) {
        entry = add_entry(catalog);
    }
    *entry = (struct entry){.name = object->name, .object = object, .root = root};
    return true;
}

/* ---- names ---- */

const char *sobject_of_prefix(struct slice prefix)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (slice_is(prefix, prefixes[i].prefix)) {
            return prefixes[i].object;
        }
    }
    return NULL;
}

void sobject_catalog_offer(const struct sobject_catalog *catalog,
                           void (*offer)(void *context, struct slice name), void *context)
{
    for (size_t i = 0; i < catalog->count; i++) {
        offer(context, catalog->entries[i].name);
    }
}

static int compare_object(const void *name, const void *object)
{
    struct slice wanted = *(const struct slice *)name;
    struct slice other = slice_of(*(const char *const *)object);
    size_t shorter = wanted.length < other.length ? wanted.length : other.length;
    int order = strncasecmp(wanted.data, other.data, shorter);
    return order != 0 ? order : (wanted.length > other.length) - (wanted.length < other.length);
}

static bool is_standard(struct slice name)
{
    return name.length > 0 &&
           bsearch(&name, standard_objects, sizeof standard_objects / sizeof standard_objects[0],
                   sizeof standard_objects[0], compare_object) != NULL;
}

bool sobject_is_known_standard(struct slice name)
{
    /* What belongs to an object: AccountHistory, LeadShare, CaseChangeEvent. */
    static const char *const suffixes[] = {"Feed", "History", "Share", "ChangeEvent", "Tag"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (slice_ends_with(name, suffixes[i]) &&
            is_standard(slice_part(name, 0, name.length - strlen(suffixes[i])))) {
            return true;
        }
    }
    return is_standard(name);
}

bool sobject_is_custom_name(struct slice name)
{
    size_t at = slice_find(name, "__", 1);
    return at != SIZE_MAX && at + 2 < name.length;
}

/* Settings bring fields of standard objects, and never one whose name an organisation gives. */
static bool may_have_setting(const struct sobject *object, struct slice name)
{
    return !object->is_complete && !sobject_is_custom_name(name);
}

/* A field that the description lacks, since only some organisations have it. */
static const struct sobject_field *field_by_setting(const struct sobject *object, struct slice name)
{
    return may_have_setting(object, name) ? setting_field(object->name, name) : NULL;
}

/* The same by its relationship. */
static const struct sobject_field *relationship_by_setting(const struct sobject *object,
                                                           struct slice name)
{
    return may_have_setting(object, name) ? setting_relationship(object->name, name) : NULL;
}

const struct sobject_field *sobject_field(const struct sobject *object, struct slice name)
{
    const struct sobject_field *field = map_get(&object->by_name, name);
    if (field != NULL) {
        return field;
    }
    field = field_by_setting(object, name);
    return field != NULL && slice_equal(field->name, name) ? field : NULL;
}

const struct sobject_field *sobject_relationship(const struct sobject *object, struct slice name)
{
    for (size_t i = 0; i < object->field_count; i++) {
        if (slice_equal(object->fields[i].relationship, name) && name.length > 0) {
            return &object->fields[i];
        }
    }
    const struct sobject_field *field = relationship_by_setting(object, name);
    return field != NULL && slice_equal(field->relationship, name) ? field : NULL;
}

const struct sobject_field *sobject_field_any_case(const struct sobject *object, struct slice name)
{
    const struct sobject_field *field = sobject_field(object, name);
    for (size_t i = 0; field == NULL && i < object->field_count; i++) {
        if (slice_equal_ignoring_case(object->fields[i].name, name)) {
            field = &object->fields[i];
        }
    }
    return field != NULL ? field : field_by_setting(object, name);
}

const struct sobject_field *sobject_relationship_any_case(const struct sobject *object,
                                                          struct slice name)
{
    for (size_t i = 0; i < object->field_count; i++) {
        if (name.length > 0 && slice_equal_ignoring_case(object->fields[i].relationship, name)) {
            return &object->fields[i];
        }
    }
    return relationship_by_setting(object, name);
}

struct slice sobject_field_targets(struct arena *arena, const struct sobject_field *field)
{
    struct slice names = SLICE("");
    for (size_t i = 0; i < field->reference_count; i++) {
        names = arena_printf(arena, "%.*s%s%.*s", SLICE_ARG(names), i > 0 ? ", " : "",
                             SLICE_ARG(field->references[i]));
    }
    return names;
}

bool sobject_field_has_value(const struct sobject_field *field, struct slice value)
{
    for (size_t i = 0; i < field->value_count; i++) {
        if (slice_equal(field->values[i].value, value)) {
            return true;
        }
    }
    return false;
}
