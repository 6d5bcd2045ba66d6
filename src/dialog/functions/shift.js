function shift(value, count, unit) { // by days, months or minutes
    var at = moment(value);
    if (!at || (!at.timed && unit === "minute")) {
        return value;
    }
    var day = new Date(at.wall);
    if (unit === "month") { // January 31 and a month is the last day of February
        var month = day.getUTCMonth() + count;
        var length = new Date(Date.UTC(day.getUTCFullYear(), month + 1, 0)).getUTCDate();
        var wanted = Math.min(day.getUTCDate(), length);
        day.setUTCFullYear(day.getUTCFullYear(), month, wanted);
    } else {
        day = new Date(at.wall + count * (unit === "day" ? 86400000 : 60000));
    }
    if (!(day.getUTCFullYear() >= 1000 && day.getUTCFullYear() <= 9999)) {
        return value;
    }
    return day.toISOString().slice(0, at.timed ? 19 : 10) + at.zone;
}
