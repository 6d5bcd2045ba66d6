/* A picture of one dialog, for documents: it has no scripts, and loads nothing. */
#ifndef DIALOGC_PAGE_SVG_H
#define DIALOGC_PAGE_SVG_H

#include "base/builder.h"
#include "page/canvas.h"

/* Appends the canvas as SVG, light or dark as the reader's system is. */
void page_svg(struct builder *out, const struct canvas *canvas);

#endif
