/* The codes of warnings behind `# dialogc-ignore`: in a comment, of which the tree has nothing. */
#include "base/ascii.h"
#include "editor/completion/offers.h"

/* True when the line in front of `at` has the comment that silences warnings. */
static bool is_in_comment(struct slice text, size_t at)
{
    size_t start = at;
    while (start > 0 && text.data[start - 1] != '\n') {
        start--;
    }
    struct slice line = slice_part(text, start, at);
    size_t mark = slice_find(line, DIAG_IGNORE_MARK, 0);
    size_t begin = 0;
    while (begin < line.length && line.data[begin] == ' ') {
        begin++;
    }
    return mark != SIZE_MAX && begin < mark && (line.data[begin] == '#' || line.data[begin] == '/');
}

bool offer_codes(struct offers *offers, struct slice text, uint32_t offset)
{
    struct range word = {offset, offset};
    while (word.start > 0 && ascii_is_word(text.data[word.start - 1])) {
        word.start--;
    }
    while (word.end < text.length && ascii_is_word(text.data[word.end])) {
        word.end++;
    }
    if (!is_in_comment(text, word.start)) {
        return false;
    }
    offers->word = word;
    for (size_t i = 0; i < CODE_COUNT; i++) {
        const struct code_info *info = code_info((enum code)i);
        if (info->severity == SEVERITY_WARNING) {
            offers_add(offers, (struct offer){.kind = OFFER_VALUE,
                                              .rank = OFFER_USUAL,
                                              .label = slice_of(info->name),
                                              .detail = slice_of(info->title),
                                              .documentation = slice_of(info->explanation)});
        }
    }
    return true;
}
