function words(value) {
    return value === undefined ? undefined : show(value);
}
