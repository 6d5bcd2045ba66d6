/* Reading files of records. */
#include "cli/records.h"

#include "document/yaml/reader.h"
#include "trial/organisation/organisation.h"

const struct node *cli_read_records(struct arena *arena, struct findings *findings,
                                    struct sobject_catalog *catalog, const char *path)
{
    struct slice bytes;
    struct source *source;
    if (!input_read(arena, findings, path, YAML_BYTES_LIMIT, &bytes)) {
        return NULL;
    }
    const struct node *root = yaml_read(arena, path, bytes, &findings->diagnostics, &source);
    if (root == NULL) {
        return NULL;
    }
    if (node_get(root, "org") != NULL) {
        root = node_get(root, "org"); /* that of a file of conversations */
    }
    if (root->kind != NODE_MAPPING) {
        struct diagnostic *finding =
            diag_report(&findings->diagnostics, E1203, source, root->range,
                        "records must be a mapping from objects to lists of records");
        diag_note(&findings->diagnostics, finding, NULL, root->range,
                  "write `Lead: [{LastName: Example, Company: Example Ltd}]`");
        return NULL;
    }
    struct organisation_options options = {.url = SLICE("https://example.my.salesforce.com")};
    struct organisation *organisation = organisation_new(arena, catalog, &options);
    return organisation_seed(organisation, root, &findings->diagnostics) ? root : NULL;
}
