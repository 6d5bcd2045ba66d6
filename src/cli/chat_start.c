/* Finding the dialog that a user's first words start. */
#include "cli/chat_start.h"

#include "trial/simulator/utterance.h"

/* The dialog with the id that events of a bot have for it. */
static const struct program_dialog *dialog_of_task(const struct stage *stage, struct slice task)
{
    for (size_t i = 0; i < stage->program.count; i++) {
        const struct program_dialog *dialog = &stage->program.dialogs[i];
        bool is =
            slice_equal(node_text(dialog->root, "refId"), task) || slice_equal(dialog->id, task);
        if (task.length > 0 && is && dialog->count > 0) {
            return dialog;
        }
    }
    return NULL;
}

/* The root of the export; NULL for templates. */
static const struct node *export_of(const struct stage *stage)
{
    return stage->run.inputs.count == 0 && stage->program.count > 0
               ? stage->program.dialogs[0].bot->root
               : NULL;
}

/* The dialog that an event starts; NULL when it starts none. */
static const struct program_dialog *dialog_of_event(const struct stage *stage, const char *name)
{
    const struct node *event = node_get(node_get(export_of(stage), "botEvents"), name);
    const struct node *enabled = node_get(event, "enabled");
    bool starts = node_is(enabled, NODE_BOOLEAN) && enabled->boolean &&
                  slice_is(node_text(event, "action"), "triggerDialog");
    return starts ? dialog_of_task(stage, node_text(event, "task")) : NULL;
}

/* The dialog that has a training sentence with marked words like this one. */
static const struct program_dialog *find_marked(struct arena *arena, const struct stage *stage,
                                                struct slice text)
{
    for (size_t i = 0; i < stage->program.count; i++) {
        const struct program_dialog *dialog = &stage->program.dialogs[i];
        struct conversation_world world = stage_world(stage, dialog);
        struct conversation *trial =
            dialog->count > 0 ? conversation_begin(arena, NULL, 0, &world, SLICE("")) : NULL;
        if (trial == NULL) {
            continue;
        }
        const struct simulator *s = trial->simulator;
        struct answer_context context = {arena, s->engine, s->locale, s->now};
        if (utterance_match(&context, dialog, text).count > 0) {
            return dialog;
        }
    }
    return NULL;
}

const struct program_dialog *chat_find_dialog(struct arena *arena, const struct stage *stage,
                                              struct slice text)
{
    const struct program_dialog *dialog = utterance_dialog(arena, &stage->program, text);
    dialog = dialog != NULL ? dialog : find_marked(arena, stage, text);
    dialog = dialog != NULL ? dialog : dialog_of_event(stage, "INTENT_UNIDENTIFIED");
    return dialog != NULL ? dialog
                          : dialog_of_task(stage, node_text(export_of(stage), "defaultDialogId"));
}

const struct program_dialog *chat_welcome_dialog(const struct stage *stage)
{
    const struct program_dialog *dialog = dialog_of_event(stage, "ON_CONNECT_EVENT");
    return dialog != NULL ? dialog : dialog_of_event(stage, "WELCOME_MESSAGE_EVENT");
}

struct slice chat_no_dialog(struct arena *arena, const struct stage *stage, struct slice text)
{
    enum { MOST_EXAMPLES = 5 };
    struct builder out = builder_new(arena);
    struct suggestion meant = suggestion_new(text);
    builder_printf(&out, "no dialog is trained for `%.*s`", SLICE_ARG(text));
    size_t count = 0;
    for (size_t i = 0; i < stage->program.count; i++) {
        const struct node *sentences = bot_section(stage->program.dialogs[i].bot, "sentences");
        for (size_t j = 0; j < node_length(sentences); j++) {
            struct slice sentence = node_text(sentences->items[j], "sentence");
            suggestion_offer(&meant, sentence);
            if (j == 0 && count < MOST_EXAMPLES) {
                builder_printf(&out, "%s`%.*s`", count > 0 ? ", " : "; one can say ",
                               SLICE_ARG(sentence));
                count++;
            }
        }
    }
    if (meant.best.length > 0) {
        return arena_printf(arena, "no dialog is trained for `%.*s`; did you mean `%.*s`?",
                            SLICE_ARG(text), SLICE_ARG(meant.best));
    }
    return builder_slice(&out);
}

struct slice chat_unknown(struct arena *arena, const char *what, const struct suggestion *name,
                          const char *remedy)
{
    return name->best.length > 0
               ? arena_printf(arena, "there is no %s `%.*s`; did you mean `%.*s`?", what,
                              SLICE_ARG(name->word), SLICE_ARG(name->best))
               : arena_printf(arena, "there is no %s `%.*s`; %s", what, SLICE_ARG(name->word),
                              remedy);
}

void chat_offer(void *context, struct slice name)
{
    suggestion_offer(context, name);
}
