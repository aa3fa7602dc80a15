# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinds of pictures: depth, alpha, gray, palettes, color spaces, profiles."""

import subprocess

import numpy as np

from host import box, case, only, psnr

WORDS = "denoise noise=0.1"


def restored(h, *settings, name="in.tif"):
    """The same piece of a photograph as another kind of picture: before and
    after, both as sRGB."""
    h.photo()
    h.ok("castle.png", *settings, name)
    kind = "%[colorspace] %[channels] %z"
    before = h.says(name, kind)
    out = "out." + name.split(".")[-1]
    h.ok(name, "-process", "tweedie " + WORDS, out)
    assert h.says(out, kind) == before, (before, h.says(out, kind))
    return h.read(name), h.read(out)


def check_like_rgb(h, before, after, decibels=35):
    """As the RGB picture of the same values is restored."""
    h.write("plain.pam", before)
    expected = h.tweedie("plain.pam", WORDS)
    assert not np.array_equal(before, after)
    assert psnr(expected, after) > decibels, psnr(expected, after)


@case
def depth_of_8_bits(h):
    check_like_rgb(h, *restored(h, name="in.png"), decibels=45)


@case
def depth_of_16_bits(h):
    before, after = restored(h, "-depth", "16", "-resize", "50%",
                             name="in.png")
    check_like_rgb(h, before, after, decibels=90)
    assert np.any(after % 257), "only 8 bits are left"


@case
def eight_bits_are_rounded(h):
    """Not cut: else everything would be half a level too dark. -depth 16 before
    the restoration keeps all of it."""
    h.photo()
    h.ok("castle.png", "-process", "tweedie " + WORDS, "8.png")
    h.ok("castle.png", "-depth", "16", "-process", "tweedie " + WORDS, "16.png")
    fine = h.read("16.png")
    assert np.any(fine % 257), "only 8 bits are left"
    off = np.rint(fine / 257) - h.read("8.png") // 257
    # Values within 1/514 of a half level may go either way.
    assert np.all(abs(off) <= 1) and np.mean(off != 0) < 0.01, np.mean(off)


@case
def gray(h):
    before, after = restored(h, "-colorspace", "Gray", "-depth", "16")
    check_like_rgb(h, before, after, decibels=35)
    assert np.array_equal(after[..., 0], after[..., 2])


@case
def linear_gray(h):
    check_like_rgb(h, *restored(h, "-colorspace", "LinearGray", "-depth", "16",
                                name="in.miff"))


@case
def gray_with_alpha(h):
    before, after = restored(h, "-colorspace", "Gray", "-alpha", "set",
                             "-channel", "A", "-evaluate", "set", "60%",
                             "+channel", "-depth", "16", name="in.png")
    assert not np.array_equal(before, after)
    assert np.array_equal(h.read_alpha("in.png"), h.read_alpha("out.png"))


@case
def palette(h):
    """The result has more colors than the palette held."""
    h.photo()
    h.ok("castle.png", "-colors", "32", "-type", "Palette", "in.gif")
    assert h.says("in.gif", "%r").split()[0] == "PseudoClass"
    h.ok("in.gif", "-process", "tweedie " + WORDS, "out.png")
    check_like_rgb(h, h.read("in.gif"), h.read("out.png"), decibels=45)


@case
def bilevel(h):
    h.photo()
    h.ok("castle.png", "-monochrome", "in.png")
    h.ok("in.png", "-process", "tweedie " + WORDS, "-depth", "8", "out.png")
    assert len(np.unique(h.read("out.png"))) > 2


@case
def palette_pixels_outside_a_mask(h):
    h.photo()
    h.ok("castle.png", "-colors", "32", "-type", "Palette", "in.gif")
    h.write("mask.pam", box(48, 64, 20, 24, 28, 40))
    h.ok("in.gif", "-process", "tweedie inpaint mask=mask.pam steps=2",
         "out.png")
    changed = np.any(h.read("in.gif") != h.read("out.png"), axis=2)
    assert not changed[box(48, 64, 20, 24, 28, 40)[..., 0] == 0].any()
    assert changed.any()


@case
def alpha_stays(h):
    h.photo()
    before = h.read("castle.png")
    alpha = np.linspace(0, 65535, 64).astype(int)[None, :, None]
    alpha = np.repeat(alpha, 48, 0)
    h.write("in.pam", np.concatenate([before, alpha], 2))
    h.ok("in.pam", "-process", "tweedie " + WORDS, "out.png")
    assert np.array_equal(h.read_alpha("out.png"), alpha)
    assert not np.array_equal(h.read("out.png"), before)


@case
def color_under_alpha_0(h):
    """Stays as it is, and does not leak into what is seen."""
    h.photo()
    before = h.read("castle.png")
    hidden = box(48, 64, 0, 0, 48, 20)[..., 0] > 0
    alpha = np.where(hidden, 0, 65535)[..., None]
    results = []
    for color in ([0, 65535, 0], [65535, 0, 65535]):
        pixels = np.where(hidden[..., None], color, before)
        h.write("in.pam", np.concatenate([pixels, alpha], 2))
        h.ok("in.pam", "-process", "tweedie " + WORDS, "out.png")
        after = h.read("out.png")
        assert np.array_equal(after[hidden], pixels[hidden])
        results.append(after[~hidden])
    assert np.array_equal(*results)


@case
def upscale_with_alpha(h):
    h.photo()
    before = h.read("castle.png")
    alpha = box(48, 64, 10, 10, 40, 50)
    h.write("in.pam", np.concatenate([before, alpha], 2))
    h.ok("in.pam", "-process", "tweedie upscale scale=2 steps=2", "out.png")
    large = h.read_alpha("out.png")
    assert large.shape == (96, 128, 1)
    # Away from the edge alpha can only be what it was.
    assert large[40:60, 40:80].min() == 65535 and large[:10].max() == 0


@case
def cmyk(h):
    """Another black in the separation than ImageMagick would choose."""
    h.photo()
    h.ok("castle.png", "-colorspace", "CMYK", "in.tif")
    h.ok("in.tif", "-process", "tweedie " + WORDS, "out.tif")
    assert h.says("out.tif", "%[colorspace]") == "CMYK"
    check_like_rgb(h, h.read("in.tif"), h.read("out.tif"))
    h.ok("xc:gray50", "-resize", "8x8!", "-colorspace", "CMYK", "-channel",
         "CMY", "-evaluate", "set", "30%", "+channel", "rich.tif")
    h.warns("sRGB", "rich.tif", "-process", "tweedie " + WORDS, "out.tif")


@case
def color_spaces(h):
    for space in "Lab", "RGB", "YCbCr", "HSL":
        before, after = restored(h, "-colorspace", space, "-depth", "16",
                                 name="in.miff")
        check_like_rgb(h, before, after)


@case
def color_space_outside_a_mask(h):
    """Exact although Lab and back is not."""
    h.photo()
    h.write("mask.pam", box(48, 64, 20, 24, 28, 40))
    h.ok("castle.png", "-colorspace", "Lab", "-depth", "16", "in.miff")
    h.ok("in.miff", "-process", "tweedie inpaint mask=mask.pam steps=2",
         "out.miff")
    inside = box(48, 64, 20, 24, 28, 40)[..., 0] > 0
    lab = [h.read_as_is(name) for name in ("in.miff", "out.miff")]
    assert np.array_equal(lab[0][~inside], lab[1][~inside])
    assert not np.array_equal(lab[0][inside], lab[1][inside])


def profiles(h):
    only(h.profiles, "built without the profile maker")
    subprocess.run([h.profiles], cwd=h.dir, check=True)


def with_profile(h, profile, *settings):
    """In a wide space, then through the module: the profile is kept and the
    picture is the one that the same colors in sRGB give."""
    profiles(h)
    h.photo()
    h.ok("castle.png", *settings, "-profile", "srgb.icc", "-profile", profile,
         "-depth", "16", "in.tif")
    return h.ok("in.tif", "-process", "tweedie " + WORDS, "out.tif")


def check_profile(h, profile):
    h.ok("out.tif", "out.icc")
    with open(h.path("out.icc"), "rb") as out, \
            open(h.path(profile), "rb") as original:
        assert out.read() == original.read()
    for name in "in", "out":
        h.ok(name + ".tif", "-profile", "srgb.icc", name + ".miff")
    check_like_rgb(h, h.read("in.miff"), h.read("out.miff"))


@case
def wide_profile(h):
    with_profile(h, "wide.icc")
    check_profile(h, "wide.icc")


@case
def gray_profile(h):
    with_profile(h, "gray.icc", "-colorspace", "Gray", "-colorspace", "sRGB",
                 "-type", "TrueColor")
    assert h.says("out.tif", "%[colorspace]") == "Gray"
    check_profile(h, "gray.icc")


@case
def cmyk_profile(h):
    profiles(h)
    h.photo()
    h.ok("castle.png", "-profile", "srgb.icc", "-profile", "cmyk.icc",
         "in.tif")
    result = h.run("in.tif", "-process", "tweedie " + WORDS, "out.tif")
    assert result.status == 0, result.err
    assert h.says("out.tif", "%[colorspace]") == "CMYK"
    check_profile(h, "cmyk.icc")


@case
def profile_that_cannot_be_used(h):
    h.photo()
    with open(h.path("bad.icc"), "wb") as file:
        file.write(b"\0\0\0\x90" + b"no profile at all" * 20)
    h.run("castle.png", "-profile", "bad.icc", "in.miff")
    listing = h.ok("in.miff", "-verbose", "info:").out.decode("latin-1")
    only("Profile-icc" in listing, "ImageMagick refuses to attach it")
    h.warns("profile", "in.miff", "-process", "tweedie " + WORDS, "out.png")


@case
def values_outside_the_range(h):
    """HDRI only: kept where nothing is to be changed, and by strength=0; denoised
    above white as below, and not cut."""
    only(h.hdri, "Q16 has none")
    h.photo()
    h.write("mask.pam", box(48, 64, 20, 24, 28, 40))
    h.ok("castle.png", "-evaluate", "multiply", "3", "-evaluate", "subtract",
         "30%", "-depth", "32", "-define", "quantum:format=floating-point",
         "in.miff")
    h.ok("in.miff", "-process", "tweedie inpaint mask=mask.pam steps=2",
         "-define", "quantum:format=floating-point", "out.miff")
    before, after = h.read_float("in.miff"), h.read_float("out.miff")
    inside = box(48, 64, 20, 24, 28, 40)[..., 0] > 0
    assert before.max() > 1.5 and before.min() < -0.1
    assert np.array_equal(before[~inside], after[~inside])
    assert after[inside].max() > 1 and after[inside].min() > -1
    h.ok("in.miff", "-process", "tweedie denoise noise=0.1 strength=0",
         "-define", "quantum:format=floating-point", "out.miff")
    assert np.array_equal(before, h.read_float("out.miff"))
    level = 0.1
    noise = np.random.default_rng(1).normal(0, level, before.shape)
    h.write_float("noisy.miff", before + noise)
    for task in "denoise", "deblur sigma=0.3 steps=2":
        h.ok("noisy.miff", "-process", f"tweedie {task} noise={level}",
             "-define", "quantum:format=floating-point", "out.miff")
        after = h.read_float("out.miff")
        bright = before > 1.2
        assert np.mean(bright) > 0.1
        assert abs(np.mean(after[bright] - before[bright])) < 0.3 * level
        assert np.std((after - before)[bright]) < 0.7 * level, task
    h.ok("in.miff", "-process", "tweedie upscale scale=2 steps=2 kernel=box",
         "-define", "quantum:format=floating-point", "out.miff")
    means = h.read_float("out.miff").reshape(48, 2, 64, 2, 3).mean((1, 3))
    assert np.abs(means - before).max() < 0.01


@case
def stack_of_three(h):
    for name in "castle", "porcupine", "primula":
        h.photo(name)
    h.ok("castle.png", "porcupine.png", "primula.png", "stack.tif")
    h.ok("stack.tif", "-process", "tweedie " + WORDS, "out.tif")
    assert h.says("out.tif", "%n,") == "3,3,3,"
    for number, name in enumerate(("castle", "porcupine", "primula")):
        expected = h.tweedie(name + ".png", WORDS)
        # TIFF and PNG round to 8 bits differently.
        got = h.read(f"out.tif[{number}]")
        assert np.abs(got - expected).max() <= 257, name


@case
def one_of_a_stack(h):
    h.photo()
    h.ok("castle.png", "(", "castle.png", "-flop", ")", "stack.tif")
    h.ok("stack.tif[1]", "-process", "tweedie " + WORDS, "out.png")
    assert h.says("out.png", "%n") == "1"


@case
def frames_that_are_parts(h):
    h.photo()
    h.ok("castle.png", "(", "castle.png", "-crop", "20x20+5+5", ")", "in.gif")
    h.warns("-coalesce", "in.gif", "-process", "tweedie " + WORDS, "out.gif")
