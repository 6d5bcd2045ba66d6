#define _POSIX_C_SOURCE 200809L

#include "cli/deploy_record.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/output.h"
#include "document/json/reader.h"
#include "document/json/writer.h"

#define FOLDER ".dialogc/deploy"

enum { LONGEST_RECORD = 1 << 16 };

/* Writes a file that nobody else can read, whatever the umask of the user. */
static bool write_private(struct online *online, const char *path, struct slice bytes,
                          enum replacement_expectation expects, const char **conflict)
{
    struct output output = output_new(online->arena, online->options, online->findings);
    struct file_content file = {.path = path, .bytes = bytes, .expects = expects};
    output.makes_folders = true;
    mode_t usual = umask(S_IRWXG | S_IRWXO);
    enum replacement_result result = output_write(&output, &file, 1, conflict);
    umask(usual);
    output_unlock(&output);
    return result == REPLACED;
}

/* ---- backups ---- */

const char *deploy_record_backup(struct online *online, struct slice zip)
{
    enum { NAME_LIMIT = 1000 };
    char moment[32] = "";
    struct tm parts;
    time_t now = time(NULL);
    if (gmtime_r(&now, &parts) != NULL) {
        strftime(moment, sizeof moment, "%Y%m%dT%H%M%SZ", &parts);
    }
    for (unsigned i = 1; i < NAME_LIMIT; i++) {
        const char *conflict = NULL;
        struct slice number = i > 1 ? arena_printf(online->arena, "-%u", i) : SLICE("");
        struct slice name = arena_printf(online->arena, FOLDER "/%.*s-%s%.*s.zip",
                                         SLICE_ARG(online->bot), moment, SLICE_ARG(number));
        const char *path = file_join(online->arena, online->folder, name);
        if (write_private(online, path, zip, REPLACE_NOTHING, &conflict)) {
            return path;
        }
        if (conflict == NULL) {
            return NULL;
        }
    }
    findings_fail(online->findings, "there are too many backups in %s/" FOLDER, online->folder);
    return NULL;
}

/* ---- the record ---- */

static const char *record_path(const struct online *online)
{
    struct slice name = arena_printf(online->arena, FOLDER "/%.*s.json", SLICE_ARG(online->bot));
    return file_join(online->arena, online->folder, name);
}

bool deploy_record_read(struct online *online, struct deploy_record *record)
{
    struct slice bytes;
    const char *path = record_path(online);
    if (!input_exists(online->findings, path) ||
        !input_read(online->arena, online->findings, path, LONGEST_RECORD, &bytes)) {
        return false;
    }
    const struct node *root = json_read_quietly(online->arena, bytes);
    *record = (struct deploy_record){.host = node_text(root, "host"),
                                     .bot = node_text(root, "bot"),
                                     .backup = node_text(root, "backup"),
                                     .import = node_text(root, "import")};
    /* A record of another host, or one that is broken, is about nothing that is known here. */
    return slice_equal(record->bot, online->bot) &&
           slice_equal(record->host, online->client.address.host) &&
           (record->import.length == 0 || api_id_is_valid(record->import, "bir-"));
}

bool deploy_record_write(struct online *online, const char *backup, struct slice import)
{
    struct builder out = builder_new(online->arena);
    struct json_writer json = json_writer_new(&out, false);
    const char *conflict = NULL;
    json_begin_object(&json);
    json_text_member(&json, "host", online->client.address.host);
    json_text_member(&json, "bot", online->bot);
    json_text_member(&json, "backup", slice_of(backup));
    json_text_member(&json, "import", import);
    json_end_object(&json);
    builder_add_char(&out, '\n');
    return write_private(online, record_path(online), builder_slice(&out), REPLACE_ANY, &conflict);
}

void deploy_record_remove(struct online *online)
{
    const char *path = record_path(online);
    if (unlink(path) != 0 && errno != ENOENT) {
        findings_remark(online->findings, "cannot remove %s: %s", path, strerror(errno));
    }
}
