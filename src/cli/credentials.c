#define _DEFAULT_SOURCE
#define _POSIX_C_SOURCE 200809L

#include "cli/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/retry.h"

#define ID_NAME     "DIALOGC_CLIENT_ID"
#define SECRET_NAME "DIALOGC_CLIENT_SECRET"

/* More than this is no file of credentials, and no secret. */
enum { LONGEST_INPUT = 4096 };

void credentials_wipe(struct api_credentials *credentials)
{
    token_wipe(credentials, sizeof *credentials);
}

/* Copies a value, which must not be longer than there is room; nothing is kept of one that is. */
static bool keep(char place[TOKEN_LONGEST_ID + 1], struct slice value)
{
    if (value.length > TOKEN_LONGEST_ID) {
        return false;
    }
    memcpy(place, value.data, value.length);
    place[value.length] = '\0';
    return true;
}

/* Reads all that comes, at most LONGEST_INPUT bytes; their number, or -1 with errno. */
static ssize_t read_all(int descriptor, char bytes[LONGEST_INPUT])
{
    size_t length = 0;
    ssize_t got = 1;
    while (got > 0 && length < LONGEST_INPUT) {
        RETRY(got, read(descriptor, bytes + length, LONGEST_INPUT - length));
        length += got > 0 ? (size_t)got : 0;
    }
    return got < 0 ? -1 : (ssize_t)length;
}

/* ---- a file ---- */

/* True when nobody but its owner, who runs this program, can read the file. */
static bool is_private(int descriptor, const char *path, struct findings *findings)
{
    struct stat facts;
    if (fstat(descriptor, &facts) != 0) {
        findings_fail(findings, "cannot access %s: %s", path, strerror(errno));
        return false;
    }
    if (!S_ISREG(facts.st_mode) || facts.st_uid != geteuid() ||
        (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        findings_fail(findings,
                      "%s can be read by others than you; make it a file of your own with "
                      "`chmod 600`, and change the secret if they may have seen it",
                      path);
        return false;
    }
    return true;
}

/* The lines NAME=VALUE of a file. */
static bool take_lines(struct slice text, struct api_credentials *credentials)
{
    struct slice line;
    bool kept = true;
    for (size_t at = 0; kept && slice_next_part(text, '\n', &at, &line);) {
        line = slice_trim(line);
        size_t equals = slice_find(line, "=", 0);
        if (line.length == 0 || line.data[0] == '#' || equals >= line.length) {
            continue;
        }
        struct slice name = slice_trim(slice_part(line, 0, equals));
        struct slice value = slice_trim(slice_part(line, equals + 1, line.length));
        if (slice_is(name, ID_NAME)) {
            kept = keep(credentials->client_id, value);
        } else if (slice_is(name, SECRET_NAME)) {
            kept = keep(credentials->secret, value);
        }
    }
    return kept;
}

static bool read_file(const char *path, struct findings *findings,
                      struct api_credentials *credentials)
{
    char bytes[LONGEST_INPUT];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        findings_fail(findings, "cannot read %s: %s", path, strerror(errno));
        return false;
    }
    bool allowed = is_private(descriptor, path, findings);
    ssize_t length = allowed ? read_all(descriptor, bytes) : 0;
    bool taken = length >= 0 && length < LONGEST_INPUT &&
                 take_lines((struct slice){bytes, (size_t)length}, credentials);
    token_wipe(bytes, sizeof bytes);
    close(descriptor);
    if (allowed && !taken) {
        findings_fail(findings,
                      "%s does not hold credentials: it needs the lines " ID_NAME
                      "=… and " SECRET_NAME "=…",
                      path);
    }
    return allowed && taken;
}

/* ---- a command ---- */

/* Starts the command with its output going to a pipe, whose other end is returned; -1 with errno.
 */
static int start_command(const char *command, pid_t *process)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return -1;
    }
    *process = fork();
    if (*process == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    if (*process < 0) {
        close(ends[0]);
        return -1;
    }
    return ends[0];
}

static bool run_command(const char *command, struct findings *findings,
                        struct api_credentials *credentials)
{
    char bytes[LONGEST_INPUT];
    pid_t process;
    int status = -1;
    pid_t ended;
    int output = start_command(command, &process);
    if (output < 0) {
        findings_fail(findings, "cannot run the command for the secret: %s", strerror(errno));
        return false;
    }
    ssize_t length = read_all(output, bytes);
    close(output);
    RETRY(ended, waitpid(process, &status, 0));
    struct slice secret = slice_trim((struct slice){bytes, length > 0 ? (size_t)length : 0});
    bool one_line = slice_find(secret, "\n", 0) >= secret.length;
    bool kept = ended == process && status == 0 && secret.length > 0 && one_line &&
                keep(credentials->secret, secret);
    token_wipe(bytes, sizeof bytes);
    if (!kept) {
        findings_fail(findings, status != 0
                                    ? "the command for the secret has failed"
                                    : "the command for the secret must print one line, the secret");
    }
    return kept;
}

/* ---- the environment ---- */

/* Takes a variable out of the environment: no program that is started sees it, nor does /proc. */
static bool take_variable(const char *name, char place[TOKEN_LONGEST_ID + 1])
{
    char *value = getenv(name);
    bool fits = value == NULL || place[0] != '\0' || keep(place, slice_of(value));
    if (value != NULL) {
        token_wipe(value, strlen(value));
        unsetenv(name);
    }
    return fits;
}

/* ---- all of them ---- */

static bool check(struct findings *findings, struct api_credentials *credentials)
{
    if (credentials->client_id[0] == '\0' || credentials->secret[0] == '\0') {
        findings_fail(findings,
                      "the platform needs the %s of an app: set %s, or use `--credentials FILE` or "
                      "%s",
                      credentials->client_id[0] == '\0' ? "client id" : "client secret",
                      credentials->client_id[0] == '\0' ? ID_NAME : SECRET_NAME,
                      credentials->client_id[0] == '\0' ? "`--client-id ID`"
                                                        : "`--secret-command COMMAND`");
        return false;
    }
    if (!token_takes_client_id(slice_of(credentials->client_id))) {
        findings_fail(findings,
                      "the client id is not one of the platform: it consists of letters, "
                      "digits and hyphens, such as cs-1e845b00-81ad-5757-a1e7-d0f6fea227e9");
        return false;
    }
    return true;
}

bool credentials_find(const struct options *options, struct findings *findings,
                      struct api_credentials *credentials)
{
    credentials_wipe(credentials);
    bool fits = options->online.client_id == NULL ||
                keep(credentials->client_id, slice_of(options->online.client_id));
    struct api_credentials filed = {0};
    bool found = options->online.credentials == NULL ||
                 read_file(options->online.credentials, findings, &filed);
    if (credentials->client_id[0] == '\0') {
        memcpy(credentials->client_id, filed.client_id, sizeof filed.client_id);
    }
    memcpy(credentials->secret, filed.secret, sizeof filed.secret);
    credentials_wipe(&filed);
    found = found && (options->online.secret_command == NULL ||
                      run_command(options->online.secret_command, findings, credentials));
    fits = take_variable(ID_NAME, credentials->client_id) && fits;
    fits = take_variable(SECRET_NAME, credentials->secret) && fits;
    if (found && !fits) {
        findings_fail(findings, "the client id and the client secret have at most %d characters",
                      TOKEN_LONGEST_ID);
    }
    return found && fits && check(findings, credentials);
}
