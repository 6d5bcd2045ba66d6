function datetime(value) {
    var text = show(value);
    if (value === undefined || text === "") {
        return undefined;
    }
    if (/^\d{4}-\d{2}-\d{2}T[0-9:.]+$/.test(text)) {
        return text + "Z";
    }
    if (/^\d{4}-\d{2}-\d{2}T/.test(text)) {
        return text;
    }
    var day = date(value);
    return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day + "T00:00:00Z" : day;
}
