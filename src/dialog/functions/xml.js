function xml(value) {
    var text = show(value).replace(/[^\t\n\r\u0020-\uFFFD]/g, "");
    return text.replace(/[&<>"'\t\n\r]/g, function (c) {
        return "&#" + c.charCodeAt(0) + ";";
    });
}
