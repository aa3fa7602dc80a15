/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers of a verdict in words. */

#include "core/i18n.h"
#include "tasks/verdict.h"

typedef struct answer {
    const char *name, *words;
    bool bad;
} answer;

static const answer fits[TW_FITS] = {
    [TW_FIT_NONE] = { "none", "", false },
    [TW_FIT_GOOD] = { "good", N_("The result agrees with your picture."),
                      false },
    [TW_FIT_PLACE] = { "place",
                       N_("The result agrees with your picture, but not "
                          "everywhere: look at the map of the misfit."),
                       true },
    [TW_FIT_BAD] = { "bad",
                     N_("The result does not agree with your picture: check "
                        "the settings."),
                     true },
    [TW_FIT_BLUR] = { "blur",
                      N_("The blur was probably not this one: try another "
                         "size, angle, or kind."),
                      true },
    [TW_FIT_BLUR_SMALL] = { "blur-small",
                            N_("The blur is probably larger than set, or of "
                               "another kind."),
                            true },
    [TW_FIT_BLUR_LARGE] = { "blur-large",
                            N_("The blur is probably smaller than set, or of "
                               "another kind."),
                            true },
    [TW_FIT_NOISE_LOW] = { "noise-low",
                           N_("The noise is probably set too low: the picture "
                              "has more, and some of it is left."),
                           true },
    [TW_FIT_NOISE_HIGH] = { "noise-high",
                            N_("The noise is probably set too high: detail may "
                               "be lost."),
                            true },
    [TW_FIT_FILLED] = { "filled",
                        N_("Whether it is right is not known: nobody has seen "
                           "what was filled in."),
                        false },
    [TW_FIT_EXACT] = { "exact",
                       N_("Whether the settings are right is not known: "
                          "without noise any result is made to agree."),
                       false },
    [TW_FIT_OPEN] = { "open",
                      N_("Whether the blur is right is not known: the picture "
                         "does not tell."),
                      false },
    [TW_FIT_SMALL] = { "small",
                       N_("Whether the result agrees with your picture is not "
                          "known: it has too few pixels."),
                       false },
};

static const answer looks[TW_LOOKS] = {
    [TW_LOOK_NONE] = { "none", "", false },
    [TW_LOOK_GOOD] = { "good", N_("It looks like a photograph."), false },
    [TW_LOOK_SMOOTH] = { "smooth",
                         N_("It has less fine detail than most photographs; "
                            "Detail adds what is likely."),
                         false },
    [TW_LOOK_ODD] = { "odd",
                      N_("It does not look like a photograph: there may be "
                         "false stripes, halos, or grain."),
                      true },
    [TW_LOOK_MODEL] = { "model",
                        N_("Whether it looks like a photograph is not known: "
                           "this model cannot tell."),
                        false },
    [TW_LOOK_SMALL] = { "small",
                        N_("Whether it looks like a photograph is not known: "
                           "it has too few pixels."),
                        false },
};

/* "" has no translation: gettext would answer with the header of its file. */
static const char *
translated(const char *words)
{
    return *words ? _(words) : words;
}

const char *
tw_fit_words(tw_fit fit)
{
    return translated(fits[fit].words);
}

const char *
tw_look_words(tw_look look)
{
    return translated(looks[look].words);
}

const char *
tw_fit_name(tw_fit fit)
{
    return fits[fit].name;
}

const char *
tw_look_name(tw_look look)
{
    return looks[look].name;
}

bool
tw_fit_is_bad(tw_fit fit)
{
    return fits[fit].bad;
}

bool
tw_look_is_bad(tw_look look)
{
    return looks[look].bad;
}
