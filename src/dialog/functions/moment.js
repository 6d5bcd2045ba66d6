function moment(value) { // "2026-11-26", "2026-11-26T17:00:00.000+0000"
    var text = String(value).replace(/^(\d{2})-(\d{2})-(\d{4})$/, "$3-$1-$2");
    var parts = /^([1-9]\d{3})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
    if (!parts || typeof value !== "string") {
        return undefined;
    }
    var n = [];
    for (var i = 1; i <= 6; i++) {
        n.push(Number(parts[i] || 0));
    }
    var wall = Date.UTC(n[0], n[1] - 1, n[2], n[3], n[4], n[5]);
    var day = new Date(wall);
    if (day.getUTCMonth() + 1 !== n[1] || day.getUTCDate() !== n[2] || n[4] > 59 || n[5] > 59) {
        return undefined; // there is no such day or time
    }
    var zone = parts[7] || "";
    var ahead = zone.replace(":", "");
    return {wall: wall, timed: parts[4] !== undefined, zone: zone, suffix: "",
        offset: ahead === "" ? undefined : ahead === "Z" ? 0 :
            (ahead.charAt(0) === "-" ? -1 : 1) * (Number(ahead.slice(1, 3)) * 60 + Number(ahead.slice(3)))};
}
