# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input: one clear line, status 1, no output file."""

import os
import shutil
import sys

import numpy as np

from host import box, case, only


def refuses(h, word, words, *before, source="castle.png", env=None):
    h.photo()
    h.fails(word, source, *before, "-process", ("tweedie " + words).strip(),
            "out.png", env=env)


@case
def no_task(h):
    refuses(h, "tweedie help", "")


@case
def unknown_task(h):
    refuses(h, "'sharpen'", "sharpen sigma=2")


@case
def unknown_key(h):
    refuses(h, "'sigm", "deblur sigmaa=2")


@case
def key_of_another_task(h):
    refuses(h, "angle", "denoise angle=3")


@case
def word_without_value(h):
    refuses(h, "'quickly'", "denoise quickly")


@case
def value_out_of_range(h):
    refuses(h, "noise", "denoise noise=7")
    refuses(h, "scale", "upscale scale=1000")


@case
def value_not_a_number(h):
    refuses(h, "sigma", "deblur sigma=two")
    refuses(h, "sigma", "deblur sigma=nan")


@case
def unknown_choice(h):
    refuses(h, "faithful", "denoise style=wild")
    refuses(h, "solver", "denoise solver=magic")


@case
def keys_of_two_kernels(h):
    refuses(h, "sigma= and radius=", "deblur sigma=1 radius=3")
    refuses(h, "radius= and length=", "deblur length=9 radius=3")
    refuses(h, "angle=", "deblur sigma=1 angle=30")


def bytes_of(h, name):
    with open(h.path(name), "rb") as file:
        return file.read()


@case
def mogrify_leaves_files_alone(h):
    h.photo()
    for name in "a.jpg", "b.jpg":
        h.ok("castle.png", name)
    before = bytes_of(h, "a.jpg")
    os.mkdir(h.path("out"))
    for words in ("denoise stlye=1", "denoise memory=1M", "inpaint mask=last",
                  "denoise model=nonesuch"):
        for path in (), ("-path", "out"):
            result = h.run(*path, "-process", "tweedie " + words, "a.jpg",
                           "b.jpg", tool="mogrify")
            assert result.status == 1 and result.said, (words, result.err)
            assert bytes_of(h, "a.jpg") == bytes_of(h, "b.jpg") == before
            assert not os.listdir(h.path("out")), words


@case
def misspelled_define(h):
    for before in ((), ("-process", "tweedie denoise steps=1")):
        refuses(h, "'stlye'; did you mean 'style'", "denoise", *before,
                "-define", "tweedie:stlye=textured")
    refuses(h, "'xyzzyxyzzy'", "denoise", "-set", "option:tweedie:xyzzyxyzzy",
            "1")
    h.photo()
    result = h.run("-define", "tweedie:stlye=textured", "castle.png",
                   "-process", "tweedie denoise", "null:", tool="convert")
    assert result.status == 1 and "'stlye'" in result.err, result.err


@case
def define_for_another_run(h):
    """A define holds for every -process of a command."""
    h.photo()
    h.ok("-define", "tweedie:scale=3", "-define", "tweedie:eta-b=0.2",
         "-define", "tweedie:record-prompt=yes", "castle.png", "-process",
         "tweedie denoise steps=1", "-process", "tweedie upscale steps=1",
         "out.png")
    assert h.says("out.png", "%wx%h") == "192x144"


@case
def bad_define(h):
    refuses(h, "noise", "denoise", "-define", "tweedie:noise=7")


@case
def quote_without_end(h):
    h.photo()
    result = h.run("castle.png", "-process", "tweedie denoise prompt=\"a b",
                   "out.png")
    only(result.status, "this ImageMagick closes quotes itself")
    assert "quote" in result.err and not h.exists("out.png"), result.err


@case
def unknown_model(h):
    refuses(h, "photo", "denoise model=nonesuch")


@case
def no_models_at_all(h):
    refuses(h, "nowhere", "denoise",
            env={"TWEEDIE_MODEL_PATH": "nowhere", "XDG_DATA_HOME": "nowhere"})


@case
def damaged_model(h):
    photo = os.path.join(os.environ["TWEEDIE_MODEL_PATH"], "photo")
    os.makedirs(h.path("models/photo"))
    shutil.copy(os.path.join(photo, "card.json"), h.path("models/photo"))
    with open(os.path.join(photo, "photo.safetensors"), "rb") as file:
        start = file.read(100000)
    with open(h.path("models/photo/photo.safetensors"), "wb") as file:
        file.write(start)
    refuses(h, "photo", "denoise", env={"TWEEDIE_MODEL_PATH": "models"})


def is_clean(text):
    """Nothing that a terminal would obey, or that turns a line around."""
    assert not set("\x1b\x07\r\x9b\u202e") & set(text), repr(text)


@case
def texts_from_outside_are_cleaned(h):
    h.photo()
    name = "a\x1b2Jb\u202egnp.png"
    os.rename(h.path("castle.png"), h.path(name))
    for words in ("denoise nois\x1b]0;x\x07=1", "denoise noise=\u202e1",
                  "denoise style=wi\x9b2Jld"):
        is_clean(h.fails("?", "png:" + name, "-process", "tweedie " + words,
                         "out.png").err)
    result = h.run("png:" + name, "-verbose", "-process",
                   "tweedie denoise steps=1 "
                   "'prompt=a cat, xy\x1b[31mzzy, \u202eyzzyx'", "miff:-")
    assert result.status == 0, result.err
    ours = "".join(line for line in result.err.splitlines(keepends=True)
                   if line.startswith("tweedie:") or "prompt" in line)
    assert "xy?[31mzzy, ?yzzyx" in ours, ours
    is_clean(ours)


@case
def folders_of_models_are_cleaned(h):
    photo = os.path.join(os.environ["TWEEDIE_MODEL_PATH"], "photo")
    folder = "mod\x1b[2J\u202els"
    os.mkdir(h.path(folder))
    os.symlink(photo, h.path(folder + "/photo"))
    result = h.run("rose:", "-process", "tweedie models", "null:",
                   env={"TWEEDIE_MODEL_PATH": folder, "XDG_DATA_HOME": "no"})
    assert "mod?[2J?ls" in result.err, result.err
    is_clean(result.err)


@case
def no_mask(h):
    refuses(h, "mask", "inpaint")


@case
def mask_of_another_size(h):
    h.write("mask.pam", box(48, 63, 2, 2, 9, 9))
    refuses(h, "63x48", "inpaint mask=mask.pam")
    h.photo()
    h.fails("63x48", "castle.png", "mask.pam", "-process",
            "tweedie inpaint mask=last", "out.png")


@case
def mask_last_of_one_image(h):
    refuses(h, "only one", "inpaint mask=last")


@case
def mask_file_missing(h):
    refuses(h, "no.png", "inpaint mask=no.png")


@case
def kernel_file_missing(h):
    refuses(h, "no.png", "deblur kernel=no.png")


@case
def kernel_file_black(h):
    h.write("black.pam", np.zeros((5, 5, 1)))
    refuses(h, "sum", "deblur kernel=black.pam noise=0.01")


@case
def all_of_the_picture_masked(h):
    """Nothing is known; whatever the answer, it is a clean one."""
    h.photo()
    h.write("mask.pam", box(48, 64, 0, 0, 48, 64))
    result = h.run("castle.png", "-process",
                   "tweedie inpaint mask=mask.pam steps=2", "out.png")
    assert (result.status == 0) == h.exists("out.png"), result.err


@case
def time_limit(h):
    """On a busy machine ImageMagick itself may be the first to notice."""
    h.photo()
    result = h.run("-limit", "time", "2", "castle.png", "-process",
                   "tweedie deblur steps=1000 sigma=2 noise=0.01", "out.png")
    assert result.status == 1 and not h.exists("out.png")
    assert result.said and "time" in result.said[-1], result.err


@case
def memory_limit(h):
    h.photo()
    h.fails("memory", "-limit", "memory", "1MiB", "castle.png", "-process",
            "tweedie denoise", "out.png")
    h.fails("memory", "castle.png", "-process",
            "tweedie denoise memory=1MiB", "out.png")


MEASURE = """import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)"""

# MiB besides ImageMagick's own and the limit. Measured: 31 for the module, its
# libraries and the files of the model, as far as they are read for the plan (a
# refused run of 64x48 pixels), and 28 to 40 in runs of 1000x700 with 165M to
# 200M, of which 5 are ImageMagick's copy in sRGB. The rest is room for other
# versions of the libraries.
BESIDES = 50


def peak(h, *args):
    """The largest resident memory of magick ARGS null:, in MiB."""
    program, h.program = h.program, sys.executable
    # meson sets MALLOC_PERTURB_, which touches memory that nobody uses (23 MiB).
    result = h.run("-c", MEASURE, program, *args, "null:",
                   env={"MALLOC_PERTURB_": None})
    h.program = program
    return int(result.out) / 1024, result


@case
def memory_limit_of_the_process(h):
    """A refused run copies nothing; one that is accepted keeps to its limit with
    all pixels that the module holds."""
    only("TWEEDIE_TEST_PRELOAD" not in os.environ, "sanitizers take memory")
    for size, memory, limit, status in (("3000x2000", "100M", 0, 1),
                                        ("3000x2000", "400M", 0, 1),
                                        ("1000x700", "200M", 190.8, 0)):
        h.ok("-size", size, "gradient:red-blue", "-depth", "8", "in.ppm")
        plain, _ = peak(h, "in.ppm")
        took, result = peak(h, "in.ppm", "-process", "tweedie denoise noise=0.1 "
                            "steps=1 threads=1 memory=" + memory)
        assert result.status == status, (size, memory, result.err)
        assert took <= plain + limit + BESIDES, (size, memory, plain, took)


@case
def memory_that_is_asked_for_is_enough(h):
    """The number in the refusal counts the module's own pixels, too."""
    h.photo()
    words = "tweedie upscale scale=2 steps=1 memory="
    said = h.fails("memory", "castle.png", "-process", words + "1MiB",
                   "out.png").said[0]
    enough = int(said.split("needs ")[1].split()[0])
    h.fails(f"needs {enough} MiB", "castle.png", "-process",
            f"{words}{enough - 1}MiB", "out.png")
    h.ok("castle.png", "-process", f"{words}{enough}MiB", "out.png")


@case
def result_above_the_width_limit(h):
    h.photo()
    h.fails("limit", "-limit", "width", "100", "castle.png", "-process",
            "tweedie upscale scale=2", "out.png")


@case
def failure_leaves_the_whole_list(h):
    """convert writes its output whatever happens: it must be the input."""
    h.photo()
    h.photo("porcupine", 64, 32)
    h.write("mask.pam", box(48, 64, 8, 8, 24, 24))
    result = h.run("castle.png", "porcupine.png", "-process",
                   "tweedie inpaint mask=mask.pam", "+append", "out.png",
                   tool="convert")
    assert result.status == 1 and "64x32" in result.err, result.err
    h.ok("castle.png", "porcupine.png", "+append", "expected.png")
    assert np.array_equal(h.read("out.png"), h.read("expected.png"))


@case
def mogrify_stops_at_a_failure(h):
    h.photo()
    h.photo("porcupine")
    before = h.read("castle.png")
    result = h.run("-process", "tweedie denoise noise=7", "castle.png",
                   "porcupine.png", tool="mogrify")
    assert result.status == 1, result.err
    assert np.array_equal(before, h.read("castle.png"))


@case
def full_disk(h):
    only(os.path.exists("/dev/full"), "no /dev/full")
    h.photo()
    result = h.run("castle.png", "-process", "tweedie denoise",
                   "ppm:/dev/full")
    assert result.status == 1, result.err


@case
def policy_forbids_the_filter(h):
    write_policy(h, '<policy domain="filter" rights="none" pattern="*"/>')
    refuses(h, "policy", "denoise", env={"MAGICK_CONFIGURE_PATH": h.dir})


@case
def policy_forbids_the_mask(h):
    write_policy(h, '<policy domain="path" rights="none" pattern="*secret*"/>')
    h.photo()
    h.write("secret.pam", box(48, 64, 8, 8, 24, 24))
    h.fails("policy", "castle.png", "-process",
            "tweedie inpaint mask=secret.pam", "out.png",
            env={"MAGICK_CONFIGURE_PATH": h.dir})


def write_policy(h, line):
    with open(h.path("policy.xml"), "w", encoding="utf-8") as file:
        file.write(f"<policymap>{line}</policymap>\n")


@case
def little_address_space(h):
    """Under `ulimit -v` it works, or says that memory is missing: no endless
    waiting, no sentence of a library, though many threads are asked for."""
    only("TWEEDIE_TEST_PRELOAD" not in os.environ, "sanitizers take it all")
    only(not h.hdri, "tried in Q16")
    h.photo()
    worked = []
    for limit in range(20, 320, 20):
        if h.run("castle.png", "null:", address_space=limit).status:
            continue
        result = h.run("castle.png", "-process",
                       "tweedie deblur sigma=1 steps=1 threads=16", "out.png",
                       address_space=limit)
        worked.append(result.status == 0)
        assert result.status in (0, 1), (limit, result.status, result.err)
        if worked[-1]:
            os.remove(h.path("out.png"))
            continue
        assert len(result.said) == 1, (limit, result.err)
        # At the least ImageMagick has no room for the module itself.
        assert "MB of memory" in result.said[0] or (
            limit < 40 and "load module" in result.said[0]), \
            (limit, result.err)
        assert not h.exists("out.png")
    assert not worked[0] and all(worked[-3:]), worked


@case
def module_of_the_other_build(h):
    only(len(h.other) == 2, "only one ImageMagick is here")
    h.photo()
    h.fails("MAGICK_CODER_FILTER_PATH", "castle.png", "-process",
            "tweedie denoise", "out.png",
            env={"MAGICK_CODER_FILTER_PATH": h.other[1],
                 "MAGICK_FILTER_MODULE_PATH": h.other[1]})


@case
def la_file_missing(h):
    os.makedirs(h.path("bare"))
    shutil.copy(os.path.join(h.modules, "tweedie.so"), h.path("bare"))
    refuses(h, "tweedie", "denoise",
            env={"MAGICK_CODER_FILTER_PATH": h.path("bare"),
                 "MAGICK_FILTER_MODULE_PATH": h.path("bare")})


@case
def la_file_beside_the_module(h):
    """What an installation consists of."""
    os.makedirs(h.path("both"))
    for name in "tweedie.so", "tweedie.la":
        shutil.copy(os.path.join(h.modules, name), h.path("both"))
    h.photo()
    h.ok("castle.png", "-process", "tweedie version", "null:",
         env={"MAGICK_CODER_FILTER_PATH": h.path("both"),
              "MAGICK_FILTER_MODULE_PATH": h.path("both")})
