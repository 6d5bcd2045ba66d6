function yes(value) {
    if (value === undefined || typeof value === "boolean") {
        return value;
    }
    return /^(yes|true)$/i.test(show(value));
}
