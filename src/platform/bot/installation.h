/* What the parts of an installation share: the export, what is ours in it, what it must have. */
#ifndef DIALOGC_PLATFORM_BOT_INSTALLATION_H
#define DIALOGC_PLATFORM_BOT_INSTALLATION_H

#include "platform/bot/install.h"
#include "platform/bot/section.h"

enum section_name {
    PROFILES,
    PATTERNS,
    COMPONENTS,
    DIALOGS,
    SENTENCES,
    CONTENT,
    EXPORTED,
    SECTION_COUNT,
};

struct installation {
    struct arena *arena;
    const struct bot *bot;
    const struct node *namespaces; /* see bot_namespaces */
    struct diagnostics *diagnostics;
    struct install_plan *plan;
    struct section sections[SECTION_COUNT];
    struct map own_dialogs;       /* `_id` to the dialog in the export */
    struct map own_components;    /* `_id` to struct own_component */
    struct map own_refs;          /* `refId` of components of ours that go or are replaced */
    struct map own_intents;       /* `_id` of the intents of the dialogs of ours */
    struct map wanted_components; /* `_id` to the component of an artifact */
};

/* Claims the dialog with this `_id`; false when the export has none. (claim.c) */
bool installation_claim_dialog(struct installation *in, struct slice id);

/*
 * Marks, in each section, what is ours: what belongs to the claimed dialogs, and the profiles and
 * content variables that dialogc has made and that nothing else needs. (claim.c)
 */
void installation_claim_parts(struct installation *in);

/* Reports what the artifacts clash with in the export, E1002 to E1004. (clash.c) */
void installation_check_clashes(struct installation *in, const struct artifact *artifacts,
                                size_t count);

/*
 * Takes the profiles and content variables that the bot has of its own out of what is wanted, and
 * reports those that differ, E1005 and E1006. (clash.c)
 */
void installation_settle_shared(struct installation *in);

/* Reports dialogs of ours that the bot needs, E1007. (clash.c) */
void installation_check_needed(struct installation *in);

#endif
