function quoted(value, like) {
    var escapes = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"};
    var text = show(value).replace(/[\\'"]/g, "\\$&");
    if (like) { // wildcards stand for themselves
        text = text.replace(/[%_]/g, "\\$&");
    }
    return text.replace(/[\n\r\t\b\f]/g, function (c) {
        return escapes[c];
    });
}
