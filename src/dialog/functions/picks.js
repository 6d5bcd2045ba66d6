function picks(values) {
    return values instanceof Array ? values.join(";") : values;
}
