#define _POSIX_C_SOURCE 200809L

#include "cli/ask.h"

#include <stdio.h>
#include <unistd.h>

enum { LONGEST_ANSWER = 1000 };

bool ask_is_possible(void)
{
    return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
}

bool ask_line(struct arena *arena, struct slice fallback, struct slice *answer)
{
    char line[LONGEST_ANSWER];
    if (fgets(line, sizeof line, stdin) == NULL) {
        printf("\n");
        return false;
    }
    *answer = arena_slice(arena, slice_trim(slice_of(line)));
    *answer = answer->length > 0 ? *answer : fallback;
    return answer->length > 0;
}

bool ask(struct arena *arena, const char *question, struct slice fallback, struct slice *answer)
{
    if (fallback.length > 0) {
        printf("%s [%.*s]: ", question, SLICE_ARG(fallback));
    } else {
        printf("%s: ", question);
    }
    fflush(stdout);
    return ask_line(arena, fallback, answer);
}
