/*
 * What may stand between `${` and `}`:
 *
 *     expression := value ( "??" value )* ( "|" format )* ( "??" value … )*
 *     value      := path "?"? offset* | number | "text" | 'text'
 *     path       := name ( "." name | "." digits | "[" digits "]" )*
 *     offset     := ( "+" | "-" ) digits unit          unit: minute, hour, day, week, month, year
 *     format     := name argument?                     (value_formats.def)
 *
 * A format is for all values in front of it: `${a ?? b | date}` says both as dates. The first value
 * is a path.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_EXPRESSION_H
#define DIALOGC_LANGUAGE_MODEL_EXPRESSION_H

#include "document/tree/passage.h"
#include "language/model/reference.h"

/* The offset of the `}` that ends the reference at `open`, which quotes may hold; or SIZE_MAX. */
size_t expression_end(struct slice text, size_t open);

/*
 * Parses the reference whose whole text in `node`, `${` and `}` included, is `whole`. Its values
 * are not in a list yet and have no index. NULL when it is malformed, which is reported (E0201,
 * E0218, E0220).
 */
struct reference *expression_parse(struct text_reader *reader, struct passage_trail *trail,
                                   const struct node *node, struct slice whole,
                                   enum reference_use use);

/* As expression_parse, of a node whose text is an expression without the `${` and `}` around it. */
struct reference *expression_parse_bare(struct text_reader *reader, const struct node *node,
                                        enum reference_use use);

/* The value of the parameter that a reference to `params` names; reported (E0206) when unknown. */
struct slice expression_parameter(struct text_reader *reader, const struct reference *reference);

#endif
