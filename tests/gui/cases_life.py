# SPDX-License-Identifier: GPL-3.0-or-later
"""Stop, cancel, errors, and what happens to the image meanwhile."""

import screen
from fixture import Dialog, case
from screen import is_state

ESCAPE = 0xFF1B
WHOLE = (0, 0, 512, 512)  # the preview computes a part of it


def endless(host):
    """Sampling with more steps than anybody waits for."""
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    dialog.set_number("Detail", 100)
    dialog.press("toggle", "More")
    dialog.check("Steps: Automatic", False)
    dialog.set_number("Steps", 1000)
    dialog.wait(lambda: "of 2000" in dialog.status(),
                "a thousand steps, and as many of the faithful result")
    return dialog


@case
def stop_keeps_what_is_there(host):
    dialog = endless(host)
    dialog.press("button", "Stop")
    dialog.wait_status("Stopped")
    image = dialog.apply()
    assert len(image["layers"]) == 2, image


@case
def cancel_while_working(host):
    dialog = endless(host)
    dialog.cancel()
    dialog.wait(lambda: not dialog.is_open(), "the dialog is gone")


@case
def cancel_ends_apply_first(host):
    dialog = endless(host)
    dialog.press("button", "Apply")
    dialog.wait(lambda: not dialog.can("button", "Apply"), "Apply is at work")
    assert not dialog.can("spin", "Detail")
    dialog.press("button", "Cancel")
    dialog.wait(lambda: dialog.can("button", "Apply"), "the preview is back")
    assert dialog.is_open()
    dialog.cancel()


@case
def apply_starts_clean(host):
    """The verdict is on what was there before: it goes, and comes back."""
    dialog = Dialog(host, "denoise", "noisy.png", WHOLE)
    dialog.wait_done()
    dialog.set_number("Detail", 100)
    dialog.press("toggle", "More")
    dialog.check("Steps: Automatic", False)
    dialog.set_number("Steps", 1000)
    dialog.wait(lambda: "of 2000" in dialog.status(),
                "a thousand steps, and as many of the faithful result")
    assert not any("The result" in text for text in dialog.texts())
    dialog.press("button", "Stop")
    dialog.wait_status("Stopped")
    kept = [text for text in dialog.texts() if "The result" in text]
    assert kept
    dialog.press("button", "Apply")
    dialog.wait(lambda: not dialog.can("button", "Apply"), "Apply is at work")
    assert not any("The result" in text for text in dialog.texts())
    dialog.press("button", "Cancel")
    dialog.wait(lambda: dialog.can("button", "Apply"), "the preview is back")
    dialog.wait(lambda: all(text in dialog.texts() for text in kept),
                "and what was said of it")
    dialog.cancel()


@case
def a_single_step_cannot_be_stopped(host):
    """Denoising faithfully is one: Stop would do nothing."""
    dialog = Dialog(host, "denoise", "noisy.png", WHOLE)
    dialog.wait_done()
    dialog.press("toggle", "Whole picture")
    dialog.wait_status("Step 1 of 1")
    stop = dialog.get("button", "Stop")
    assert stop and not is_state(stop, "SENSITIVE")
    dialog.wait_done()
    assert dialog.can("button", "Restart")
    dialog.cancel()


@case
def escape_cancels(host):
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    dialog.preview().get_component_iface().grab_focus()
    screen.key(ESCAPE)
    status, _message, after = dialog.end()
    assert status == "cancel" and after == dialog.at_first, (status, after)


@case
def a_wrong_setting_is_told(host):
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    dialog.press("toggle", "More")
    dialog.set_text("Method's settings", "nonsense=1")
    dialog.wait(lambda: any("nonsense" in text for text in dialog.texts()),
                "the sentence about the setting")
    dialog.wait(lambda: not dialog.can("button", "Apply"), "Apply waits")
    dialog.set_text("Method's settings", "")
    dialog.wait(lambda: dialog.can("button", "Apply"), "Apply is possible")
    assert not any("nonsense" in text for text in dialog.texts())
    dialog.cancel()


@case
def layer_deleted_meanwhile(host):
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    host.side.run(f"""
        image = Gimp.Image.get_by_id({dialog.image})
        image.remove_layer(image.get_layers()[0])
    """)
    dialog.wait(lambda: not dialog.can("button", "Apply"), "Apply is no more")
    assert any("layer" in text.lower() for text in dialog.texts())
    status, _message, after = dialog.finish("Cancel")
    assert status == "cancel" and after["layers"] == [], (status, after)


@case
def image_closed_meanwhile(host):
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    # GIMP keeps the image as long as the filter runs: nobody sees it any more.
    host.side.run(f"Gimp.Image.get_by_id({dialog.image}).delete()")
    dialog.press("button", "Apply")
    status, _message = host.main.receive()
    assert status == "success", status
    host.check_alive()


@case
def views_of_the_result(host):
    dialog = Dialog(host, "denoise", "noisy.png")
    dialog.wait_done()
    seen = {}
    for view in ("After", "Fit to the data", "Measured part", "Invented part"):
        dialog.choose("View", view)
        dialog.wait(lambda: dialog.look(0.3, 0.7)[1] not in seen.values(),
                    f"{view} looks like itself")
        seen[view] = dialog.look(0.3, 0.7)[1]
    dialog.cancel()


# What GIMP's own library says of every plug-in, run without GIMP's windows.
KNOWN = ("gimp_window_transient_on_mapped", "gimp_flush(): error: Broken pipe")


@case
def nothing_but_known_noise_is_printed(host):
    """After all others: GIMP tells of letters that two labels share."""
    assert "duplicate mnemonic" not in host.log()
    wrong = [line for line in host.log().splitlines()
             if "tweedie:" in line and ("CRITICAL" in line or "WARNING" in line)
             and not any(known in line for known in KNOWN)]
    assert not wrong, wrong
