# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader knows of a window, and what a mouse and keys do to it.

Import it when there is a desktop.Desktop.
"""

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from desktop import wait  # noqa: E402

# Short names, and those of different versions of AT-SPI.
ROLES = {
    "button": ("push button", "button"), "check": ("check box",),
    "combo": ("combo box",), "entry": ("text", "entry"),
    "item": ("menu item",), "progress": ("progress bar",),
    "spin": ("spin button",), "toggle": ("toggle button",),
}


def fresh(accessible):
    """Forgets what is known of it: it may have changed since."""
    while GLib.MainContext.default().iteration(False):
        pass
    accessible.clear_cache_single()
    return accessible


def applications():
    """The programs that are there, by name."""
    desktop = fresh(Atspi.get_desktop(0))
    found = [desktop.get_child_at_index(i)
             for i in range(desktop.get_child_count())]
    return {child.get_name(): child for child in found if child}


def title(widget):
    """Its name, or the text of its label."""
    fresh(widget)
    if widget.get_name():
        return widget.get_name()
    for relation in widget.get_relation_set() or []:
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return relation.get_target(0).get_name()
    return ""


def is_state(widget, state):
    return fresh(widget).get_state_set().contains(getattr(Atspi.StateType, state))


class Window:
    """A window of a program, found again whenever it is asked for."""

    def __init__(self, program, role="dialog", name=None, alive=None):
        self.program, self.alive = program, alive
        self.root = self.wait(lambda: self._window(role, name),
                              f"a window of {program}")

    def wait(self, condition, what):
        return wait(condition, what, alive=self.alive)

    def _window(self, role, name):
        program = applications().get(self.program)
        for i in range(fresh(program).get_child_count() if program else 0):
            window = program.get_child_at_index(i)
            if window and window.get_role_name() == role and (
                    name or "") in window.get_name():
                return window
        return None

    def is_open(self):
        program = applications().get(self.program)
        return bool(program) and fresh(program) and any(
            program.get_child_at_index(i) == self.root
            for i in range(program.get_child_count()))

    def all(self, role=None, under=None, hidden=False):
        """Every widget with this role, in the order of the window."""
        def walk(widget):
            for i in range(fresh(widget).get_child_count()):
                child = widget.get_child_at_index(i)
                if child is None:
                    continue
                if not hidden and not is_state(child, "VISIBLE"):
                    continue
                if role is None or child.get_role_name() in ROLES.get(
                        role, (role,)):
                    yield child
                yield from walk(child)
        return walk(under or self.root)

    def get(self, role, name, under=None):
        """The widget with this name or label, or None."""
        for widget in self.all(role, under):
            if title(widget) == name:
                return widget
        return None

    def find(self, role, name, under=None):
        """The same; waits until it is there."""
        return self.wait(lambda: self.get(role, name, under), f"{role} {name}")

    def texts(self):
        """What labels say."""
        return [fresh(widget).get_name() for widget in self.all("label")]

    # --- acting ---

    def press(self, role, name):
        widget = self.find(role, name)
        self.wait(lambda: is_state(widget, "SENSITIVE"), f"{name} is sensitive")
        widget.get_action_iface().do_action(0)

    def set_number(self, name, value):
        self.find("spin", name).get_value_iface().set_current_value(value)

    def number(self, role, name):
        return self.find(role, name).get_value_iface().get_current_value()

    def set_text(self, name, text):
        self.find("entry", name).get_editable_text_iface().set_text_contents(text)

    def check(self, name, active):
        widget = self.find("check", name)
        if is_state(widget, "CHECKED") != active:
            widget.get_action_iface().do_action(0)

    def choose(self, name, choice):
        combo = self.find("combo", name)
        items = list(self.all("item", combo, hidden=True))
        names = [item.get_name() for item in items]
        combo.get_selection_iface().select_child(names.index(choice))

    def chosen(self, name):
        combo = self.find("combo", name)
        return combo.get_selection_iface().get_selected_child(0).get_name()

    def choose_menu(self, *path):
        """An entry of the menu bar; menus need not be open for that."""
        menu = self.root
        for name in path:
            menu = self.wait(
                lambda name=name, menu=menu: next(
                    (item for item in self.all(under=menu, hidden=True)
                     if item.get_role_name() in ("menu", "menu item")
                     and item.get_name() == name), None), f"menu {name}")
        menu.get_action_iface().do_action(0)

    def box(self, widget):
        """Left, top, width and height on the screen."""
        extents = widget.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        return extents.x, extents.y, extents.width, extents.height


def mouse(x, y, event="abs"):
    """Events as Atspi.generate_mouse_event() names them: abs, b1p, b1r, ..."""
    Atspi.generate_mouse_event(int(x), int(y), event)


def drag(points, button=1):
    """Presses at the first point, moves over the others, lets go."""
    mouse(*points[0])
    mouse(*points[0], f"b{button}p")
    for point in points[1:]:
        mouse(*point)
    mouse(*points[-1], f"b{button}r")


def key(symbol):
    """Presses and releases a key by its keysym."""
    Atspi.generate_keyboard_event(symbol, None, Atspi.KeySynthType.SYM)
