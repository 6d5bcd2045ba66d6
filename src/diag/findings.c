#include "diag/findings.h"

#include <stdarg.h>

static struct slice *add(struct arena *arena, struct slice *list, size_t *count, struct slice text)
{
    list = arena_append(arena, list, *count, sizeof *list);
    list[(*count)++] = text;
    return list;
}

void findings_fail(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_vprintf(findings->arena, format, arguments);
    va_end(arguments);
    findings->failures = add(findings->arena, findings->failures, &findings->failure_count, text);
}

void findings_remark(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_vprintf(findings->arena, format, arguments);
    va_end(arguments);
    findings->remarks = add(findings->arena, findings->remarks, &findings->remark_count, text);
}

void findings_return(struct findings *findings, const struct findings *before)
{
    *findings = *before;
    if (findings->diagnostics.last != NULL) {
        findings->diagnostics.last->next = NULL;
    }
}

bool findings_failed(const struct findings *findings)
{
    return findings->failure_count > 0 || findings->out_of_memory;
}

bool findings_have_too_many_warnings(const struct findings *findings)
{
    return findings->max_warnings >= 0 &&
           findings->diagnostics.warning_count > (size_t)findings->max_warnings;
}

bool findings_are_clean(const struct findings *findings)
{
    return findings->diagnostics.error_count == 0 && !findings_failed(findings) &&
           !findings_have_too_many_warnings(findings);
}
