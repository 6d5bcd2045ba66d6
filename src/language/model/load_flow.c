/*
 * Loading the flow. Two things are written out here that authors may leave away: the implicit flow
 * (every entity, every service, the first message), and the call of the sub-domain service before
 * the first message that links to a record.
 */
#include "language/model/load.h"

/* Steps and branches while they are added; a template has them read-only. */
struct step_list {
    struct step *items;
    size_t count;
};

struct branch_list {
    struct branch *items;
    size_t count;
};

static void add_step(struct loader *loader, struct step_list *list, struct step step)
{
    list->items = arena_append(loader->arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = step;
}

/* ---- the sub-domain service ---- */

static bool uses_instance(const struct message *message)
{
    const struct reference *r = message->references.first;
    while (r != NULL && !slice_is(r->segments[0], "instanceUrl")) {
        r = r->next;
    }
    bool uses = r != NULL;
    size_t count = message->kind == MESSAGE_CHOICE ? message->choice.count : 0;
    for (size_t i = 0; !uses && i < count; i++) {
        uses = uses_instance(message->choice.items[i].message);
    }
    return uses;
}

static bool says_instance(const struct template *template, const struct step *step)
{
    const struct message *message =
        step->kind == STEP_SAY ? template_message(template, step->target) : NULL;
    return message != NULL && uses_instance(message);
}

/*
 * Numbers a step, before its branches are loaded: in the order of the text. The first message that
 * links to a record has the call of the sub-domain service in front of it.
 */
static void begin_step(struct loader *loader, struct step_list *list, struct step *step)
{
    struct template *template = loader->template;
    if (step->label != NULL) {
        loader->knows_domain = false; /* a `goto` may come in from anywhere */
    }
    if (loader->adds_domain && !loader->knows_domain && says_instance(template, step)) {
        add_step(loader, list,
                 (struct step){.kind = STEP_CALL,
                               .index = template->step_count++,
                               .node = step->node,
                               .target = template_userinfo_service(template)->name,
                               .implicit = true,
                               .label = step->label});
        step->label = NULL;
        loader->knows_domain = true;
    }
    step->index = template->step_count++;
}

/* ---- defaults that are computed ---- */

/* Behind the question: a step that gives the entity its default, where the user has given none. */
static void add_default(struct loader *loader, struct step_list *list, struct slice name)
{
    const struct entity *entity = template_entity(loader->template, name);
    if (entity == NULL || entity->computed_default.node == NULL) {
        return;
    }
    struct assignment *value = arena_alloc(loader->arena, sizeof *value);
    value->key = entity->key;
    value->value =
        (struct body){.node = entity->computed_default.node, .text = entity->computed_default};
    struct step step = {.kind = STEP_SET,
                        .node = entity->computed_default.node,
                        .references = entity->default_references,
                        .implicit = true,
                        .set = {.values = {value, 1}, .default_of = entity}};
    begin_step(loader, list, &step);
    add_step(loader, list, step);
}

/* ---- steps as written ---- */

static struct steps load_steps(struct loader *loader, const struct node *list);

static struct branch *add_branch(struct loader *loader, struct branch_list *list,
                                 enum outcome outcome, const struct node *node,
                                 const struct node *steps)
{
    list->items = arena_append(loader->arena, list->items, list->count, sizeof *list->items);
    struct branch *branch = &list->items[list->count++];
    branch->outcome = outcome;
    branch->node = node;
    branch->steps = load_steps(loader, steps);
    return branch;
}

/* The label that the options of a step name. */
static const struct node *load_retries(const struct node *options)
{
    return node_get(node_get(node_get(options, "eventOptions"), "defaultMaxRetry"), "goto");
}

static void load_ask(struct loader *loader, struct step_list *steps, const struct node *node,
                     const struct node *value)
{
    bool is_list = value->kind == NODE_SEQUENCE;
    const struct node *again = node_get(node, "again");
    for (size_t i = 0; i < (is_list ? value->count : 1); i++) {
        const struct node *name = is_list ? value->items[i] : value;
        struct step step = {.kind = STEP_ASK,
                            .node = name,
                            .target = name->text,
                            .ask.again = again != NULL && again->boolean,
                            .options = node_get(node, "options"),
                            .retries = load_retries(node_get(node, "options")),
                            .label = i == 0 ? node_get(node, "label") : NULL};
        begin_step(loader, steps, &step);
        add_step(loader, steps, step);
        add_default(loader, steps, name->text);
    }
}

static void load_call_branches(struct loader *loader, struct branch_list *branches,
                               const struct node *node)
{
    static const struct {
        const char *key;
        enum outcome outcome;
    } outcomes[] = {
        {"unreachable", OUTCOME_UNREACHABLE},   {"missingField", OUTCOME_MISSING_FIELD},
        {"duplicate", OUTCOME_DUPLICATE},       {"invalidEmail", OUTCOME_INVALID_EMAIL},
        {"deleted", OUTCOME_DELETED},           {"converted", OUTCOME_CONVERTED},
        {"noAccess", OUTCOME_NO_ACCESS},        {"limitExceeded", OUTCOME_LIMIT_EXCEEDED},
        {"unauthorized", OUTCOME_UNAUTHORIZED}, {"notFound", OUTCOME_NOT_FOUND},
        {"failure", OUTCOME_FAILURE},           {"success", OUTCOME_NEXT},
    };
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        struct member *member = node_member(node, slice_of(outcomes[i].key));
        if (member != NULL) {
            add_branch(loader, branches, outcomes[i].outcome, member->key, member->value);
        }
    }
}

static void load_confirm(struct loader *loader, struct step *step, struct branch_list *branches,
                         const struct node *node, const struct node *value)
{
    const struct node *synonyms = node_get(node, "synonyms");
    step->target = SLICE("");
    step->node = node_member(node, SLICE("confirm"))->key;
    step->confirm.prompt = texts_parse(&loader->texts, value, USE_TEXT, &step->references);
    step->confirm.yes_synonyms = load_sentences(loader, node_get(synonyms, "yes"), false);
    step->confirm.no_synonyms = load_sentences(loader, node_get(synonyms, "no"), false);
    struct member *yes = node_member(node, SLICE("yes"));
    struct member *no = node_member(node, SLICE("no"));
    if (yes != NULL) {
        add_branch(loader, branches, OUTCOME_YES, yes->key, yes->value);
    }
    if (no != NULL) {
        add_branch(loader, branches, OUTCOME_NO, no->key, no->value);
    }
    struct member *otherwise = node_member(node, SLICE("else"));
    step->confirm.no_default = otherwise != NULL && otherwise->value->kind == NODE_STRING;
    if (otherwise != NULL && !step->confirm.no_default) {
        add_branch(loader, branches, OUTCOME_NEXT, otherwise->key, otherwise->value);
    }
    step->confirm.default_template = load_flag(node, "defaultTemplate");
}

static void load_action(struct loader *loader, struct step *step, const struct node *node)
{
    const struct node *list = node_get(node, "do");
    step->action.description = texts_parse_fixed(&loader->texts, node_get(node, "description"));
    struct action_member *members = arena_alloc_array(loader->arena, list->count, sizeof *members);
    step->action.members = members;
    step->action.member_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        static const char *const keys[] = {"run", "call", "logic"};
        size_t kind = 0;
        while (node_get(list->items[i], keys[kind]) == NULL) {
            kind++;
        }
        members[i].key = keys[kind];
        members[i].node = node_get(list->items[i], keys[kind]);
    }
}

/* The case of one condition, of a `choose` or an `if`. */
static void add_case(struct loader *loader, struct step *step, struct branch_list *branches,
                     const struct node *when, const struct node *then)
{
    struct branch *branch = add_branch(loader, branches, OUTCOME_CASE, when, then);
    branch->condition = condition_parse(&loader->texts, when, &step->references);
}

static void load_cases(struct loader *loader, struct step *step, struct branch_list *branches,
                       const struct node *node, const struct node *value)
{
    const struct node *cases = node_get(node, "cases");
    const struct node *list = value->kind == NODE_SEQUENCE ? value : cases;
    if (value->kind == NODE_SEQUENCE ? cases != NULL : cases == NULL) {
        const struct node *place = cases != NULL ? cases : value;
        struct diagnostic *d = diag_report(
            loader->diagnostics, E0211, place->source, place->range,
            cases != NULL ? "`cases` works only with `choose: ${reference}`, not with a list"
                          : "`choose` with one reference needs `cases`");
        diag_note(loader->diagnostics, d, NULL, place->range,
                  "either make `choose` a list of `when` and `then`, or make it one `${reference}` "
                  "and add `cases`");
        list = NULL;
    }
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct node *when = node_get(list->items[i], "when");
        const struct node *then = node_get(list->items[i], "then");
        if (value->kind == NODE_SEQUENCE) {
            add_case(loader, step, branches, when, then);
        } else {
            struct branch *branch = add_branch(loader, branches, OUTCOME_CASE, when, then);
            branch->condition = condition_of_values(&loader->texts, value, when, &step->references);
        }
    }
}

/* `choose`, and its short form `if`. */
static void load_choose(struct loader *loader, struct step *step, struct branch_list *branches,
                        const struct node *node, const struct node *value)
{
    const struct member *condition = node_member(node, SLICE("if"));
    step->target = SLICE("");
    if (condition != NULL) {
        step->node = condition->key;
        add_case(loader, step, branches, value, node_get(node, "then"));
    } else {
        step->node = node_member(node, SLICE("choose"))->key;
        load_cases(loader, step, branches, node, value);
    }
    struct member *otherwise = node_member(node, SLICE("else"));
    if (otherwise != NULL) {
        add_branch(loader, branches, OUTCOME_NEXT, otherwise->key, otherwise->value);
    }
}

/* `set`, and what `with` hands to a dialog; `node` may be NULL. */
static struct assignments load_assignments(struct loader *loader, const struct node *node,
                                           struct references *references)
{
    size_t count = node_is(node, NODE_MAPPING) ? node->count : 0;
    struct assignment *items = arena_alloc_array(loader->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        items[i].key = node->members[i].key;
        items[i].value = load_body(loader, node->members[i].value, USE_BODY, references);
    }
    return (struct assignments){items, count};
}

/* What only steps of one kind have. */
static void load_own_keys(struct loader *loader, struct step *step, struct branch_list *branches,
                          const struct node *node, const struct node *value)
{
    struct texts display = texts_parse_fixed(&loader->texts, node_get(node, "display"));
    switch (step->kind) {
    case STEP_CALL:
        step->call.bare = load_flag(node, "bare");
        load_call_branches(loader, branches, node);
        break;
    case STEP_RUN:
        step->run.bare = load_flag(node, "bare");
        break;
    case STEP_CONFIRM:
        step->confirm.name = load_slice(node, "name", "");
        step->confirm.display = display;
        load_confirm(loader, step, branches, node, value);
        break;
    case STEP_CHOOSE:
        step->choose.name = load_slice(node, "node", "");
        step->choose.display = display;
        load_choose(loader, step, branches, node, value);
        break;
    case STEP_ACTION:
        step->action.display = display;
        load_action(loader, step, node);
        break;
    case STEP_TRANSFER:
        step->transfer.name = load_slice(node, "name", "");
        step->transfer.display = display;
        break;
    case STEP_SET:
        step->node = node_member(node, SLICE("set"))->key;
        step->set.values = load_assignments(loader, value, &step->references);
        break;
    case STEP_DIALOG:
        step->dialog.with = load_assignments(loader, node_get(node, "with"), &step->references);
        step->dialog.returns = node_get(node, "returns");
        step->dialog.before = node_get(node, "before");
        step->dialog.after = node_get(node, "after");
        break;
    case STEP_ASK: /* several steps: load_ask */
    case STEP_SAY:
    case STEP_GOTO:
    case STEP_END:
    case STEP_FORM:
        break;
    }
}

static void load_step(struct loader *loader, struct step_list *steps, const struct node *node)
{
    if (node->kind == NODE_STRING) {
        struct step step = {.kind = slice_is(node->text, "end") ? STEP_END : STEP_TRANSFER,
                            .node = node};
        begin_step(loader, steps, &step);
        add_step(loader, steps, step);
        return;
    }
    const struct node *value = node_get(node, "if");
    enum step_kind kind = value != NULL ? STEP_CHOOSE : 0;
    while (value == NULL) {
        value = node_get(node, step_kind_word(kind));
        kind += value == NULL ? 1 : 0;
    }
    if (kind == STEP_ASK) {
        load_ask(loader, steps, node, value);
        return;
    }
    struct step step = {.kind = kind,
                        .node = value,
                        .label = node_get(node, "label"),
                        .target = value->kind == NODE_STRING ? value->text : SLICE(""),
                        .options = node_get(node, "options"),
                        .retries = load_retries(node_get(node, "options"))};
    struct branch_list branches = {0};
    begin_step(loader, steps, &step);
    load_own_keys(loader, &step, &branches, node, value);
    step.branches = branches.items;
    step.branch_count = branches.count;
    add_step(loader, steps, step);
}

static struct steps load_steps(struct loader *loader, const struct node *list)
{
    struct step_list steps = {0};
    bool knows_domain = loader->knows_domain;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        load_step(loader, &steps, list->items[i]);
    }
    loader->knows_domain = knows_domain; /* behind the branch nobody knows which way was taken */
    return (struct steps){steps.items, steps.count};
}

/* ---- the implicit flow ---- */

static void add_implicit(struct loader *loader, struct step_list *steps, enum step_kind kind,
                         const struct node *key, struct slice name)
{
    struct step step = {.kind = kind, .node = key, .target = name, .implicit = true};
    begin_step(loader, steps, &step);
    add_step(loader, steps, step);
}

static struct steps implicit_flow(struct loader *loader)
{
    const struct template *template = loader->template;
    struct step_list steps = {0};
    for (size_t i = 0; i < template->entity_count; i++) {
        add_implicit(loader, &steps, STEP_ASK, template->entities[i].key,
                     template->entities[i].name);
        add_default(loader, &steps, template->entities[i].name);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        if (template->services[i].node != NULL) {
            add_implicit(loader, &steps, STEP_CALL, template->services[i].key,
                         template->services[i].name);
        }
    }
    if (template->message_count > 0) {
        add_implicit(loader, &steps, STEP_SAY, template->messages[0].key,
                     template->messages[0].name);
    }
    return (struct steps){steps.items, steps.count};
}

void load_flow(struct loader *loader, const struct node *node)
{
    struct template *template = loader->template;
    const struct service *userinfo = template_userinfo_service(template);
    loader->adds_domain = userinfo != NULL && userinfo->node == NULL;
    template->flow_node = node;
    template->flow = node != NULL ? load_steps(loader, node) : implicit_flow(loader);
}
