# SPDX-License-Identifier: GPL-3.0-or-later
"""A GIMP with a profile of its own, and Python inside it."""

import json
import os
import select
import shutil
import socket
import subprocess
import tempfile
import textwrap

from desktop import PATIENCE, Missing, end, program, start, wait

HERE = os.path.dirname(os.path.abspath(__file__))
PROFILE = """\
(check-updates no)
(debug-policy never)
(show-welcome-dialog no)
(plug-in-path "{0}/plug-ins")
{1}
"""
PLUG_INS = ["file-png"]


def stock_plug_ins():
    """GIMP's own folder of plug-ins."""
    tool = shutil.which("gimptool-3.0") or shutil.which("gimptool")
    folders = []
    if tool:
        text = subprocess.run([tool, "--gimpplugindir"], check=False,
                              capture_output=True, text=True).stdout.strip()
        folders.append(os.path.join(text, "plug-ins"))
    base = os.path.dirname(os.path.dirname(program("gimp-console-3.0")))
    for folder, _names, _files in os.walk(os.path.join(base, "lib")):
        if folder.endswith("gimp/3.0/plug-ins"):
            folders.append(folder)
    for folder in folders:
        if os.path.isdir(os.path.join(folder, PLUG_INS[0])):
            return folder
    raise Missing("GIMP's plug-ins")


class Channel:
    """One of the test's extensions inside GIMP."""

    def __init__(self, link):
        self.link = link
        self.stream = link.makefile("rw")
        self.name = json.loads(self.stream.readline())

    def send(self, source):
        """Starts @source; the answer comes later."""
        print(json.dumps(textwrap.dedent(source)), file=self.stream, flush=True)

    def receive(self, seconds=PATIENCE):
        """What the source left in `answer`."""
        self.link.settimeout(seconds)
        reply = json.loads(self.stream.readline() or '{"error": "GIMP ended"}')
        if "error" in reply:
            raise AssertionError(reply["error"])
        return reply["answer"]

    def has_answer(self):
        return bool(select.select([self.link], [], [], 0)[0])

    def run(self, source):
        self.send(source)
        return self.receive()


class Gimp:
    """GIMP, by default without windows of its own."""

    def __init__(self, desktop, plug_in, *arguments, words="", windows=False,
                 language=None):
        self.desktop, self.plug_in = desktop, plug_in
        self.folder = tempfile.mkdtemp(prefix="tweedie-gui-")
        self.log_path = os.path.join(self.folder, "log")
        plug_ins = os.path.join(self.folder, "plug-ins")
        os.mkdir(plug_ins)
        stock = stock_plug_ins()
        for name in PLUG_INS:
            os.symlink(os.path.join(stock, name), os.path.join(plug_ins, name))
        os.symlink(plug_in, os.path.join(plug_ins, os.path.basename(plug_in)))
        os.symlink(os.path.join(HERE, "server"),
                   os.path.join(plug_ins, "tweedie-test-server"))
        with open(os.path.join(self.folder, "gimprc"), "w",
                  encoding="utf-8") as file:
            file.write(PROFILE.format(self.folder, words))
        path = os.path.join(self.folder, "socket")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen()
        listener.settimeout(1)
        environment = dict(os.environ, GIMP3_DIRECTORY=self.folder,
                           TWEEDIE_TEST_SOCKET=path,
                           XDG_CACHE_HOME=os.path.join(self.folder, "cache"))
        if language:
            environment["LC_ALL"] = language
        command = [program("gimp-3.0") if windows else
                   program("gimp-console-3.0"), "-d", "-f", *arguments]
        with open(self.log_path, "w", encoding="utf-8") as log:
            self.process = start(command, env=environment, stdout=log,
                                 stderr=log)
        self.channels = []
        try:
            self._connect(listener)
        except BaseException:
            self.close()
            raise
        finally:
            listener.close()

    def _connect(self, listener):
        """To the test's extensions, when GIMP has started them."""
        while len(self.channels) < 2:
            link = wait(lambda: self._accept(listener),
                        "GIMP starts the test's extensions",
                        alive=self.check_alive)
            self.channels.append(Channel(link))
        self.channels.sort(key=lambda channel: channel.name)
        self.main, self.side = self.channels
        with open(os.path.join(HERE, "prelude.py"), encoding="utf-8") as file:
            prelude = file.read()
        for channel in self.channels:
            channel.run(prelude)

    @staticmethod
    def _accept(listener):
        try:
            return listener.accept()[0]
        except socket.timeout:
            return None

    def check_alive(self):
        if self.process.poll() is not None:
            raise AssertionError("GIMP ended:\n" + self.log())

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def forget(self):
        """The settings that were used last: procedures begin anew."""
        shutil.rmtree(os.path.join(self.folder, "plug-in-settings"),
                      ignore_errors=True)

    def close(self):
        for channel in self.channels:
            channel.link.close()
        end(self.process)
        shutil.rmtree(self.folder)
