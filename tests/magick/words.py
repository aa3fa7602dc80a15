# SPDX-License-Identifier: GPL-3.0-or-later
"""How -process, defines and scripts name what to do."""

import os

import numpy as np

from host import case


def recipe(h, *args, tool=None):
    """What the module understood, as the recipe of the result."""
    h.photo()
    h.ok("castle.png", *args, "-write", "mpr:x", "-delete", "0--1", "mpr:x",
         "-format", "%[tweedie:recipe]", "-write", "info:recipe.txt",
         "out.png", tool=tool)
    with open(h.path("recipe.txt"), encoding="utf-8") as file:
        return file.read()


PROMPT = "record-prompt=yes steps=1"


@case
def plain_words(h):
    text = recipe(h, "-process", "tweedie deblur sigma=1.5 noise=0.1 steps=1")
    assert text.split()[0] == "deblur", text
    assert "sigma=1.5" in text and "steps=1" in text, text


@case
def percent_and_fraction(h):
    h.photo()
    for noise in "2%", "0.02", "5.1/255":
        h.tweedie("castle.png", f"denoise noise={noise}")
        assert h.says("out.png", "%[tweedie:noise]") == "0.020000"


@case
def quotes_around_the_word(h):
    for quote in "\"'":
        text = recipe(h, "-process", f"tweedie denoise {PROMPT} "
                      f"{quote}prompt=a cat, fur{quote} seed=3")
        assert "a cat, fur" in text and "seed=3" in text, text


@case
def quotes_around_the_value(h):
    for quote in "\"'":
        text = recipe(h, "-process", f"tweedie denoise {PROMPT} "
                      f"prompt={quote}a cat, fur{quote} seed=3")
        assert "a cat, fur" in text and "seed=3" in text, text


@case
def keys_without_effect(h):
    """A word that the others make idle is named; it is not refused."""
    h.photo()
    for words, said in (
            ("deblur kernel=disc radius=2 sigma=2 steps=1",
             "sigma= has no effect without kernel=gaussian"),
            ("deblur kernel=gaussian sigma=1 length=9 steps=1",
             "length= has no effect without kernel=motion"),
            ("upscale scale=1.2 sigma=1 steps=1",
             "sigma= has no effect without kernel=gaussian"),
            ("denoise light=linear", "light= has no effect on denoise")):
        result = h.run("castle.png", "-process", "tweedie " + words, "out.png")
        assert result.status == 0 and said in result.err, (words, result.err)
    result = h.run("castle.png", "-process", "tweedie deblur radius=2 steps=1",
                   "out.png")
    assert result.status == 0 and "no effect" not in result.err, result.err


@case
def recipe_in_the_old_form(h):
    """A recipe after '=' comes through whole, whatever its texts hold."""
    def said(*args):  # with a warning of the words
        result = h.run("castle.png", *args, "-format", "%[tweedie:recipe]",
                       "info:")
        assert result.status == 0, result.err
        return result.out.decode()

    h.photo()
    first = said("-define", "tweedie:prompt=it's \"so\", a  b; $x `y` #1",
                 "-process", f"tweedie denoise {PROMPT}")
    again = said("-process", f"tweedie={first} record-prompt=yes")
    assert "'\"'\"'" in first and again == first, (first, again)


@case
def old_form_with_equal_sign(h):
    text = recipe(h, "-process", "tweedie=denoise steps=1 seed=3")
    assert "denoise" in text and "seed=3" in text, text


@case
def tabs_and_newlines_separate(h):
    text = recipe(h, "-process", "tweedie denoise\tsteps=1\nseed=3")
    assert "seed=3" in text, text


@case
def prompt_in_utf8(h):
    h.photo()
    result = h.run("castle.png", "-process",
                   'tweedie denoise record-prompt=yes "prompt=grüne Wiese"',
                   "-format", "%[tweedie:recipe]", "info:")
    assert result.status == 0 and "grüne Wiese" in result.out.decode(), result


@case
def prompt_stays_out_of_the_recipe(h):
    text = recipe(h, "-process", 'tweedie denoise "prompt=a hill"')
    assert "hill" not in text and "prompt" not in text, text


@case
def define_holds_any_text(h):
    h.photo()
    prompt = 'hill, 100% %w "soft" \\ it\'s'
    for tool in None, "convert":
        result = h.run("castle.png", "-define", "tweedie:prompt=" + prompt,
                       "-process", "tweedie denoise record-prompt=yes",
                       "-format", "%[tweedie:recipe]", "info:", tool=tool)
        assert "100% %w" in result.out.decode(), (tool, result.out)


@case
def every_key_is_a_define(h):
    h.photo()
    for key, value in [("style", "textured"), ("solver", "hqs"),
                       ("steps", "3"), ("seed", "7"), ("guidance", "2"),
                       ("sigma", "1.5"), ("noise", "0.2"),
                       ("light", "linear")]:
        defines = {"noise": "0.1", "steps": "2", key: value}
        arguments = []
        for name in defines:
            arguments += ["-define", f"tweedie:{name}={defines[name]}"]
        text = recipe(h, *arguments, "-process", "tweedie deblur")
        assert f"{key}={value}" in text, (key, text)


@case
def define_equals_word(h):
    h.photo()
    words = h.tweedie("castle.png", "denoise noise=0.1 seed=5 style=textured")
    h.ok("castle.png", "-define", "tweedie:noise=0.1", "-define",
         "tweedie:seed=5", "-define", "tweedie:style=textured", "-process",
         "tweedie denoise", "out.png")
    assert np.array_equal(words, h.read("out.png"))


@case
def word_beats_define(h):
    text = recipe(h, "-define", "tweedie:steps=7", "-process",
                  "tweedie denoise steps=2")
    assert "steps=2" in text, text


@case
def keys_of_the_solver(h):
    text = recipe(h, "-process",
                  "tweedie deblur eta=0.5 solver=ddnm steps=2 sigma=1 "
                  "noise=0.1")
    assert "eta=0.5" in text, text


@case
def percent_escapes_of_magick(h):
    text = recipe(h, "-process", "tweedie denoise steps=1 seed=%w")
    assert "seed=64" in text, text


@case
def script(h):
    h.photo()
    with open(h.path("do.mgk"), "w", encoding="utf-8") as file:
        file.write("#!/usr/bin/env -S magick -script\n"
                   "castle.png\n"
                   "-process 'tweedie denoise record-prompt=yes "
                   "\"prompt=a hill\" steps=1'\n"
                   "-format '%[tweedie:recipe]' -write info:\n"
                   "-write out.png\n")
    assert "a hill" in h.ok("-script", "do.mgk").out.decode()
    assert h.exists("out.png")


@case
def no_words_in_parentheses(h):
    """Inside parentheses the module sees the inner list only."""
    h.photo()
    h.ok("xc:red", "(", "castle.png", "-process",
         "tweedie denoise noise=0.1", ")", "+append", "out.png")
    assert h.says("out.png", "%wx%h") == "65x48"


def informs(h, words, *parts):
    """Words that only inform: on standard error; the picture is as it was."""
    h.photo()
    result = h.ok("castle.png", "-process", "tweedie " + words, "png:-")
    with open(h.path("out.png"), "wb") as file:
        file.write(result.out)
    assert np.array_equal(h.read("castle.png"), h.read("out.png"))
    for part in parts:
        assert part in result.err, (part, result.err)


@case
def help_lists_tasks_keys_and_solvers(h):
    informs(h, "help", "denoise", "deblur", "inpaint", "upscale", "style=",
            "seed=", "hqs", "arXiv", "-define")


@case
def help_of_every_task(h):
    informs(h, "help deblur", "sigma=", "angle=", "|FILE", "noise=")
    informs(h, "help inpaint", "mask=", "last|alpha")
    informs(h, "help upscale", "scale=", "auto|box|triangle|bicubic|bicubic-plain|mitchell|lanczos|gaussian")
    informs(h, "help denoise", "steps=")


@case
def help_of_a_solver(h):
    informs(h, "help ddnm", "arXiv")


@case
def version(h):
    informs(h, "version", "tweedie ", "Q16-HDRI" if h.hdri else "Q16 ")


@case
def models(h):
    informs(h, "models", "photo", "GPL")


@case
def models_name_those_that_cannot_be_read(h):
    os.makedirs(h.path("models/broken"))
    with open(h.path("models/broken/card.json"), "w",
              encoding="utf-8") as file:
        file.write("not JSON")
    result = h.ok("xc:red", "-process", "tweedie models", "null:",
                  env={"TWEEDIE_MODEL_PATH": "models"})
    assert "broken" in result.err, result.err
