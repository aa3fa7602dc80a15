# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers after a run: right settings are not doubted, wrong ones are, as users
had them; what over eight photographs, says tests/quality/verdict."""

import numpy as np

from host import case

SHAKE = 23, 35  # pixels from the first to the last, degrees


def shaken(x, pixels, degrees):
    """What a camera records that moves along a line; smaller than @x."""
    r = pixels // 2 + 1
    t = (np.arange(401) / 400 - 0.5) * (pixels - 1)
    y = np.zeros((x.shape[0] - 2 * r, x.shape[1] - 2 * r, 3))
    for dx, dy in zip(t * np.cos(np.radians(degrees)),
                      -t * np.sin(np.radians(degrees))):
        i, j = int(np.floor(dx)), int(np.floor(dy))
        for k, wy in (0, 1 - dy + j), (1, dy - j):
            for m, wx in (0, 1 - dx + i), (1, dx - i):
                y += wy * wx / 401 * x[r + j + k:r + j + k + y.shape[0],
                                       r + i + m:r + i + m + y.shape[1]]
    return y


def answers(h, picture, words):
    """The names of both answers, and what was warned of."""
    result = h.run(picture, "-process", "tweedie " + words, "-format",
                   "%[tweedie:fit] %[tweedie:look] %[tweedie:misfit]", "info:")
    assert result.status == 0, result.err
    fit, look, misfit = result.out.decode().split()
    return fit, look, float(misfit), result.err


@case
def right_blur_is_believed_and_wrong_ones_are_not(h):
    h.photo("rockpool", 220, 220, "+150+150")
    y = shaken(h.read("rockpool.png"), *SHAKE)
    h.write("shaken.pam", h.noisy(y, 0.01))
    fit, _, misfit, warned = answers(
        h, "shaken.pam", "deblur length=23 angle=35 noise=0.01")
    assert fit == "good" and misfit < 1 and "blur" not in warned, (fit, misfit)
    for words in "sigma=1.5", "length=17.5 angle=31":
        fit, _, misfit, warned = answers(h, "shaken.pam",
                                         f"deblur {words} noise=0.01")
        assert fit.startswith("blur") and misfit > 1, (words, fit, misfit)
        assert "blur" in warned, (words, warned)


@case
def noise_set_too_high_is_named(h):
    h.photo("porcupine", 208, 208, "+150+150")
    h.write("y.pam", h.noisy(h.read("porcupine.png"), 0.02))
    assert answers(h, "y.pam", "denoise noise=0.02")[0] == "good"
    fit, _, misfit, warned = answers(h, "y.pam", "denoise noise=0.3")
    assert fit == "noise-high" and misfit > 1, (fit, misfit)
    assert "too high" in warned, warned


@case
def verdict_is_told_and_kept(h):
    h.photo("porcupine", 208, 208, "+150+150")
    h.write("y.pam", h.noisy(h.read("porcupine.png"), 0.05))
    result = h.run("y.pam", "-verbose", "-process",
                   "tweedie denoise noise=0.05", "+verbose", "out.png")
    assert "verdict: The result agrees" in result.err, result.err
    assert h.says("out.png", "%[tweedie:fit]") == "good"
    assert abs(float(h.says("out.png", "%[tweedie:found]")) - 0.05) < 0.01


@case
def figures_of_an_earlier_run_go(h):
    h.photo("porcupine", 208, 208, "+150+150")
    h.write("y.pam", h.noisy(h.read("porcupine.png"), 0.05))
    first = "-process", "tweedie denoise noise=0.05"
    # No misfit is computed where brighter pixels have more noise.
    second = "-process", "tweedie denoise noise=0.02 shot=0.01"
    said = "-format", "<%[tweedie:misfit]>", "info:"
    assert h.run("y.pam", *first, *said).out != b"<>"
    assert h.run("y.pam", *second, *said).out == b"<>"
    assert h.run("y.pam", *first, *second, *said).out == b"<>"
