function sayTime(value) { // also of a time alone, which has no zone: "09:30:00.000Z"
    var alone = typeof value === "string" &&
        /^\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/.test(value);
    var at = local(alone ? "2000-01-01T" + value.slice(0, 5) : value);
    return at && at.timed ? clockOf(at) : value;
}
