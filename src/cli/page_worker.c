#include "cli/page_worker.h"

#include "cli/cli.h"
#include "cli/pool.h"
#include "page/document.h"
#include "page/talk.h"

struct order {
    const struct page *page;
    struct slice body; /* of a talk */
};

/* Does one task in a worker, and appends what it builds; otherwise the answer says why not. */
static struct slice run_one(struct builder *out, pool_task *task, struct order *order)
{
    struct pool_result result = {0};
    const char *reason;
    if (!pool_run(out->arena, 1, 1, task, order, &result, &reason)) {
        return slice_of(reason);
    }
    builder_add(out, result.bytes);
    return result.failure;
}

/* ---- documents ---- */

static void draw(void *context, size_t index, struct script_machine *machine, struct builder *out)
{
    (void)index;
    const struct order *order = context;
    struct page page = *order->page;
    page.machine = machine;
    page_document(out, &page);
}

void page_worker_document(struct builder *out, const struct page *page)
{
    if (script_is_available()) {
        struct order order = {.page = page};
        struct slice failure = run_one(out, draw, &order);
        if (failure.length == 0) {
            return;
        }
        cli_message("messages are shown as the scripts that they are: %.*s", SLICE_ARG(failure));
    }
    page_document(out, page);
}

/* ---- talks ---- */

static void answer(void *context, size_t index, struct script_machine *machine, struct builder *out)
{
    (void)index;
    const struct order *order = context;
    struct page page = *order->page;
    page.machine = machine;
    page_talk(out, &page, order->body);
}

struct slice page_worker_talk(struct builder *out, const struct page *page, struct slice body)
{
    struct order order = {page, body};
    return run_one(out, answer, &order);
}
