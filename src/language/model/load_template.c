/* Loading a template: the head, training sentences, scripts, and the order of the parts. */
#include "base/builder.h"
#include "base/utf8.h"
#include "language/model/load.h"

struct slice load_slice(const struct node *node, const char *key, const char *fallback)
{
    const struct node *value = node_get(node, key);
    return value != NULL ? value->text : slice_of(fallback);
}

bool load_flag(const struct node *node, const char *key)
{
    const struct node *value = node_get(node, key);
    return value != NULL && value->boolean;
}

struct text load_text(struct loader *loader, const struct node *node, const char *key,
                      enum reference_use use, struct references *list)
{
    const struct node *value = node_get(node, key);
    return value != NULL ? text_parse(&loader->texts, value, use, list) : (struct text){0};
}

/* ---- sentences ---- */

/* The length of `text` in UTF-16 units, in which the platform counts. */
static size_t utf16_length(struct slice text)
{
    size_t units = 0;
    for (size_t i = 0; i < text.length;) {
        size_t length;
        units += utf8_decode(slice_part(text, i, text.length), &length) >= 0x10000 ? 2 : 1;
        i += length;
    }
    return units;
}

/* `[Acme](companyName)` at `at`: its parts and its end; false when it is not that. */
static bool match_mark(struct slice text, size_t at, struct slice *words, struct slice *name,
                       size_t *end)
{
    size_t close = slice_find(text, "](", at);
    size_t finish = close != SIZE_MAX ? slice_find(text, ")", close) : SIZE_MAX;
    if (finish == SIZE_MAX || slice_find(text, "[", at + 1) < close) {
        return false;
    }
    *words = slice_part(text, at + 1, close);
    *name = slice_part(text, close + 2, finish);
    *end = finish + 1;
    return words->length > 0 && name->length > 0;
}

static struct sentence load_sentence(struct loader *loader, const struct node *node,
                                     struct slice locale, bool with_marks)
{
    struct sentence sentence = {.node = node, .locale = locale, .text = slice_trim(node->text)};
    if (!with_marks || slice_find(node->text, "](", 0) == SIZE_MAX) {
        return sentence;
    }
    struct builder out = builder_new(loader->arena);
    struct slice text = sentence.text;
    struct mark **end_of_marks = &sentence.marks;
    for (size_t i = 0; i < text.length;) {
        struct slice words;
        struct slice name;
        size_t end;
        if (text.data[i] == '[' && match_mark(text, i, &words, &name, &end)) {
            struct mark *mark = arena_alloc(loader->arena, sizeof *mark);
            mark->start = utf16_length((struct slice){out.data, out.length});
            builder_add(&out, words);
            mark->end = utf16_length((struct slice){out.data, out.length});
            mark->name = name;
            mark->range = passage_range(node, name);
            *end_of_marks = mark;
            end_of_marks = &mark->next;
            i = end;
        } else {
            builder_add_char(&out, text.data[i++]);
        }
    }
    sentence.text = arena_slice(loader->arena, builder_slice(&out));
    return sentence;
}

static void add_list(struct loader *loader, struct sentences *sentences, const struct node *list,
                     struct slice locale, bool with_marks)
{
    sentences->items = arena_grow(loader->arena, sentences->items, sentences->count,
                                  sentences->count + list->count, sizeof *sentences->items);
    for (size_t i = 0; i < list->count; i++) {
        sentences->items[sentences->count++] =
            load_sentence(loader, list->items[i], locale, with_marks);
    }
}

struct sentences load_sentences(struct loader *loader, const struct node *node, bool with_marks)
{
    struct sentences sentences = {.node = node};
    if (node == NULL) {
        return sentences;
    }
    if (node->kind == NODE_SEQUENCE) {
        add_list(loader, &sentences, node, loader->template->locales[0], with_marks);
    }
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        add_list(loader, &sentences, node->members[i].value, node->members[i].key->text,
                 with_marks);
    }
    return sentences;
}

struct slice sentence_key(struct arena *arena, struct slice locale, struct slice sentence)
{
    struct builder out = builder_new(arena);
    builder_add(&out, locale);
    builder_add_char(&out, '/');
    bool space = false;
    for (size_t i = 0; i < sentence.length; i++) {
        char c = sentence.data[i];
        if (c == ' ' || c == '\t' || c == '\n') {
            space = true;
            continue;
        }
        if (space) {
            builder_add_char(&out, ' ');
            space = false;
        }
        builder_add_char(&out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return builder_slice(&out);
}

/* ---- head ---- */

/* "create-a-lead" to "CreateALead". */
static struct slice pascal_case(struct arena *arena, struct slice id)
{
    struct builder out = builder_new(arena);
    bool upper = true;
    for (size_t i = 0; i < id.length; i++) {
        char c = id.data[i];
        if (c == '-') {
            upper = true;
            continue;
        }
        builder_add_char(&out, upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        upper = false;
    }
    return builder_slice(&out);
}

static void load_locales(struct loader *loader, const struct node *root)
{
    struct template *template = loader->template;
    const struct node *locales = node_get(root, "locales");
    if (locales == NULL) {
        template->locales = loader->template->project->locales;
        template->locale_count = loader->template->project->locale_count;
        return;
    }
    template->locale_count = locales->count;
    template->locales = arena_alloc_array(loader->arena, locales->count, sizeof *template->locales);
    for (size_t i = 0; i < locales->count; i++) {
        template->locales[i] = locales->items[i]->text;
    }
}

static void load_intent(struct loader *loader, const struct node *node)
{
    struct intent *intent = &loader->template->intent;
    const struct node *name = node_get(node, "name");
    intent->node = node;
    intent->name = name != NULL ? name->text : pascal_case(loader->arena, loader->template->id);
    intent->title = texts_parse_fixed(&loader->texts, node_get(node, "title"));
    intent->description = texts_parse_fixed(&loader->texts, node_get(node, "description"));
    intent->label = texts_parse_fixed(&loader->texts, node_get(node, "label"));
    intent->utterances = load_sentences(loader, node_get(node, "utterances"), true);
    intent->patterns = load_sentences(loader, node_get(node, "patterns"), false);
    intent->negative_patterns = load_sentences(loader, node_get(node, "negativePatterns"), false);
}

static void load_scripts(struct loader *loader, const struct node *node)
{
    if (node == NULL) {
        return;
    }
    struct template *template = loader->template;
    template->scripts = arena_alloc_array(loader->arena, node->count, sizeof *template->scripts);
    template->script_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = node->members[i].value;
        bool labelled = value->kind == NODE_MAPPING;
        template->scripts[i] = (struct script){
            .key = node->members[i].key,
            .name = node->members[i].key->text,
            .node = labelled ? node_get(value, "script") : value,
            .label = texts_parse_fixed(&loader->texts, node_get(value, "label")),
            .index = i,
        };
    }
}

void load_forms(struct loader *loader, const struct node *node)
{
    if (node == NULL) {
        return;
    }
    struct template *template = loader->template;
    struct text_reader *texts = &loader->texts;
    template->forms = arena_alloc_array(loader->arena, node->count, sizeof *template->forms);
    template->form_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = node->members[i].value;
        struct form *form = &template->forms[i];
        struct references *list = &form->references;
        form->key = node->members[i].key;
        form->name = form->key->text;
        form->resource = load_slice(value, "form", "");
        form->label = texts_parse_fixed(texts, node_get(value, "label"));
        form->prompt = texts_parse(texts, node_get(value, "prompt"), USE_TEXT, list);
        form->error = texts_parse(texts, node_get(value, "error"), USE_TEXT, list);
        form->submitted = texts_parse(texts, node_get(value, "submitted"), USE_TEXT, list);
    }
}

static void index_names(struct template *template, struct arena *arena)
{
    template->entity_names = map_new(arena);
    template->service_names = map_new(arena);
    template->script_names = map_new(arena);
    template->message_names = map_new(arena);
    for (size_t i = 0; i < template->entity_count; i++) {
        map_add(&template->entity_names, template->entities[i].name, &template->entities[i]);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        map_add(&template->service_names, template->services[i].name, &template->services[i]);
    }
    for (size_t i = 0; i < template->script_count; i++) {
        map_add(&template->script_names, template->scripts[i].name, &template->scripts[i]);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        map_add(&template->message_names, template->messages[i].name, &template->messages[i]);
    }
}

const struct template *template_load(struct arena *arena, const struct node *root,
                                     const struct project *project, struct diagnostics *diagnostics)
{
    struct template *template = arena_alloc(arena, sizeof *template);
    struct loader loader = {.arena = arena, .diagnostics = diagnostics, .template = template};
    loader.texts = (struct text_reader){
        .arena = arena, .diagnostics = diagnostics, .parameters = project->parameters};
    const struct node *variables = node_get(root, "variables");
    template->source = root->source;
    template->root = root;
    template->project = project;
    template->id_node = node_get(root, "template");
    template->id = template->id_node->text;
    template->salesforce = slice_is(load_slice(root, "integration", "none"), "salesforce");
    template->auth_node = node_get(root, "auth");
    template->auth = load_slice(root, "auth", "");
    template->env = node_get(variables, "env");
    template->content = node_get(variables, "content");
    template->hidden = load_flag(root, "hidden");
    template->follow_up = load_flag(root, "followUp");
    template->dialogs = node_get(root, "dialogs");
    template->imported = node_get(root, "imported");
    template->xo = node_get(root, "xo");
    load_locales(&loader, root);
    template->title = texts_parse_fixed(&loader.texts, node_get(root, "title"));
    template->description = texts_parse_fixed(&loader.texts, node_get(root, "description"));
    load_intent(&loader, node_get(root, "intent"));
    load_entities(&loader, node_get(root, "entities"));
    load_services(&loader, node_get(root, "services"));
    load_scripts(&loader, node_get(root, "scripts"));
    load_messages(&loader, node_get(root, "messages"));
    load_forms(&loader, node_get(root, "forms"));
    load_userinfo_service(&loader);
    index_names(template, arena);
    load_flow(&loader, node_get(root, "flow"));
    template->reference_count = loader.texts.reference_count;
    return template;
}

/* ---- finding ---- */

const struct entity *template_entity(const struct template *template, struct slice name)
{
    return map_get(&template->entity_names, name);
}

const struct service *template_service(const struct template *template, struct slice name)
{
    return map_get(&template->service_names, name);
}

const struct script *template_script(const struct template *template, struct slice name)
{
    return map_get(&template->script_names, name);
}

const struct message *template_message(const struct template *template, struct slice name)
{
    return map_get(&template->message_names, name);
}

const struct form *template_form(const struct template *template, struct slice name)
{
    for (size_t i = 0; i < template->form_count; i++) {
        if (slice_equal(template->forms[i].name, name)) {
            return &template->forms[i];
        }
    }
    return NULL;
}

const struct service *template_member_service(const struct template *template,
                                              const struct action_member *member)
{
    return strcmp(member->key, "call") == 0 ? template_service(template, member->node->text) : NULL;
}

const struct script *template_member_script(const struct template *template,
                                            const struct action_member *member)
{
    return strcmp(member->key, "run") == 0 ? template_script(template, member->node->text) : NULL;
}

const struct template *template_other_dialog(struct arena *arena, const struct template *template,
                                             struct slice id)
{
    struct member *member = node_member(template->dialogs, id);
    if (member == NULL) {
        return NULL;
    }
    struct diagnostics ignored = diagnostics_new(arena); /* reported when the caller was loaded */
    struct text_reader texts = {
        .arena = arena, .diagnostics = &ignored, .parameters = template->project->parameters};
    struct template *other = arena_alloc(arena, sizeof *other);
    other->source = template->source;
    other->root = member->value;
    other->other = member->value;
    other->project = template->project;
    other->id_node = member->key;
    other->id = id;
    other->locales = template->locales;
    other->locale_count = template->locale_count;
    other->intent.name = load_slice(member->value, "intent", "");
    other->title = texts_parse_fixed(&texts, node_get(member->value, "title"));
    other->intent.description = texts_parse_fixed(&texts, node_get(member->value, "description"));
    other->intent.label = texts_parse_fixed(&texts, node_get(member->value, "label"));
    return other;
}

const struct service *template_userinfo_service(const struct template *template)
{
    for (size_t i = 0; i < template->service_count; i++) {
        if (template->services[i].operation == OPERATION_USERINFO) {
            return &template->services[i];
        }
    }
    return NULL;
}
