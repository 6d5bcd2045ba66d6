function local(value) {
    var at = moment(value);
    if (!at || at.offset === undefined) { // a day, or a time without zone, is as it is
        return at;
    }
    var time = at.wall - at.offset * 60000;
    var minutes = offset(time);
    if (minutes !== undefined) {
        at.wall = time + minutes * 60000;
    } else if (at.offset === 0) {
        at.suffix = " UTC";
    }
    return at;
}
