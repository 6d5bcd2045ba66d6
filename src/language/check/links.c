/*
 * Links that users can follow: in buttons and lists, in messages as data, in the words of a text.
 * What they hold at run time is looked at by the script of the message (dialog/script.c).
 */
#include "language/model/link.h"

#include "language/check/families.h"

/* `javascript:` and the like: true when it has been reported. */
static bool check_danger(struct check *check, const struct node *node, struct slice link)
{
    if (!link_is_dangerous(link)) {
        return false;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, E0708, node->source, passage_range(node, link),
                    "following this link would run or open something on the user's device");
    diag_note(check->diagnostics, d, NULL, node->range, "a link begins with %s", LINK_BEGINNINGS);
    return true;
}

/* ---- in templates of messages ---- */

/* True for what may hold a whole URL; what is unknown has been reported. */
static bool may_be_link(enum reference_kind kind)
{
    return kind == REFERENCE_INSTANCE || kind == REFERENCE_ENV || kind == REFERENCE_CONTENT ||
           kind == REFERENCE_BODY || kind == REFERENCE_ITEM || kind == REFERENCE_UNKNOWN;
}

/* `${item.Id}` alone: which page shows the record, the link has to say. */
static bool is_record_id(const struct check *check, const struct text *url)
{
    const struct reference *reference = text_single(url);
    if (reference == NULL || !check->template->salesforce ||
        !slice_is(reference->segments[reference->count - 1], "Id")) {
        return false;
    }
    const struct resolution *to = check_resolution(check, reference);
    return to->kind == REFERENCE_ITEM ||
           (to->kind == REFERENCE_BODY && to->service->kind == SERVICE_SALESFORCE);
}

/* `https://example.com/my page`; what is behind `?` may be words. */
static bool has_blank(struct slice link)
{
    size_t end = slice_find(link, "?", 0);
    end = end < link.length ? end : link.length;
    size_t blank = slice_find(slice_part(link, 0, end), " ", 0);
    return slice_starts_with(link, "https://") && blank != SIZE_MAX;
}

static bool is_instance(const struct check *check, const struct text *url, size_t part)
{
    const struct reference *r = part < url->count ? url->parts[part].reference : NULL;
    return r != NULL && check_resolution(check, r)->kind == REFERENCE_INSTANCE;
}

/* `${instanceUrl}` begins with `https://` and ends without a slash; `tel:` has no slashes. */
static void check_joints(struct check *check, const struct text *url)
{
    struct slice text = url->node->text;
    struct slice first = url->parts[0].literal;
    bool next_begins = url->count > 1 && url->parts[1].reference == NULL &&
                       slice_starts_with(url->parts[1].literal, "/");
    if (is_instance(check, url, 0) && url->count > 1 && !next_begins) {
        size_t end = slice_find(text, "}", 0) + 1;
        struct diagnostic *d =
            diag_report(check->diagnostics, W0714, url->node->source, url->node->range,
                        "a `/` is missing behind `${instanceUrl}`");
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "%.*s/%.*s", SLICE_ARG(slice_part(text, 0, end)),
                                  SLICE_ARG(slice_part(text, end, text.length))));
    } else if (is_instance(check, url, 1) && slice_is(first, "https://")) {
        struct diagnostic *d =
            diag_report(check->diagnostics, W0714, url->node->source, url->node->range,
                        "`${instanceUrl}` begins with `https://` already");
        diag_suggest(check->diagnostics, d, slice_part(text, first.length, text.length));
    } else if (slice_starts_with(first, "tel://") || slice_starts_with(first, "mailto://")) {
        size_t slashes = slice_find(first, "//", 0);
        struct diagnostic *d = diag_report(check->diagnostics, W0714, url->node->source,
                                           url->node->range, "`%.*s` has no slashes behind it",
                                           SLICE_ARG(slice_part(first, 0, slashes)));
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "%.*s%.*s", SLICE_ARG(slice_part(text, 0, slashes)),
                                  SLICE_ARG(slice_part(text, slashes + 2, text.length))));
    }
}

static void check_link(struct check *check, const struct text *url)
{
    if (url->node == NULL || url->count == 0) {
        return;
    }
    if (check->template->imported == NULL) {
        check_joints(check, url);
    }
    if (is_record_id(check, url)) {
        struct slice id = reference_name(check->arena, text_single(url));
        struct diagnostic *d = diag_report(check->diagnostics, E0704, url->node->source,
                                           url->node->range, "the id of a record is no link");
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "${instanceUrl}/${%.*s}", SLICE_ARG(id)));
        return;
    }
    if (url->parts[0].reference == NULL && has_blank(url->parts[0].literal)) {
        struct diagnostic *d = diag_report(check->diagnostics, E0704, url->node->source,
                                           url->node->range, "a link has no blanks");
        diag_note(check->diagnostics, d, NULL, url->node->range,
                  "write `%%20` for a blank in a path");
        return;
    }
    const struct reference *first = url->parts[0].reference;
    struct slice literal = url->parts[0].literal;
    bool from_variable = first != NULL && may_be_link(check_resolution(check, first)->kind);
    bool begins = link_is_fixed(literal) || slice_starts_with(literal, "{{env.") ||
                  slice_starts_with(literal, "{{content.");
    if (from_variable || begins || (first == NULL && check_danger(check, url->node, literal))) {
        return;
    }
    diag_report(check->diagnostics, E0704, url->node->source, url->node->range,
                "a link must begin with %s, or with a variable", LINK_BEGINNINGS);
}

static void check_buttons(struct check *check, const struct button *buttons, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_link(check, &buttons[i].url);
    }
}

static void check_elements(struct check *check, const struct message *message)
{
    for (size_t i = 0; i < message->elements.count; i++) {
        const struct element *element = &message->elements.items[i];
        check_link(check, &element->url);
        check_link(check, &element->image);
        check_buttons(check, element->buttons, element->button_count);
    }
}

/* ---- in messages as data ---- */

static void check_words(struct check *check, const struct node *node);

static void check_data(struct check *check, const struct node *node, struct slice key)
{
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        check_data(check, node->members[i].value, node->members[i].key->text);
    }
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        check_data(check, node->items[i], key);
    }
    if (node->kind == NODE_STRING && link_is_key(key)) {
        if (!link_is_picture(key, node->text)) {
            check_danger(check, node, node->text);
        }
    } else if (node->kind == NODE_STRING) {
        check_words(check, node);
    }
}

/* ---- in the words of texts ---- */

/* `[here](javascript:…)` of Markdown, `<a href="…">`: channels make links of them. */
static void check_words(struct check *check, const struct node *node)
{
    struct slice link;
    for (size_t at = 0; link_next(node->text, &at, &link);) {
        if (!link_is_picture(SLICE("src"), link)) {
            check_danger(check, node, link);
        }
    }
}

static void check_texts(struct check *check, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        const struct text_variant *variant = &texts->variants[i];
        if (variant->data != NULL) {
            check_data(check, variant->data, SLICE(""));
        } else if (!variant->is_script && variant->text.node != NULL) {
            check_words(check, variant->text.node);
        }
    }
}

static void check_message(struct check *check, const struct message *message)
{
    check_texts(check, &message->text);
    switch (message->kind) {
    case MESSAGE_BUTTONS:
        check_buttons(check, message->buttons.items, message->buttons.count);
        break;
    case MESSAGE_LIST:
    case MESSAGE_CAROUSEL:
        check_elements(check, message);
        break;
    case MESSAGE_DATA:
        check_data(check, message->data.node, SLICE(""));
        break;
    case MESSAGE_TEXT:
    case MESSAGE_QUICK_REPLIES:
    case MESSAGE_TABLE:
    case MESSAGE_SCRIPT:
    case MESSAGE_CHOICE: /* its alternatives are messages of the template, too */
        break;
    }
}

void check_links(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->message_count; i++) {
        check_message(check, &template->messages[i]);
    }
    for (size_t i = 0; i < template->entity_count; i++) {
        check_texts(check, &template->entities[i].prompt);
        check_texts(check, &template->entities[i].error);
    }
}
