function time(value) {
    if (value === undefined) {
        return undefined;
    }
    var parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap]m)?Z?$/i.exec(show(value));
    if (!parts) {
        return show(value);
    }
    var hour = Number(parts[1]);
    if (parts[4]) {
        hour = hour % 12 + (parts[4].toLowerCase() === "pm" ? 12 : 0);
    }
    return (hour < 10 ? "0" : "") + hour + ":" + parts[2] + ":" + (parts[3] || "00") + ".000Z";
}
