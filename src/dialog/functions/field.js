function field(value) {
    return encodeURIComponent(show(value));
}
