function fill(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (place, name) {
        return values[name];
    });
}
