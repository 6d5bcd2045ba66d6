/* The backend of the compiler for the platform's export format. */
#ifndef DIALOGC_PLATFORM_ARTIFACT_BACKEND_H
#define DIALOGC_PLATFORM_ARTIFACT_BACKEND_H

#include "build/compiler/backend.h"

/* Writes NAME.dialog.json, with what `imported` and `xo` of the template lay over it. */
extern const struct backend artifact_backend;

#endif
