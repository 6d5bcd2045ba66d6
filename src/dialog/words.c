/* Adding a language is adding a row. */
#include "dialog/words.h"

static const struct {
    const char *locale;
    const char *words[4];
} languages[] = {
    {"en",
     {"Please enter: ", "Sorry, that did not work: ", "the service did not answer",
      "the service answered with status "}},
    {"de",
     {"Bitte geben Sie ein: ", "Das hat leider nicht geklappt: ",
      "der Dienst hat nicht geantwortet", "der Dienst hat mit Status geantwortet: "}},
    {"fr",
     {"Veuillez saisir : ", "Désolé, cela n'a pas fonctionné : ", "le service n'a pas répondu",
      "le service a répondu avec le statut "}},
    {"es",
     {"Por favor, introduzca: ", "Lo siento, no ha funcionado: ", "el servicio no respondió",
      "el servicio respondió con el estado "}},
};

struct slice words_get(enum words words, struct slice locale)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        if (slice_starts_with(locale, languages[i].locale) &&
            (locale.length == 2 || locale.data[2] == '_' || locale.data[2] == '-')) {
            return slice_of(languages[i].words[words]);
        }
    }
    return slice_of(languages[0].words[words]);
}
