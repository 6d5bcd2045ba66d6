function form(name, value) {
    var values = value instanceof Array ? value : [value];
    var pairs = [];
    for (var i = 0; i < values.length; i++) {
        if (values[i] !== undefined && values[i] !== null) {
            pairs.push(name + "=" + field(values[i]));
        }
    }
    return pairs;
}
