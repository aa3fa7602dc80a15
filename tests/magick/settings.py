# SPDX-License-Identifier: GPL-3.0-or-later
"""Masks of every kind, and the settings of ImageMagick that users expect to
work."""

import numpy as np

from host import box, case, psnr

MASK = box(48, 64, 20, 24, 28, 40)
INSIDE = np.repeat(MASK, 3, 2) > 0
FILL = "inpaint steps=2 "


def ready(h):
    h.photo()
    h.write("mask.pam", MASK)
    return h.read("castle.png")


def check_filled(h, before, after=None):
    after = h.read("out.png") if after is None else after
    assert np.array_equal(before[~INSIDE], after[~INSIDE])
    assert np.mean(before[INSIDE] != after[INSIDE]) > 0.9
    return after


@case
def mask_last(h):
    before = ready(h)
    h.ok("castle.png", "mask.pam", "-process", "tweedie " + FILL + "mask=last",
         "out.png")
    check_filled(h, before)
    assert h.says("out.png", "%n") == "1"


@case
def mask_last_for_several_pictures(h):
    before = ready(h)
    h.ok("castle.png", "(", "castle.png", "-flop", ")", "mask.pam", "-process",
         "tweedie " + FILL + "mask=last", "+adjoin", "out-%d.png")
    check_filled(h, before, h.read("out-0.png"))
    check_filled(h, before[:, ::-1], h.read("out-1.png"))
    assert not h.exists("out-2.png")


@case
def mask_file_and_mpr(h):
    before = ready(h)
    from_file = check_filled(
        h, before, h.tweedie("castle.png", FILL + "mask=mask.pam"))
    h.ok("mask.pam", "-write", "mpr:m", "+delete", "castle.png", "-process",
         "tweedie " + FILL + "mask=mpr:m", "out.png")
    assert np.array_equal(from_file, check_filled(h, before))


@case
def mask_of_any_kind(h):
    """Bilevel, palette, color, CMYK, and white under alpha 0, which is no
    white."""
    before = ready(h)
    expected = h.tweedie("castle.png", FILL + "mask=mask.pam")
    for number, settings in enumerate([
            ["-monochrome"], ["-type", "Palette"],
            ["-colorspace", "CMYK"], ["-depth", "16", "-type", "TrueColor"],
            ["-level", "0,80%"]]):
        name = f"mask-{number}.tif"
        h.ok("mask.pam", *settings, name)
        got = h.tweedie("castle.png", FILL + "mask=" + name)
        assert np.array_equal(expected, got), settings
    h.write("all.pam", np.concatenate([np.full((48, 64, 3), 65535), MASK], 2))
    got = h.tweedie("castle.png", FILL + "mask=all.pam")
    assert np.array_equal(expected, got)
    check_filled(h, before, got)


@case
def mask_alpha(h):
    before = ready(h)
    h.write("cut.pam", np.concatenate([before, 65535 - MASK], 2))
    h.tweedie("cut.pam", FILL + "mask=alpha")
    check_filled(h, before)
    assert h.read_alpha("out.png").min() == 65535


@case
def mask_alpha_keeps_what_half_covers(h):
    """A pixel of alpha 0.75 is three quarters itself, one quarter filling."""
    before = ready(h)
    alpha = 65535 - MASK
    alpha[22, 30] = 49151
    h.write("cut.pam", np.concatenate([before, alpha], 2))
    h.ok("cut.pam", "-process", "tweedie " + FILL + "mask=alpha", "-depth",
         "16", "out.png")
    got = h.read("out.png")
    expected = h.tweedie("castle.png", FILL + "mask=mask.pam")
    mixed = 0.75 * before[22, 30] + 0.25 * expected[22, 30]
    assert np.abs(got[22, 30] - mixed).max() <= 257, (got[22, 30], mixed)


@case
def write_mask_protects_white(h):
    before = ready(h)
    h.ok("mask.pam", "-negate", "keep.png")
    h.ok("castle.png", "-write-mask", "keep.png", "-process",
         "tweedie " + FILL, "+write-mask", "out.png")
    check_filled(h, before)
    expected = h.tweedie("castle.png", FILL + "mask=mask.pam")
    assert np.array_equal(expected, h.read("out.png"))


@case
def write_mask_for_other_tasks(h):
    before = ready(h)
    h.ok("mask.pam", "-negate", "keep.png")
    h.ok("castle.png", "-write-mask", "keep.png", "-process",
         "tweedie denoise noise=0.2", "+write-mask", "out.png")
    check_filled(h, before)


@case
def region(h):
    before = ready(h)
    for words in FILL, "denoise noise=0.2":
        h.ok("castle.png", "-region", "16x8+24+20", "-process",
             "tweedie " + words, "+region", "out.png")
        check_filled(h, before)


@case
def region_and_new_size(h):
    ready(h)
    h.warns("-region", "castle.png", "-region", "16x8+24+20", "-process",
            "tweedie upscale scale=2 steps=2", "+region", "out.png")
    assert h.says("out.png", "%wx%h") == "128x96"


@case
def channel(h):
    before = ready(h)
    h.ok("castle.png", "-channel", "R", "-process",
         "tweedie denoise noise=0.2", "+channel", "out.png")
    after = h.read("out.png")
    full = h.tweedie("castle.png", "denoise noise=0.2")
    assert np.array_equal(after[..., 0], full[..., 0])
    assert np.array_equal(after[..., 1:], before[..., 1:])
    assert not np.array_equal(full[..., 1:], before[..., 1:])


@case
def channel_and_new_size(h):
    ready(h)
    h.warns("-channel", "castle.png", "-channel", "G", "-process",
            "tweedie upscale scale=2 steps=2", "+channel", "out.png")
    got = h.read("out.png")
    assert np.array_equal(
        got, h.tweedie("castle.png", "upscale scale=2 steps=2"))


@case
def seed(h):
    ready(h)
    words = "denoise noise=0.2 style=textured steps=2"
    expected = h.tweedie("castle.png", words + " seed=42")
    h.ok("castle.png", "-seed", "42", "-process", "tweedie " + words,
         "out.png")
    assert np.array_equal(expected, h.read("out.png"))
    h.ok("-seed", "42", "castle.png", "-process", "tweedie " + words +
         " seed=43", "out.png")
    assert not np.array_equal(expected, h.read("out.png"))


@case
def seed_is_fixed_without_a_setting(h):
    ready(h)
    words = "denoise noise=0.2 style=textured steps=2"
    assert np.array_equal(h.tweedie("castle.png", words),
                          h.tweedie("castle.png", words))


@case
def virtual_pixel(h):
    """What lies outside: mirrored and tiled borders as border=."""
    ready(h)
    for method, border in ("mirror", "mirror"), ("tile", "periodic"):
        h.ok("castle.png", "-virtual-pixel", method, "-process",
             "tweedie deblur sigma=1 noise=0.1 steps=2", "out.png")
        assert f"border={border}" in h.says("out.png", "%[tweedie:recipe]")
    h.tweedie("castle.png", "deblur sigma=1 noise=0.1 steps=2")
    assert "border" not in h.says("out.png", "%[tweedie:recipe]")


@case
def monitor(h):
    ready(h)
    result = h.run("-monitor", "castle.png", "-process",
                   "tweedie deblur sigma=1 noise=0.1 steps=4", "out.png")
    shown = [line for line in result.err.replace("\r", "\n").splitlines()
             if "tweedie deblur[" in line]
    assert len(shown) > 4 and "100%" in shown[-1], result.err
    assert result.status == 0 and h.exists("out.png")


@case
def monitor_of_mogrify(h):
    """Its monitor leaves most numbers out."""
    ready(h)
    result = h.run("-monitor", "-process", "tweedie deblur sigma=1 noise=0.1 steps=4",
                   "castle.png", tool="mogrify")
    assert result.err.count("tweedie deblur[") > 4, result.err


def threads(h, *settings, words="", env=None):
    result = h.ok(*settings, "-verbose", "castle.png", "-process",
                  "tweedie denoise steps=1 " + words, "null:",
                  env={"OMP_NUM_THREADS": "4", "MAGICK_THREAD_LIMIT": None,
                       **(env or {})})
    return result.err.split("threads ")[1].split()[0].strip(",;")


@case
def limit_thread(h):
    """ImageMagick's own default on four cores is three threads."""
    ready(h)
    assert threads(h) == "4"
    for number in "1", "2", "3", "4":
        assert threads(h, "-limit", "thread", number) == number
    assert threads(h, env={"MAGICK_THREAD_LIMIT": "3"}) == "3"
    assert threads(h, "-limit", "thread", "2", words="threads=3") == "3"


@case
def default_memory_policy_is_no_limit(h):
    """1 GiB for pixel caches; a larger -limit is cut to it and counts no
    more."""
    ready(h)
    for settings in [], ["-limit", "memory", "8GiB"]:
        h.ok(*settings, "castle.png", "-process", "tweedie denoise", "out.png")


@case
def pixel_caches_on_disk(h):
    ready(h)
    h.ok("-limit", "memory", "0", "-limit", "map", "0", "castle.png",
         "-process", "tweedie denoise noise=0.1", "out.png")
    assert np.array_equal(h.read("out.png"),
                          h.tweedie("castle.png", "denoise noise=0.1"))


@case
def memory_key_beats_the_limit(h):
    ready(h)
    h.ok("-limit", "memory", "1MiB", "castle.png", "-process",
         "tweedie denoise memory=4GiB", "out.png")


@case
def time_limit_that_is_kept(h):
    ready(h)
    h.ok("-limit", "time", "100", "castle.png", "-process",
         "tweedie denoise noise=0.1", "out.png")


@case
def thread_count_does_not_change_a_byte(h):
    ready(h)
    results = []
    for number in "1", "2", "3", "8":
        h.ok("castle.png", "-process", "tweedie deblur sigma=1 noise=0.1 "
             "style=textured seed=1 steps=2 threads=" + number, "out.png")
        results.append(h.read("out.png"))
    assert all(np.array_equal(results[0], r) for r in results[1:])
    assert psnr(results[0], h.read("castle.png")) < 60
