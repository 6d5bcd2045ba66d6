function clockOf(at) {
    var time = new Date(at.wall);
    var hour = time.getUTCHours();
    var minute = time.getUTCMinutes();
    return fill(language.time, {h: hour, hh: (hour < 10 ? "0" : "") + hour,
        h12: hour % 12 || 12, mm: (minute < 10 ? "0" : "") + minute,
        half: language.halves[hour < 12 ? 0 : 1]}) + at.suffix;
}
