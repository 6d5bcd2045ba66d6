/* Loading a template: the head, scripts, forms, and the order of the parts. */
#include "base/ascii.h"
#include "base/builder.h"
#include "language/model/load.h"
#include "language/model/locales.h"

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
        builder_add_char(&out, upper ? ascii_to_upper(c) : c);
        upper = false;
    }
    return builder_slice(&out);
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
    intent->options = node_get(node, "options");
}

static void load_scripts(struct loader *loader, const struct node *node)
{
    if (node == NULL) {
        return;
    }
    struct template *template = loader->template;
    struct script *scripts = arena_alloc_array(loader->arena, node->count, sizeof *scripts);
    template->scripts = scripts;
    template->script_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = node->members[i].value;
        bool labelled = value->kind == NODE_MAPPING;
        scripts[i] = (struct script){
            .key = node->members[i].key,
            .name = node->members[i].key->text,
            .node = labelled ? node_get(value, "script") : value,
            .label = texts_parse_fixed(&loader->texts, node_get(value, "label")),
            .index = i,
        };
        map_add(&template->script_names, scripts[i].name, &scripts[i]);
    }
}

static void load_forms(struct loader *loader, const struct node *node)
{
    if (node == NULL) {
        return;
    }
    struct template *template = loader->template;
    struct text_reader *texts = &loader->texts;
    struct form *forms = arena_alloc_array(loader->arena, node->count, sizeof *forms);
    template->forms = forms;
    template->form_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = node->members[i].value;
        struct form *form = &forms[i];
        struct references *list = &form->references;
        form->key = node->members[i].key;
        form->name = form->key->text;
        form->resource = load_slice(value, "form", "");
        form->render = load_slice(value, "render", "pop-up");
        form->label = texts_parse_fixed(texts, node_get(value, "label"));
        form->prompt = texts_parse(texts, node_get(value, "prompt"), USE_TEXT, list);
        form->error = texts_parse(texts, node_get(value, "error"), USE_TEXT, list);
        form->submitted = texts_parse(texts, node_get(value, "submitted"), USE_TEXT, list);
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
    struct built_locales locales = locales_of_template(arena, root, project);
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
    template->options = node_get(root, "options");
    template->dialogs = node_get(root, "dialogs");
    template->imported = node_get(root, "imported");
    template->xo = node_get(root, "xo");
    template->entity_names = map_new(arena);
    template->service_names = map_new(arena);
    template->script_names = map_new(arena);
    template->message_names = map_new(arena);
    template->locales = locales.names;
    template->locale_count = locales.count;
    template->own_locales = locales.own;
    template->title = texts_parse_fixed(&loader.texts, node_get(root, "title"));
    template->description = texts_parse_fixed(&loader.texts, node_get(root, "description"));
    load_intent(&loader, node_get(root, "intent"));
    load_entities(&loader, node_get(root, "entities"));
    load_services(&loader, node_get(root, "services"));
    load_scripts(&loader, node_get(root, "scripts"));
    load_messages(&loader, node_get(root, "messages"));
    load_forms(&loader, node_get(root, "forms"));
    load_userinfo_service(&loader);
    load_flow(&loader, node_get(root, "flow"));
    template->reference_count = loader.texts.reference_count;
    template->has_malformed = loader.texts.has_malformed;
    return template;
}
