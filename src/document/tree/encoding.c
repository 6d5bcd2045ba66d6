#include "document/tree/encoding.h"

#include "base/utf8.h"

void encoding_report(struct diagnostics *diagnostics, const struct source *source, size_t at)
{
    struct range range = {(uint32_t)at, (uint32_t)(at + 1)};
    struct diagnostic *d = diag_report(diagnostics, E0003, source, range,
                                       "the file is not UTF-8: byte 0x%02X is invalid here",
                                       (unsigned char)source->bytes.data[at]);
    if (utf16_is_likely(source->bytes)) {
        diag_note(diagnostics, d, NULL, range, "the file looks like UTF-16; save it as UTF-8");
    }
}
