function date(value) {
    if (value === undefined) {
        return undefined;
    }
    var text = show(value);
    var american = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text);
    if (american) {
        return american[3] + "-" + american[1] + "-" + american[2];
    }
    return /^\d{4}-\d{2}-\d{2}T[0-9:.]+(Z|[+-][0-9:]+)?$/.test(text) ? text.slice(0, 10) : text;
}
