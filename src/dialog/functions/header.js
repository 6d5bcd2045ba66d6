function header(value) {
    return JSON.stringify(show(value).replace(/[\r\n]+/g, " ")).slice(1, -1);
}
