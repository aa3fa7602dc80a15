# SPDX-License-Identifier: GPL-3.0-or-later
"""That pictures get better, and what a result carries with it."""

import os
import re

import numpy as np

from host import box, case, only, psnr

PHOTOS = [("castle", "+200+220"), ("porcupine", "+190+200")]


def photo(h, name, at, size=96):
    h.photo(name, size, size, at)
    return h.read(name + ".png")


@case
def denoise_photographs(h):
    for name, at in PHOTOS:
        clean = photo(h, name, at)
        h.write("noisy.pam", h.noisy(clean, 0.1))
        better = h.tweedie("noisy.pam", "denoise noise=0.1")
        # BM3D-like denoisers gain 5 dB and more on small pieces at this level.
        assert psnr(better, clean) > psnr(h.read("noisy.pam"), clean) + 4, name
        assert h.says("out.png", "%[tweedie:noise]") == "0.100000"


@case
def deblur_photographs(h):
    for name, at in PHOTOS:
        clean = photo(h, name, at)
        h.ok(name + ".png", "-virtual-pixel", "mirror", "-gaussian-blur",
             "0x2", "-depth", "16", "blurred.png")
        h.write("y.pam", h.noisy(h.read("blurred.png"), 0.01))
        better = h.tweedie("y.pam", "deblur sigma=2 noise=0.01")
        assert psnr(better, clean) > psnr(h.read("y.pam"), clean) + 1, name


@case
def deblur_by_a_kernel_file(h):
    """A line of 7 pixels as a picture, and as kernel=motion: from the middle
    of the first pixel to the middle of the last."""
    clean = photo(h, *PHOTOS[0])
    line = np.array([1, 2, 2, 2, 2, 2, 1]) / 12
    kernel = np.zeros((7, 7, 1))
    kernel[3, :, 0] = 300000 * line
    h.write("line.pam", kernel)
    padded = np.pad(clean, ((0, 0), (3, 3), (0, 0)), "symmetric")
    blurred = sum(padded[:, i:i + 96] * line[i] for i in range(7))
    h.write("y.pam", h.noisy(blurred, 0.01))
    before = psnr(h.read("y.pam"), clean)
    for words in "kernel=line.pam", "kernel=motion length=7 angle=0":
        better = h.tweedie("y.pam", f"deblur {words} noise=0.01")
        assert psnr(better, clean) > before + 2, words
    h.ok("line.pam", "-write", "mpr:k", "+delete", "y.pam", "-process",
         "tweedie deblur kernel=mpr:k noise=0.01", "out.png")
    assert psnr(h.read("out.png"), clean) > before + 2


@case
def unknown_blur_is_found(h):
    """A motion of some nine pixels, and the same picture with what was found."""
    clean = photo(h, "castle", "+100+100", 224)
    moved = np.mean([clean[:, i:i + 216] for i in range(9)], axis=0)
    h.write("y.pam", h.noisy(moved, 0.01))
    better = h.tweedie("y.pam",
                       "deblur kernel=auto kernel-out=found.png noise=0.01")
    truth = clean[:, 4:220]
    assert psnr(better, truth) > psnr(h.read("y.pam"), truth) + 2
    assert h.says("out.png", "%[tweedie:blur]") == "motion"
    assert 8 <= float(h.says("out.png", "%[tweedie:blur-size]")) <= 11
    assert float(h.says("out.png", "%[tweedie:blur-sure]")) > 0.5
    again = h.tweedie("y.pam", "deblur kernel=found.png noise=0.01")
    # The file has 16 bits, and the canvas is as large as this kernel needs.
    assert psnr(again, better) > 40


@case
def upscale_returns_the_input(h):
    for name, at in PHOTOS:
        photo(h, name, at, 48)
        for kernel in "box", "bicubic":
            large = h.tweedie(name + ".png", "upscale scale=2 "
                              f"kernel={kernel} noise=0")
            assert large.shape == (96, 96, 3), large.shape
        small = large_to_small(h.tweedie(name + ".png",
                                         "upscale scale=2 kernel=box noise=0"))
        error = np.sqrt(np.mean((small - h.read(name + ".png")) ** 2)) / 65535
        assert error <= 1 / 255, (name, error)


def large_to_small(large):
    height, width, channels = large.shape
    return large.reshape(height // 2, 2, width // 2, 2, channels).mean((1, 3))


@case
def upscale_scales_the_page(h):
    h.photo()
    h.ok("castle.png", "-repage", "100x80+10+6", "-process",
         "tweedie upscale scale=2", "out.png")
    assert h.says("out.png", "%wx%h %g") == "128x96 200x160+20+12"


@case
def upscale_to_a_fraction(h):
    h.photo()
    h.tweedie("castle.png", "upscale scale=1.5")
    assert h.says("out.png", "%wx%h") == "96x72"


@case
def inpaint_photographs(h):
    for name, at in PHOTOS:
        clean = photo(h, name, at)
        mask = box(96, 96, 40, 30, 48, 60)
        h.write("mask.pam", mask)
        h.write("holed.pam", np.where(mask > 0, 0, clean))
        filled = h.tweedie("holed.pam", "inpaint mask=mask.pam")
        outside = np.repeat(mask, 3, 2) == 0
        assert np.array_equal(filled[outside], clean[outside]), name
        inside = psnr(filled[~outside], clean[~outside])
        flat = psnr(np.full((~outside).sum(), clean[outside].mean()),
                    clean[~outside])
        assert inside > flat, (name, inside, flat)


@case
def large_hole_continues(h):
    """A pattern of 8 by 12 pixels goes on in a hole of 40 by 44."""
    rows, columns = np.mgrid[0:120, 0:128]
    tile = np.random.default_rng(1).integers(9000, 56000, (12, 8, 3))
    clean = tile[rows % 12, columns % 8].astype(np.uint16)
    mask = box(120, 128, 40, 44, 80, 88)
    inside = mask[..., 0] > 0
    h.write("mask.pam", mask)
    h.write("holed.pam", np.where(mask > 0, 0, clean))
    filled = {}
    for words in ("", " fill=self", " fill=network", " fill=self threads=1",
                  " fill=self threads=2"):
        filled[words] = h.tweedie("holed.pam", "inpaint mask=mask.pam" + words)
    for words in " fill=self", " fill=self threads=1", " fill=self threads=2":
        assert np.array_equal(filled[""], filled[words]), words
    # The network cannot guess it: about 13 dB.
    assert psnr(filled[""][inside], clean[inside]) > 30
    assert psnr(filled[" fill=network"][inside], clean[inside]) < 20


@case
def thin_holes_are_left_to_the_network(h):
    clean = photo(h, *PHOTOS[0])
    mask = box(96, 96, 40, 0, 64, 96)
    h.write("mask.pam", mask)
    h.write("in.pam", clean)
    results = [h.tweedie("in.pam", "inpaint steps=2 mask=mask.pam" + words)
               for words in ("", " fill=network", " fill=self")]
    assert np.array_equal(results[0], results[1])
    assert not np.array_equal(results[0], results[2])


@case
def nothing_to_fill_from(h):
    """No patch of the picture is known: a clear refusal, or the network."""
    mask = box(40, 40, 2, 2, 38, 38)
    h.write("mask.pam", mask)
    h.write("in.pam", np.full((40, 40, 3), 30000, np.uint16))
    h.fails("fill=network", "in.pam", "-process",
            "tweedie inpaint mask=mask.pam fill=self", "out.png")
    network, auto = (
        h.tweedie("in.pam", "inpaint mask=mask.pam steps=2" + words)
        for words in (" fill=network", ""))
    assert np.array_equal(network, auto)


@case
def rose(h):
    """ImageMagick's own small picture, 70x46, through every task."""
    h.ok("rose:", "rose.png")
    h.write("mask.pam", box(46, 70, 20, 20, 26, 30))
    for words in ("denoise noise=0.05", "deblur sigma=1 noise=0.1",
                  "inpaint mask=mask.pam", "upscale scale=2"):
        result = h.tweedie("rose.png", words + " steps=2")
        assert result.std() > 5000, words


@case
def one_pixel(h):
    for words in "denoise", "deblur sigma=1 noise=0.1", "upscale scale=2":
        h.tweedie("xc:gray", words + " steps=1")
    h.ok("xc:gray", "-resize", "40x1!", "row.png")
    assert h.tweedie("row.png", "denoise noise=0.1").shape == (1, 40, 3)


@case
def candidates_take_the_place_of_the_picture(h):
    h.photo()
    h.ok("castle.png", "xc:red", "-process",
         "tweedie denoise noise=0.2 style=textured samples=3 steps=2",
         "-format", "%w", "-write", "info:sizes.txt", "out.miff")
    with open(h.path("sizes.txt"), encoding="utf-8") as file:
        assert file.read() == "64646411" + "1"
    first, second, third = (h.read(f"out.miff[{i}]") for i in range(3))
    assert not np.array_equal(first, second)
    assert not np.array_equal(second, third)


@case
def samples_of_faithful_are_one_picture(h):
    h.photo()
    h.tweedie("castle.png", "denoise noise=0.2 samples=2 steps=2")
    assert h.says("out.png", "%n") == "1"


@case
def seed_repeats(h):
    h.photo()
    words = "denoise noise=0.2 style=textured steps=2 seed="
    one = h.tweedie("castle.png", words + "1")
    assert np.array_equal(one, h.tweedie("castle.png", words + "1"))
    assert not np.array_equal(one, h.tweedie("castle.png", words + "2"))


@case
def both_builds_agree(h):
    only(len(h.other) == 2, "only one ImageMagick is here")
    clean = photo(h, *PHOTOS[0], 64)
    h.write("y.pam", h.noisy(clean, 0.05))
    mine = h.tweedie("y.pam", "deblur sigma=1 noise=0.05")
    program, modules = h.program, h.modules
    h.program, h.modules = h.other
    theirs = h.tweedie("y.pam", "deblur sigma=1 noise=0.05")
    h.program, h.modules = program, modules
    # Both round the same floats to 16 bits once, the one on storing and the
    # other on writing.
    assert np.abs(mine - theirs).max() <= 1


@case
def properties(h):
    h.photo()
    h.ok("castle.png", "-process", "tweedie deblur sigma=1 noise=0.1 steps=2",
         "-format", "%[tweedie:consistency] %[tweedie:worst] "
         "%[tweedie:seconds] %[tweedie:noise] %[tweedie:steps] "
         "%[tweedie:evaluations] %[tweedie:solver] %[tweedie:model]",
         "-write", "info:all.txt", "out.png")
    with open(h.path("all.txt"), encoding="utf-8") as file:
        words = file.read().split()
    assert len(words) == 8, words
    assert float(words[0]) > 0 and float(words[1]) >= float(words[0]), words
    assert words[3:5] == ["0.100000", "2"] and words[7] == "photo", words
    # Kept in the file, but for the time, which would change its bytes.
    assert h.says("out.png", "%[tweedie:solver]") == words[6]
    again = h.run("out.png", "-format", "%[tweedie:seconds]", "info:")
    assert again.out == b"", again.out


@case
def recipe_repeats_the_picture(h):
    h.photo()
    first = h.tweedie("castle.png", "deblur style=textured seed=4 sigma=1 "
                      "noise=0.1 steps=2")
    words = h.says("out.png", "%[tweedie:recipe]")
    assert np.array_equal(first, h.tweedie("castle.png", words))


@case
def verbose_tells_on_standard_error(h):
    h.photo()
    result = h.ok("castle.png", "-verbose", "-process",
                  "tweedie denoise noise=0.1", "+verbose", "png:-")
    for part in "noise=0.1", "plan", "evaluations", "consistency", "MiB":
        assert part in result.err, (part, result.err)
    assert result.out.startswith(b"\x89PNG")


@case
def bad_fit_is_warned_of(h):
    """A wrong noise level: the result cannot match the input that well."""
    clean = photo(h, *PHOTOS[0], 64)
    h.write("y.pam", h.noisy(clean, 0.2))
    result = h.warns("agree", "y.pam", "-process", "tweedie deblur sigma=3 "
                     "noise=0.001 steps=2", "out.png")
    assert h.exists("out.png"), result.err


@case
def unknown_words_of_a_prompt(h):
    h.photo()
    h.warns("xyzzy", "castle.png", "-process",
            'tweedie denoise steps=1 "prompt=hill, xyzzy"', "out.png")
    assert h.exists("out.png")


@case
def quiet_hides_warnings(h):
    h.photo()
    result = h.run("-quiet", "castle.png", "-process",
                   'tweedie denoise steps=1 "prompt=hill, xyzzy"', "out.png")
    assert result.status == 0 and "xyzzy" not in result.err, result.err


@case
def two_calls_in_one_command(h):
    h.photo()
    h.ok("castle.png", "-process", "tweedie denoise noise=0.1", "-write",
         "one.png", "-process", "tweedie deblur sigma=1 noise=0.1", "out.png")
    h.ok("one.png", "-process", "tweedie deblur sigma=1 noise=0.1", "two.png")
    # PNG keeps what was restored, to 8 bits, so only nearly the same.
    assert psnr(h.read("two.png"), h.read("out.png")) > 35
    assert re.match("deblur", h.says("out.png", "%[tweedie:recipe]"))


@case
def mogrify(h):
    h.photo()
    h.photo("porcupine")
    os.makedirs(h.path("out"))
    h.ok("-path", "out", "-process", "tweedie upscale scale=2 steps=2",
         "castle.png", "porcupine.png", tool="mogrify")
    for name in "out/castle.png", "out/porcupine.png":
        assert h.says(name, "%wx%h") == "128x96"


@case
def convert(h):
    h.photo()
    h.ok("castle.png", "-process", "tweedie denoise noise=0.1", "out.png",
         tool="convert")
    assert np.array_equal(h.read("out.png"),
                          h.tweedie("castle.png", "denoise noise=0.1"))


@case
def pipes(h):
    h.photo()
    with open(h.path("castle.png"), "rb") as file:
        result = h.ok("png:-", "-process", "tweedie denoise noise=0.1",
                      "miff:-", data=file.read())
    assert h.ok("miff:-", "-format", "%wx%h", "info:",
                data=result.out).out == b"64x48"
