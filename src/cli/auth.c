/* dialogc auth: the platform's form for a profile, field by field. */
#include "cli/cli.h"

static void add_row(struct builder *out, const char *field, struct slice value)
{
    builder_printf(out, "  %-28s %.*s\n", field, SLICE_ARG(value));
}

/* The fields of the platform's form that the profile fills. */
static void add_fields(struct builder *out, struct arena *arena, const struct auth_profile *profile)
{
    for (unsigned i = 0; i < AUTH_FIELD_COUNT; i++) {
        enum auth_field field = (enum auth_field)i;
        const char *title = auth_field_info(field)->title;
        const struct text *text = &profile->fields[i];
        if (field == AUTH_FIELD_BASE_URL || !auth_profile_uses(profile, field)) {
            continue; /* a base URL is for dialogc: see add_base */
        }
        if (text->node != NULL) {
            bool is_token = field == AUTH_FIELD_TOKEN;
            add_row(out, title,
                    arena_printf(arena, "%s%.*s", is_token ? "Bearer " : "",
                                 SLICE_ARG(auth_profile_text(arena, text))));
        } else if (field == AUTH_FIELD_CALLBACK_URL) {
            add_row(out, title, SLICE(AUTH_CALLBACK_URL));
        }
    }
}

static void add_scopes(struct builder *out, struct arena *arena, const struct auth_profile *profile)
{
    struct builder scopes = builder_new(arena);
    for (size_t i = 0; i < profile->scopes->count; i++) {
        builder_add_text(&scopes, i > 0 ? " " : "");
        builder_add(&scopes, profile->scopes->items[i]->text);
    }
    add_row(out, "Scope", builder_slice(&scopes));
}

static void add_base(struct builder *out, struct arena *arena, const struct auth_profile *profile)
{
    struct slice base = auth_profile_base(arena, profile);
    if (base.length > 0) {
        builder_printf(out, "\nRelative URLs of services with this profile are below %.*s.\n",
                       SLICE_ARG(base));
    }
}

/* The head of the form: where it is, and what is chosen from its lists. */
static void describe_choices(struct builder *out, const struct auth_profile *profile)
{
    struct slice who = profile->end_user ? SLICE("Allow users to authorize")
                                         : SLICE("Pre authorize the integration");
    if (auth_profile_is_salesforce(profile)) {
        builder_add_text(out, "On the platform, open the Salesforce action and choose:\n");
        add_row(out, "Authorization Type",
                profile->custom ? SLICE("Custom authentication")
                                : SLICE("Pre-defined (system) app"));
        add_row(out, "Authorization", who);
        if (profile->custom) {
            builder_add_text(out, "\nThen enter, with type OAuth v2:\n");
        }
        return;
    }
    builder_add_text(out, "On the platform, open the bot's Authorization Profiles");
    if (profile->integration.length > 0) {
        builder_printf(out, ", create one for %.*s", SLICE_ARG(profile->integration));
    } else {
        builder_add_text(out, ", create one");
    }
    builder_add_text(out, " and choose:\n");
    add_row(out, "Authorization Type", slice_of(auth_type_info(profile->type)->title));
    if (profile->type == AUTH_OAUTH2) {
        add_row(out, "Authorization", who);
    }
    builder_add_text(out, "\nThen enter:\n");
    add_row(out, "Name", profile->name);
}

/* The field in which the platform's form wants a key. */
static void describe_key(struct builder *out, const struct auth_profile *profile)
{
    if (profile->type == AUTH_API_KEY || profile->type == AUTH_BEARER) {
        builder_add_text(out, "  and an authorization field:\n");
        add_row(out, "Field Type", profile->in_query ? SLICE("Query String") : SLICE("Header"));
    }
    if (profile->type == AUTH_BEARER) {
        add_row(out, auth_field_info(AUTH_FIELD_PARAMETER)->title, SLICE("Authorization"));
    }
}

static void describe(struct builder *out, struct arena *arena, const struct auth_profile *profile)
{
    builder_printf(out, "Profile `%.*s`; services refer to it as \"%.*s\".\n\n",
                   SLICE_ARG(profile->id), SLICE_ARG(profile->name));
    if (profile->type == AUTH_EXISTING || profile->type == AUTH_NONE) {
        builder_add_text(
            out, profile->type == AUTH_NONE
                     ? "There is nothing to enter: its services need no authorization.\n"
                     : "There is nothing to enter: the platform already has the profile.\n");
        add_base(out, arena, profile);
        return;
    }
    describe_choices(out, profile);
    if (!auth_profile_is_exported(profile)) {
        builder_add_text(
            out,
            "\nThere is nothing else to enter: the profile uses the vendor's own connected app.\n");
        add_base(out, arena, profile);
        return;
    }
    describe_key(out, profile);
    add_fields(out, arena, profile);
    if (profile->scopes != NULL) {
        add_scopes(out, arena, profile);
    }
    if (profile->description.length > 0) {
        add_row(out, "Description", profile->description);
    }
    builder_add_text(
        out,
        "  Subdomain                    no\n\n"
        "{{env.NAME}} stands for the value of a bot variable. Enter the value on the platform;\n"
        "it does not belong in any file of this project.\n");
    add_base(out, arena, profile);
}

int command_auth(struct arena *arena, struct options *options)
{
    const char *wanted = options->operands.paths[0];
    struct findings findings = findings_new(arena, -1);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    enum file_type type = input_type_of(&findings, wanted);
    bool is_file = type == FILE_TYPE_REGULAR || type == FILE_TYPE_OTHER;
    if (is_file) {
        file_list_add(arena, &options->auth, wanted);
    }
    const char *folder = cli_load_project(arena, options, compiler, &findings);
    int status = cli_report(arena, options, &findings);
    if (status != STATUS_OK || folder == NULL) {
        return status;
    }
    const struct auth_profiles *profiles = &compiler->profiles;
    const struct auth_profile *profile = auth_profiles_find(profiles, slice_of(wanted));
    for (size_t i = 0; is_file && i < profiles->count; i++) {
        const struct auth_profile *candidate = profiles->items[i];
        if (candidate->source != NULL && strcmp(candidate->source->path, wanted) == 0) {
            profile = candidate;
        }
    }
    if (profile == NULL) {
        struct suggestion meant = suggestion_new(slice_of(wanted));
        for (size_t i = 0; i < profiles->count; i++) {
            suggestion_offer(&meant, profiles->items[i]->id);
        }
        cli_message_unknown("auth profile", &meant,
                            "the project's profiles are in the folder `auth`, or where "
                            "dialogc.yaml says");
        return STATUS_USAGE;
    }
    struct builder out = builder_new(arena);
    describe(&out, arena, profile);
    return cli_print(cli_printable(arena, builder_slice(&out))) ? STATUS_OK : STATUS_SYSTEM;
}
