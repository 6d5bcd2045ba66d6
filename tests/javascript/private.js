class Order {
    #lines = [];
    static #count = 0;
    static { Order.#count = 1; }
    #first() { return this.#lines[0]; }
    get #last() { return this.#lines[this.#lines.length - 1]; }
    has(o) { return #lines in o && o?.#first() !== this.#last; }
}
