function part(value) {
    var text = show(value);
    if (text === "." || text === "..") { // would climb in the path
        text = text.replace(/\./g, "\u2024");
    }
    return encodeURIComponent(text);
}
