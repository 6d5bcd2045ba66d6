function sayDateTime(value) {
    var at = local(value);
    if (!at) {
        return value;
    }
    return at.timed ? fill(language.dateTime, {date: dayOf(at), time: clockOf(at)}) : dayOf(at);
}
