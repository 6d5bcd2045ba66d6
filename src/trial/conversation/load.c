/* Reading files of conversations. */
#include "document/yaml/reader.h"
#include "language/check/check.h"
#include "trial/conversation/conversation.h"

bool conversation_load(struct arena *arena, const struct schema *schema, const char *path,
                       struct slice bytes, struct diagnostics *diagnostics,
                       struct conversation_file *file)
{
    *file = (struct conversation_file){.path = path};
    file->root = yaml_read(arena, path, bytes, diagnostics, &file->source);
    if (file->root == NULL) {
        return false;
    }
    bool valid = schema_validate(diagnostics, schema, file->root);
    check_secrets(file->root, valid, file->source, diagnostics);
    if (!valid) {
        return false;
    }
    file->dialog = node_get(file->root, "conversation")->text;
    file->cases = node_get(file->root, "cases");
    return true;
}

const struct node *conversation_setting(const struct conversation_file *file, size_t index,
                                        const char *key)
{
    const struct node *own = node_get(file->cases->items[index], key);
    return own != NULL ? own : node_get(file->root, key);
}
