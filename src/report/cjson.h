/*
 * JSON for other programs, made with cJSON: findings, lists, reports of tests, exported
 * conversations. (Templates, artifacts and exports have a reader and writer of their own,
 * document/json: they keep places, digits and bytes.)
 *
 *     struct cjson report = cjson_new_object(arena);
 *     struct cjson place = cjson_add_object(report, "place");
 *     cjson_add_text(report, "name", name);
 *     cjson_add_count(place, "line", 3);
 *     cjson_print(out, report, CJSON_LINES);
 *
 * cJSON allocates with malloc and says NULL when there is no memory; its hooks for other
 * allocators are globals, which threads would share, and stay as they are. Here each NULL unwinds
 * to the arena's recovery point, and the arena frees the whole document when it is freed itself.
 */
#ifndef DIALOGC_REPORT_CJSON_H
#define DIALOGC_REPORT_CJSON_H

#include "base/builder.h"
#include "document/tree/node.h"

struct cJSON;

/* An array or object of a document. A copy is the same array or object. */
struct cjson {
    struct arena *arena; /* of the whole document */
    struct cJSON *item;
};

/* A new document. */
struct cjson cjson_new_object(struct arena *arena);
struct cjson cjson_new_array(struct arena *arena);

/*
 * Each of these adds a member to an object, or with `key` NULL an element to an array. A key lives
 * as long as the document: a literal, mostly. Texts are copied.
 */
struct cjson cjson_add_object(struct cjson parent, const char *key);
struct cjson cjson_add_array(struct cjson parent, const char *key);

/* Any text: what is not UTF-8 (names of files may be anything) becomes U+FFFD, byte by byte. */
void cjson_add_text(struct cjson parent, const char *key, struct slice text);

void cjson_add_count(struct cjson parent, const char *key, size_t count);
void cjson_add_integer(struct cjson parent, const char *key, long long value); /* up to 2^53 */
void cjson_add_boolean(struct cjson parent, const char *key, bool value);
void cjson_add_null(struct cjson parent, const char *key);

/* Null, unless the object has a member of this key. */
void cjson_add_missing_null(struct cjson object, const char *key);

/* A value of a document, on one line, with the digits of its numbers as they are. */
void cjson_add_node(struct cjson parent, const char *key, const struct node *node);

enum cjson_form {
    CJSON_COMPACT, /* no white space */
    CJSON_LINES,   /* a member a line, with tabs: cJSON's own form */
};

/* Appends the document; what must not reach a terminal as it is, is escaped (\u202e). */
void cjson_print(struct builder *out, struct cjson document, enum cjson_form form);

/*
 * Appends the document without white space, and with every text as it is, credentials too: for a
 * program that has these texts already and takes edits of them. What is shown to people must have
 * passed findings_conceal before.
 */
void cjson_print_whole(struct builder *out, struct cjson document);

#endif
