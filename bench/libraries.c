/*
 * What the libraries alone cost for the same result: libyaml's scan of every template, and cJSON
 * building and printing the artifact that it compiles to. The artifacts are read beforehand, and
 * the time for that does not count; printed is the time of the rest, in milliseconds. Nothing is
 * checked, and nothing written. bench-libraries TEMPLATES ARTIFACTS
 */
#define _POSIX_C_SOURCE 200809L

#include <cjson/cJSON.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
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

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

int main(int count, char **arguments)
{
    double spent = 0;
    DIR *folder = count == 3 ? opendir(arguments[1]) : NULL;
    if (folder == NULL) {
        fputs("usage: bench-libraries TEMPLATES ARTIFACTS\n", stderr);
        return 2;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const char *dot = strstr(entry->d_name, ".yaml");
        if (dot == NULL) {
            continue;
        }
        char artifact[512];
        size_t size, artifact_size;
        snprintf(artifact, sizeof artifact, "%.*s.dialog.json", (int)(dot - entry->d_name),
                 entry->d_name);
        char *text = read_file(arguments[1], entry->d_name, &size);
        char *json = read_file(arguments[2], artifact, &artifact_size);
        cJSON *tree = cJSON_ParseWithLength(json, artifact_size);
        double start = now();
        scan(text, size);
        cJSON *built = cJSON_Duplicate(tree, 1);
        char *printed = cJSON_Print(built);
        spent += now() - start;
        cJSON_free(printed);
        cJSON_Delete(built);
        cJSON_Delete(tree);
        free(text);
        free(json);
    }
    closedir(folder);
    printf("%.3f\n", spent);
    return 0;
}
