/*
 * What the libraries and the kernel alone cost for the same result. The artifacts are read
 * beforehand, and the time for that does not count. Printed are two times, in milliseconds, of all
 * templates: libyaml's scan, with cJSON building and printing the artifact, in memory; and
 * libyaml's scan, with reading the template and writing the artifact's bytes to a file that is then
 * renamed. Nothing is checked. bench-libraries TEMPLATES ARTIFACTS OUTPUT
 */
#define _POSIX_C_SOURCE 200809L

#include <cjson/cJSON.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <yaml.h>

static char *read_file(const char *folder, const char *name, size_t *size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(3);
    }
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    if (bytes == NULL || fread(bytes, 1, *size, file) != *size) {
        exit(3);
    }
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

static void scan(const char *bytes, size_t size)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int done = 0;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, size);
    while (!done && yaml_parser_parse(&parser, &event)) {
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

/* A template to its events and an artifact to its file, with as few calls as there can be. */
static void transfer(const char *template, const char *json, size_t size, const char *output)
{
    static char bytes[1 << 16];
    char temporary[4300];
    snprintf(temporary, sizeof temporary, "%s.tmp", output);
    int in = open(template, O_RDONLY);
    ssize_t length = read(in, bytes, sizeof bytes);
    close(in);
    scan(bytes, length > 0 ? (size_t)length : 0);
    int out = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (length < 0 || out < 0 || write(out, json, size) != (ssize_t)size || close(out) != 0 ||
        rename(temporary, output) != 0) {
        perror(output);
        exit(3);
    }
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

int main(int count, char **arguments)
{
    double built_in = 0;
    double written_in = 0;
    DIR *folder = count == 4 ? opendir(arguments[1]) : NULL;
    if (folder == NULL) {
        fputs("usage: bench-libraries TEMPLATES ARTIFACTS OUTPUT\n", stderr);
        return 2;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const char *dot = strstr(entry->d_name, ".yaml");
        if (dot == NULL) {
            continue;
        }
        char artifact[512];
        char template[4200];
        char output[4200];
        size_t size, artifact_size;
        snprintf(artifact, sizeof artifact, "%.*s.dialog.json", (int)(dot - entry->d_name),
                 entry->d_name);
        snprintf(template, sizeof template, "%s/%s", arguments[1], entry->d_name);
        snprintf(output, sizeof output, "%s/%s", arguments[3], artifact);
        char *text = read_file(arguments[1], entry->d_name, &size);
        char *json = read_file(arguments[2], artifact, &artifact_size);
        cJSON *tree = cJSON_ParseWithLength(json, artifact_size);
        double start = now();
        scan(text, size);
        cJSON *built = cJSON_Duplicate(tree, 1);
        char *printed = cJSON_Print(built);
        built_in += now() - start;
        start = now();
        transfer(template, json, artifact_size, output);
        written_in += now() - start;
        cJSON_free(printed);
        cJSON_Delete(built);
        cJSON_Delete(tree);
        free(text);
        free(json);
    }
    closedir(folder);
    printf("%.3f %.3f\n", built_in, written_in);
    return 0;
}
