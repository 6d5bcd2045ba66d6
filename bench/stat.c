/*
 * The floor of a build with nothing to do: stat of the files named in the lists, one path a line.
 * Prints how many there are. bench-stat LIST...
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int main(int count, char **arguments)
{
    char line[4096];
    struct stat facts;
    unsigned long found = 0;
    for (int i = 1; i < count; i++) {
        FILE *list = fopen(arguments[i], "r");
        while (list != NULL && fgets(line, sizeof line, list) != NULL) {
            line[strcspn(line, "\n")] = '\0';
            found += stat(line, &facts) == 0;
        }
        if (list == NULL || fclose(list) != 0) {
            perror(arguments[i]);
            return 3;
        }
    }
    printf("%lu files\n", found);
    return 0;
}
