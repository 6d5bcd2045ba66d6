/*
 * libdialogc compiles action templates to dialog tasks of the Kore.ai XO Platform, from memory
 * to memory.
 *
 *     struct dialogc *compiler = dialogc_new();
 *     struct dialogc_result *result =
 *         dialogc_compile(compiler, (struct dialogc_input){"lead.yaml", text, length});
 *     if (dialogc_result_status(result) == DIALOGC_OK) {
 *         fwrite(dialogc_result_artifact(result, &size), 1, size, stdout);
 *     }
 *     dialogc_result_free(result);
 *     dialogc_free(compiler);
 *
 * The library has no global state, prints nothing and never ends the process. Several threads may
 * call dialogc_compile with one compiler at once; functions that change a compiler need it alone.
 */
#ifndef DIALOGC_H
#define DIALOGC_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DIALOGC_API __attribute__((visibility("default")))
#else
#define DIALOGC_API
#endif

/* The version of the library, such as "0.1.0". Static storage. */
DIALOGC_API const char *dialogc_version(void);

/* A text, and its name for messages. The bytes are UTF-8, need no NUL, and are only borrowed. */
struct dialogc_input {
    const char *name;
    const char *bytes;
    size_t length;
};

enum dialogc_status {
    DIALOGC_OK = 0,           /* no errors; there may be warnings */
    DIALOGC_FINDINGS = 1,     /* the input has errors: see the findings */
    DIALOGC_OUT_OF_MEMORY = 3 /* the input could not be checked */
};

enum dialogc_severity { DIALOGC_ERROR, DIALOGC_WARNING };

/* A finding. All texts belong to the result. Lines and columns count from 1. */
struct dialogc_finding {
    const char *code; /* "E0202" */
    enum dialogc_severity severity;
    const char *message;
    const char *file;
    size_t line;
    size_t column;
    size_t end_line;
    size_t end_column;
    const char *suggestion; /* what the author probably meant, or NULL */
};

struct dialogc;
struct dialogc_result;

/* A compiler with the default project and the auth profile `salesforce`. NULL if out of memory. */
DIALOGC_API struct dialogc *dialogc_new(void);

/* Frees the compiler; NULL is allowed. Results stay valid. */
DIALOGC_API void dialogc_free(struct dialogc *compiler);

/* Uses the project file (dialogc.yaml) in `input` from now on. The result has its findings. */
DIALOGC_API struct dialogc_result *dialogc_set_project(struct dialogc *compiler,
                                                       struct dialogc_input input);

/* Adds the auth profile in `input`. The result has its findings. */
DIALOGC_API struct dialogc_result *dialogc_add_auth(struct dialogc *compiler,
                                                    struct dialogc_input input);

/*
 * Adds the description of a Salesforce object in `input`, as `dialogc sobject import` writes it;
 * JSON if the name ends in ".json", else YAML. The result has its findings.
 */
DIALOGC_API struct dialogc_result *dialogc_add_sobject(struct dialogc *compiler,
                                                       struct dialogc_input input);

/* Adds the fragment in `input`. The result has its findings. */
DIALOGC_API struct dialogc_result *dialogc_add_fragment(struct dialogc *compiler,
                                                        struct dialogc_input input);

/* Compiles one template. NULL only if there is not enough memory even for a result. */
DIALOGC_API struct dialogc_result *dialogc_compile(const struct dialogc *compiler,
                                                   struct dialogc_input input);

/* DIALOGC_OUT_OF_MEMORY for NULL. */
DIALOGC_API enum dialogc_status dialogc_result_status(const struct dialogc_result *result);

/* The artifact, JSON text of `*length` bytes followed by a NUL; NULL if there is none. */
DIALOGC_API const char *dialogc_result_artifact(const struct dialogc_result *result,
                                                size_t *length);

/* The findings, in the order of the text. */
DIALOGC_API const struct dialogc_finding *
dialogc_result_findings(const struct dialogc_result *result, size_t *count);

/* Frees the result with all its texts; NULL is allowed. */
DIALOGC_API void dialogc_result_free(struct dialogc_result *result);

#ifdef __cplusplus
}
#endif

#endif
