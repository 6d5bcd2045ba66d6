/* Adding a language is adding a row. */
#include "dialog/words.h"

static const struct {
    const char *locale;
    const char *words[WORDS_COUNT];
} languages[] = {
    {"en",
     {[WORDS_PROMPT] = "Please enter: ",
      [WORDS_FAILED] = "Sorry, that did not work: ",
      [WORDS_NO_ANSWER] = "the service did not answer",
      [WORDS_STATUS] = "the service answered with status ",
      [WORDS_MISSING_FIELD] = "a required value is missing",
      [WORDS_DUPLICATE] = "there is such a record already",
      [WORDS_INVALID_EMAIL] = "the e-mail address is not accepted",
      [WORDS_DELETED] = "the record has been deleted",
      [WORDS_CONVERTED] = "the lead has been converted and can no longer be changed",
      [WORDS_NO_ACCESS] = "you have no access to this",
      [WORDS_LIMIT_EXCEEDED] = "a limit of the organisation is used up, please try again later",
      [WORDS_LOGIN] = "the login to Salesforce has expired",
      [WORDS_NOT_FOUND] = "there is no such record",
      [WORDS_SHORT_TERM] = "a search needs at least two characters",
      [WORDS_TOO_LONG] = "That is too long: please use at most ",
      [WORDS_TOO_LONG_END] = " characters.",
      [WORDS_TOO_SHORT] = "That is too short to search for: please enter at least two characters.",
      [WORDS_SHOWN] = "The first ",
      [WORDS_SHOWN_OF] = " of ",
      [WORDS_SHOWN_END] = " are shown.",
      [WORDS_MAY_BE_MORE] = "There may be more."}},
    {"de",
     {[WORDS_PROMPT] = "Bitte geben Sie ein: ",
      [WORDS_FAILED] = "Das hat leider nicht geklappt: ",
      [WORDS_NO_ANSWER] = "der Dienst hat nicht geantwortet",
      [WORDS_STATUS] = "der Dienst hat mit Status geantwortet: ",
      [WORDS_MISSING_FIELD] = "es fehlt ein Pflichtwert",
      [WORDS_DUPLICATE] = "einen solchen Datensatz gibt es bereits",
      [WORDS_INVALID_EMAIL] = "die E-Mail-Adresse wird nicht angenommen",
      [WORDS_DELETED] = "der Datensatz wurde gelöscht",
      [WORDS_CONVERTED] = "der Lead wurde konvertiert und kann nicht mehr geändert werden",
      [WORDS_NO_ACCESS] = "Sie haben darauf keinen Zugriff",
      [WORDS_LIMIT_EXCEEDED] =
          "ein Kontingent der Organisation ist aufgebraucht, bitte versuchen Sie es später wieder",
      [WORDS_LOGIN] = "die Anmeldung bei Salesforce ist abgelaufen",
      [WORDS_NOT_FOUND] = "einen solchen Datensatz gibt es nicht",
      [WORDS_SHORT_TERM] = "eine Suche braucht mindestens zwei Zeichen",
      [WORDS_TOO_LONG] = "Das ist zu lang: bitte höchstens ",
      [WORDS_TOO_LONG_END] = " Zeichen.",
      [WORDS_TOO_SHORT] =
          "Das ist zu kurz für eine Suche: bitte geben Sie mindestens zwei Zeichen ein.",
      [WORDS_SHOWN] = "Gezeigt werden die ersten ",
      [WORDS_SHOWN_OF] = " von ",
      [WORDS_SHOWN_END] = ".",
      [WORDS_MAY_BE_MORE] = "Es gibt vielleicht noch mehr."}},
    {"fr",
     {[WORDS_PROMPT] = "Veuillez saisir : ",
      [WORDS_FAILED] = "Désolé, cela n'a pas fonctionné : ",
      [WORDS_NO_ANSWER] = "le service n'a pas répondu",
      [WORDS_STATUS] = "le service a répondu avec le statut ",
      [WORDS_MISSING_FIELD] = "une valeur obligatoire manque",
      [WORDS_DUPLICATE] = "un tel enregistrement existe déjà",
      [WORDS_INVALID_EMAIL] = "l'adresse e-mail n'est pas acceptée",
      [WORDS_DELETED] = "l'enregistrement a été supprimé",
      [WORDS_CONVERTED] = "la piste a été convertie et ne peut plus être modifiée",
      [WORDS_NO_ACCESS] = "vous n'y avez pas accès",
      [WORDS_LIMIT_EXCEEDED] =
          "une limite de l'organisation est atteinte, veuillez réessayer plus tard",
      [WORDS_LOGIN] = "la connexion à Salesforce a expiré",
      [WORDS_NOT_FOUND] = "cet enregistrement n'existe pas",
      [WORDS_SHORT_TERM] = "une recherche demande au moins deux caractères",
      [WORDS_TOO_LONG] = "C'est trop long : au plus ",
      [WORDS_TOO_LONG_END] = " caractères, s'il vous plaît.",
      [WORDS_TOO_SHORT] =
          "C'est trop court pour une recherche : veuillez saisir au moins deux caractères.",
      [WORDS_SHOWN] = "Voici les ",
      [WORDS_SHOWN_OF] = " premiers sur ",
      [WORDS_SHOWN_END] = ".",
      [WORDS_MAY_BE_MORE] = "Il y en a peut-être d'autres."}},
    {"es",
     {[WORDS_PROMPT] = "Por favor, introduzca: ",
      [WORDS_FAILED] = "Lo siento, no ha funcionado: ",
      [WORDS_NO_ANSWER] = "el servicio no respondió",
      [WORDS_STATUS] = "el servicio respondió con el estado ",
      [WORDS_MISSING_FIELD] = "falta un valor obligatorio",
      [WORDS_DUPLICATE] = "ya existe un registro así",
      [WORDS_INVALID_EMAIL] = "la dirección de correo no se acepta",
      [WORDS_DELETED] = "el registro se ha eliminado",
      [WORDS_CONVERTED] = "el candidato se ha convertido y ya no se puede cambiar",
      [WORDS_NO_ACCESS] = "no tiene acceso a esto",
      [WORDS_LIMIT_EXCEEDED] = "se ha agotado un límite de la organización, inténtelo más tarde",
      [WORDS_LOGIN] = "la sesión de Salesforce ha caducado",
      [WORDS_NOT_FOUND] = "no existe ese registro",
      [WORDS_SHORT_TERM] = "una búsqueda necesita al menos dos caracteres",
      [WORDS_TOO_LONG] = "Es demasiado largo: como máximo ",
      [WORDS_TOO_LONG_END] = " caracteres, por favor.",
      [WORDS_TOO_SHORT] = "Es demasiado corto para buscar: introduzca al menos dos caracteres.",
      [WORDS_SHOWN] = "Se muestran los primeros ",
      [WORDS_SHOWN_OF] = " de ",
      [WORDS_SHOWN_END] = ".",
      [WORDS_MAY_BE_MORE] = "Puede haber más."}},
};

/* The platform's error prompts of entity types, found by how they begin. */
static const struct {
    const char *english;
    const char *others[3]; /* in the order of `languages`, without English */
} prompts[] = {
    {"I'm sorry, I am unable to recognize the string.",
     {"Das habe ich leider nicht verstanden. Bitte geben Sie es noch einmal ein.",
      "Désolé, je n'ai pas compris. Veuillez saisir votre réponse à nouveau.",
      "Lo siento, no lo he entendido. Introdúzcalo de nuevo, por favor."}},
    {"I'm sorry, I did not recognize the number",
     {"Das habe ich leider nicht als Zahl verstanden. Bitte geben Sie noch einmal eine Zahl ein.",
      "Désolé, je n'ai pas reconnu ce nombre. Veuillez saisir un nombre à nouveau.",
      "Lo siento, no he reconocido el número. Introduzca un número de nuevo, por favor."}},
    {"I'm sorry, I did not recognize the value",
     {"Diesen Wert kenne ich leider nicht. Bitte wählen Sie einen aus der Liste.",
      "Désolé, je ne connais pas cette valeur. Veuillez en choisir une dans la liste.",
      "Lo siento, no conozco ese valor. Elija uno de la lista, por favor."}},
    {"I'm sorry, I am unable to recognize the date",
     {"Das habe ich leider nicht als Datum verstanden. Bitte geben Sie es noch einmal ein, in der "
      "Form JJJJ-MM-TT oder MM-TT-JJJJ.",
      "Désolé, je n'ai pas reconnu la date. Veuillez la saisir à nouveau, sous la forme AAAA-MM-JJ "
      "ou MM-JJ-AAAA.",
      "Lo siento, no he reconocido la fecha. Introdúzcala de nuevo en la forma AAAA-MM-DD o "
      "MM-DD-AAAA, por favor."}},
    {"I apologize. I am unable to recognize the time",
     {"Das habe ich leider nicht als Uhrzeit verstanden. Bitte geben Sie sie noch einmal ein.",
      "Désolé, je n'ai pas reconnu l'heure. Veuillez la saisir à nouveau.",
      "Lo siento, no he reconocido la hora. Introdúzcala de nuevo, por favor."}},
    {"I'm sorry, I did not recognize the email",
     {"Das habe ich leider nicht als E-Mail-Adresse verstanden. Bitte geben Sie sie noch einmal "
      "ein, "
      "zum Beispiel max@example.com.",
      "Désolé, je n'ai pas reconnu l'adresse e-mail. Veuillez la saisir à nouveau, par exemple "
      "marie@example.com.",
      "Lo siento, no he reconocido la dirección de correo. Introdúzcala de nuevo, por ejemplo "
      "maria@example.com."}},
    {"I apologize, I am unable to recognize the phone number",
     {"Das habe ich leider nicht als Telefonnummer verstanden. Bitte geben Sie sie noch einmal "
      "ein, "
      "mit der Vorwahl.",
      "Désolé, je n'ai pas reconnu le numéro de téléphone. Veuillez le saisir à nouveau, avec "
      "l'indicatif.",
      "Lo siento, no he reconocido el número de teléfono. Introdúzcalo de nuevo con el prefijo, "
      "por "
      "favor."}},
    {"I'm sorry, I did not recognize the name",
     {"Diesen Namen habe ich leider nicht verstanden. Bitte geben Sie Vor- und Nachnamen ein.",
      "Désolé, je n'ai pas reconnu le nom. Veuillez saisir le prénom et le nom.",
      "Lo siento, no he reconocido el nombre. Introduzca el nombre y el apellido, por favor."}},
    {"I'm sorry, I am unable to recognize the location",
     {"Diesen Ort habe ich leider nicht verstanden. Bitte geben Sie die ganze Adresse ein.",
      "Désolé, je n'ai pas reconnu le lieu. Veuillez saisir l'adresse complète.",
      "Lo siento, no he reconocido el lugar. Introduzca la dirección completa, por favor."}},
    {"I'm sorry, I am unable to recognize your input.",
     {"Das habe ich leider nicht verstanden. Bitte geben Sie etwas Passendes ein.",
      "Désolé, je n'ai pas compris. Veuillez saisir une réponse valable.",
      "Lo siento, no lo he entendido. Introduzca una respuesta válida, por favor."}},
};

/* The place of the locale's language in the table; 0, English, where it is not there. */
static size_t language_of(struct slice locale)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        if (slice_starts_with(locale, languages[i].locale) &&
            (locale.length == 2 || locale.data[2] == '_' || locale.data[2] == '-')) {
            return i;
        }
    }
    return 0;
}

struct slice words_get(enum words words, struct slice locale)
{
    return slice_of(languages[language_of(locale)].words[words]);
}

struct slice words_translate(const char *english, struct slice locale)
{
    size_t language = language_of(locale);
    for (size_t i = 0; language > 0 && i < sizeof prompts / sizeof prompts[0]; i++) {
        if (slice_starts_with(slice_of(english), prompts[i].english)) {
            return slice_of(prompts[i].others[language - 1]);
        }
    }
    return slice_of(english);
}
