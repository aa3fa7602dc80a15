# SPDX-License-Identifier: GPL-3.0-or-later
"""Where results go."""

import numpy as np
from gi.repository import Gimp

from host import HEIGHT, WIDTH, case, channel, inside, photo, select, stored, values


@case
def new_layer_above(h):
    image = h.image()
    source = image.get_layers()[0]
    source.set_offsets(7, -3)
    before = stored(source)
    result = h.run("denoise", image)
    assert image.get_layers() == [result.layer, source]
    assert result.image == image
    assert result.layer.get_name() == "Denoise (photo), photo"
    assert result.layer.get_offsets()[1:] == (7, -3)
    assert result.layer.get_mask() is None
    assert np.all(stored(source) == before)
    assert np.any(stored(result.layer) != before)
    assert image.get_selected_layers() == [result.layer]


@case
def new_layer_is_masked_by_the_selection(h):
    image = h.image()
    select(image, 20, 10, 30, 20, feather=6)
    selection = stored(image.get_selection())
    result = h.run("denoise", image)
    assert np.all(stored(result.layer.get_mask()) == selection)
    # Under the soft edge there is all of the result: the mask does the rest.
    changed = np.any(stored(result.layer) != stored(image.get_layers()[1]), 2)
    assert not np.any(changed & (selection[..., 0] == 0))
    assert not image.get_selection().is_empty(image)


@case
def new_layer_keeps_the_mask_of_the_layer(h):
    image = h.image()
    source = image.get_layers()[0]
    mask = source.create_mask(Gimp.AddMaskType.BLACK)
    source.add_mask(mask)
    select(image, 0, 0, 40, HEIGHT)
    mask.edit_fill(Gimp.FillType.WHITE)
    select(image, 20, 0, 40, HEIGHT)
    result = h.run("denoise", image)
    got = stored(result.layer.get_mask())[..., 0]
    assert np.all(got == 255 * inside(image, 20, 0, 20, HEIGHT))


@case
def layer_of_a_group_stays_in_it(h):
    image = h.image()
    group = Gimp.GroupLayer.new(image, "group")
    image.insert_layer(group, None, 0)
    layer = h.layer(image, photo())
    image.reorder_item(layer, group, 0)
    result = h.call("denoise", image, [layer], noise="0.05")
    assert result.layer.get_parent() == group
    assert group.get_children() == [result.layer, layer]


@case
def replaced_outside_of_the_selection_too(h):
    """Inpaint takes its own mask: a selection must not get in its way."""
    image = h.image()
    layer = image.get_layers()[0]
    mask = channel(image, inside(image, 8, 8, 10, 10))
    select(image, 50, 40, 10, 10)
    before, selection = stored(layer), stored(image.get_selection())
    h.run("inpaint", image, output="replace", mask="drawable",
          mask_drawable=mask)
    changed = np.any(stored(layer) != before, 2)
    hole = inside(image, 8, 8, 10, 10)
    assert not np.any(changed & ~hole) and np.mean(changed[hole]) > 0.9
    assert np.all(stored(image.get_selection()) == selection)
    assert image.get_channels() == [mask]


@case
def beyond_the_canvas(h):
    image = h.image(photo(120, 100), "U32_NON_LINEAR")
    layer = h.layer(image, photo(), at=(-40, -30))
    before = stored(layer)
    mask = h.layer(image, np.full((20, 20, 3), 255), at=(-30, -20))
    h.call("inpaint", image, [layer], output="replace", mask="drawable",
           mask_drawable=mask, steps="2")
    changed = np.any(stored(layer) != before, 2)
    hole = inside(layer, 10, 10, 20, 20)
    assert not np.any(changed & ~hole) and np.mean(changed[hole]) > 0.9


@case
def components_that_are_off_stay(h):
    image = h.image()
    layer = image.get_layers()[0]
    before = values(layer)
    image.set_component_active(Gimp.ChannelType.GREEN, False)
    h.run("denoise", image, output="replace")
    changed = np.any(values(layer) != before, (0, 1))
    assert list(changed) == [True, False, True, False], changed


@case
def new_image(h):
    profile = Gimp.ColorProfile.new_rgb_adobe()
    image = h.image(precision="U16_NON_LINEAR", profile=profile)
    image.set_resolution(300, 150)
    before = stored(image.get_layers()[0])
    select(image, 20, 10, 30, 20)
    result = h.run("denoise", image, output="new-image")
    assert result.image != image and result.image.is_valid()
    assert result.image.get_precision() == image.get_precision()
    assert result.image.get_resolution()[1:] == (300, 150)
    assert result.image.get_color_profile().is_equal(profile)
    assert result.image.get_layers() == [result.layer]
    assert len(image.get_layers()) == 1
    assert np.all(stored(image.get_layers()[0]) == before)
    changed = np.any(stored(result.layer) != before, 2)
    rectangle = inside(image, 20, 10, 30, 20)
    assert not np.any(changed & ~rectangle) and np.any(changed)
    assert not result.image.is_dirty()


@case
def candidates_are_a_group(h):
    for output in ("new-layer", "replace"):
        image = h.image()
        source = image.get_layers()[0]
        before = stored(source)
        result = h.run("denoise", image, output=output, style="textured",
                       samples=2)
        group = result.layer.get_parent()
        first, second = group.get_children()
        assert image.get_layers() == [group, source]
        assert first == result.layer
        assert group.get_name() == "Denoise (photo), photo"
        assert first.get_name() == "Denoise (photo), photo, 1"
        assert np.any(stored(first) != stored(second))
        assert np.all(stored(source) == before)


# --- upscale ---

@case
def upscale_in_place(h):
    image = h.image()
    small = h.layer(image, photo(30, 20), name="small", at=(10, 20))
    image.add_vguide(40)
    select(image, 10, 10, 20, 20)
    result = h.run("upscale", image, scale=1.5)
    assert (image.get_width(), image.get_height()) == (120, 96)
    large = image.get_layers()[1]
    assert result.layer == large and result.image == image
    assert (large.get_width(), large.get_height()) == (120, 96)
    assert (small.get_width(), small.get_height()) == (45, 30)
    assert small.get_offsets()[1:] == (15, 30)
    assert image.get_guide_position(image.find_next_guide(0)) == 60
    # GIMP interpolates it.
    edges = Gimp.Selection.bounds(image)[2:]
    assert np.max(np.abs(np.subtract(edges, (15, 15, 45, 45)))) <= 3, edges
    assert not image.get_channels()
    same = h.run("upscale", h.image(), scale=1.5, output="new-image")
    assert np.all(stored(same.layer) == stored(large))


@case
def upscale_as_a_layer(h):
    image = h.image()
    source = image.get_layers()[0]
    source.set_offsets(5, 6)
    result = h.run("upscale", image, scale=2.0, output="new-layer")
    assert (image.get_width(), image.get_height()) == (WIDTH, HEIGHT)
    assert image.get_layers() == [result.layer, source]
    assert result.layer.get_offsets()[1:] == (5, 6)
    assert result.layer.get_width() == 2 * WIDTH


@case
def upscale_keeps_alpha(h):
    pixels = np.concatenate([photo(), np.full((HEIGHT, WIDTH, 1), 255)], 2)
    pixels[:, :20, 3] = 0
    image = h.image(pixels, alpha=True)
    result = h.run("upscale", image, scale=2.0, output="new-image")
    alpha = values(result.layer)[..., 3]
    assert np.all(alpha[:, :32] == 0) and np.all(alpha[:, 48:] == 1)
