/*
 * Frames: how messages follow each other in a stream of bytes.
 *
 * The Language Server Protocol writes a header before each message, `Content-Length: 42`; the Model
 * Context Protocol writes a message on a line.
 */
#ifndef DIALOGC_EDITOR_RPC_FRAMING_H
#define DIALOGC_EDITOR_RPC_FRAMING_H

#include "base/builder.h"

enum framing {
    FRAMING_HEADERS,
    FRAMING_LINES,
};

/* Longer messages are passed over: the largest file that dialogc reads, with escapes, fits in. */
#define FRAME_BYTES_LIMIT ((size_t)64 * 1024 * 1024)

struct frame_reader {
    enum framing framing;
    struct builder bytes; /* that have come */
    size_t taken;         /* of them */
    size_t skipping;      /* bytes of a message that is too long, which are still to come */
    bool skips_line;      /* the same for a line */
};

/* What has come lives in `arena`, which grows to twice the longest message. */
struct frame_reader frame_reader_new(struct arena *arena, enum framing framing);

/* Adds bytes of the stream. */
void frame_feed(struct frame_reader *reader, struct slice bytes);

enum frame {
    FRAME_INCOMPLETE, /* more bytes are needed */
    FRAME_WHOLE,
    FRAME_MALFORMED, /* a header without a length: it is passed over */
    FRAME_TOO_LONG,  /* a message over the limit: it is passed over */
};

/* Takes the next message. It is valid until more bytes are added. */
enum frame frame_take(struct frame_reader *reader, struct slice *message);

/* Appends a message in its frame. With FRAMING_LINES it has no line feeds. */
void frame_write(struct builder *out, enum framing framing, struct slice message);

#endif
