/* What kind of value a variable of the conversation has, by all that sets it. */
#include "language/check/script_types.h"
#include "language/operation/reference_value.h"

/* What sets a variable: how often, and how often it is known to which kind. */
struct variable {
    size_t writes, known;
    bool is_mixed;
    enum value_kind kind;
    struct slice *texts; /* that are written out, each value of them */
    size_t text_count;
    bool is_open; /* it can have another text, too */
};

static struct variable *variable_at(struct check *check, struct slice name)
{
    struct variable *variable = map_get(check->variables, name);
    if (variable == NULL) {
        variable = arena_alloc(check->arena, sizeof *variable);
        *variable = (struct variable){.kind = VALUE_ANY};
        map_add(check->variables, name, variable);
    }
    return variable;
}

static void note_kind(struct variable *variable, enum value_kind kind)
{
    variable->is_mixed = variable->is_mixed || (variable->known > 0 && variable->kind != kind);
    variable->kind = kind;
    variable->known++;
}

static void note_text(struct check *check, struct variable *variable, struct slice text)
{
    variable->texts =
        arena_append(check->arena, variable->texts, variable->text_count, sizeof *variable->texts);
    variable->texts[variable->text_count++] = text;
}

/* ---- steps ---- */

static enum value_kind kind_of_body(struct check *check, const struct body *value)
{
    const struct reference *single =
        value->node->kind == NODE_STRING ? text_single(&value->text) : NULL;
    return single != NULL                       ? reference_value(check->analysis, single)
           : value->node->kind == NODE_BOOLEAN  ? VALUE_BOOLEAN
           : node_is_number(value->node)        ? VALUE_NUMBER
           : value->node->kind == NODE_STRING   ? VALUE_TEXT
           : value->node->kind == NODE_SEQUENCE ? VALUE_LIST
                                                : VALUE_ANY;
}

static void note_step(struct check *check, const struct step *step)
{
    for (size_t i = 0; step->kind == STEP_SET && i < step->set.values.count; i++) {
        const struct assignment *set = &step->set.values.items[i];
        struct variable *variable = variable_at(check, set->key->text);
        variable->writes++;
        note_kind(variable, kind_of_body(check, &set->value));
        bool is_plain = set->value.node->kind == NODE_STRING && !set->value.text.has_references &&
                        !set->value.text.has_platform;
        if (is_plain && template_entity(check->template, set->value.node->text) == NULL) {
            note_text(check, variable, set->value.node->text);
        } else {
            variable->is_open = true;
        }
    }
    const struct node *returns = step->kind == STEP_DIALOG ? step->dialog.returns : NULL;
    for (size_t i = 0; i < node_length(returns); i++) {
        variable_at(check, returns->items[i]->text)->writes++;
    }
}

/* ---- scripts ---- */

static void note_write(void *context, const struct javascript_path *path)
{
    if (path->is_written && path->count > 0) {
        variable_at(context, path->names[0])->writes++;
    }
}

static enum value_kind kind_of_script(enum script_type type)
{
    return type == SCRIPT_BOOLEAN  ? VALUE_BOOLEAN
           : type == SCRIPT_NUMBER ? VALUE_NUMBER
           : type == SCRIPT_TEXT   ? VALUE_TEXT
           : type == SCRIPT_LIST   ? VALUE_LIST
                                   : VALUE_ANY;
}

/* The texts that an expression can give: of `a ? "x" : "y"`, both. */
static void note_texts(const struct checked_script *checked, struct variable *variable,
                       const struct javascript_node *value)
{
    bool is_plain = value->kind == JAVASCRIPT_STRING &&
                    memchr(value->text.data, '\\', value->text.length) == NULL;
    if (is_plain) {
        note_text(checked->check, variable, value->text);
    } else if (value->kind == JAVASCRIPT_CONDITIONAL) {
        note_texts(checked, variable, value->first->next);
        note_texts(checked, variable, value->last);
    } else {
        variable->is_open = true;
    }
}

/* `context.more = a > b` */
static void note_assignments(const struct checked_script *checked,
                             const struct javascript_node *node)
{
    struct script_path path;
    if (node->kind == JAVASCRIPT_ASSIGN && slice_is(node->text, "=") &&
        node->first->kind == JAVASCRIPT_MEMBER &&
        script_context_path(checked, node->first, &path) && path.count == 1) {
        struct variable *variable = variable_at(checked->check, path.names[0]);
        note_kind(variable, kind_of_script(script_type_of(checked, node->last)));
        note_texts(checked, variable, node->last);
    }
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        note_assignments(checked, child);
    }
}

static void note_script(void *context, const struct node *node,
                        const struct javascript_script *script)
{
    struct check *check = context;
    struct checked_script checked = script_checked(check, node, false);
    javascript_each_path(script, "context", note_write, check);
    if (script->root != NULL) {
        note_assignments(&checked, script->root);
    }
}

/* ---- the whole ---- */

static void read_variables(struct check *check)
{
    check->variables = arena_alloc(check->arena, sizeof *check->variables);
    *check->variables = map_new(check->arena);
    for (size_t i = 0; i < check->graph->count; i++) {
        note_step(check, check->graph->nodes[i].step);
    }
    context_writes_each_script(check->writes, note_script, check);
}

/* What is known of a variable; NULL: its values can be of several kinds, or of an unknown one. */
static const struct variable *known_variable(struct check *check, struct slice name)
{
    if (check->variables == NULL) {
        read_variables(check);
    }
    const struct variable *variable = map_get(check->variables, name);
    bool is_known = variable != NULL && !check->writes->is_open && !variable->is_mixed &&
                    variable->known == variable->writes;
    return is_known ? variable : NULL;
}

enum value_kind check_variable_kind(struct check *check, struct slice name)
{
    const struct variable *variable = known_variable(check, name);
    return variable != NULL ? variable->kind : VALUE_ANY;
}

size_t check_variable_texts(struct check *check, struct slice name, const struct slice **texts)
{
    const struct variable *variable = known_variable(check, name);
    bool is_closed = variable != NULL && variable->kind == VALUE_TEXT && !variable->is_open;
    *texts = is_closed ? variable->texts : NULL;
    return is_closed ? variable->text_count : 0;
}
