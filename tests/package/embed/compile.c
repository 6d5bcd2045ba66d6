/* A template from memory to memory, as in dialogc.h; the artifact goes to standard output. */
#include <dialogc.h>
#include <stdio.h>
#include <string.h>

static const char text[] = "dialogc: 1\n"
                           "template: hello\n"
                           "title: Say Hello\n"
                           "intent: {utterances: [hello]}\n"
                           "messages: {greeting: Hello!}\n";

int main(void)
{
    struct dialogc *compiler = dialogc_new();
    struct dialogc_input input = {"hello.yaml", text, strlen(text)};
    struct dialogc_result *result = dialogc_compile(compiler, input);
    size_t length = 0;
    const char *artifact = dialogc_result_artifact(result, &length);
    int failed = dialogc_result_status(result) != DIALOGC_OK ||
                 fwrite(artifact, 1, length, stdout) != length;
    dialogc_result_free(result);
    dialogc_free(compiler);
    return failed;
}
