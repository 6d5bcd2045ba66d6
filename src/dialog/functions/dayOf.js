function dayOf(at) {
    var day = new Date(at.wall);
    return fill(language.date, {d: day.getUTCDate(), m: day.getUTCMonth() + 1,
        month: language.months[day.getUTCMonth()], y: day.getUTCFullYear()});
}
