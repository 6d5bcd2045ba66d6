function show(value) {
    if (value === undefined) {
        return "";
    }
    return value instanceof Array ? value.join(", ") : String(value);
}
