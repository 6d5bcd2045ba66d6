function sayDate(value) {
    var at = local(value);
    return at ? dayOf(at) : value;
}
