function literal(value, kind, like) {
    if (value instanceof Array) {
        var items = [];
        for (var i = 0; i < value.length; i++) {
            items.push(literal(value[i], kind, like));
        }
        return "(" + (items.join(", ") || "null") + ")";
    }
    if (value === undefined || value === null) {
        return "null";
    }
    var forms = {
        "boolean": /^(true|false)$/,
        "number": /^-?\d+(\.\d+)?$/,
        "date": /^\d{4}-\d{2}-\d{2}$/,
        "datetime": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/
    };
    var text = show(value);
    return forms[kind] && forms[kind].test(text) ? text : "'" + quoted(value, like) + "'";
}
