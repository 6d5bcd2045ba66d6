/*
 * The platform that dialogs are written for, as the compiler sees it: it makes dialogs, and leaves
 * the form of the files to a backend (src/platform/artifact/backend.h is the only one).
 */
#ifndef DIALOGC_BUILD_COMPILER_BACKEND_H
#define DIALOGC_BUILD_COMPILER_BACKEND_H

#include "dialog/dialog.h"

struct backend {
    /*
     * Writes the dialog to `*artifact`, in `arena`; with `artifact` NULL it only reports what
     * writing would. Mistakes that show only in the platform's form are added to `diagnostics`.
     */
    void (*write)(struct arena *arena, const struct dialog *dialog, struct diagnostics *diagnostics,
                  struct slice *artifact);
};

#endif
