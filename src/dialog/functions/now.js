function now() {
    return new Date().toISOString().slice(0, 19) + "Z";
}
