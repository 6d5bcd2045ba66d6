function upper(value) {
    return value === undefined ? undefined : show(value).toUpperCase();
}
