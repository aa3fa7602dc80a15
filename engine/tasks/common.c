/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys that all tasks have. */

#include <math.h>

#include "core/i18n.h"
#include "solvers/list.h"
#include "tasks/request.h"

static const char *const styles[] = { "auto", "faithful", "textured", NULL };

static const char *const lights[] = { "srgb", "linear", NULL };

#define NAME(symbol, name) name,

static const char *const solvers[] = { "auto", TW_SOLVER_LIST(NAME) NULL };

enum { SOLVERS = sizeof solvers / sizeof *solvers - 2 /* "auto" and NULL */ };

const tw_param tw_common_params[] = {
    { "detail", N_("D_etail"),
      N_("0: the smallest error, smooth where little is known; 100: one likely "
         "picture, with texture and grain; between: a mixture; auto: by task "
         "and prompt"),
      TW_PARAM_REAL, 0, 100, (double) NAN, TW_PARAM_AUTO, NULL, "%" },
    { "style", N_("St_yle"),
      N_("Words for detail: faithful is detail 0, textured is detail 100"),
      TW_PARAM_CHOICE, 0, 2, 0, TW_PARAM_EXPERT | TW_PARAM_SCRIPT, styles,
      NULL },
    { "solver", N_("_Method"),
      N_("Method; auto: by detail and task; of another, detail sets how much "
         "is mixed in, if it is given"),
      TW_PARAM_CHOICE, 0, SOLVERS, 0, TW_PARAM_EXPERT, solvers, NULL },
    { "steps", N_("S_teps"),
      N_("Steps of the method; 0 or auto: what suits the task"), TW_PARAM_INT,
      0, 1000, (double) NAN, TW_PARAM_AUTO | TW_PARAM_EXPERT, NULL, NULL },
    { "time", N_("T_ime limit"),
      N_("Time to spend: sets the steps, so a result does not repeat exactly; "
         "auto: as long as it takes"),
      TW_PARAM_REAL, 0.1, 1e6, (double) NAN, TW_PARAM_AUTO | TW_PARAM_EXPERT,
      NULL, "s" },
    { "samples", N_("_Variants"),
      N_("So many results to choose from, each with another texture; with "
         "detail 0 their mean"),
      TW_PARAM_INT, 1, 16, 1, 0, NULL, NULL },
    { "seed", N_("Random n_umber"), N_("Another seed, another texture"),
      TW_PARAM_INT, 0, 9007199254740991, 0, 0, NULL, NULL },
    { "model", N_("Mo_del"), N_("What pictures look like; empty: photo"),
      TW_PARAM_TEXT, 0, 0, 0, 0, NULL, NULL },
    { "prompt", N_("_Prompt"), N_("Words for what the picture shows"),
      TW_PARAM_TEXT, 0, 0, 0, 0, NULL, NULL },
    { "guidance", N_("Prompt _weight"),
      N_("Weight of the prompt; above 1 exaggerates"), TW_PARAM_REAL, 0, 20, 1,
      TW_PARAM_EXPERT, NULL, NULL },
    { "noise", N_("_Noise"),
      N_("Standard deviation of the noise, of the full range: 0.01, 2.5/255, "
         "1%; auto: measured in the picture"),
      TW_PARAM_REAL, 0, 1, (double) NAN, TW_PARAM_AUTO, NULL, NULL },
    { "shot", N_("Sh_ot noise"),
      N_("Variance of the noise that grows with brightness, at white; 0: none; "
         "auto: measured in the picture"),
      TW_PARAM_REAL, 0, 1, 0, TW_PARAM_AUTO | TW_PARAM_EXPERT, NULL, NULL },
    { "jpeg", N_("JPEG _quality"),
      N_("Quality with which the picture was saved as JPEG, 1 to 100; no: it "
         "was not, or that does not matter; auto: by its file, for dejpeg by "
         "its blocks as well"),
      TW_PARAM_INT, 0, 100, (double) NAN,
      TW_PARAM_AUTO | TW_PARAM_NONE | TW_PARAM_EXPERT, NULL, NULL },
    { "strength", N_("Stren_gth"),
      N_("Share of the restoration that is applied; below 1 mixes in what it "
         "started from"),
      TW_PARAM_REAL, 0, 1, 1, 0, NULL, NULL },
    { "light", N_("Lig_ht adds up"),
      N_("Where light adds up, in blur and shrinking: in the picture's values "
         "or in linear light, as in a lens"),
      TW_PARAM_CHOICE, 0, 1, 0, TW_PARAM_EXPERT, lights, NULL },
    { "memory", N_("Memo_ry limit"),
      N_("Most memory to work in, such as 2G or 512MiB; auto: what the picture "
         "needs"),
      TW_PARAM_REAL, 1 << 20, 1e15, (double) NAN,
      TW_PARAM_AUTO | TW_PARAM_EXPERT | TW_PARAM_RUN | TW_PARAM_SIZE, NULL,
      "bytes" },
    { "threads", N_("Processor_s"), N_("Processors to use; 0 or auto: all"),
      TW_PARAM_INT, 0, 1024, (double) NAN,
      TW_PARAM_AUTO | TW_PARAM_EXPERT | TW_PARAM_RUN, NULL, NULL },
    TW_PARAM_END,
};
