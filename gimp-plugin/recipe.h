/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recipe that a result carries: a parasite "tweedie-recipe" of its layer, a
 * key file (as of GKeyFile, or Python's configparser) with the groups
 *
 *   [recipe]       version; request: the task and KEY=VALUE words, as for
 *                  ImageMagick; output; source: tattoo of the layer that it was
 *                  made from, if that is another; mask=layer: what
 *                  limits it is the mask of this layer; mask=alpha: what was
 *                  transparent there; kernel: tattoo of the layer of the
 *                  kernel; prompt=omitted: there was one
 *   [certificate]  consistency, worst, limit, fit, look, noise, shot, evaluations, steps,
 *                  solver, model, as in tw_report
 */

#ifndef TW_RECIPE_H
#define TW_RECIPE_H

#include "filter.h"

G_BEGIN_DECLS

#define TW_RECIPE "tweedie-recipe"

/* The settings of the filter's config and the report, as a parasite's text; freed
 * by the caller. NULL: a setting is wrong. */
char *tw_recipe_new(TwFilter *filter, const tw_report *report, GError **error);

/* @made: a new layer, so that the source is another. */
void tw_recipe_attach(const TwFilter *filter, GimpLayer *layer,
                      const char *recipe, gboolean made);

/* The recipe of a layer; NULL: it has none, or one that cannot be read. */
GKeyFile *tw_recipe_read(GimpItem *layer, GError **error);

/* The request that a recipe describes. NULL: one that this version does not
 * understand. */
tw_request *tw_recipe_request(GKeyFile *recipe, GError **error);

G_END_DECLS

#endif
