/* Runs a fuzz target over files and folders, without a fuzzer: `replay_yaml FOLDER…`. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

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

int main(int count, char **arguments)
{
    int passed = 0;
    int failed = 0;
    for (int i = 1; i < count; i++) {
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
