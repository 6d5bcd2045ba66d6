function last(value) {
    var one = value instanceof Array ? value[value.length - 1] : value;
    return one === null ? undefined : one;
}
