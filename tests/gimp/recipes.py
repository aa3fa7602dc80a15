# SPDX-License-Identifier: GPL-3.0-or-later
"""Recipes, their repetition, and prompts that are nobody's business."""

import numpy as np
from gi.repository import Gimp

from host import case, photo, put, recipe, select, stored, values

SECRET = "grandmother at the castle"


def repeat(h, image, layer):
    return h.call("repeat", image, [layer])


@case
def recipe_tells_what_was_done(h):
    image = h.image()
    result = h.run("denoise", image, seed=7.0, style="textured")
    parts = recipe(result.layer)
    words = parts["recipe"]["request"].split()
    assert words[0] == "denoise" and "seed=7" in words, words
    assert "style=textured" in words and "noise=0.05" in words, words
    # The machine is no part of a recipe.
    assert "memory" not in parts["recipe"]["request"]
    figures = parts["certificate"]
    assert figures["model"] == "photo" and figures["solver"] == "ddim"
    assert float(figures["noise"]) == 0.05
    assert int(float(figures["evaluations"])) >= 1


@case
def consistency_is_returned(h):
    result = h.run("denoise", h.image())
    assert abs(float(recipe(result.layer)["certificate"]["consistency"]) -
               result.consistency) < 1e-9
    assert 0 < result.consistency < 2


def same_again(h, task, image, **arguments):
    first = h.run(task, image, **arguments)
    second = repeat(h, first.image, first.layer)
    assert second.layer != first.layer
    assert np.all(stored(second.layer) == stored(first.layer)), task
    masks = first.layer.get_mask(), second.layer.get_mask()
    assert (masks[0] is None) == (masks[1] is None), task
    assert masks[0] is None or np.all(stored(masks[0]) == stored(masks[1]))
    assert (recipe(first.layer)["recipe"]["request"].split()[0] ==
            recipe(second.layer)["recipe"]["request"].split()[0] == task)
    return first, second


@case
def repeat_gives_the_same_bytes(h):
    for precision in ("U8_NON_LINEAR", "U16_LINEAR"):
        same_again(h, "denoise", h.image(precision=precision),
                   style="textured", seed=5.0)
        same_again(h, "deblur", h.image(precision=precision), kernel="motion",
                   length=4.0, angle=30.0, style="textured")
        same_again(h, "upscale", h.image(precision=precision), scale=1.5,
                   output="new-layer")


@case
def repeat_with_the_limits_of_the_layer(h):
    image = h.image()
    select(image, 20, 10, 40, 30, feather=8)
    first = h.run("denoise", image)
    Gimp.Selection.none(image)
    second = repeat(h, image, first.layer)
    assert np.all(stored(second.layer) == stored(first.layer))
    assert np.all(stored(second.layer.get_mask()) ==
                  stored(first.layer.get_mask()))
    # Above the layer that the recipe came from.
    assert image.get_layers()[:2] == [second.layer, first.layer]


@case
def repeat_of_inpaint(h):
    image = h.image()
    select(image, 20, 16, 12, 9)
    first = h.run("inpaint", image, grow=2, feather=3.0)
    Gimp.Selection.none(image)
    second = repeat(h, image, first.layer)
    assert np.all(stored(second.layer) == stored(first.layer))


@case
def repeat_of_transparent_pixels(h):
    """With what was painted besides: the mask of the layer has both."""
    alpha = np.full(photo().shape[:2] + (1,), 255)
    alpha[20:28, 30:44] = 0
    image = h.image(np.concatenate([photo(), alpha], 2), alpha=True)
    first, _second = same_again(h, "inpaint", image, grow=2, feather=3.0)
    mask = first.layer.get_mask()
    painted = values(mask, "Y") > 0
    painted[4:12, 6:14] = True
    put(mask, 1.0 * painted, "Y")
    second = repeat(h, image, first.layer)
    assert np.all(stored(second.layer.get_mask()) == stored(mask))
    changed = np.any(stored(second.layer) != stored(first.layer), 2)
    assert np.any(changed[4:12, 6:14])


@case
def repeat_with_settings_of_a_solver(h):
    first, second = same_again(h, "denoise", h.image(), solver="ddim",
                               settings="eta=0.5")
    assert "eta=0.5" in recipe(second.layer)["recipe"]["request"]


@case
def repeat_with_a_kernel(h):
    image = h.image()
    kernel = h.layer(image, np.full((5, 3, 3), 255), name="kernel")
    same_again(h, "deblur", image, kernel="drawable", kernel_drawable=kernel)
    other = h.image(np.full((5, 3, 3), 255))
    h.save(other, "a kernel.png")
    same_again(h, "deblur", h.image(), kernel="file",
               kernel_file=h.path("a kernel.png"))


@case
def repeat_on_the_layer_itself(h):
    """Where there is no other layer that it was made from."""
    image = h.image()
    layer = image.get_layers()[0]
    h.run("denoise", image, output="replace")
    before = stored(layer)
    result = repeat(h, image, layer)
    assert result.layer == layer and np.any(stored(layer) != before)


@case
def repeat_without_a_recipe(h):
    image = h.image()
    h.refuses("recipe", repeat, h, image, image.get_layers()[0])


@case
def repeat_of_an_unknown_recipe(h):
    image = h.image()
    layer = image.get_layers()[0]
    text = b"[recipe]\nversion=9\nrequest=undo everything=1\n"
    layer.attach_parasite(Gimp.Parasite.new("tweedie-recipe", 1, text))
    h.refuses("version", repeat, h, image, layer)


def file_with(h, **arguments):
    image = h.image()
    h.run("denoise", image, prompt=SECRET, **arguments)
    with open(h.save(image, "out.xcf"), "rb") as file:
        return file.read()


@case
def prompt_is_not_stored(h):
    data = file_with(h)
    assert b"tweedie-recipe" in data
    assert SECRET.encode() not in data
    assert SECRET.split()[0].encode() not in data


@case
def prompt_is_stored_on_demand(h):
    assert SECRET.encode() in file_with(h, keep_prompt=True)


@case
def prompt_of_this_session_is_used_again(h):
    """With the last values, as long as the image is open; in no file."""
    image = h.image()
    image.attach_parasite(
        Gimp.Parasite.new("tweedie-prompt", 0, SECRET.encode()))
    result = h.call("denoise", image, image.get_layers(),
                    run_mode=Gimp.RunMode.WITH_LAST_VALS)
    assert recipe(result.layer)["recipe"]["prompt"] == "omitted"
    with open(h.save(image, "out.xcf"), "rb") as file:
        assert SECRET.encode() not in file.read()
