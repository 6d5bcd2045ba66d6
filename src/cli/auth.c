/* dialogc auth: the platform's form for a profile, field by field. */
#include "cli/cli.h"

static void add_row(struct builder *out, const char *field, struct slice value)
{
    builder_printf(out, "  %-28s %.*s\n", field, SLICE_ARG(value));
}

static void add_field(struct builder *out, struct arena *arena, const char *field,
                      const struct text *text, const char *fallback)
{
    if (text->node != NULL) {
        add_row(out, field, auth_profile_text(arena, text));
    } else if (fallback != NULL) {
        add_row(out, field, slice_of(fallback));
    }
}

static void describe(struct builder *out, struct arena *arena, const struct auth_profile *profile)
{
    builder_printf(out, "Profile `%.*s`; services refer to it as \"%.*s\".\n\n",
                   SLICE_ARG(profile->id), SLICE_ARG(profile->name));
    if (profile->existing) {
        builder_add_text(out, "There is nothing to enter: the platform already has the profile.\n");
        return;
    }
    builder_add_text(out, "On the platform, open the Salesforce action and choose:\n");
    add_row(out, "Authorization Type",
            profile->custom ? SLICE("Custom authentication") : SLICE("Pre-defined (system) app"));
    add_row(out, "Authorization",
            profile->end_user ? SLICE("Allow users to authorize")
                              : SLICE("Pre authorize the integration"));
    if (!profile->custom) {
        builder_add_text(
            out,
            "\nThere is nothing else to enter: the profile uses the vendor's own connected app.\n");
        return;
    }
    builder_add_text(out, "\nThen enter, with type OAuth v2:\n");
    add_field(out, arena, "Callback URL", &profile->callback_url, AUTH_CALLBACK_URL);
    add_field(out, arena, "Identity Provider Name", &profile->identity_provider, NULL);
    add_field(out, arena, "Client ID", &profile->client_id, NULL);
    add_field(out, arena, "Client Secret", &profile->client_secret, NULL);
    add_field(out, arena, "Authorization URL", &profile->authorization_url, NULL);
    add_field(out, arena, "Token Request URL", &profile->token_url, NULL);
    add_field(out, arena, "Refresh Token URL", &profile->refresh_url, NULL);
    if (profile->scopes != NULL) {
        struct builder scopes = builder_new(arena);
        for (size_t i = 0; i < profile->scopes->count; i++) {
            builder_add_text(&scopes, i > 0 ? " " : "");
            builder_add(&scopes, profile->scopes->items[i]->text);
        }
        add_row(out, "Scope", builder_slice(&scopes));
    }
    if (profile->description.length > 0) {
        add_row(out, "Description", profile->description);
    }
    builder_add_text(
        out,
        "  Subdomain                    no\n\n"
        "{{env.NAME}} stands for the value of a bot variable. Enter the value on the platform;\n"
        "it does not belong in any file of this project.\n");
}

int command_auth(struct arena *arena, struct options *options)
{
    const char *wanted = options->operands.paths[0];
    struct findings findings = findings_new(arena, -1);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    enum file_type type = cli_type_of(&findings, wanted);
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
