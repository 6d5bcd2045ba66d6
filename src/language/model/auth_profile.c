/* Loading auth profiles. */
#include "language/model/auth_profile.h"

#include <stdint.h>

#include "base/builder.h"
#include "base/table.h"

static const struct auth_type_info types[] = {
#define AUTH_TYPE(kind, name, title, sso_type) {name, title, sso_type},
#include "language/model/auth_types.def"
#undef AUTH_TYPE
};
TABLE_HAS_ROWS(types, AUTH_TYPE_COUNT);

static const struct auth_field_info fields[] = {
#define OF(type) (1U << AUTH_##type)
#define AUTH_FIELD(kind, key, title, types, value, needed)                                         \
    {key, title, types, AUTH_VALUE_##value, needed},
#include "language/model/auth_fields.def"
#undef AUTH_FIELD
#undef OF
};
TABLE_HAS_ROWS(fields, AUTH_FIELD_COUNT);

const struct auth_type_info *auth_type_info(enum auth_type type)
{
    return &types[type];
}

const struct auth_field_info *auth_field_info(enum auth_field field)
{
    return &fields[field];
}

bool auth_profile_uses(const struct auth_profile *profile, enum auth_field field)
{
    bool system = profile->type == AUTH_OAUTH2 && !profile->custom;
    return (fields[field].types & (1U << profile->type)) != 0 &&
           (!system || field == AUTH_FIELD_BASE_URL);
}

bool auth_profile_is_exported(const struct auth_profile *profile)
{
    return types[profile->type].sso_type != NULL &&
           (profile->type != AUTH_OAUTH2 || profile->custom);
}

bool auth_profile_is_salesforce(const struct auth_profile *profile)
{
    if (profile->integration.length > 0) {
        return slice_is(profile->integration, "salesforce");
    }
    const struct node *token = profile->fields[AUTH_FIELD_TOKEN_URL].node;
    return profile->type == AUTH_OAUTH2 &&
           (!profile->custom || token == NULL ||
            slice_find(token->text, "/services/oauth2/", 0) != SIZE_MAX ||
            slice_find(token->text, ".salesforce.com", 0) != SIZE_MAX);
}

struct slice auth_profile_base(struct arena *arena, const struct auth_profile *profile)
{
    const struct text *url = &profile->fields[AUTH_FIELD_BASE_URL];
    struct slice base = url->node != NULL ? auth_profile_text(arena, url) : SLICE("");
    while (slice_ends_with(base, "/")) {
        base.length--;
    }
    return base;
}

const struct auth_profile *auth_profiles_find(const struct auth_profiles *profiles, struct slice id)
{
    for (size_t i = 0; i < profiles->count; i++) {
        if (slice_equal(profiles->items[i]->id, id)) {
            return profiles->items[i];
        }
    }
    return NULL;
}

bool auth_profiles_has_broken(const struct auth_profiles *profiles, struct slice id)
{
    for (size_t i = 0; i < profiles->broken_count; i++) {
        if (slice_equal(profiles->broken[i], id)) {
            return true;
        }
    }
    return profiles->lacks_files;
}

/* The schema lets no other name through. */
static enum auth_type find_type(struct slice name)
{
    unsigned i = 0;
    while (i + 1 < AUTH_TYPE_COUNT && !slice_is(name, types[i].name)) {
        i++;
    }
    return (enum auth_type)i;
}

const struct auth_profile *auth_profile_load(struct arena *arena, const struct node *root,
                                             struct diagnostics *diagnostics)
{
    struct auth_profile *profile = arena_alloc(arena, sizeof *profile);
    struct text_reader reader = {.arena = arena, .diagnostics = diagnostics};
    const struct node *name = node_get(root, "name");
    const struct node *description = node_get(root, "description");
    profile->source = root->source;
    profile->root = root;
    profile->id = node_get(root, "profile")->text;
    profile->type = find_type(node_get(root, "type")->text);
    profile->end_user = slice_is(node_text(root, "authorization"), "end-user");
    profile->custom = profile->type == AUTH_OAUTH2 && slice_is(node_text(root, "app"), "custom");
    profile->in_query = slice_is(node_text(root, "in"), "query");
    profile->integration = node_text(root, "integration");
    bool system = profile->type == AUTH_OAUTH2 && !profile->custom;
    profile->name = name != NULL ? name->text : system ? SLICE(AUTH_SYSTEM_NAME) : profile->id;
    profile->description = description != NULL ? description->text : SLICE("");
    profile->scopes = node_get(root, "scopes");
    static const enum reference_use uses[] = {[AUTH_VALUE_TEXT] = USE_TEXT,
                                              [AUTH_VALUE_NAME] = USE_SECRET,
                                              [AUTH_VALUE_SECRET] = USE_SECRET,
                                              [AUTH_VALUE_URL] = USE_LINK};
    for (size_t i = 0; i < AUTH_FIELD_COUNT; i++) {
        const struct node *node = node_get(root, fields[i].key);
        if (node != NULL) {
            profile->fields[i] =
                text_parse(&reader, node, uses[fields[i].value], &profile->references);
        }
    }
    return profile;
}

struct slice auth_profile_text(struct arena *arena, const struct text *text)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < text->count; i++) {
        const struct reference *reference = text->parts[i].reference;
        if (reference == NULL) {
            builder_add(&out, text->parts[i].literal);
        } else {
            builder_printf(&out, "{{%.*s}}", SLICE_ARG(reference_name(arena, reference)));
        }
    }
    return builder_slice(&out);
}

const struct auth_profile *auth_profile_default(struct arena *arena)
{
    struct auth_profile *profile = arena_alloc(arena, sizeof *profile);
    profile->id = SLICE("salesforce");
    profile->name = SLICE(AUTH_SYSTEM_NAME);
    return profile;
}
