# SPDX-License-Identifier: GPL-3.0-or-later
"""JPEG files: their coefficients are the measurement, as long as the picture is
what the file decodes to."""

from host import case, psnr


def saved(h, quality, sampling="4:2:0"):
    """A crop, and its name as a JPEG file."""
    h.photo("castle", 128, 120, "+150+150")
    made = h.run("castle.png", "-sampling-factor", sampling, "-quality",
                 str(quality), "small.jpg")
    assert made.status == 0, made.err
    return h.read("castle.png"), "small.jpg"


def restored(h, source, words, *before):
    result = h.run(source, *before, "-process", "tweedie " + words, "-format",
                   "%[tweedie:cells]", "-write", "out.png", "info:")
    return result, result.out.decode()


@case
def dejpeg_gains_and_keeps_to_the_file(h):
    truth, source = saved(h, 20)
    before = psnr(h.read(source), truth)
    result, cells = restored(h, source, "dejpeg")
    assert result.status == 0, result.err
    # crops of 256 pixels gain 0.65 to 2.2 dB, tests/quality/README.md
    assert psnr(h.read("out.png"), truth) > before + 0.6
    assert float(cells) > 0.999, cells
    # Compressed again it is the same file, but for what 8 bits round: one coefficient
    # of a color that moves, of 23,040, shows in 1.7 % of the pixels.
    h.run("out.png", "-sampling-factor", "4:2:0", "-quality", "20", "again.jpg")
    again = abs(h.read("again.jpg") - h.read(source)).max(axis=2)
    assert (again > 0).mean() < 0.08, (again > 0).mean()


@case
def other_tasks_measure_the_file(h):
    truth, source = saved(h, 20)
    _, cells = restored(h, source, "upscale scale=2")
    assert float(cells) > 0.9, cells
    _, cells = restored(h, source, "denoise")
    gain = psnr(h.read("out.png"), truth) - psnr(h.read(source), truth)
    assert float(cells) > 0.9 and gain > 0.5, (cells, gain)


@case
def cells_step_aside(h):
    """Where they cannot be used what was asked is done as for a picture."""
    _, source = saved(h, 40)
    for words in ("deblur sigma=1 noise=0.01 steps=1 light=linear",
                  "deblur sigma=1 noise=0.01 steps=1 border=mirror solver=ddrm",
                  "upscale scale=2 steps=1 solver=ddrm",
                  "upscale scale=2 steps=1 solver=ddnm"):
        result, cells = restored(h, source, words)
        assert result.status == 0 and cells == "", (words, result.err, cells)
        aside = h.read("out.png")
        restored(h, source, words + " jpeg=no")
        assert (aside == h.read("out.png")).all(), words


@case
def no_jpeg_is_as_a_picture(h):
    _, source = saved(h, 40)
    h.run(source, "plain.png")
    results = []
    for name, words in (source, "jpeg=no"), ("plain.png", "jpeg=no"):
        result, cells = restored(h, name, "upscale scale=2 " + words)
        assert result.status == 0 and cells == "", (result.err, cells)
        results.append(h.read("out.png"))
    assert (results[0] == results[1]).all()


@case
def changed_pictures_are_not_the_file(h):
    saved(h, 20)
    result, _ = restored(h, "small.jpg", "dejpeg", "-resize", "93%")
    assert result.status != 0 and "jpeg=" in result.err, result.err
