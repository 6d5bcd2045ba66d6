/*
 * A block has what `let`, `const`, `class` and, where it is not that of a function, `function`
 * declare in it; `var` declares for the whole function. What is declared anywhere in a block counts
 * in all of it, so a block is entered with all its names.
 */
#include "document/javascript/scope.h"

#include "base/map.h"
#include "document/javascript/pattern.h"

enum declared_kind {
    DECLARED_VAR,
    DECLARED_FUNCTION, /* in a block: again by functions only */
    DECLARED_LEXICAL,  /* once */
    DECLARED_PARAMETER,
    DECLARED_CATCH /* the name of `catch (name)`: `var` may be the same */
};

struct declared {
    enum declared_kind kind;
    struct javascript_declaration declaration;
};

struct scope {
    struct map names; /* to `struct declared` */
    bool is_function;
    struct scope *outer;
};

struct walk {
    struct arena *arena;
    struct scope *scope;
    struct javascript_names *names;
    const struct javascript_node *value; /* what the declared names are set to; NULL: not known */
    bool is_element;                     /* to each element of it */
    bool is_constant;                    /* `const` declares them */
    bool is_hoisting;
    size_t with; /* how many `with` are around: names can be members of their objects */
};

/* ---- declarations ---- */

static void fail_twice(struct walk *walk, const struct javascript_node *name)
{
    if (walk->names->mistake.message.length == 0) {
        walk->names->mistake = (struct javascript_mistake){
            .message = arena_printf(walk->arena, "`%.*s` is declared twice", SLICE_ARG(name->text)),
            .start = name->name_start > name->start ? name->name_start : name->start,
            .end = (name->name_start > name->start ? name->name_start : name->start) +
                   name->text.length};
    }
}

static struct declared *find(const struct scope *scope, struct slice name)
{
    return map_get(&scope->names, name);
}

/* Adds a name to a scope that does not have it. What it is declared with is in walk->value. */
static void add(struct walk *walk, struct scope *scope, const struct javascript_node *name,
                enum declared_kind kind)
{
    struct declared *declared = arena_alloc(walk->arena, sizeof *declared);
    declared->kind = kind;
    declared->declaration.value = walk->value;
    declared->declaration.is_element = walk->is_element;
    declared->declaration.is_constant = walk->is_constant;
    map_add(&scope->names, name->text, declared);
}

static void declare(struct walk *walk, struct scope *scope, const struct javascript_node *name,
                    enum declared_kind kind)
{
    struct declared *before = find(scope, name->text);
    if (before == NULL) {
        add(walk, scope, name, kind);
        return;
    }
    bool may_repeat =
        kind == DECLARED_PARAMETER || kind == DECLARED_CATCH ||
        (kind == DECLARED_FUNCTION && before->kind != DECLARED_LEXICAL &&
         before->kind != DECLARED_CATCH && (scope->is_function || before->kind == kind));
    before->declaration.is_changed = true;
    if (!may_repeat) {
        fail_twice(walk, name);
    }
}

/* `var` belongs to the function, and no block on the way there may have the name. */
static void declare_var(void *context, const struct javascript_node *name)
{
    struct walk *walk = context;
    struct scope *scope = walk->scope;
    for (;; scope = scope->outer) {
        const struct declared *before = find(scope, name->text);
        if (before != NULL && (before->kind == DECLARED_LEXICAL ||
                               (before->kind == DECLARED_FUNCTION && !scope->is_function))) {
            fail_twice(walk, name);
        }
        if (scope->is_function) {
            break;
        }
    }
    struct declared *declared = find(scope, name->text);
    if (declared == NULL) {
        add(walk, scope, name, DECLARED_VAR);
    } else if (walk->is_hoisting) {
        declared->declaration.is_changed = true;
    }
}

static void declare_lexical(void *context, const struct javascript_node *name)
{
    struct walk *walk = context;
    declare(walk, walk->scope, name, DECLARED_LEXICAL);
}

static void declare_parameter(void *context, const struct javascript_node *name)
{
    struct walk *walk = context;
    declare(walk, walk->scope, name, DECLARED_PARAMETER);
}

static void declare_catch(void *context, const struct javascript_node *name)
{
    struct walk *walk = context;
    declare(walk, walk->scope, name, DECLARED_CATCH);
}

/* `value.name`, which `var {name} = value` sets `name` to. */
static const struct javascript_node *member_of(struct walk *walk,
                                               const struct javascript_node *value,
                                               const struct javascript_node *property)
{
    struct javascript_node *member = arena_alloc(walk->arena, sizeof *member);
    *member = *property;
    member->kind = JAVASCRIPT_MEMBER;
    member->first = (struct javascript_node *)(uintptr_t)value;
    member->last = member->first;
    member->next = NULL;
    return member;
}

/* The names of one declarator, with what each of them is set to. */
static void each_declared(struct walk *walk, const struct javascript_node *declarator,
                          void (*visit)(void *context, const struct javascript_node *name))
{
    const struct javascript_node *target = declarator->first;
    const struct javascript_node *around = walk->value;
    const struct javascript_node *value = target->next != NULL ? target->next : around;
    bool is_element = walk->is_element;
    if (target->kind == JAVASCRIPT_OBJECT && value != NULL && !is_element) {
        for (const struct javascript_node *p = target->first; p != NULL; p = p->next) {
            bool is_name = p->kind == JAVASCRIPT_PROPERTY && !p->is_computed &&
                           p->last->kind == JAVASCRIPT_NAME;
            walk->value = is_name ? member_of(walk, value, p) : NULL;
            javascript_each_name(p, visit, walk);
        }
    } else {
        walk->value = target->kind == JAVASCRIPT_NAME ? value : NULL;
        javascript_each_name(target, visit, walk);
    }
    walk->value = around;
}

static void each_variable(struct walk *walk, const struct javascript_node *variables,
                          void (*visit)(void *context, const struct javascript_node *name))
{
    walk->is_constant = slice_is(variables->text, "const");
    for (const struct javascript_node *d = variables->first; d != NULL; d = d->next) {
        each_declared(walk, d, visit);
    }
    walk->is_constant = false;
}

static bool is_var(const struct javascript_node *node)
{
    return node->kind == JAVASCRIPT_VARIABLES && slice_is(node->text, "var");
}

static bool has_own_names(const struct javascript_node *node)
{
    return node->kind == JAVASCRIPT_FUNCTION || node->kind == JAVASCRIPT_ARROW ||
           node->kind == JAVASCRIPT_CLASS;
}

/* All `var` of a function, and the functions of its blocks, which can be used behind them. */
static void hoist(struct walk *walk, const struct javascript_node *node)
{
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        bool is_each = node->kind == JAVASCRIPT_FOR_OF && child == node->first;
        if (is_var(child)) {
            walk->value = is_each ? child->next : NULL;
            walk->is_element = is_each;
            each_variable(walk, child, declare_var);
            walk->value = NULL;
            walk->is_element = false;
        }
        if (child->kind == JAVASCRIPT_FUNCTION && child->is_statement &&
            find(walk->scope, child->text) == NULL) {
            add(walk, walk->scope, child, DECLARED_VAR);
        }
        if (!has_own_names(child)) {
            hoist(walk, child);
        }
    }
}

/* What the statements of a block declare in it. */
static void declare_block(struct walk *walk, const struct javascript_node *block)
{
    for (const struct javascript_node *s = block->first; s != NULL; s = s->next) {
        const struct javascript_node *inner = s;
        while (inner->kind == JAVASCRIPT_LABELLED) {
            inner = inner->first;
        }
        if (s->kind == JAVASCRIPT_VARIABLES && !is_var(s)) {
            each_variable(walk, s, declare_lexical);
        } else if (s->kind == JAVASCRIPT_CLASS && s->is_statement) {
            declare(walk, walk->scope, s, DECLARED_LEXICAL);
        } else if (inner->kind == JAVASCRIPT_FUNCTION && inner->is_statement) {
            declare(walk, walk->scope, inner, DECLARED_FUNCTION);
        }
    }
}

static struct scope enter(struct walk *walk, bool is_function)
{
    return (struct scope){
        .names = map_new(walk->arena), .is_function = is_function, .outer = walk->scope};
}

/* ---- uses ---- */

/* How what is walked is used by what is around it. */
struct role {
    bool is_written;
    bool is_read;
    bool is_called;
    bool is_typeof;
};

static const struct role reading = {.is_read = true};

static void walk_node(struct walk *walk, const struct javascript_node *node, struct role role);

static void walk_children(struct walk *walk, const struct javascript_node *node)
{
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        walk_node(walk, child, reading);
    }
}

static struct declared *find_declared(const struct walk *walk, struct slice name)
{
    struct declared *declared = NULL;
    for (const struct scope *scope = walk->scope; scope != NULL && declared == NULL;
         scope = scope->outer) {
        declared = find(scope, name);
    }
    return declared;
}

static void note_use(struct walk *walk, const struct javascript_node *name,
                     const struct javascript_node *whole, struct role role)
{
    struct javascript_names *names = walk->names;
    struct declared *declared = find_declared(walk, name->text);
    if (declared == NULL && walk->with > 0) {
        return;
    }
    if (declared != NULL && role.is_written && name == whole) {
        declared->declaration.is_changed = true;
    }
    names->uses = arena_append(walk->arena, names->uses, names->count, sizeof *names->uses);
    names->uses[names->count++] =
        (struct javascript_use){.name = name,
                                .declaration = declared != NULL ? &declared->declaration : NULL,
                                .whole = whole,
                                .is_written = role.is_written,
                                .is_read = role.is_read,
                                .is_called = role.is_called,
                                .is_typeof = role.is_typeof};
}

/* `a.b[c].d`: one use of `a`, and whatever is between brackets. */
static void walk_members(struct walk *walk, const struct javascript_node *whole, struct role role)
{
    const struct javascript_node *node = whole;
    while (node->kind == JAVASCRIPT_MEMBER || node->kind == JAVASCRIPT_INDEX) {
        node = node->first;
    }
    if (node->kind == JAVASCRIPT_NAME) {
        note_use(walk, node, whole, role);
    } else {
        walk_node(walk, node, reading);
    }
    for (node = whole; node->kind == JAVASCRIPT_MEMBER || node->kind == JAVASCRIPT_INDEX;
         node = node->first) {
        if (node->kind == JAVASCRIPT_INDEX) {
            walk_node(walk, node->last, reading);
        }
    }
}

/* A pattern on the left side of `=`. */
static void walk_target(struct walk *walk, const struct javascript_node *target, struct role role)
{
    if (target->kind == JAVASCRIPT_ARRAY || target->kind == JAVASCRIPT_OBJECT ||
        target->kind == JAVASCRIPT_SPREAD) {
        for (const struct javascript_node *part = target->first; part != NULL; part = part->next) {
            walk_target(walk, part, role);
        }
    } else if (target->kind == JAVASCRIPT_PROPERTY) {
        if (target->is_computed) {
            walk_node(walk, target->first, reading);
        }
        walk_target(walk, target->last, role);
    } else if (target->kind == JAVASCRIPT_ASSIGN) {
        walk_target(walk, target->first, role);
        walk_node(walk, target->last, reading);
    } else {
        walk_node(walk, target, role);
    }
}

static void walk_assignment(struct walk *walk, const struct javascript_node *node)
{
    bool is_plain = slice_is(node->text, "=");
    walk_target(walk, node->first, (struct role){.is_written = true, .is_read = !is_plain});
    walk_node(walk, node->last, reading);
}

/* The defaults in a pattern that declares names. */
static void walk_defaults(struct walk *walk, const struct javascript_node *pattern)
{
    if (pattern->kind == JAVASCRIPT_ASSIGN) {
        walk_defaults(walk, pattern->first);
        walk_node(walk, pattern->last, reading);
    } else if (pattern->kind != JAVASCRIPT_NAME) {
        if (pattern->kind == JAVASCRIPT_PROPERTY && pattern->is_computed) {
            walk_node(walk, pattern->first, reading);
            walk_defaults(walk, pattern->last);
            return;
        }
        for (const struct javascript_node *part = pattern->first; part != NULL; part = part->next) {
            walk_defaults(walk, part);
        }
    }
}

/* ---- what has names of its own ---- */

static void walk_block(struct walk *walk, const struct javascript_node *block)
{
    struct scope scope = enter(walk, false);
    walk->scope = &scope;
    declare_block(walk, block);
    walk_children(walk, block);
    walk->scope = scope.outer;
}

/* The statements of a function or script, whose scope has been entered. */
static void walk_body(struct walk *walk, const struct javascript_node *block)
{
    declare_block(walk, block);
    walk->is_hoisting = true;
    hoist(walk, block);
    walk->is_hoisting = false;
    walk_children(walk, block);
}

/* `elements`: what the function's first parameter is each element of; NULL: not known */
static void walk_callback(struct walk *walk, const struct javascript_node *function,
                          const struct javascript_node *elements)
{
    static const struct javascript_node arguments = {.kind = JAVASCRIPT_NAME,
                                                     .text = {"arguments", 9}};
    struct scope around = enter(walk, true); /* what the body may declare again */
    walk->scope = &around;
    if (function->kind == JAVASCRIPT_FUNCTION) {
        declare(walk, &around, &arguments, DECLARED_VAR);
        if (!function->is_statement && function->text.length > 0) {
            declare(walk, &around, function, DECLARED_VAR);
        }
    }
    struct scope scope = enter(walk, true);
    walk->scope = &scope;
    const struct javascript_node *parameters = function->first;
    for (const struct javascript_node *p = parameters->first; p != NULL; p = p->next) {
        bool is_element = p == parameters->first && p->kind == JAVASCRIPT_NAME;
        walk->value = is_element ? elements : NULL;
        walk->is_element = walk->value != NULL;
        javascript_each_name(p, declare_parameter, walk);
    }
    walk->value = NULL;
    walk->is_element = false;
    for (const struct javascript_node *p = parameters->first; p != NULL; p = p->next) {
        walk_defaults(walk, p);
    }
    if (function->last->kind == JAVASCRIPT_BLOCK) {
        /* A parameter may be `var` again, but not `let`. */
        walk_body(walk, function->last);
    } else {
        walk_node(walk, function->last, reading);
    }
    walk->scope = around.outer;
}

static void walk_function(struct walk *walk, const struct javascript_node *function)
{
    walk_callback(walk, function, NULL);
}

/* The list of `list.map(…)`; NULL for calls of other functions. */
static const struct javascript_node *elements_of(const struct javascript_node *call)
{
    static const char *const methods[] = {"forEach",  "map",  "filter", "find",    "findIndex",
                                          "findLast", "some", "every",  "flatMap", NULL};
    const struct javascript_node *method = call->first;
    return method->kind == JAVASCRIPT_MEMBER && slice_is_any(method->text, methods) ? method->first
                                                                                    : NULL;
}

static void walk_call(struct walk *walk, const struct javascript_node *call)
{
    const struct javascript_node *elements = elements_of(call);
    walk_node(walk, call->first, (struct role){.is_read = true, .is_called = true});
    for (const struct javascript_node *part = call->first->next; part != NULL; part = part->next) {
        if (part->kind == JAVASCRIPT_FUNCTION || part->kind == JAVASCRIPT_ARROW) {
            walk_callback(walk, part, elements);
        } else {
            walk_node(walk, part, reading);
        }
    }
}

static void walk_class(struct walk *walk, const struct javascript_node *class)
{
    struct scope scope = enter(walk, false);
    walk->scope = &scope;
    if (class->text.length > 0) {
        declare(walk, &scope, class, DECLARED_LEXICAL);
    }
    walk_children(walk, class);
    walk->scope = scope.outer;
}

static void walk_static(struct walk *walk, const struct javascript_node *block)
{
    struct scope scope = enter(walk, true);
    walk->scope = &scope;
    walk_body(walk, block);
    walk->scope = scope.outer;
}

static void walk_for(struct walk *walk, const struct javascript_node *loop)
{
    struct scope scope = enter(walk, false);
    walk->scope = &scope;
    const struct javascript_node *head = loop->first;
    if (head->kind == JAVASCRIPT_VARIABLES && !is_var(head)) {
        walk->value = loop->kind == JAVASCRIPT_FOR_OF ? head->next : NULL;
        walk->is_element = walk->value != NULL;
        each_variable(walk, head, declare_lexical);
        walk->value = NULL;
        walk->is_element = false;
    }
    bool is_each = loop->kind != JAVASCRIPT_FOR && head->kind != JAVASCRIPT_VARIABLES;
    if (is_each) {
        walk_target(walk, head, (struct role){.is_written = true});
    } else {
        walk_node(walk, head, reading);
    }
    for (const struct javascript_node *part = head->next; part != NULL; part = part->next) {
        walk_node(walk, part, reading);
    }
    walk->scope = scope.outer;
}

static void walk_switch(struct walk *walk, const struct javascript_node *node)
{
    struct scope scope = enter(walk, false);
    walk_node(walk, node->first, reading);
    walk->scope = &scope;
    for (const struct javascript_node *c = node->first->next; c != NULL; c = c->next) {
        declare_block(walk, c);
    }
    for (const struct javascript_node *c = node->first->next; c != NULL; c = c->next) {
        walk_children(walk, c);
    }
    walk->scope = scope.outer;
}

static void walk_catch(struct walk *walk, const struct javascript_node *node)
{
    struct scope scope = enter(walk, false);
    const struct javascript_node *target = node->first;
    walk->scope = &scope;
    if (target->kind != JAVASCRIPT_EMPTY) {
        bool is_name = target->kind == JAVASCRIPT_NAME;
        javascript_each_name(target, is_name ? declare_catch : declare_lexical, walk);
        walk_defaults(walk, target);
    }
    const struct javascript_node *block = node->last;
    declare_block(walk, block);
    walk_children(walk, block);
    walk->scope = scope.outer;
}

static void walk_declarator(struct walk *walk, const struct javascript_node *node, bool var)
{
    if (var) {
        javascript_each_name(node->first, declare_var, walk);
    }
    walk_defaults(walk, node->first);
    if (node->first->next != NULL) {
        walk_node(walk, node->last, reading);
    }
}

static bool walk_with_names(struct walk *walk, const struct javascript_node *node)
{
    static const struct {
        enum javascript_kind kind;
        void (*walk)(struct walk *walk, const struct javascript_node *node);
    } walks[] = {
        {JAVASCRIPT_BLOCK, walk_block},       {JAVASCRIPT_FUNCTION, walk_function},
        {JAVASCRIPT_ARROW, walk_function},    {JAVASCRIPT_CLASS, walk_class},
        {JAVASCRIPT_STATIC, walk_static},     {JAVASCRIPT_FOR, walk_for},
        {JAVASCRIPT_FOR_IN, walk_for},        {JAVASCRIPT_FOR_OF, walk_for},
        {JAVASCRIPT_SWITCH, walk_switch},     {JAVASCRIPT_CATCH, walk_catch},
        {JAVASCRIPT_ASSIGN, walk_assignment}, {JAVASCRIPT_CALL, walk_call},
        {JAVASCRIPT_NEW, walk_call},
    };
    for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
        if (walks[i].kind == node->kind) {
            walks[i].walk(walk, node);
            return true;
        }
    }
    return false;
}

static void walk_node(struct walk *walk, const struct javascript_node *node, struct role role)
{
    if (node->kind == JAVASCRIPT_NAME) {
        note_use(walk, node, node, role);
    } else if (node->kind == JAVASCRIPT_MEMBER || node->kind == JAVASCRIPT_INDEX) {
        walk_members(walk, node, role);
    } else if (node->kind == JAVASCRIPT_UPDATE) {
        walk_node(walk, node->first, (struct role){.is_read = true, .is_written = true});
    } else if (node->kind == JAVASCRIPT_UNARY && slice_is(node->text, "typeof")) {
        walk_node(walk, node->first, (struct role){.is_read = true, .is_typeof = true});
    } else if (node->kind == JAVASCRIPT_VARIABLES) {
        for (const struct javascript_node *d = node->first; d != NULL; d = d->next) {
            walk_declarator(walk, d, is_var(node));
        }
    } else if (node->kind == JAVASCRIPT_WITH) {
        walk_node(walk, node->first, reading);
        walk->with++;
        walk_node(walk, node->last, reading);
        walk->with--;
    } else if (!walk_with_names(walk, node)) {
        walk_children(walk, node);
    }
}

struct javascript_names javascript_names_of(struct arena *arena, const struct javascript_node *root)
{
    struct javascript_names names = {.uses = NULL};
    struct walk walk = {.arena = arena, .names = &names};
    struct scope scope = enter(&walk, true);
    walk.scope = &scope;
    walk_body(&walk, root);
    return names;
}
