/*
 * What a file is, by its head: the first of the keys at its top that only one kind of file has. It
 * is not parsed for that, since most are templates, which are parsed in any case.
 */
#define _POSIX_C_SOURCE 200809L

#include "build/inputs/content.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "language/model/project.h"

enum {
    HEAD_BYTES = 4096,
    NEAR = 32, /* bytes from the beginning */
};

static const struct content_info contents[] = {
    [CONTENT_TEMPLATE] = {"a template", "`dialogc check %s` checks it", "template",
                          "action-template"},
    [CONTENT_FRAGMENT] = {"a fragment", "`dialogc check %s` checks it", "fragment", "fragment"},
    [CONTENT_PROFILE] = {"an auth profile", "`dialogc check %s` checks it", "profile",
                         "auth-profile"},
    [CONTENT_SOBJECT] = {"a description of an object", "`dialogc check %s` checks it", "sobject",
                         "sobject"},
    [CONTENT_CONVERSATION] = {"a file of conversations", "`dialogc test %s` runs them",
                              "conversation", "conversation"},
    [CONTENT_PROJECT] = {"a project file", "`dialogc check %s` checks its project", NULL,
                         "project"},
    [CONTENT_DESCRIBE] = {"a describe result of Salesforce",
                          "`dialogc sobject import %s` makes a description of it", NULL, NULL},
    [CONTENT_ARTIFACT] = {"an artifact, which `dialogc build` has made",
                          "`dialogc list %s` shows what is in it", NULL, NULL},
    [CONTENT_BOT] = {"a bot export", "`dialogc verify %s` checks it", NULL, NULL},
};
TABLE_HAS_ROWS(contents, CONTENT_COUNT);

const struct content_info *content_info(enum content_kind kind)
{
    return &contents[kind];
}

bool content_is_conversation(const char *path)
{
    return slice_ends_with(slice_of(path), CONVERSATION_SUFFIX);
}

/* True for `KEY:` at `at`, with quotes around KEY or without. */
static bool is_key(struct slice head, size_t at, const char *key)
{
    char quote = at < head.length ? head.data[at] : '\0';
    bool quoted = quote == '"' || quote == '\'';
    struct slice rest = slice_part(head, at + quoted, head.length);
    size_t end = strlen(key);
    if (!slice_starts_with(rest, key)) {
        return false;
    }
    if (quoted && (end >= rest.length || rest.data[end++] != quote)) {
        return false;
    }
    while (end < rest.length && rest.data[end] == ' ') {
        end++;
    }
    return end < rest.length && rest.data[end] == ':';
}

static bool find_kind(struct slice head, size_t at, enum content_kind *kind)
{
    for (unsigned i = 0; i < CONTENT_COUNT; i++) {
        if (contents[i].key != NULL && is_key(head, at, contents[i].key)) {
            *kind = (enum content_kind)i;
            return true;
        }
    }
    return false;
}

/* Keys of a block mapping begin a line. */
static enum content_kind kind_of_lines(struct slice head)
{
    enum content_kind kind;
    for (size_t at = 0; at < head.length; at++) {
        if ((at == 0 || head.data[at - 1] == '\n') && find_kind(head, at, &kind)) {
            return kind;
        }
    }
    return CONTENT_TEMPLATE;
}

/* Those of JSON, and of a flow mapping, stand behind its first brace or a comma. */
static enum content_kind kind_of_braces(struct slice head)
{
    enum content_kind kind;
    size_t depth = 0;
    bool in_text = false;
    for (size_t at = 0; at < head.length; at++) {
        char c = head.data[at];
        if (in_text || c == '"') {
            at += in_text && c == '\\';
            in_text = !in_text || c != '"';
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        if (depth != 1 || (c != '{' && c != ',')) {
            continue;
        }
        size_t next = at + 1;
        while (next < head.length && strchr(" \t\r\n", head.data[next]) != NULL) {
            next++;
        }
        if (find_kind(head, next, &kind)) {
            return kind;
        }
    }
    return CONTENT_TEMPLATE;
}

/* JSON without such a key: the platform's files, or a response of Salesforce. */
static enum content_kind kind_of_json(struct slice head)
{
    static const char *const of_describe[] = {"\"keyPrefix\"", "\"childRelationships\"",
                                              "\"actionOverrides\"", "\"fields\"",
                                              "\"activateable\""};
    static const char *const of_platform[] = {"\"dialogComponents\"", "\"dialogs\"",
                                              "\"notifyUserViaEmail\""};
    enum content_kind kind = kind_of_braces(head);
    if (kind != CONTENT_TEMPLATE) {
        return kind;
    }
    if (slice_find(head, "\"idpConfigurations\"", 0) < NEAR) {
        return CONTENT_ARTIFACT; /* they begin so */
    }
    for (size_t i = 0; i < TABLE_LENGTH(of_platform); i++) {
        if (slice_find(head, of_platform[i], 0) != SIZE_MAX) {
            return CONTENT_BOT;
        }
    }
    for (size_t i = 0; i < TABLE_LENGTH(of_describe); i++) {
        if (slice_find(head, of_describe[i], 0) != SIZE_MAX) {
            return CONTENT_DESCRIBE;
        }
    }
    return kind;
}

/* The beginning of a text, without a byte-order mark. */
static struct slice head_of(struct slice bytes)
{
    struct slice head = slice_part(bytes, 0, bytes.length < HEAD_BYTES ? bytes.length : HEAD_BYTES);
    return slice_starts_with(head, "\xEF\xBB\xBF") ? slice_part(head, 3, head.length) : head;
}

bool content_is_ours(const char *path, struct slice bytes)
{
    struct slice head = head_of(bytes);
    bool found = strcmp(file_name(path), PROJECT_FILE) == 0 || content_is_conversation(path);
    for (size_t at = 0; !found && at < head.length; at++) {
        found =
            (at == 0 || strchr("\n{, ", head.data[at - 1]) != NULL) && is_key(head, at, "dialogc");
    }
    return found;
}

static struct slice read_head(struct arena *arena, const char *path)
{
    const char *reason;
    char *bytes = arena_alloc(arena, HEAD_BYTES);
    bool is_file = file_type_of(path, &reason) == FILE_TYPE_REGULAR;
    int descriptor = is_file ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t length = descriptor >= 0 ? read(descriptor, bytes, HEAD_BYTES) : 0;
    if (descriptor >= 0) {
        close(descriptor);
    }
    return (struct slice){bytes, length > 0 ? (size_t)length : 0};
}

enum content_kind content_of_bytes(const char *path, struct slice bytes)
{
    if (strcmp(file_name(path), PROJECT_FILE) == 0) {
        return CONTENT_PROJECT;
    }
    struct slice head = head_of(bytes);
    bool is_json = slice_ends_with(slice_of(path), ".json");
    enum content_kind kind = is_json                                    ? kind_of_json(head)
                             : slice_starts_with(slice_trim(head), "{") ? kind_of_braces(head)
                                                                        : kind_of_lines(head);
    bool named = kind == CONTENT_TEMPLATE && content_is_conversation(path);
    return named ? CONTENT_CONVERSATION : kind;
}

enum content_kind content_of_file(struct arena *arena, const char *path)
{
    bool is_stream = strcmp(path, "-") == 0;
    return is_stream ? CONTENT_TEMPLATE : content_of_bytes(path, read_head(arena, path));
}

const char *content_schema_of(const struct node *root, const char *path)
{
    for (size_t i = 0; i < CONTENT_COUNT; i++) {
        if (contents[i].key != NULL && node_get(root, contents[i].key) != NULL) {
            return contents[i].schema;
        }
    }
    return strcmp(file_name(path), PROJECT_FILE) == 0 ? contents[CONTENT_PROJECT].schema : NULL;
}
