/* The version of the program. */
#ifndef DIALOGC_BASE_VERSION_H
#define DIALOGC_BASE_VERSION_H

/* "1.2.3", from CMakeLists.txt. */
const char *version_string(void);

#endif
