function term(value, phrase) {
    var text = show(value).replace(/[?&|!{}\[\]()^~*:\\"'+\-]/g, "\\$&");
    return phrase ? text // a word that is an operator gets quotes elsewhere
        : text.replace(/(^|[\s,;.])(and|or|not)(?=[\s,;.]|$)/gi, "$1\"$2\"");
}
