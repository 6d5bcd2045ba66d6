/*
 * Fuzz target: the whole compiler, from bytes to artifact. Built with clang and libFuzzer:
 *
 *     cmake -B build/fuzz -G Ninja -DCMAKE_C_COMPILER=clang -DDIALOGC_FUZZ=ON
 *     cmake --build build/fuzz && mkdir corpus && cp -r templates/salesforce/. corpus
 *     build/fuzz/tests/fuzz_compile corpus
 *
 * An artifact must be JSON text; everything else is for the sanitizers to find.
 */
#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>

#include "dialogc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct dialogc *dialogc;
    if (dialogc == NULL) {
        dialogc = dialogc_new();
    }
    struct dialogc_result *result =
        dialogc_compile(dialogc, (struct dialogc_input){"t.yaml", (const char *)data, size});
    size_t length;
    const char *artifact = dialogc_result_artifact(result, &length);
    if (dialogc_result_status(result) == DIALOGC_OK) {
        cJSON *json = cJSON_ParseWithLength(artifact, length);
        if (json == NULL) {
            abort();
        }
        cJSON_Delete(json);
    }
    dialogc_result_free(result);
    return 0;
}
