/* Lowering messages: plain text stays plain; templates become message scripts. */
#include "dialog/dialog.h"
#include "dialog/script.h"
#include "base/table.h"
#include "document/json/layout.h"

static void add(struct arena *arena, struct dialog_messages *list, struct dialog_message message)
{
    list->items = arena_append(arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = message;
}

/* ---- plain texts ---- */

static struct dialog_message lower_text(struct arena *arena, const struct analysis *analysis,
                                        const struct text *text, struct slice channel,
                                        struct slice locale)
{
    struct dialog_message message = {.channel = channel, .locale = locale};
    if (!script_is_needed(analysis, text)) {
        message.text = script_platform_text(arena, analysis, text);
        return message;
    }
    struct script_writer w = script_writer_new(arena, analysis, locale);
    builder_add_text(&w.body, "print(");
    script_text(&w, text);
    builder_add_text(&w.body, ");\n");
    message.text = script_finish(&w);
    message.is_script = true;
    return message;
}

/* Calls `lower` for each entry of `texts` and each locale of the template. */
static const struct text_variant *variant_of(const struct texts *texts, size_t first,
                                             struct slice locale)
{
    const struct text_variant *general = NULL;
    for (size_t i = first;
         i < texts->count && texts->variants[i].entry == texts->variants[first].entry; i++) {
        const struct text_variant *variant = &texts->variants[i];
        if (slice_equal(variant->locale, locale)) {
            return variant;
        }
        general = variant->locale.length == 0 ? variant : general;
    }
    return general;
}

typedef struct dialog_message lower_variant(struct arena *arena, const struct analysis *analysis,
                                            const void *context, const struct text_variant *variant,
                                            struct slice locale);

static struct dialog_messages lower_variants(struct arena *arena, const struct analysis *analysis,
                                             const struct texts *texts, lower_variant *lower,
                                             const void *context)
{
    const struct template *template = analysis->template;
    struct dialog_messages list = {0};
    for (size_t i = 0; i < texts->count; i++) {
        size_t entry = texts->variants[i].entry;
        if (i > 0 && texts->variants[i - 1].entry == entry) {
            continue;
        }
        for (size_t l = 0; l < template->locale_count; l++) {
            const struct text_variant *variant = variant_of(texts, i, template->locales[l]);
            if (variant != NULL) {
                struct dialog_message message =
                    lower(arena, analysis, context, variant, template->locales[l]);
                message.entry = entry;
                add(arena, &list, message);
            }
        }
    }
    return list;
}

/* "var message = {…}; print(…)", the data on one line with a space behind `:` and `,`. */
struct slice message_data_script(struct arena *arena, const struct node *data)
{
    struct builder out = builder_new(arena);
    builder_add_text(&out, "var message = ");
    json_write_layout(&out, data, JSON_SPACED);
    builder_add_text(&out, ";\nprint(JSON.stringify(message));");
    return builder_slice(&out);
}

static struct dialog_message lower_plain(struct arena *arena, const struct analysis *analysis,
                                         const void *context, const struct text_variant *variant,
                                         struct slice locale)
{
    (void)context;
    struct dialog_message message = {.channel = variant->channel, .locale = locale};
    if (variant->is_script) {
        message.text = variant->text.parts[0].literal;
        message.is_script = true;
        return message;
    }
    if (variant->data != NULL) {
        message.text = message_data_script(arena, variant->data);
        message.is_script = true;
        return message;
    }
    return lower_text(arena, analysis, &variant->text, variant->channel, locale);
}

struct dialog_messages message_lower_texts(struct arena *arena, const struct analysis *analysis,
                                           const struct texts *texts)
{
    return lower_variants(arena, analysis, texts, lower_plain, NULL);
}

/* ---- templates ---- */

static const struct text *text_for_locale(const struct texts *texts, struct slice locale)
{
    const struct text_variant *variant = texts_find(texts, SLICE("default"), locale);
    return variant != NULL ? &variant->text : &texts->variants[0].text;
}

static void add_indent(struct script_writer *w, size_t depth)
{
    builder_add_repeated(&w->body, ' ', 4 * depth);
}

/*
 * if (given([…])) { — for the references of a link, and for the link itself where they decide what
 * it is: it is made first, in `url`. False when the link is shown in any case.
 */
static bool begin_link(struct script_writer *w, const struct text *url, size_t depth)
{
    bool fixed = script_link_is_fixed(url);
    if (fixed && !url->has_references) {
        return false;
    }
    w->helpers |= HELPER_GIVEN;
    if (!fixed) {
        add_indent(w, depth);
        builder_add_text(&w->body, "var url = ");
        script_link(w, url);
        builder_add_text(&w->body, ";\n");
    }
    add_indent(w, depth);
    builder_add_text(&w->body, "if (given([");
    bool first = true;
    for (size_t i = 0; i < url->count; i++) {
        if (url->parts[i].reference != NULL) {
            builder_add_text(&w->body, first ? "" : ", ");
            script_value(w, url->parts[i].reference);
            first = false;
        }
    }
    if (!fixed) {
        builder_add_text(&w->body, first ? "url" : ", url");
    }
    builder_add_text(&w->body, "])) {\n");
    return true;
}

static void add_link_value(struct script_writer *w, const struct text *url)
{
    if (script_link_is_fixed(url)) {
        script_link(w, url);
    } else {
        builder_add_text(&w->body, "url");
    }
}

static void end_link(struct script_writer *w, bool guarded, size_t depth)
{
    if (guarded) {
        add_indent(w, depth);
        builder_add_text(&w->body, "}\n");
    }
}

static void add_button(struct script_writer *w, const struct button *button, const char *list,
                       size_t depth)
{
    bool link = button->url.node != NULL;
    bool guarded = link && begin_link(w, &button->url, depth);
    add_indent(w, depth + guarded);
    builder_printf(&w->body, "%s.push({type: \"%s\", title: ", list, link ? "web_url" : "postback");
    script_text(w, text_for_locale(&button->title, w->locale));
    builder_add_text(&w->body, link ? ", url: " : ", payload: ");
    if (link) {
        add_link_value(w, &button->url);
    } else {
        script_text(w, &button->postback);
    }
    builder_add_text(&w->body, "});\n");
    end_link(w, guarded, depth);
}

static void add_message_text(struct script_writer *w, const struct text *text)
{
    builder_add_text(&w->body, "var text = ");
    script_text(w, text);
    builder_add_text(&w->body, ";\n");
}

static void print_payload(struct script_writer *w, const char *type, const char *members)
{
    builder_printf(&w->body,
                   "var message = {type: \"template\", payload: {template_type: \"%s\", %s}};\n"
                   "print(JSON.stringify(message));\n",
                   type, members);
}

/* Without a button that can be shown the text stands alone. */
static void lower_buttons(struct script_writer *w, const struct message *message)
{
    builder_add_text(&w->body, "var buttons = [];\n");
    for (size_t i = 0; i < message->buttons.count; i++) {
        add_button(w, &message->buttons.items[i], "buttons", 0);
    }
    builder_add_text(&w->body, "if (buttons.length === 0) {\n"
                               "    print(text);\n"
                               "} else {\n"
                               "    var message = {type: \"template\", payload: {template_type: "
                               "\"button\", text: text, buttons: buttons}};\n"
                               "    print(JSON.stringify(message));\n"
                               "}\n");
}

static void lower_quick_replies(struct script_writer *w, const struct message *message)
{
    builder_add_text(&w->body, "var replies = [];\n");
    for (size_t i = 0; i < message->quick_replies.count; i++) {
        const struct quick_reply *reply = &message->quick_replies.items[i];
        const struct text *title = text_for_locale(&reply->title, w->locale);
        builder_add_text(&w->body, "replies.push({content_type: \"text\", title: ");
        script_text(w, title);
        builder_add_text(&w->body, ", payload: ");
        script_text(w, reply->payload.node != NULL ? &reply->payload : title);
        builder_add_text(&w->body, "});\n");
    }
    print_payload(w, "quick_replies", "text: text, quick_replies: replies");
}

static void add_element_member(struct script_writer *w, const char *name, const struct text *text,
                               size_t depth)
{
    add_indent(w, depth);
    builder_printf(&w->body, "element.%s = ", name);
    script_text(w, text);
    builder_add_text(&w->body, ";\n");
}

/* Sets a member of the element to a link, which is between `before` and `after`. */
static void add_element_link(struct script_writer *w, const char *before, const struct text *url,
                             const char *after, size_t depth)
{
    bool guarded = begin_link(w, url, depth);
    add_indent(w, depth + guarded);
    builder_printf(&w->body, "element.%s", before);
    add_link_value(w, url);
    builder_printf(&w->body, "%s;\n", after);
    end_link(w, guarded, depth);
}

static void add_element(struct script_writer *w, const struct element *element, size_t depth)
{
    add_indent(w, depth);
    builder_printf(&w->body, "%s = {};\n", depth > 0 ? "var element" : "element");
    add_element_member(w, "title", text_for_locale(&element->title, w->locale), depth);
    if (element->subtitle.node != NULL) {
        add_element_member(w, "subtitle", text_for_locale(&element->subtitle, w->locale), depth);
    }
    if (element->image.node != NULL) {
        add_element_link(w, "image_url = ", &element->image, "", depth);
    }
    if (element->url.node != NULL) {
        add_element_link(w, "default_action = {type: \"web_url\", url: ", &element->url, "}",
                         depth);
    }
    if (element->button_count > 0) {
        add_indent(w, depth);
        builder_add_text(&w->body, "element.buttons = [];\n");
        for (size_t i = 0; i < element->button_count; i++) {
            add_button(w, &element->buttons[i], "element.buttons", depth);
        }
    }
    add_indent(w, depth);
    builder_add_text(&w->body, "elements.push(element);\n");
}

/* The number of records that the service gives at most; 0: not known. */
static long long most_records(const struct resolution *each)
{
    bool known = each->kind == REFERENCE_BODY && each->service->kind == SERVICE_SALESFORCE;
    return known ? each->service->salesforce.limit : 0;
}

/* More records than are shown, or as many as were asked for: the text says so. */
static void add_cap(struct script_writer *w, const struct shown_records *records,
                    const struct reference *each)
{
    struct builder *out = &w->body;
    const struct resolution *to = analysis_resolution(w->analysis, each);
    long long most = most_records(to);
    bool counts = to->kind == REFERENCE_BODY && service_operation(to->service) == OPERATION_QUERY;
    builder_add_text(out, "var total = ");
    if (counts) {
        struct slice path[] = {each->segments[0], SLICE("body"), SLICE("totalSize")};
        struct reference size = *each;
        size.segments = path;
        size.count = 3;
        builder_add_text(out, "Math.max(records.length, Number(");
        script_value(w, &size);
        builder_add_text(out, " || 0));\n");
    } else {
        builder_add_text(out, "records.length;\n");
    }
    builder_printf(out, "if (total > %lld) {\n    text += \"\\n\" + ", records->limit);
    const struct phrase_place places[] = {
        {"shown", arena_printf(w->arena, "Math.min(records.length, %lld)", records->limit)},
        {"all", SLICE("total")},
    };
    script_phrase(out, phrase_in(PHRASE_SHOWN, w->locale), places, TABLE_LENGTH(places));
    builder_add_text(out, ";\n}");
    if (most > 0) {
        builder_printf(out, " else if (records.length >= %lld) {\n    text += \"\\n\" + ", most);
        script_string(out, phrase_in(PHRASE_MAY_BE_MORE, w->locale));
        builder_add_text(out, ";\n}");
    }
    builder_add_char(out, '\n');
}

static void begin_each(struct script_writer *w, const struct shown_records *records)
{
    builder_add_text(&w->body, "var records = ");
    const struct reference *each = text_single(&records->each);
    if (each != NULL) {
        script_value(w, each);
    } else {
        builder_add_text(&w->body, "undefined");
    }
    builder_add_text(&w->body, " || [];\n");
    if (each != NULL) {
        add_cap(w, records, each);
    }
    builder_printf(&w->body,
                   "for (var n = 0; n < records.length && n < %lld; n++) {\n"
                   "    var item = records[n];\n",
                   records->limit);
}

static void lower_elements(struct script_writer *w, const struct message *message)
{
    builder_add_text(&w->body, "var elements = [];\n");
    if (message->elements.records.each.node != NULL) {
        begin_each(w, &message->elements.records);
        add_element(w, &message->elements.items[0], 1);
        builder_add_text(&w->body, "}\n");
    } else {
        builder_add_text(&w->body, "var element;\n");
        for (size_t i = 0; i < message->elements.count; i++) {
            add_element(w, &message->elements.items[i], 0);
        }
    }
    print_payload(w, message->kind == MESSAGE_LIST ? "list" : "carousel",
                  "text: text, elements: elements");
}

static void lower_table(struct script_writer *w, const struct message *message)
{
    builder_add_text(&w->body, "var columns = [");
    for (size_t i = 0; i < message->table.count; i++) {
        builder_add_text(&w->body, i > 0 ? ", [" : "[");
        script_text(w, text_for_locale(&message->table.columns[i].title, w->locale));
        builder_add_char(&w->body, ']');
    }
    builder_add_text(&w->body, "];\nvar elements = [];\n");
    begin_each(w, &message->table.records);
    builder_add_text(&w->body, "    elements.push({Values: [");
    for (size_t i = 0; i < message->table.count; i++) {
        builder_add_text(&w->body, i > 0 ? ", " : "");
        script_text(w, &message->table.columns[i].value);
    }
    builder_add_text(&w->body, "]});\n}\n");
    print_payload(w, "table",
                  "text: text, columns: columns, table_design: \"regular\", elements: elements");
}

/* What follows the text, which is in `text`, and prints both. */
static void lower_form(struct script_writer *w, const struct message *message)
{
    switch (message->kind) {
    case MESSAGE_BUTTONS:
        lower_buttons(w, message);
        break;
    case MESSAGE_QUICK_REPLIES:
        lower_quick_replies(w, message);
        break;
    case MESSAGE_TABLE:
        lower_table(w, message);
        break;
    case MESSAGE_LIST:
    case MESSAGE_CAROUSEL:
        lower_elements(w, message);
        break;
    case MESSAGE_TEXT:
        builder_add_text(&w->body, "print(text);\n");
        break;
    case MESSAGE_SCRIPT:
    case MESSAGE_DATA:
    case MESSAGE_CHOICE:
        break; /* have no text of their own: see message_lower */
    }
}

/* What is said in one case, four spaces further in. */
static void add_alternative(struct script_writer *w, const struct message *message)
{
    struct builder outer = w->body;
    w->body = builder_new(w->arena);
    add_message_text(w, text_for_locale(&message->text, w->locale));
    lower_form(w, message);
    struct slice inner = builder_slice(&w->body);
    struct slice line;
    w->body = outer;
    for (size_t at = 0; slice_next_part(inner, '\n', &at, &line);) {
        if (line.length > 0) {
            builder_printf(&w->body, "    %.*s\n", SLICE_ARG(line));
        }
    }
}

/* if (…) { print(…) } else …, for each locale. */
static struct dialog_messages lower_choice(struct arena *arena, const struct analysis *analysis,
                                           const struct message *message)
{
    const struct template *template = analysis->template;
    struct dialog_messages list = {0};
    for (size_t l = 0; l < template->locale_count; l++) {
        struct script_writer w = script_writer_new(arena, analysis, template->locales[l]);
        for (size_t i = 0; i < message->choice.count; i++) {
            const struct alternative *alternative = &message->choice.items[i];
            if (alternative->condition.node != NULL) {
                builder_add_text(&w.body, "if (");
                script_condition(&w, &alternative->condition);
                builder_add_text(&w.body, ") ");
            }
            builder_add_text(&w.body, "{\n");
            add_alternative(&w, alternative->message);
            builder_add_text(&w.body, i + 1 < message->choice.count ? "} else " : "}\n");
        }
        add(arena, &list,
            (struct dialog_message){.channel = SLICE("default"),
                                    .locale = w.locale,
                                    .text = script_finish(&w),
                                    .is_script = true});
    }
    return list;
}

static struct dialog_message lower_template(struct arena *arena, const struct analysis *analysis,
                                            const void *context, const struct text_variant *variant,
                                            struct slice locale)
{
    const struct message *message = context;
    bool is_default = slice_is(variant->channel, "default");
    if (variant->is_script || variant->data != NULL || !is_default) {
        /* an override says what this channel says: text only, or its own script */
        return lower_plain(arena, analysis, NULL, variant, locale);
    }
    struct script_writer w = script_writer_new(arena, analysis, locale);
    add_message_text(&w, &variant->text);
    lower_form(&w, message);
    return (struct dialog_message){.channel = variant->channel,
                                   .locale = locale,
                                   .text = script_finish(&w),
                                   .is_script = true};
}

struct dialog_messages message_lower(struct arena *arena, const struct analysis *analysis,
                                     const struct message *message)
{
    const struct template *template = analysis->template;
    if (message->kind == MESSAGE_TEXT) {
        return message_lower_texts(arena, analysis, &message->text);
    }
    if (message->kind == MESSAGE_CHOICE) {
        return lower_choice(arena, analysis, message);
    }
    if (message->kind != MESSAGE_SCRIPT && message->kind != MESSAGE_DATA) {
        return lower_variants(arena, analysis, &message->text, lower_template, message);
    }
    struct slice script = message->kind == MESSAGE_DATA
                              ? message_data_script(arena, message->data.node)
                              : message->script.node->text;
    struct dialog_messages list = message_lower_texts(arena, analysis, &message->text);
    for (size_t i = 0; i < list.count; i++) { /* beside a script, text serves other channels */
        if (slice_is(list.items[i].channel, "default")) {
            list.items[i].text = script;
            list.items[i].is_script = true;
        }
    }
    bool said = list.count > 0;
    for (size_t l = 0; !said && l < template->locale_count; l++) {
        add(arena, &list,
            (struct dialog_message){.channel = SLICE("default"),
                                    .locale = template->locales[l],
                                    .text = script,
                                    .is_script = true});
    }
    return list;
}

/* ---- defaults ---- */

struct dialog_messages message_default_prompt(struct arena *arena, const struct template *template,
                                              const struct entity *entity)
{
    struct dialog_messages list = {0};
    for (size_t l = 0; l < template->locale_count; l++) {
        struct slice locale = template->locales[l];
        struct phrase_place label = {"label", texts_fixed(&entity->label, locale, entity->name)};
        add(arena, &list,
            (struct dialog_message){
                .channel = SLICE("default"),
                .locale = locale,
                .text = phrase_fill(arena, phrase_in(PHRASE_PROMPT, locale), &label, 1),
                .is_script = false});
    }
    return list;
}

struct dialog_messages message_default_error(struct arena *arena, const struct template *template,
                                             const struct entity *entity)
{
    struct dialog_messages list = {0};
    for (size_t l = 0; l < template->locale_count; l++) {
        add(arena, &list,
            (struct dialog_message){.channel = SLICE("default"),
                                    .locale = template->locales[l],
                                    .text = phrase_in(entity->type->error, template->locales[l]),
                                    .is_script = false});
    }
    return list;
}

struct dialog_messages message_refused_answer(struct arena *arena, const struct template *template)
{
    struct dialog_messages list = {0};
    for (size_t l = 0; l < template->locale_count; l++) {
        struct slice locale = template->locales[l];
        struct builder script = builder_new(arena);
        builder_add_text(&script, "var most = context.refused ? context.refused.most : 0;\n"
                                  "print(most > 0 ? ");
        const struct phrase_place limit = {"limit", SLICE("most")};
        script_phrase(&script, phrase_in(PHRASE_TOO_LONG, locale), &limit, 1);
        builder_add_text(&script, " : ");
        script_string(&script, phrase_in(PHRASE_TOO_SHORT, locale));
        builder_add_text(&script, ");\n");
        add(arena, &list,
            (struct dialog_message){.channel = SLICE("default"),
                                    .locale = locale,
                                    .text = builder_slice(&script),
                                    .is_script = true});
    }
    return list;
}

struct dialog_messages message_default_failure(struct arena *arena, const struct template *template,
                                               const struct service *service)
{
    struct dialog_messages list = {0};
    for (size_t l = 0; l < template->locale_count; l++) {
        struct script_writer w = script_writer_new(arena, NULL, template->locales[l]);
        builder_add_text(&w.body, "print(");
        const struct phrase_place reason = {"reason", script_reason(&w, service)};
        script_phrase(&w.body, phrase_in(PHRASE_FAILED, template->locales[l]), &reason, 1);
        builder_add_text(&w.body, ");\n");
        add(arena, &list,
            (struct dialog_message){.channel = SLICE("default"),
                                    .locale = template->locales[l],
                                    .text = script_finish(&w),
                                    .is_script = true});
    }
    return list;
}
