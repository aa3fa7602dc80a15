# SPDX-License-Identifier: GPL-3.0-or-later
"""Each filter as a user works with it."""

import screen
from fixture import Dialog, case, check_names, check_words, roughness
from screen import is_state

COMMA = 0x2C  # keysyms
SMALL = (40, 10, 80, 60)


@case
def denoise_refines_and_applies(host):
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    check_names(dialog)
    check_words(dialog)
    before = roughness(*dialog.look(0.3, 0.45))
    after = roughness(*dialog.look(0.55, 0.7))
    # Neighbors differ by the noise (9 %: about 20 levels), then by the picture.
    assert after < before / 2, (before, after)
    assert dialog.get("label", "The result is there: Apply takes no time.")
    dialog.set_number("Detail", 100)
    dialog.wait_status("Step")
    dialog.wait_done()
    image = dialog.apply()
    expected = dialog.expect({"detail": "100"})
    assert len(image["layers"]) == 2 and image == expected, (image, expected)


@case
def detail_is_mixed_at_once(host):
    """The slider needs no other run, and Apply writes what it shows."""
    dialog = Dialog(host, "deblur", "blur.png", SMALL)
    dialog.wait_done()
    dialog.set_number("Detail", 60)
    dialog.wait_status("Step")
    dialog.wait_done()
    dialog.choose("View", "After")
    done, first = dialog.status(), dialog.look(0.3, 0.7)
    dialog.set_number("Detail", 5)
    dialog.wait(lambda: dialog.look(0.3, 0.7) != first, "it is seen")
    assert dialog.status() == done
    image = dialog.apply()
    expected = dialog.expect({"detail": "5"})
    assert image == expected, (image, expected)
    recipe = host.main.run("""
        recipe = image.get_layers()[0].get_parasite("tweedie-recipe")
        answer = bytes(recipe.get_data()).decode()
    """)
    assert " detail=5" in recipe, recipe


@case
def presets_are_settings(host):
    dialog = Dialog(host, "denoise", "noisy.png", SMALL)
    for name, strength, detail in (("Natural", 75, 30), ("Detailed", 100, 70),
                                   ("Strong", 100, 0)):
        dialog.press("toggle", name)
        dialog.wait(lambda n=name: is_state(dialog.find("toggle", n),
                                            "CHECKED"), f"{name} is pressed")
        assert dialog.number("spin", "Strength") == strength
        assert dialog.number("spin", "Detail") == detail
    dialog.set_number("Strength", 50)
    dialog.wait(lambda: not any(is_state(dialog.find("toggle", name), "CHECKED")
                                for name in ("Natural", "Detailed", "Strong")),
                "none of them is like this")
    dialog.cancel()


def kernel_size(dialog):
    return screen.fresh(dialog.find(None, "Blur kernel")).get_description()


@case
def deblur_kernels(host):
    dialog = Dialog(host, "deblur", "blur.png")
    dialog.wait_done()
    check_names(dialog)
    check_words(dialog)
    assert kernel_size(dialog) == "13 × 13 px", kernel_size(dialog)
    dialog.choose("Blur", "Out of focus (disc)")
    dialog.find("spin", "Disc radius")
    dialog.set_number("Disc radius", 2)
    dialog.wait(lambda: kernel_size(dialog) == "5 × 5 px",
                "the kernel is drawn again")
    assert not dialog.get("spin", "Motion length")
    dialog.choose("Blur", "Motion (line)")
    dialog.find("toggle", "Line")
    dialog.wait_done()
    # The picture is shown twice as large: 60 pixels on the screen are 30 of it.
    x, y = dialog.place(0.3, 0.5)
    screen.drag([(x, y), (x + 20, y), (x + 60, y)])
    dialog.wait(lambda: abs(dialog.number("spin", "Motion length") - 31) <= 2,
                "the length of the line that was drawn")
    assert abs(dialog.number("spin", "Motion angle")) < 2
    dialog.cancel()


@case
def deblur_by_eye(host):
    dialog = Dialog(host, "deblur", "blur.png")
    dialog.wait_done()
    dialog.press("toggle", "Try nearby values")
    # A quarter more than 1.5.
    wider = dialog.find("button", "1.88 px")
    dialog.wait(lambda: "and see nearer" in
                screen.fresh(wider).get_description(), "it is computed")
    check_names(dialog)
    dialog.press("button", "1.88 px")
    dialog.wait(lambda: abs(dialog.number("spin", "Radius") - 1.88) < 1e-9,
                "it is taken")
    dialog.press("button", "Back")
    dialog.wait(lambda: dialog.number("spin", "Radius") == 1.5, "taken back")
    dialog.wait_done()
    dialog.press("button", "1.13 px")
    dialog.wait(lambda: abs(dialog.number("spin", "Radius") - 1.13) < 1e-9,
                "it is taken")
    image = dialog.apply()
    assert image == dialog.expect({"sigma": 1.13}), image


@case
def divider_by_mouse_and_keyboard(host):
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    preview = dialog.preview()
    x, y = dialog.place(0.5, 0.3)
    to, _ = dialog.place(0.75, 0.3)
    screen.drag([(x, y), ((x + to) / 2, y), (to, y)])
    dialog.wait(lambda: screen.fresh(preview).get_description()
                == "Divider at 75 %", "the divider is where it was dragged")
    # What was after is before now.
    dialog.wait(lambda: roughness(*dialog.look(0.55, 0.7))
                > 1.5 * roughness(*dialog.look(0.8, 0.95)),
                "the picture is seen up to the divider")
    screen.key(COMMA)
    dialog.wait(lambda: screen.fresh(preview).get_description()
                != "Divider at 75 %", "the comma key moves it")
    dialog.cancel()


@case
def inpaint_a_painted_mask(host):
    dialog = Dialog(host, "inpaint", "original.png")
    hint = "Paint over what is to be replaced."
    dialog.wait_status(hint)
    assert dialog.texts().count(hint) == 1  # told once
    check_names(dialog)
    check_words(dialog)
    assert not dialog.can("button", "Apply")
    assert dialog.chosen("View") == "After"
    shows_mask = lambda: is_state(  # noqa: E731
        dialog.find("check", "Show mask"), "CHECKED")
    assert shows_mask()
    x, y = dialog.place(0.4, 0.4)
    screen.drag([(x, y), (x + 15, y + 5), (x + 40, y + 10)])
    dialog.wait(lambda: dialog.can("button", "Undo"), "there is a stroke")
    dialog.wait_status("Done")
    assert not shows_mask()  # the result is seen
    dialog.press("button", "Save as Channel")
    dialog.find("label", "The mask is now a channel of the image.")
    image = dialog.apply()
    assert image["channels"] == ["Tweedie mask"]
    assert len(image["layers"]) == 2
    expected = dialog.expect(
        "{'mask': 'drawable', 'mask-drawable': mask}",
        """
        saved = image.get_channels()[0]
        area = Gegl.Rectangle.new(0, 0, other.get_width(), other.get_height())
        mask = Gimp.Channel.new(other, "mask", area.width, area.height, 50,
                                Gegl.Color.new("black"))
        other.insert_channel(mask, None, 0)
        mask.get_buffer().set(area, "Y' u8", saved.get_buffer().get(
            area, 1.0, "Y' u8", Gegl.AbyssPolicy.NONE))
        mask.update(0, 0, area.width, area.height)
        """)
    assert image["layers"] == expected["layers"], (image, expected)


@case
def prompt_is_checked(host):
    dialog = Dialog(host, "upscale", "small.png", SMALL)
    entry = dialog.find("entry", "Prompt")
    note = lambda: screen.fresh(entry).get_description()  # noqa: E731
    dialog.wait(lambda: note() == "English words, separated by commas", "a hint")
    dialog.set_text("Prompt", "portrait, fethers")
    dialog.wait(lambda: note() == "Not known: fethers (feather?)",
                "the word that is not known is named")
    dialog.cancel()


@case
def upscale_in_place(host):
    dialog = Dialog(host, "upscale", "small.png", SMALL)
    dialog.find("label", "160 × 120 pixels")
    check_names(dialog)
    check_words(dialog)
    dialog.press("button", "3×")
    dialog.find("label", "240 × 180 pixels")
    assert dialog.can("entry", "Prompt")
    dialog.set_text("Prompt", "portrait")
    dialog.wait_status("Step")
    dialog.wait_done()
    image = dialog.apply()
    assert image["size"] == [240, 180], image
    expected = dialog.expect({"scale": 3.0, "prompt": "portrait"})
    assert image == expected, (image, expected)


@case
def candidates_to_choose_from(host):
    dialog = Dialog(host, "upscale", "small.png", SMALL)
    dialog.set_number("Detail", 100)
    dialog.choose("Result", "New layer")
    dialog.press("toggle", "More")
    dialog.set_number("Variants", 2)
    dialog.find("spin", "Variant")
    dialog.wait_done()
    dialog.choose("View", "After")
    first = dialog.look(0.3, 0.7)
    dialog.set_number("Variant", 2)
    dialog.wait(lambda: dialog.look(0.3, 0.7) != first, "the other is shown")
    image = dialog.apply()
    expected = dialog.expect({"detail": "100", "samples": 2,
                              "output": "new-layer"})
    assert image == expected, (image, expected)


def check_measured(dialog):
    text = dialog.wait(lambda: next((text for text in dialog.texts()
                                     if text.startswith("Measured:")), None),
                       "the noise that was measured")
    # Made with 25/255 = 9.80 %; the estimator is good to a tenth of that.
    assert abs(float(text.split()[1]) - 9.8) < 1, text


@case
def noise_is_measured(host):
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    check_measured(dialog)  # by the run
    dialog.press("button", "Measure")
    check_measured(dialog)
    dialog.cancel()
