#include "diag/findings.h"

#include <stdarg.h>

void findings_fail(struct findings *findings, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice message = arena_vprintf(findings->arena, format, arguments);
    va_end(arguments);
    findings->failures = arena_append(findings->arena, findings->failures, findings->failure_count,
                                      sizeof *findings->failures);
    findings->failures[findings->failure_count++] = message;
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
