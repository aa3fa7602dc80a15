# SPDX-License-Identifier: GPL-3.0-or-later
"""What is registered is what the tables say."""

import os
import re
import subprocess

from gi.repository import Gimp

from host import case

TASKS = ["denoise", "deblur", "inpaint", "upscale", "dejpeg"]
KINDS = ["gdouble", "gint", "gboolean", "gchararray", "gchararray"]
CHOICE = 3
# Kinds of masks and kernels that GIMP has are not those of a command line.
OWN = {"deblur": {"kernel"}, "inpaint": {"mask"}}


def procedure(name):
    return Gimp.get_pdb().lookup_procedure("plug-in-tweedie-" + name)


def rows():
    """(task, key, kind, least, greatest, initial) of the engine."""
    text = subprocess.run([os.environ["TWEEDIE_TEST_TABLES"]], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    for line in text.splitlines():
        task, key, kind, least, greatest, initial = line.split("\t")
        yield task, key, int(kind), float(least), float(greatest), initial


@case
def one_procedure_per_task(h):
    found = Gimp.get_pdb().query_procedures(
        "plug-in-tweedie-.*", ".*", ".*", ".*", ".*", ".*", ".*", ".*")
    names = {name.rsplit("-", 1)[1] for name in found}
    assert names == set(TASKS) | {"repeat"}, names


@case
def menus(h):
    for name in TASKS + ["repeat"]:
        it = procedure(name)
        end = "/[End]" if name == "repeat" else ""  # a section of its own
        assert it.get_menu_paths() == [
            "<Image>/Filters/Enhance/Tweedie" + end]
        assert "_" in it.get_menu_label(), it.get_menu_label()
        assert it.get_menu_label().endswith("...") == (name in TASKS)
        assert it.get_blurb() and it.get_help()
        assert it.get_image_types() == "RGB*, GRAY*"


@case
def mnemonics_differ(h):
    labels = [procedure(name).get_menu_label() for name in TASKS + ["repeat"]]
    keys = [label[label.index("_") + 1].lower() for label in labels]
    assert len(set(keys)) == len(keys), labels


@case
def arguments_are_those_of_the_tables(h):
    for task, key, kind, least, greatest, initial in rows():
        argument = {a.name: a for a in procedure(task).get_arguments()}[key]
        assert argument.value_type.name == KINDS[kind], (task, key)
        assert argument.get_nick() and argument.get_blurb(), (task, key)
        if key in OWN.get(task, ()):
            continue
        value = procedure(task).create_config().get_property(key)
        if kind < 2:
            assert argument.minimum == least, (task, key)
            assert argument.maximum == greatest, (task, key)
            assert value == float(initial), (task, key)
        elif kind >= CHOICE:
            assert (value or "") == initial, (task, key, value)


@case
def arguments_of_gimp_alone(h):
    known = {(task, key) for task, key, *_ in rows()}
    own = {}
    for task in TASKS:
        for argument in procedure(task).get_arguments()[3:]:
            if (task, argument.name) not in known:
                own.setdefault(argument.name, []).append(task)
    assert own == {
        "output": TASKS, "settings": TASKS, "keep-prompt": TASKS,
        "grow": ["inpaint"], "feather": ["inpaint"],
        "mask-drawable": ["inpaint"], "kernel-file": ["deblur"],
        "kernel-drawable": ["deblur"]}, own


@case
def return_values(h):
    for name in TASKS + ["repeat"]:
        names = [v.name for v in procedure(name).get_return_values()]
        assert names == ["result-image", "result-layer", "consistency"], names


@case
def manual_lists_every_argument(h):
    """gimp-plugin/README.md: tables of all filters, then of each task."""
    with open(os.environ["TWEEDIE_TEST_MANUAL"], encoding="utf-8") as file:
        parts = re.split(r"\n### (\w+)", file.read().split("## Install")[0])
    told = {title: set(re.findall(r"^\| `([\w-]+)` \|", text, re.M))
            for title, text in zip(parts[1::2], parts[2::2])}
    for task in TASKS:
        names = {a.name for a in procedure(task).get_arguments()[3:]}
        listed = told["All"] | told.get(task.capitalize(), set())
        assert names == listed, (task, names ^ listed)
