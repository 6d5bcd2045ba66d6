/* Checking the records of a file of conversations, for which no dialog is needed. */
#include "trial/conversation/records.h"

#include "trial/organisation/organisation.h"

/* The records of the file and of a case, put into an organisation of their own. */
static void check_seed(struct arena *arena, struct sobject_catalog *catalog,
                       const struct node *of_file, const struct node *of_case,
                       struct diagnostics *diagnostics)
{
    struct organisation_options options = {.url = SLICE("https://" CONVERSATION_HOST)};
    struct organisation *organisation = organisation_new(arena, catalog, &options);
    struct diagnostics ignored = diagnostics_new(arena);
    organisation_seed(organisation, of_file, of_case != NULL ? &ignored : diagnostics);
    if (of_case != NULL) {
        organisation_seed(organisation, of_case, diagnostics);
    }
}

void conversation_check_records(struct arena *arena, struct sobject_catalog *catalog,
                                const struct node *root, struct diagnostics *diagnostics)
{
    const struct node *cases = node_get(root, "cases");
    check_seed(arena, catalog, node_get(root, "org"), NULL, diagnostics);
    for (size_t i = 0; i < node_length(cases); i++) {
        const struct node *one = cases->items[i];
        if (node_get(one, "org") != NULL) {
            check_seed(arena, catalog, node_get(root, "org"), node_get(one, "org"), diagnostics);
        }
        organisation_check_expected(arena, catalog, node_get(one, "records"), diagnostics);
    }
}
