function lower(value) {
    return value === undefined ? undefined : show(value).toLowerCase();
}
