function given(values) {
    for (var i = 0; i < values.length; i++) {
        if (values[i] === undefined || values[i] === "") {
            return false;
        }
    }
    return true;
}
