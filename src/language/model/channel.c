#include "language/model/channel.h"

#include <stddef.h>

const char *const channel_names[] = {
    "default",  "rtm",     "facebook",  "slack",       "msteams", "skype",    "whatsapp",
    "telegram", "line",    "email",     "sms",         "ivr",     "twilio",   "twiliovoice",
    "alexa",    "webhook", "widgetsdk", "googlechat",  "viber",   "wechat",   "instagram",
    "genesys",  "zendesk", "spark",     "ringcentral", "yammer",  "hangouts", NULL};
