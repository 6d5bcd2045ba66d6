function join(value, between) {
    return value instanceof Array ? value.join(between) : value;
}
