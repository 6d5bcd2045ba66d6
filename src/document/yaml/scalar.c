/* Resolving plain scalars. */
#include "document/yaml/scalar.h"

#include "base/ascii.h"
#include "base/builder.h"

static bool is_one_of(struct slice text, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (slice_is(text, *words)) {
            return true;
        }
    }
    return false;
}

static size_t count_digits(struct slice text, size_t from)
{
    size_t count = 0;
    while (from + count < text.length && text.data[from + count] >= '0' &&
           text.data[from + count] <= '9') {
        count++;
    }
    return count;
}

/* Without leading zeros: "007" is "7", "000" is "0". */
static struct slice strip_zeros(struct slice digits)
{
    size_t start = 0;
    while (start + 1 < digits.length && digits.data[start] == '0') {
        start++;
    }
    return slice_part(digits, start, digits.length);
}

/*
 * A leading zero makes text: 0777 and 00501 are more often modes, codes and numbers of telephones
 * than numbers, and YAML 1.1 would read them as octal.
 */
static bool has_leading_zero(struct slice digits)
{
    return digits.length > 1 && digits.data[0] == '0';
}

/* [-+]? [0-9]+ */
static bool resolve_decimal(struct arena *arena, struct node *node, struct slice text)
{
    size_t sign = text.data[0] == '-' || text.data[0] == '+';
    size_t digits = count_digits(text, sign);
    if (digits == 0 || sign + digits != text.length) {
        return false;
    }
    struct slice number = slice_part(text, sign, text.length);
    if (has_leading_zero(number)) {
        return false;
    }
    node->kind = NODE_INTEGER;
    bool negative = text.data[0] == '-' && !slice_is(number, "0");
    node->text = negative ? arena_printf(arena, "-%.*s", SLICE_ARG(number)) : number;
    return true;
}

/* The longest run of hexadecimal or octal digits that is read as a number. */
#define BASED_DIGITS 256

/* 0o [0-7]+ and 0x [0-9a-fA-F]+, of up to BASED_DIGITS digits, to decimal. */
static bool resolve_based(struct arena *arena, struct node *node, struct slice text)
{
    int base = slice_starts_with(text, "0o") ? 8 : slice_starts_with(text, "0x") ? 16 : 0;
    if (base == 0 || text.length < 3 || text.length > 2 + BASED_DIGITS) {
        return false;
    }
    char decimal[2 * BASED_DIGITS] = {0}; /* least significant digit first */
    size_t length = 1;
    for (size_t i = 2; i < text.length; i++) {
        int carry = ascii_hex_value(text.data[i]);
        if (carry < 0 || carry >= base) {
            return false;
        }
        for (size_t j = 0; j < length; j++) {
            int value = decimal[j] * base + carry;
            decimal[j] = (char)(value % 10);
            carry = value / 10;
        }
        while (carry > 0) {
            decimal[length++] = (char)(carry % 10);
            carry /= 10;
        }
    }
    char *out = arena_alloc(arena, length + 1);
    for (size_t i = 0; i < length; i++) {
        out[i] = (char)('0' + decimal[length - 1 - i]);
    }
    node->kind = NODE_INTEGER;
    node->text = strip_zeros((struct slice){out, length});
    return true;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool resolve_float(struct arena *arena, struct node *node, struct slice text)
{
    size_t at = text.data[0] == '-' || text.data[0] == '+';
    size_t whole_at = at;
    size_t whole = count_digits(text, at);
    at += whole;
    size_t fraction_at = at;
    size_t fraction = 0;
    if (at < text.length && text.data[at] == '.') {
        fraction_at = at + 1;
        fraction = count_digits(text, fraction_at);
        at = fraction_at + fraction;
    }
    struct slice whole_digits = slice_part(text, whole_at, whole_at + whole);
    if (whole + fraction == 0 || has_leading_zero(whole_digits)) {
        return false;
    }
    struct slice exponent = slice_part(text, at, text.length);
    if (exponent.length > 0) {
        bool marked = exponent.data[0] == 'e' || exponent.data[0] == 'E';
        size_t sign = exponent.length > 1 && (exponent.data[1] == '-' || exponent.data[1] == '+');
        size_t digits = count_digits(exponent, 1 + sign);
        if (!marked || digits == 0 || 1 + sign + digits != exponent.length) {
            return false;
        }
    }
    struct builder out = builder_new(arena);
    builder_add_text(&out, text.data[0] == '-' ? "-" : "");
    builder_add(&out, whole > 0 ? whole_digits : SLICE("0"));
    if (fraction > 0) {
        builder_add_char(&out, '.');
        builder_add(&out, slice_part(text, fraction_at, fraction_at + fraction));
    }
    builder_add(&out, exponent);
    node->kind = NODE_FLOAT;
    node->text = builder_slice(&out);
    return true;
}

void scalar_resolve(struct arena *arena, struct node *node, struct slice text)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const trues[] = {"true", "True", "TRUE", NULL};
    static const char *const falses[] = {"false", "False", "FALSE", NULL};
    node->kind = NODE_STRING;
    node->text = text;
    if (text.length <= 5) {
        if (is_one_of(text, nulls)) {
            node->kind = NODE_NULL;
            return;
        }
        node->boolean = is_one_of(text, trues);
        if (node->boolean || is_one_of(text, falses)) {
            node->kind = NODE_BOOLEAN;
            return;
        }
    }
    char first = text.data[0];
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
        if (!resolve_decimal(arena, node, text) && !resolve_based(arena, node, text)) {
            resolve_float(arena, node, text);
        }
    }
}
