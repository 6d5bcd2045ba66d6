/*
 * The languages of conversations. A template of a library has conversations in its own languages,
 * and the project, for which the dialog is built, may have others.
 */
#include "document/tree/build.h"
#include "language/model/locales.h"
#include "trial/conversation/conversation.h"

/* What a case says its locale is, or what the template says; empty: nobody says anything. */
static struct slice wanted_locale(const struct conversation_file *file, size_t index,
                                  const struct conversation_world *world)
{
    const struct node *named = file != NULL ? conversation_setting(file, index, "locale") : NULL;
    return node_is(named, NODE_STRING)   ? named->text
           : world->own_locale_count > 0 ? world->own_locales[0]
                                         : SLICE("");
}

/* The dialog's texts in the locale; NULL: it has none, or there is no telling. */
static const struct member *find_texts(const struct conversation_world *world, struct slice locale)
{
    const struct node *locales = node_get(world->dialog->root, "localeData");
    return node_is(locales, NODE_MAPPING) ? locales_text_in(locales, locale) : NULL;
}

struct slice conversation_locale(const struct conversation_file *file, size_t index,
                                 const struct conversation_world *world)
{
    struct slice wanted = wanted_locale(file, index, world);
    const struct member *texts = find_texts(world, wanted);
    bool is_named = file != NULL && conversation_setting(file, index, "locale") != NULL;
    return texts != NULL ? texts->key->text : is_named ? wanted : SLICE("");
}

bool conversation_is_left_out(const struct conversation_file *file, size_t index,
                              const struct conversation_world *world)
{
    struct slice wanted = wanted_locale(file, index, world);
    bool is_own = false;
    for (size_t i = 0; i < world->own_locale_count; i++) {
        is_own = is_own || slice_equal(world->own_locales[i], wanted);
    }
    return is_own && find_texts(world, wanted) == NULL;
}

void conversation_name_locale(struct arena *arena, struct node *root,
                              const struct conversation_world *world)
{
    const struct node *locales = node_get(world->dialog->root, "localeData");
    if (conversation_is_left_out(NULL, 0, world) && node_is(locales, NODE_MAPPING) &&
        locales->count > 0) {
        node_set_text(arena, root, "locale", locales->members[0].key->text);
    }
}
