// The texts of the page, in the languages that it has.
const texts = {
  en: {
    language: "Language", theme: "Colours", auto: "System", light: "Light", dark: "Dark",
    search: "Search names, texts, requests …", found: (n) => (n === 1 ? "1 result" : `${n} results`),
    nothing: "Nothing found", more: (n) => `and ${n} more`,
    dialogs: "Dialogs", dialog: "Dialog", canvas: (name) => `Canvas of ${name}`, details: "Details",
    zoom: "Zoom", zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Show all", legend: "Legend",
    calls: "Calls", calledBy: "Called by", utterances: "Utterances", findings: "Findings",
    otherFindings: "Findings elsewhere", nodes: (n) => (n === 1 ? "1 node" : `${n} nodes`),
    leadsTo: "Leads to", reachedFrom: "Reached from", end: "End of the dialog", otherwise: "otherwise", always: "always",
    message: "Message", error: "When the answer is not understood", submitted: "After the form is sent",
    everyChannel: "every channel", script: "Script", printed: "The script of the message",
    request: "Request", profile: "Auth profile", headers: "Headers", body: "Body", before: "Script before", after: "Script after",
    sample: "Sample response", choices: "Choices", pattern: "Pattern", type: "Type", title: "Title", value: "Value",
    contains: "Contains", unfold: (name) => `Show what is in ${name}`, fold: (name) => `Hide what is in ${name}`,
    opens: "Open dialog", line: (file, line) => `${file}, line ${line}`, severity: { error: "Error", warning: "Warning" },
    taken: "taken by conversations", missed: "not taken", unreached: "not reached by exploration", selected: "selected", lineNumber: (n) => `Line ${n}`,
    image: "Picture", link: "Link", reply: "Quick reply", payload: "Message of the channel",
    kinds: {
      intent: "Intent", entity: "Entity", message: "Message", confirm: "Confirmation", action: "Bot action", script: "Script",
      service: "Service", logic: "Logic", dialog: "Dialog", transfer: "Agent transfer", form: "Form",
    },
    talk: "Chat", send: "Send", goBack: "Back", restart: "Start again", save: "Save as a test", answer: "What the user says",
    begin: "Say what a user would say to start the dialog.", saved: (name) => `Saved as ${name}: dialogc test runs it.`,
    requests: "Requests", context: "Context", records: "Records", transferred: "Transfer to a person", signIn: (profile) => `The user signs in: ${profile}`,
    added: "added", removed: "removed", changed: "changed", changes: "Changes", breaks: "breaking", noChanges: "Nothing has changed.", otherChanges: "Changes outside of dialogs",
  },
  de: {
    language: "Sprache", theme: "Farben", auto: "System", light: "Hell", dark: "Dunkel",
    search: "Namen, Texte, Anfragen suchen …", found: (n) => (n === 1 ? "1 Treffer" : `${n} Treffer`),
    nothing: "Nichts gefunden", more: (n) => `und ${n} weitere`,
    dialogs: "Dialoge", dialog: "Dialog", canvas: (name) => `Ablauf von ${name}`, details: "Einzelheiten",
    zoom: "Größe", zoomIn: "Vergrößern", zoomOut: "Verkleinern", fit: "Alles zeigen", legend: "Legende",
    calls: "Ruft auf", calledBy: "Aufgerufen von", utterances: "Äußerungen", findings: "Befunde",
    otherFindings: "Befunde an anderer Stelle", nodes: (n) => (n === 1 ? "1 Knoten" : `${n} Knoten`),
    leadsTo: "Führt zu", reachedFrom: "Erreicht von", end: "Ende des Dialogs", otherwise: "sonst", always: "immer",
    message: "Nachricht", error: "Wenn die Antwort nicht verstanden wird", submitted: "Nach dem Absenden des Formulars",
    everyChannel: "alle Kanäle", script: "Skript", printed: "Das Skript der Nachricht",
    request: "Anfrage", profile: "Anmeldeprofil", headers: "Kopfzeilen", body: "Inhalt", before: "Skript davor", after: "Skript danach",
    sample: "Beispielantwort", choices: "Auswahl", pattern: "Muster", type: "Typ", title: "Titel", value: "Wert",
    contains: "Enthält", unfold: (name) => `Zeigen, was in ${name} ist`, fold: (name) => `Verbergen, was in ${name} ist`,
    opens: "Dialog öffnen", line: (file, line) => `${file}, Zeile ${line}`, severity: { error: "Fehler", warning: "Warnung" },
    taken: "von Gesprächen durchlaufen", missed: "nicht durchlaufen", unreached: "von der Erkundung nicht erreicht", selected: "ausgewählt", lineNumber: (n) => `Zeile ${n}`,
    image: "Bild", link: "Verweis", reply: "Schnellantwort", payload: "Nachricht des Kanals",
    kinds: {
      intent: "Absicht", entity: "Entität", message: "Nachricht", confirm: "Bestätigung", action: "Bot-Aktion", script: "Skript",
      service: "Dienst", logic: "Verzweigung", dialog: "Dialog", transfer: "Übergabe", form: "Formular",
    },
    talk: "Gespräch", send: "Senden", goBack: "Zurück", restart: "Von vorn", save: "Als Test sichern", answer: "Was der Benutzer sagt",
    begin: "Sagen Sie, womit ein Benutzer den Dialog beginnt.", saved: (name) => `Gesichert als ${name}: dialogc test führt es aus.`,
    requests: "Anfragen", context: "Kontext", records: "Datensätze", transferred: "Übergabe an einen Menschen", signIn: (profile) => `Der Benutzer meldet sich an: ${profile}`,
    added: "hinzugefügt", removed: "entfernt", changed: "geändert", changes: "Änderungen", breaks: "bricht Bestehendes", noChanges: "Nichts hat sich geändert.", otherChanges: "Änderungen außerhalb der Dialoge",
  },
};

// The words of conditions come in English; they stand behind a name in backquotes, which is how they are known.
const conditions = {
  de: [
    ["is more than", "ist mehr als"], ["is less than", "ist weniger als"], ["is at least", "ist mindestens"],
    ["is at most", "ist höchstens"], ["is not", "ist nicht"], ["has no value", "hat keinen Wert"],
    ["has a value", "hat einen Wert"], ["contains", "enthält"], ["is", "ist"],
  ],
};

export function languages() {
  return Object.keys(texts);
}

export function textsIn(language) {
  return texts[language] ?? texts.en;
}

// The words of a condition in a language: "`age` is at least 17; otherwise".
export function conditionIn(language, words) {
  const pairs = conditions[language];
  if (pairs === undefined || words === undefined) {
    return words;
  }
  const known = pairs.map((pair) => pair[0]).join("|");
  return words
    .replace(new RegExp("(`[^`]*`) (" + known + ")(?= |;|$)", "g"), (all, name, phrase) => `${name} ${pairs.find((pair) => pair[0] === phrase)[1]}`)
    .replace(/ and (?=`)/g, " und ")
    .replace(/ or (?=`)/g, " oder ")
    .replace(/(^|; )otherwise$/, `$1${texts[language].otherwise}`)
    .replace(/the answer is (yes|no)/g, (all, answer) => `die Antwort ist ${answer === "yes" ? "Ja" : "Nein"}`)
    .replace(/another intent is recognised/g, "eine andere Absicht wird erkannt");
}
