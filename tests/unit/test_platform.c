/* Addresses, tokens and pauses of the platform's API. */
#include "support.h"

#include <signal.h>
#include <string.h>

#include "platform/api/address.h"
#include "platform/api/pauses.h"
#include "platform/api/token.h"

/* By Python's hmac and base64. */
static void signs_tokens(void **state)
{
    (void)state;
    struct api_credentials credentials = {.client_id = "cs-1e845b00", .secret = "a secret"};
    unsigned char unique[TOKEN_UNIQUE_BYTES];
    char text[TOKEN_LONGEST_TEXT];
    for (unsigned char i = 0; i < sizeof unique; i++) {
        unique[i] = i;
    }
    token_make(&credentials, 1768467600, unique, text);
    assert_string_equal(
        text, "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
              "eyJzdWIiOiJkaWFsb2djIiwiYXBwSWQiOiJjcy0xZTg0NWIwMCIsImlhdCI6MTc2ODQ2NzYwMCwi"
              "ZXhwIjoxNzY4NDY3OTAwLCJqdGkiOiIwMDAxMDIwMzA0MDUwNjA3MDgwOTBhMGIwYzBkMGUwZiJ9."
              "Xq34SsYBVe8kdWw_Y5zBPdPKt2lW9bQkTGHDqe4Ds6E");
}

static void holds_the_longest_credentials(void **state)
{
    (void)state;
    struct api_credentials credentials = {0};
    unsigned char unique[TOKEN_UNIQUE_BYTES] = {0};
    char text[TOKEN_LONGEST_TEXT];
    memset(credentials.client_id, 'a', TOKEN_LONGEST_ID);
    memset(credentials.secret, 's', TOKEN_LONGEST_ID);
    token_make(&credentials, 9999999999, unique, text);
    assert_in_range(strlen(text), TOKEN_LONGEST_ID, TOKEN_LONGEST_TEXT - 1);
    token_wipe(&credentials, sizeof credentials);
    for (size_t i = 0; i < sizeof credentials; i++) {
        assert_int_equal(((const unsigned char *)&credentials)[i], 0);
    }
}

static void takes_client_ids(void **state)
{
    (void)state;
    assert_true(token_takes_client_id(SLICE("cs-1e845b00-81ad")));
    assert_false(token_takes_client_id(SLICE("")));
    assert_false(token_takes_client_id(SLICE("a\",\"sub\":\"b")));
    assert_false(token_takes_client_id(SLICE("a b")));
}

static void reads_addresses(void **state)
{
    (void)state;
    static const struct {
        const char *text, *origin; /* NULL: not an address */
    } cases[] = {
        {"bots.kore.ai", "https://bots.kore.ai"},
        {"Bots.Kore.ai:8443", "https://bots.kore.ai:8443"},
        {"https://bots.kore.ai/", "https://bots.kore.ai"},
        {"http://127.0.0.1:80", "http://127.0.0.1:80"},
        {"http://localhost", "http://localhost"},
        {"http://[::1]:8080", "http://[::1]:8080"},
        {"http://127.0.0.1.example.com", NULL},
        {"http://bots.kore.ai", NULL},
        {"file:///etc/passwd", NULL},
        {"https://me:word@bots.kore.ai", NULL},
        {"bots.kore.ai/api", NULL},
        {"bots.kore.ai?a", NULL},
        {"bots kore.ai", NULL},
        {"-o", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        WITH_ARENA(arena);
        struct api_address address;
        const char *reason;
        bool read = api_address_read(&arena, slice_of(cases[i].text), &address, &reason);
        assert_int_equal(read, cases[i].origin != NULL);
        if (read) {
            assert_slice(address.origin, cases[i].origin);
        } else {
            assert_non_null(reason);
        }
        arena_free(&arena);
    }
}

static void knows_its_origin(void **state)
{
    (void)state;
    WITH_ARENA(arena);
    struct api_address address;
    const char *reason;
    assert_true(api_address_read(&arena, SLICE("bots.kore.ai"), &address, &reason));
    assert_true(api_address_has(&address, SLICE("https://bots.kore.ai/x")));
    assert_true(api_address_has(&address, SLICE("HTTPS://BOTS.kore.ai/x")));
    assert_true(api_address_has(&address, SLICE("https://bots.kore.ai?x")));
    assert_false(api_address_has(&address, SLICE("https://bots.kore.ai")));
    assert_false(api_address_has(&address, SLICE("http://bots.kore.ai/x")));
    assert_false(api_address_has(&address, SLICE("https://bots.kore.ai:8443/x")));
    assert_false(api_address_has(&address, SLICE("https://bots.kore.ai.example.com/x")));
    assert_false(api_address_has(&address, SLICE("https://bots.kore.ai@example.com/x")));
    arena_free(&arena);
}

static void knows_ids(void **state)
{
    (void)state;
    assert_true(api_id_is_valid(SLICE("st-1e845b00-81ad-5757"), "st-"));
    assert_false(api_id_is_valid(SLICE("st-"), "st-"));
    assert_false(api_id_is_valid(SLICE("bir-1"), "st-"));
    assert_false(api_id_is_valid(SLICE("st-1/../x"), "st-"));
    assert_false(api_id_is_valid(SLICE("st-1\0x"), "st-"));
    assert_false(api_id_is_valid(SLICE("st-1?x"), "st-"));
}

static void pauses_grow_and_end(void **state)
{
    (void)state;
    struct pauses pauses = {.first = 2, .limit = 100};
    struct wait wait = wait_new(&pauses);
    static const long lengths[] = {3, 5, 8, 12, 18};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        assert_true(wait_once(&wait, &pauses));
        assert_int_equal(wait.next, lengths[i]);
    }
    pauses.limit = 0;
    wait = wait_new(&pauses);
    assert_false(wait_once(&wait, &pauses));
    assert_false(pauses.interrupted);
}

static void signals_end_pauses(void **state)
{
    (void)state;
    struct pauses pauses = {.first = 60000, .limit = 100};
    pauses_hold_signals(&pauses);
    assert_false(pauses_interrupted(&pauses));
    raise(SIGTERM);
    struct wait wait = wait_new(&pauses);
    assert_false(wait_once(&wait, &pauses));
    assert_true(pauses.interrupted);
    assert_true(pauses_interrupted(&pauses));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_tokens),        cmocka_unit_test(holds_the_longest_credentials),
        cmocka_unit_test(takes_client_ids),    cmocka_unit_test(reads_addresses),
        cmocka_unit_test(knows_its_origin),    cmocka_unit_test(knows_ids),
        cmocka_unit_test(pauses_grow_and_end), cmocka_unit_test(signals_end_pauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
