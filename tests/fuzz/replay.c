/*
 * Runs a fuzz target without a fuzzer: over files and folders, `replay_yaml FOLDER…`, and over
 * inputs that a seed makes, `replay_query --generated COUNT`. The same bytes come on every machine.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(size > 0 ? (size_t)size : 1); /* no byte behind it: overruns show */
    size_t got = bytes != NULL ? fread(bytes, 1, (size_t)size, file) : 0;
    fclose(file);
    if (bytes == NULL || got != (size_t)size) {
        free(bytes);
        return 1;
    }
    LLVMFuzzerTestOneInput(bytes, got);
    free(bytes);
    return 0;
}

/* Inputs of 0 to 255 bytes, by a generator whose numbers depend on nothing but how many came
 * before. */
static void generate(long count)
{
    uint64_t state = 1;
    for (long i = 0; i < count; i++) {
        uint8_t bytes[256];
        for (size_t j = 0; j < sizeof bytes; j++) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            bytes[j] = (uint8_t)(state >> 56);
        }
        LLVMFuzzerTestOneInput(bytes + 1, bytes[0]);
    }
}

int main(int count, char **arguments)
{
    int passed = 0;
    int failed = 0;
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--generated") == 0 && i + 1 < count) {
            generate(strtol(arguments[++i], NULL, 10));
            passed++;
            continue;
        }
        DIR *folder = opendir(arguments[i]);
        struct dirent *entry;
        while (folder != NULL && (entry = readdir(folder)) != NULL) {
            char path[4096];
            if (entry->d_name[0] != '.') {
                snprintf(path, sizeof path, "%s/%s", arguments[i], entry->d_name);
                run(path) == 0 ? passed++ : failed++;
            }
        }
        if (folder != NULL) {
            closedir(folder);
        } else {
            run(arguments[i]) == 0 ? passed++ : failed++;
        }
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
