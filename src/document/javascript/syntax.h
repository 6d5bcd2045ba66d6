/*
 * The syntax of a script as a tree, ECMAScript 2023.
 *
 * A node is what its kind says, with its parts as children in the order of the source. What is left
 * out and would make places unclear (the parts of `for (;;)`, a hole in an array) is a node of kind
 * JAVASCRIPT_EMPTY.
 */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_SYNTAX_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_SYNTAX_H

#include <stdint.h>

#include "base/arena.h"

enum javascript_kind {
    JAVASCRIPT_EMPTY,
    /* expressions */
    JAVASCRIPT_NAME,     /* `age`; text: the name */
    JAVASCRIPT_PRIVATE,  /* `#age`; text: with its # */
    JAVASCRIPT_WORD,     /* this, super, null, true, false, new.target; text: which */
    JAVASCRIPT_NUMBER,   /* text: as it is written */
    JAVASCRIPT_STRING,   /* text: between the quotes, as it is written */
    JAVASCRIPT_TEMPLATE, /* `a ${b} c`: the expressions */
    JAVASCRIPT_REGEX,
    JAVASCRIPT_ARRAY,
    JAVASCRIPT_OBJECT,   /* PROPERTY or SPREAD */
    JAVASCRIPT_PROPERTY, /* text: its name; or, with is_computed, the name first; the value */
    JAVASCRIPT_SPREAD,   /* `...list`, in patterns and calls as well */
    JAVASCRIPT_FUNCTION, /* text: its name, or nothing; PARAMETERS, then BLOCK */
    JAVASCRIPT_ARROW,    /* PARAMETERS, then BLOCK or an expression */
    JAVASCRIPT_PARAMETERS,
    JAVASCRIPT_CLASS,       /* text: its name, or nothing; what it extends (or EMPTY), members */
    JAVASCRIPT_STATIC,      /* a static block of a class: statements */
    JAVASCRIPT_MEMBER,      /* `a.b`; text: b */
    JAVASCRIPT_INDEX,       /* `a[b]` */
    JAVASCRIPT_CALL,        /* the function, then what it is given */
    JAVASCRIPT_NEW,         /* the same */
    JAVASCRIPT_TAGGED,      /* f`…` */
    JAVASCRIPT_UNARY,       /* text: the operator; also typeof, delete, void, await */
    JAVASCRIPT_UPDATE,      /* ++ and -- */
    JAVASCRIPT_BINARY,      /* text: the operator; also &&, ||, ??, in and instanceof */
    JAVASCRIPT_ASSIGN,      /* text: the operator; in a pattern, the default of a name */
    JAVASCRIPT_CONDITIONAL, /* a ? b : c */
    JAVASCRIPT_SEQUENCE,    /* a, b */
    JAVASCRIPT_YIELD,
    JAVASCRIPT_IMPORT, /* import(a) */
    /* statements */
    JAVASCRIPT_PROGRAM,
    JAVASCRIPT_BLOCK,
    JAVASCRIPT_VARIABLES,  /* text: var, let or const */
    JAVASCRIPT_DECLARATOR, /* a name or pattern, and what it is set to */
    JAVASCRIPT_EXPRESSION, /* a statement that is an expression */
    JAVASCRIPT_IF,
    JAVASCRIPT_FOR,    /* three parts, then the body */
    JAVASCRIPT_FOR_IN, /* VARIABLES or a pattern, the object, the body */
    JAVASCRIPT_FOR_OF,
    JAVASCRIPT_WHILE,
    JAVASCRIPT_DO, /* the body, then the condition */
    JAVASCRIPT_RETURN,
    JAVASCRIPT_THROW,
    JAVASCRIPT_BREAK, /* text: the label, or nothing */
    JAVASCRIPT_CONTINUE,
    JAVASCRIPT_TRY,      /* BLOCK, then CATCH, BLOCK (finally) or both */
    JAVASCRIPT_CATCH,    /* a name or pattern (or EMPTY), BLOCK */
    JAVASCRIPT_SWITCH,   /* the value, then CASE */
    JAVASCRIPT_CASE,     /* the value (EMPTY: default), then statements */
    JAVASCRIPT_LABELLED, /* text: the label; the statement */
    JAVASCRIPT_WITH,
};

struct javascript_node {
    enum javascript_kind kind;
    bool is_parenthesised;
    bool is_computed; /* a PROPERTY with its name in brackets */
    bool is_short;    /* a PROPERTY that is only its name: `{age}` */
    bool is_static;   /* of a class, as all PROPERTY that follow */
    bool is_method;
    bool is_optional;  /* `?.` leads to this MEMBER, INDEX or CALL */
    bool is_statement; /* a FUNCTION or CLASS that declares its name */
    bool is_async;
    bool is_generator;
    uint32_t depth; /* of the tree below */
    size_t start;   /* offsets in bytes */
    size_t end;
    size_t name_start; /* of `text`, where that is a name behind something else */
    struct slice text;
    struct javascript_node *first;
    struct javascript_node *last;
    struct javascript_node *next;
};

/* What is wrong with a script. */
struct javascript_mistake {
    struct slice message; /* empty: nothing */
    size_t start;
    size_t end;
};

/* The number of children. */
static inline size_t javascript_count(const struct javascript_node *node)
{
    size_t count = 0;
    for (const struct javascript_node *child = node->first; child != NULL; child = child->next) {
        count++;
    }
    return count;
}

#endif
