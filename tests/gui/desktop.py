# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen, a bus and an accessibility bus of one's own; waiting; screenshots."""

import atexit
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# The machine may be busy: this guards against hanging, not slowness.
PATIENCE = float(os.environ.get("TWEEDIE_TEST_PATIENCE", "240"))
ENDING = 10  # seconds after which a child is killed


class Missing(Exception):
    """A program that the tests need is not installed."""


def wait(condition, what, seconds=PATIENCE, alive=None):
    """The first true value of condition(). @alive() raises when waiting is over."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if alive:
            alive()
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.05)


def program(*names):
    """The first of the names that is a program here."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise Missing(names[0])


def start(command, **options):
    """A child that ends when this process ends, however that comes about."""
    guard = shutil.which("setpriv")
    if guard:
        command = [guard, "--pdeathsig", "TERM", "--", *command]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, **options)


def end(child):
    """Asks it to end; kills it if it does not."""
    child.terminate()
    try:
        child.wait(ENDING)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def end_by_signals():
    """Signals that end this process let it end its children first."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))


class Display:
    """An X server, that of new programs until it is closed; whoever fails to make
    it leaves nothing behind."""

    def __init__(self, size="1280x800"):
        self.children = []
        self.folder = tempfile.mkdtemp(prefix="tweedie-desktop-")
        self.log = open(os.path.join(self.folder, "log"), "w", encoding="utf-8")
        self.before = os.environ.get("DISPLAY", "")
        atexit.register(self.close)
        os.environ["DISPLAY"] = ":" + self._answer(
            "Xvfb", lambda descriptor: [
                program("Xvfb"), "-displayfd", str(descriptor), "-screen", "0",
                size + "x24", "-noreset", "-nolisten", "tcp"])

    def _start(self, command, **options):
        self.children.append(start(command, stdout=self.log, stderr=self.log,
                                   **options))

    def _answer(self, what, command):
        """Starts command(descriptor); the line that it writes there."""
        read, write = os.pipe()
        self._start(command(write), pass_fds=[write])
        os.close(write)
        return self._line(read, what)

    @staticmethod
    def _line(descriptor, what):
        """All of the first line: who writes it must not meet a closed pipe."""
        text = b""
        while not text.endswith(b"\n"):
            ready, _, _ = select.select([descriptor], [], [], PATIENCE)
            more = os.read(descriptor, 1000) if ready else b""
            if not more:
                raise AssertionError(f"{what} does not start")
            text += more
        os.close(descriptor)
        return text.decode().split()[0]

    def close(self):
        atexit.unregister(self.close)
        while self.children:
            end(self.children.pop())
        os.environ["DISPLAY"] = self.before
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Desktop(Display):
    """The same with a session bus and the accessibility bus on it."""

    def __init__(self, size="1280x800"):
        launcher = program("at-spi-bus-launcher",
                           "/usr/libexec/at-spi-bus-launcher",
                           "/usr/lib/at-spi2-core/at-spi-bus-launcher")
        self.grab = program("import-im7.q16", "import-im7", "import")
        super().__init__(size)
        for name in ("XDG_RUNTIME_DIR", "XDG_CACHE_HOME"):
            os.environ[name] = self.folder
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self._answer(
            "dbus-daemon", lambda descriptor: [
                program("dbus-daemon"), "--session", "--nofork",
                f"--print-address={descriptor}"])
        for name in ("NO_AT_BRIDGE", "WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS"):
            os.environ.pop(name, None)
        os.environ["GDK_BACKEND"] = "x11"
        self._start([launcher, "--launch-immediately"])

    def screenshot(self, path, box=None):
        """The screen, or its part (left, top, width, height), as a file."""
        part = ["-crop", "{2}x{3}+{0}+{1}".format(*box)] if box else []
        subprocess.run([self.grab, "-silent", "-window", "root", *part,
                        "+repage", path], check=True, timeout=PATIENCE)
