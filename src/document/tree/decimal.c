/*
 * A number is read as sign, digits and a power of ten, without leading or trailing zeros:
 * "-12.50e3" is negative, digits 1 2 5, last digit worth 10^2.
 */
#include "document/tree/decimal.h"

#include "base/ascii.h"
#include "base/hash.h"

struct decimal {
    bool negative;
    struct slice text;  /* from the first significant digit to the last, the point may be inside */
    size_t digit_count; /* 0 for zero */
    long long exponent; /* the power of ten of the last significant digit */
};

#define EXPONENT_LIMIT 1000000000LL

/* The written exponent at the end of `text` ("e-3"), clamped; `*mantissa` is what stands before. */
static long long split_exponent(struct slice text, struct slice *mantissa)
{
    size_t at = 0;
    while (at < text.length && text.data[at] != 'e' && text.data[at] != 'E') {
        at++;
    }
    *mantissa = slice_part(text, 0, at);
    bool negative = false;
    long long exponent = 0;
    for (at++; at < text.length; at++) {
        if (text.data[at] == '-') {
            negative = true;
        } else if (ascii_is_digit(text.data[at]) && exponent < EXPONENT_LIMIT) {
            exponent = exponent * 10 + (text.data[at] - '0');
        }
    }
    return negative ? -exponent : exponent;
}

static struct decimal parse(struct slice text)
{
    struct decimal number = {0};
    struct slice mantissa;
    long long exponent = split_exponent(text, &mantissa);
    size_t point = mantissa.length;
    size_t first = SIZE_MAX;
    size_t last = 0;
    for (size_t i = 0; i < mantissa.length; i++) {
        char c = mantissa.data[i];
        if (c == '-') {
            number.negative = true;
        } else if (c == '.') {
            point = i;
        } else if (c != '0' && ascii_is_digit(c)) {
            first = first == SIZE_MAX ? i : first;
            last = i;
        }
    }
    if (first == SIZE_MAX) {
        number.negative = false;
        return number;
    }
    number.text = slice_part(mantissa, first, last + 1);
    number.digit_count = last + 1 - first - (point > first && point < last);
    number.exponent =
        exponent + (last < point ? (long long)(point - last - 1) : -(long long)(last - point));
    return number;
}

/* Steps through the digits of a number, the point left out. */
static char next_digit(struct slice *rest)
{
    while (rest->length > 0) {
        char c = rest->data[0];
        *rest = slice_part(*rest, 1, rest->length);
        if (ascii_is_digit(c)) {
            return c;
        }
    }
    return '0';
}

static int compare_magnitude(const struct decimal *a, const struct decimal *b)
{
    if (a->digit_count == 0 || b->digit_count == 0) {
        return (a->digit_count != 0) - (b->digit_count != 0);
    }
    long long a_top = a->exponent + (long long)a->digit_count;
    long long b_top = b->exponent + (long long)b->digit_count;
    if (a_top != b_top) {
        return a_top < b_top ? -1 : 1;
    }
    struct slice x = a->text;
    struct slice y = b->text;
    while (x.length > 0 || y.length > 0) {
        char p = next_digit(&x);
        char q = next_digit(&y);
        if (p != q) {
            return p < q ? -1 : 1;
        }
    }
    return 0;
}

int decimal_compare(struct slice a, struct slice b)
{
    struct decimal x = parse(a);
    struct decimal y = parse(b);
    if (x.negative != y.negative) {
        return x.negative ? -1 : 1;
    }
    int order = compare_magnitude(&x, &y);
    return x.negative ? -order : order;
}

uint64_t decimal_hash(uint64_t seed, struct slice text)
{
    struct decimal number = parse(text);
    uint64_t hash = (uint64_t)number.exponent * 2 + number.negative;
    uint64_t digits = 1; /* up to 18 at once */
    for (struct slice rest = number.text; rest.length > 0;) {
        digits = digits * 10 + (uint64_t)(next_digit(&rest) - '0');
        if (digits >= 1000000000000000000 || rest.length == 0) {
            hash = hash_pair(seed, hash, digits);
            digits = 1;
        }
    }
    return number.digit_count == 0 ? 0 : hash;
}

bool decimal_is_integer(struct slice number)
{
    struct decimal value = parse(number);
    return value.digit_count == 0 || value.exponent >= 0;
}

/* Copies the digits of `number`, scaled so that the last one is worth 10^exponent, to `out`. */
static size_t spread(const struct decimal *number, long long exponent, char *out)
{
    struct slice rest = number->text;
    size_t length = 0;
    for (size_t i = 0; i < number->digit_count; i++) {
        out[length++] = (char)(next_digit(&rest) - '0');
    }
    for (long long i = exponent; i < number->exponent; i++) {
        out[length++] = 0;
    }
    return length;
}

/* remainder >= divisor, both `length` digits */
static bool reaches(const char *remainder, const char *divisor, size_t length)
{
    return memcmp(remainder, divisor, length) >= 0;
}

static void subtract(char *from, const char *amount, size_t length)
{
    int borrow = 0;
    for (size_t i = length; i-- > 0;) {
        int digit = from[i] - amount[i] - borrow;
        borrow = digit < 0;
        from[i] = (char)(digit + (borrow ? 10 : 0));
    }
}

bool decimal_is_multiple(struct slice number, struct slice divisor)
{
    struct decimal n = parse(number);
    struct decimal d = parse(divisor);
    if (n.digit_count == 0) {
        return true;
    }
    if (d.digit_count == 0) {
        return false;
    }
    long long exponent = n.exponent < d.exponent ? n.exponent : d.exponent;
    bool too_wide = n.exponent - exponent + (long long)n.digit_count > DECIMAL_SPREAD ||
                    d.exponent - exponent + (long long)d.digit_count > DECIMAL_SPREAD;
    if (too_wide) {
        return false;
    }
    char digits[DECIMAL_SPREAD];
    char amount[DECIMAL_SPREAD + 1] = {0};
    char remainder[DECIMAL_SPREAD + 1] = {0};
    size_t digit_count = spread(&n, exponent, digits);
    size_t width = spread(&d, exponent, amount + 1) + 1; /* one digit of room for the shift */
    for (size_t i = 0; i < digit_count; i++) {
        memmove(remainder, remainder + 1, width - 1);
        remainder[width - 1] = digits[i];
        while (reaches(remainder, amount, width)) {
            subtract(remainder, amount, width);
        }
    }
    for (size_t i = 0; i < width; i++) {
        if (remainder[i] != 0) {
            return false;
        }
    }
    return true;
}
