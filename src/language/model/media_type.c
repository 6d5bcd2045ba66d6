#include "language/model/media_type.h"

#include "base/table.h"

enum body_form media_type_form(struct slice content_type)
{
    static const struct {
        struct slice name;
        enum body_form form;
    } types[] = {
        {{"application/json", 16}, BODY_JSON},
        {{"text/json", 9}, BODY_JSON},
        {{"application/x-www-form-urlencoded", 33}, BODY_FORM},
        {{"application/xml", 15}, BODY_XML},
        {{"text/xml", 8}, BODY_XML},
        {{"text/html", 9}, BODY_XML},
        {{"text/plain", 10}, BODY_TEXT},
    };
    size_t end = slice_find(content_type, ";", 0);
    struct slice name =
        slice_trim(end < content_type.length ? slice_part(content_type, 0, end) : content_type);
    for (size_t i = 0; i < TABLE_LENGTH(types); i++) {
        if (slice_equal_ignoring_case(name, types[i].name)) {
            return types[i].form;
        }
    }
    return slice_ends_with_ignoring_case(name, "+json")  ? BODY_JSON
           : slice_ends_with_ignoring_case(name, "+xml") ? BODY_XML
                                                         : BODY_OTHER;
}

const char *body_form_name(enum body_form form)
{
    static const char *const names[] = {[BODY_JSON] = "a JSON body",
                                        [BODY_FORM] = "a form",
                                        [BODY_XML] = "an XML body",
                                        [BODY_TEXT] = "a text body",
                                        [BODY_OTHER] = "a body"};
    return names[form];
}

const char *body_form_media_type(enum body_form form)
{
    static const char *const types[] = {[BODY_JSON] = "application/json",
                                        [BODY_FORM] = "application/x-www-form-urlencoded",
                                        [BODY_XML] = "application/xml",
                                        [BODY_TEXT] = "text/plain",
                                        [BODY_OTHER] = "application/octet-stream"};
    return types[form];
}
