function first(value) {
    var one = value instanceof Array ? value[0] : value;
    return one === null ? undefined : one;
}
