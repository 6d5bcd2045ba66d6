/* Finding the parts of a template that is loaded, and naming its steps. */
#include "language/model/load.h"

const char *step_kind_word(enum step_kind kind)
{
    static const char *const words[] = {
#define STEP_KIND(kind, word) word,
#include "language/model/steps.def"
#undef STEP_KIND
    };
    return words[kind];
}

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

const struct shown_records *message_records(const struct message *message)
{
    switch (message->kind) {
    case MESSAGE_LIST:
    case MESSAGE_CAROUSEL:
        return &message->elements.records;
    case MESSAGE_TABLE:
        return &message->table.records;
    case MESSAGE_TEXT:
    case MESSAGE_SCRIPT:
    case MESSAGE_DATA:
    case MESSAGE_BUTTONS:
    case MESSAGE_QUICK_REPLIES:
    case MESSAGE_CHOICE:
        break;
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
        if (service_operation(&template->services[i]) == OPERATION_USERINFO) {
            return &template->services[i];
        }
    }
    return NULL;
}
