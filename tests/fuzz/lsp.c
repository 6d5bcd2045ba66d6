/*
 * Fuzz target: the language server. The bytes are edits of documents, requests at places of them,
 * and bytes that are sent as they are. After each edit the findings that the server has must be
 * those that a new server has of the same texts; and it answers until the end.
 */
#include "target.h"

#include "base/builder.h"
#include "editor/server/lsp.h"

/* Documents of all kinds, which use each other. No file is on the disk. */
static const char *const paths[] = {"/nowhere/templates/hello.yaml", "/nowhere/fragments/bye.yaml",
                                    "/nowhere/templates/hello.test.yaml", "/nowhere/dialogc.yaml"};
enum { DOCUMENTS = sizeof paths / sizeof paths[0] };

static const char *const texts[DOCUMENTS] = {
    "dialogc: 1\ntemplate: hello\ntitle: Hi\nintegration: salesforce\nauth: salesforce\n"
    "intent: {utterances: [hi there]}\nentities:\n  name: {type: string, prompt: Who?}\n"
    "  mood: {type: choice, choices: {from: Lead.Rating}}\nservices:\n  find:\n    salesforce:\n"
    "      query: SELECT Id FROM Lead WHERE Name = ${name}\nscripts:\n  note: |\n"
    "    context.x = `a ${context.entities.name} b`;\n"
    "messages: {greeting: 'Hi ${name | upper}'}\nflow:\n  - ask: [name, mood]\n  - run: note\n"
    "  - call: find\n  - use: bye\n  - say: greeting\n",
    "dialogc: 1\nfragment: bye\nparameters: {word: {default: Bye}}\n"
    "messages: {bye: '${params.word} ${name}'}\nflow:\n  - say: bye\n",
    "dialogc: 1\nconversation: hello\ncases:\n  - name: asks\n    turns: [{user: hi there}]\n"
    "    asks: name\n",
    "dialogc: 1\nname: Bot\n",
};

static const char *const pieces[] = {"${",
                                     "}",
                                     ": ",
                                     "- ",
                                     "\\n",
                                     "  ",
                                     "#",
                                     "'",
                                     "{",
                                     "[",
                                     "a",
                                     "name",
                                     "\\u00e9",
                                     "&x ",
                                     "*x",
                                     "say: ",
                                     "use: ",
                                     "\\r\\n",
                                     "en: ",
                                     "`",
                                     "WHERE ",
                                     "SELECT ",
                                     "# dialogc-ignore W0312\\n",
                                     "\\ud83d\\ude00"};

static const char *const requests[] = {
    "completion", "hover",          "definition",          "references",   "documentHighlight",
    "rename",     "foldingRange",   "selectionRange",      "documentLink", "inlayHint",
    "codeAction", "documentSymbol", "semanticTokens/full", "formatting",   "prepareRename"};

#define LENGTH(table) (sizeof(table) / sizeof((table)[0]))

/* A server, and what it has said since it was last asked. */
struct session {
    struct lsp *lsp;
    struct builder said;
};

static void take(void *context, struct slice bytes)
{
    struct session *session = context;
    builder_add(&session->said, bytes);
}

static struct slice framed(struct arena *arena, struct slice message)
{
    struct builder out = builder_new(arena);
    builder_printf(&out, "Content-Length: %zu\r\n\r\n", message.length);
    builder_add(&out, message);
    return builder_slice(&out);
}

static void receive(struct session *session, struct slice bytes)
{
    lsp_receive(session->lsp, bytes);
    while (lsp_has_work(session->lsp) && !lsp_is_over(session->lsp)) {
        lsp_work(session->lsp);
    }
}

static struct session *session_new(struct arena *arena)
{
    struct session *session = arena_alloc(arena, sizeof *session);
    session->said = builder_new(arena);
    struct lsp_host host = {.context = session, .send = take};
    session->lsp = lsp_new(arena, &host);
    receive(
        session,
        framed(arena, SLICE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
                            "{\"capabilities\":{\"textDocument\":{\"diagnostic\":{}}},"
                            "\"workspaceFolders\":[{\"uri\":\"file:///nowhere\"}]}}")));
    receive(session, framed(arena, SLICE("{\"jsonrpc\":\"2.0\",\"method\":\"initialized\"}")));
    return session;
}

/* ---- messages ---- */

/* A text as the content of a JSON string. */
static struct slice escaped(struct arena *arena, const char *text)
{
    struct builder out = builder_new(arena);
    for (; *text != '\0'; text++) {
        builder_add_text(&out, *text == '"' || *text == '\\' ? "\\" : "");
        if (*text == '\n') {
            builder_add_text(&out, "\\n");
        } else {
            builder_add_char(&out, *text);
        }
    }
    return builder_slice(&out);
}

static struct slice opening(struct arena *arena, size_t document)
{
    return framed(arena, arena_printf(arena,
                                      "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\","
                                      "\"params\":{\"textDocument\":{\"uri\":\"file://%s\","
                                      "\"version\":1,\"text\":\"%.*s\"}}}",
                                      paths[document], SLICE_ARG(escaped(arena, texts[document]))));
}

/* `text` takes the place of a few characters. */
static struct slice change(struct arena *arena, struct slice *bytes)
{
    size_t document = fuzz_choice(bytes) % DOCUMENTS;
    unsigned line = fuzz_choice(bytes) % 24U, character = fuzz_choice(bytes) % 40U;
    unsigned length = fuzz_choice(bytes) % 8U, lines = fuzz_choice(bytes) % 16U == 0;
    const char *text = pieces[fuzz_choice(bytes) % LENGTH(pieces)];
    return framed(
        arena,
        arena_printf(arena,
                     "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\",\"params\":{"
                     "\"textDocument\":{\"uri\":\"file://%s\",\"version\":2},\"contentChanges\":[{"
                     "\"range\":{\"start\":{\"line\":%u,\"character\":%u},\"end\":{\"line\":%u,"
                     "\"character\":%u}},\"text\":\"%s\"}]}}",
                     paths[document], line, character, line + lines, character + length, text));
}

static struct slice request(struct arena *arena, struct slice *bytes)
{
    size_t document = fuzz_choice(bytes) % DOCUMENTS;
    unsigned line = fuzz_choice(bytes) % 24U, character = fuzz_choice(bytes) % 40U;
    const char *method = requests[fuzz_choice(bytes) % LENGTH(requests)];
    struct slice place = arena_printf(arena, "{\"line\":%u,\"character\":%u}", line, character);
    return framed(arena,
                  arena_printf(arena,
                               "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"textDocument/%s\","
                               "\"params\":{\"textDocument\":{\"uri\":\"file://%s\"},"
                               "\"position\":%.*s,\"positions\":[%.*s],\"range\":{\"start\":%.*s,"
                               "\"end\":{\"line\":40,\"character\":0}},\"newName\":\"other\"}}",
                               method, paths[document], SLICE_ARG(place), SLICE_ARG(place),
                               SLICE_ARG(place)));
}

/* What the server says of the findings in all documents. */
static struct slice findings(struct arena *arena, struct session *session)
{
    session->said = builder_new(arena);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        receive(
            session,
            framed(arena, arena_printf(arena,
                                       "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":"
                                       "\"textDocument/diagnostic\",\"params\":{\"textDocument\":"
                                       "{\"uri\":\"file://%s\"}}}",
                                       paths[i])));
    }
    return builder_slice(&session->said);
}

/* ---- the target ---- */

/* A new server that gets all edits at once must know the same. */
static void compare(struct arena *arena, struct session *session, struct slice edits)
{
    struct session *other = session_new(arena);
    struct slice known = findings(arena, session);
    receive(other, edits);
    if (!slice_equal(known, findings(arena, other)) || known.length == 0) {
        abort();
    }
}

static void check(struct arena *arena, struct slice bytes)
{
    enum { MOST_EDITS = 24, EVERY = 4 };
    struct session *session = session_new(arena);
    struct builder edits = builder_new(arena);
    size_t count = 0;
    for (size_t i = 0; i < DOCUMENTS; i++) {
        struct slice message = opening(arena, i);
        builder_add(&edits, message);
        receive(session, message);
    }
    while (bytes.length > 0 && count < MOST_EDITS && !lsp_is_over(session->lsp)) {
        uint8_t kind = fuzz_choice(&bytes) % 8;
        if (kind < 4) {
            struct slice message = change(arena, &bytes);
            builder_add(&edits, message);
            receive(session, message);
            if (++count % EVERY == 0) {
                compare(arena, session, builder_slice(&edits));
            }
        } else if (kind < 7) {
            receive(session, request(arena, &bytes));
        } else { /* a message of any bytes: it is no message, or one that says nothing */
            size_t length = fuzz_choice(&bytes) % 32U;
            length = length < bytes.length ? length : bytes.length;
            receive(session, framed(arena, slice_part(bytes, 0, length)));
            bytes = slice_part(bytes, length, bytes.length);
        }
    }
    if (!lsp_is_over(session->lsp)) {
        compare(arena, session, builder_slice(&edits));
    }
}

FUZZ_TARGET(check)
