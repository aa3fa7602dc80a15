/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The solvers in the order of the menu: the one list of them. */

#ifndef TW_SOLVERS_LIST_H
#define TW_SOLVERS_LIST_H

/* X(the constant tw_solver_..., its name) */
#define TW_SOLVER_LIST(X)                                                      \
    X(hqs, "hqs")                                                              \
    X(moments, "moments")                                                      \
    X(renoise, "renoise")                                                      \
    X(diffpir, "diffpir")                                                      \
    X(daps, "daps")                                                            \
    X(ddrm, "ddrm")                                                            \
    X(ddnm, "ddnm")                                                            \
    X(dds, "dds")                                                              \
    X(dps, "dps")                                                              \
    X(pigdm, "pigdm")                                                          \
    X(mpgd, "mpgd")                                                            \
    X(score_sde, "score-sde")                                                  \
    X(ddim, "ddim")                                                            \
    X(edm_heun, "edm-heun")

#endif
