function either(values) {
    for (var i = 0; i < values.length; i++) {
        var empty = values[i] instanceof Array && values[i].length === 0;
        if (values[i] !== undefined && values[i] !== null && values[i] !== "" && !empty) {
            return values[i];
        }
    }
    return undefined;
}
