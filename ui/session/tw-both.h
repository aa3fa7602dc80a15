/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both pictures of one run, the faithful one and a likely one: any detail= is a
 * mixture of the two, without computing again (tw_restore_both()). */

#ifndef TW_BOTH_H
#define TW_BOTH_H

#include "session/tw-picture.h"

G_BEGIN_DECLS

/* Lists of TwPicture of the same size and number; NULL: none. */
typedef struct TwBoth {
    GPtrArray *faithful, *likely;
} TwBoth;

TwBoth tw_both_ref(const TwBoth *both);
void tw_both_clear(TwBoth *both);

/* A run of @request has a likely picture to keep beside the faithful one. */
gboolean tw_both_wanted(const tw_request *request);

/* The result of @request is a mixture of the two pictures of such a run that
 * differs in nothing but the detail. */
gboolean tw_both_serves(const tw_request *request);

/* Makes @request compute both, whatever its detail above 0 is. */
tw_status tw_both_ask(tw_request *request, tw_error *err);

/* What detail= (0…1) would give, in a new list. NULL: out of memory. */
GPtrArray *tw_both_mix(const TwBoth *both, double detail);

G_END_DECLS

#endif
