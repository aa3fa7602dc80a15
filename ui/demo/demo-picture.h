/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures for the demo. */

#ifndef TW_DEMO_PICTURE_H
#define TW_DEMO_PICTURE_H

#include "session/tw-picture.h"

/* Rings, each finer than the one around it. NULL: out of memory. */
TwPicture *demo_picture_draw(int side);

/* NULL: it cannot be read; says why. */
TwPicture *demo_picture_read(const char *file);

#endif
