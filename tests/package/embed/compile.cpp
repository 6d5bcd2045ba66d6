// A template from memory to memory, in C++; the artifact goes to standard output.
#include <dialogc.h>

#include <iostream>
#include <memory>
#include <string>

int main()
{
    const std::string text = "dialogc: 1\n"
                             "template: hello\n"
                             "title: Say Hello\n"
                             "intent: {utterances: [hello]}\n"
                             "messages: {greeting: Hello!}\n";
    const std::unique_ptr<dialogc, decltype(&dialogc_free)> compiler(dialogc_new(), dialogc_free);
    const std::unique_ptr<dialogc_result, decltype(&dialogc_result_free)> result(
        dialogc_compile(compiler.get(), dialogc_input{"hello.yaml", text.data(), text.size()}),
        dialogc_result_free);
    if (dialogc_result_status(result.get()) != DIALOGC_OK) {
        return 1;
    }
    std::size_t length = 0;
    const char *artifact = dialogc_result_artifact(result.get(), &length);
    std::cout.write(artifact, static_cast<std::streamsize>(length));
    return std::cout ? 0 : 1;
}
