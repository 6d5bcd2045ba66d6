/* dialogc auth: the platform's form for a profile, field by field. */
#include "cli/cli.h"
#include "report/cjson.h"

struct row {
    const char *field;
    struct slice value;
};

/* The form: in words, and its rows for programs. */
struct profile_form {
    struct arena *arena;
    struct builder text;
    struct row *rows;
    size_t count;
};

static void add_row(struct profile_form *form, const char *field, struct slice value)
{
    form->rows = arena_append(form->arena, form->rows, form->count, sizeof *form->rows);
    form->rows[form->count++] = (struct row){field, value};
    builder_printf(&form->text, "  %-28s %.*s\n", field, SLICE_ARG(value));
}

/* The fields of the platform's form that the profile fills. */
static void add_fields(struct profile_form *form, const struct auth_profile *profile)
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
            add_row(form, title,
                    arena_printf(form->arena, "%s%.*s", is_token ? "Bearer " : "",
                                 SLICE_ARG(auth_profile_text(form->arena, text))));
        } else if (field == AUTH_FIELD_CALLBACK_URL) {
            add_row(form, title, SLICE(AUTH_CALLBACK_URL));
        }
    }
}

static void add_scopes(struct profile_form *form, const struct auth_profile *profile)
{
    struct builder scopes = builder_new(form->arena);
    for (size_t i = 0; i < profile->scopes->count; i++) {
        builder_add_text(&scopes, i > 0 ? " " : "");
        builder_add(&scopes, profile->scopes->items[i]->text);
    }
    add_row(form, "Scope", builder_slice(&scopes));
}

static void add_base(struct profile_form *form, const struct auth_profile *profile)
{
    struct slice base = auth_profile_base(form->arena, profile);
    if (base.length > 0) {
        builder_printf(&form->text,
                       "\nRelative URLs of services with this profile are below %.*s.\n",
                       SLICE_ARG(base));
    }
}

/* The head of the form: where it is, and what is chosen from its lists. */
static void describe_choices(struct profile_form *form, const struct auth_profile *profile)
{
    struct slice who = profile->end_user ? SLICE("Allow users to authorize")
                                         : SLICE("Pre authorize the integration");
    if (auth_profile_is_salesforce(profile)) {
        builder_add_text(&form->text, "On the platform, open the Salesforce action and choose:\n");
        add_row(form, "Authorization Type",
                profile->custom ? SLICE("Custom authentication")
                                : SLICE("Pre-defined (system) app"));
        add_row(form, "Authorization", who);
        if (profile->custom) {
            builder_add_text(&form->text, "\nThen enter, with type OAuth v2:\n");
        }
        return;
    }
    builder_add_text(&form->text, "On the platform, open the bot's Authorization Profiles");
    if (profile->integration.length > 0) {
        builder_printf(&form->text, ", create one for %.*s", SLICE_ARG(profile->integration));
    } else {
        builder_add_text(&form->text, ", create one");
    }
    builder_add_text(&form->text, " and choose:\n");
    add_row(form, "Authorization Type", slice_of(auth_type_info(profile->type)->title));
    if (profile->type == AUTH_OAUTH2) {
        add_row(form, "Authorization", who);
    }
    builder_add_text(&form->text, "\nThen enter:\n");
    add_row(form, "Name", profile->name);
}

/* The field in which the platform's form wants a key. */
static void describe_key(struct profile_form *form, const struct auth_profile *profile)
{
    if (profile->type == AUTH_API_KEY || profile->type == AUTH_BEARER) {
        builder_add_text(&form->text, "  and an authorization field:\n");
        add_row(form, "Field Type", profile->in_query ? SLICE("Query String") : SLICE("Header"));
    }
    if (profile->type == AUTH_BEARER) {
        add_row(form, auth_field_info(AUTH_FIELD_PARAMETER)->title, SLICE("Authorization"));
    }
}

static void describe(struct profile_form *form, const struct auth_profile *profile)
{
    builder_printf(&form->text, "Profile `%.*s`; services refer to it as \"%.*s\".\n\n",
                   SLICE_ARG(profile->id), SLICE_ARG(profile->name));
    if (profile->type == AUTH_EXISTING || profile->type == AUTH_NONE) {
        builder_add_text(
            &form->text,
            profile->type == AUTH_NONE
                ? "There is nothing to enter: its services need no authorization.\n"
                : "There is nothing to enter: the platform already has the profile.\n");
        add_base(form, profile);
        return;
    }
    describe_choices(form, profile);
    if (!auth_profile_is_exported(profile)) {
        builder_add_text(
            &form->text,
            "\nThere is nothing else to enter: the profile uses the vendor's own connected app.\n");
        add_base(form, profile);
        return;
    }
    describe_key(form, profile);
    add_fields(form, profile);
    if (profile->scopes != NULL) {
        add_scopes(form, profile);
    }
    if (profile->description.length > 0) {
        add_row(form, "Description", profile->description);
    }
    builder_add_text(
        &form->text,
        "  Subdomain                    no\n\n"
        "{{env.NAME}} stands for the value of a bot variable. Enter the value on the platform;\n"
        "it does not belong in any file of this project.\n");
    add_base(form, profile);
}

/* What programs get of a form. */
struct described {
    const struct auth_profile *profile;
    const struct profile_form *form;
};

static void add_result(struct cjson report, const void *context)
{
    const struct described *described = context;
    struct cjson result = cjson_add_object(report, "result");
    cjson_add_text(result, "profile", described->profile->id);
    cjson_add_text(result, "name", described->profile->name);
    struct cjson fields = cjson_add_array(result, "fields");
    for (size_t i = 0; i < described->form->count; i++) {
        struct cjson row = cjson_add_object(fields, NULL);
        cjson_add_text(row, "field", slice_of(described->form->rows[i].field));
        cjson_add_text(row, "value", described->form->rows[i].value);
    }
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
    if (folder == NULL || !findings_are_clean(&findings)) {
        return cli_report(arena, options, &findings);
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
    struct profile_form form = {.arena = arena, .text = builder_new(arena)};
    describe(&form, profile);
    const struct described described = {profile, &form};
    const struct render_result result = {add_result, &described};
    int status = cli_report_result(arena, options, &findings, &result);
    return cli_print_for_people(arena, options, status, builder_slice(&form.text));
}
