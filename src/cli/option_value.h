/* Values of options: how the text of a command line becomes a field of struct options. */
#ifndef DIALOGC_CLI_OPTION_VALUE_H
#define DIALOGC_CLI_OPTION_VALUE_H

#include "cli/option.h"

/* The words of --format and --color, in the order of their enumerators. */
extern const char *const option_formats[];
extern const char *const option_colors[];

/* "create, update or delete": the words of a list that ends with NULL. */
struct slice option_word_list(struct arena *arena, const char *const *words);

/*
 * True when `value` is one of the words; else a message says which there are, and what was meant:
 * "BEGINNING human or json, not `jsn`; did you mean `json`?"
 */
bool option_check_word(struct arena *arena, struct slice beginning, const char *const *words,
                       const char *value);

option_setter option_set_flag;   /* bool */
option_setter option_set_text;   /* const char *, one of the option's words if it has any */
option_setter option_set_list;   /* struct file_list: adds to it */
option_setter option_set_count;  /* size_t, from `least` to `most` */
option_setter option_set_number; /* long, from `least` to `most` */
option_setter option_set_format; /* enum output_format */
option_setter option_set_color;  /* enum color_mode */
option_setter option_set_codes;  /* bool[CODE_COUNT]: codes of warnings, separated by commas */
option_setter option_set_shard;  /* I/N, to `shard` and `shards` */
option_setter option_set_entity; /* NAME=VALUE, into the mapping `chat.entities` */

#endif
