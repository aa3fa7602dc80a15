#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-batch.py BATCH MAGICK PHOTOS: scripts/batch with a real ImageMagick, GNU parallel
and two machines, each an sshd on loopback in a process namespace of its own, which
can be killed as a power cut would. One TAP line per case."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import tap

BATCH, MAGICK, PHOTOS = sys.argv[1:4]
CASES = []


class Skip(Exception):
    pass


def case(function):
    function.__module__ = "batch"
    CASES.append(function)
    return function


def wait_for(condition):
    """Until it holds. The limit is against hanging only."""
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("waited in vain")


class Place:
    """An empty folder with photographs in in/, where the program is run."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="tweedie-batch-")
        self.machines = []
        for name in ("in", "bin", "home"):
            os.mkdir(self.at(name))
        os.symlink(MAGICK, self.at("bin/magick"))
        self.env = dict(os.environ, HOME=self.at("home"), SHELL="/bin/sh",
                        PATH=self.at("bin") + ":" + os.environ["PATH"])
        photo = sorted(os.listdir(PHOTOS))
        photo = next(name for name in photo if name.endswith(".jpg"))
        # All pieces that the cases use, made once.
        self.pieces = self.at("pieces")
        os.mkdir(self.pieces)
        self.run(["magick", os.path.join(PHOTOS, photo), "-resize", "480x480^",
                  "-crop", "48x48", "+repage", "-scene", "1",
                  self.at("pieces/%02d.png")])

    def close(self):
        for machine in self.machines:
            machine.kill()
        shutil.rmtree(self.path)

    def at(self, name):
        return os.path.join(self.path, name)

    def run(self, command, status=0):
        done = subprocess.run(command, cwd=self.path, env=self.env, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        assert done.returncode == status, (command, done)
        return done.stdout + done.stderr

    def batch(self, *arguments, status=0):
        return self.run([BATCH, *arguments], status)

    def start(self, *arguments):
        return subprocess.Popen([BATCH, *arguments], cwd=self.path, env=self.env,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, start_new_session=True)

    def add(self, name, piece=1):
        os.makedirs(os.path.dirname(self.at("in/" + name)), exist_ok=True)
        shutil.copy(os.path.join(self.pieces, f"{piece:02}.png"), self.at("in/" + name))

    def files(self, folder):
        """Names in a folder and those in it, without the program's own."""
        found = set()
        for path, folders, names in os.walk(self.at(folder)):
            if ".tweedie-batch" in folders:
                folders.remove(".tweedie-batch")
            found |= {os.path.relpath(os.path.join(path, n), self.at(folder))
                      for n in names}
        return found

    def read(self, name):
        with open(self.at(name), "rb") as file:
            return file.read()

    def pixels(self, name):
        """Fails unless the file is whole: magick says what is missing."""
        # The path is read through a pipe, so that a name is only a name.
        with open(self.at(name), "rb") as file:
            done = subprocess.run(["magick", "-regard-warnings", "-", "rgb:-"], stdin=file,
                                  env=self.env, capture_output=True, check=True)
        return done.stdout

    def machine(self):
        self.machines.append(Machine(self, len(self.machines)))
        return self.machines[-1]


class Machine:
    """Another machine: what it runs, runs in a namespace that dies as a whole."""

    def __init__(self, place, number):
        sshd = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin")
        if not (sshd and shutil.which("rsync")):
            raise Skip("no sshd or no rsync")
        where = place.at(f"machine{number}")
        os.mkdir(where)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "",
                            "-f", f"{where}/{key}"], check=True)
        passed = {name: value for name, value in place.env.items()
                  if re.match("MAGICK_|TWEEDIE_|OMP_|PATH$", name)}
        passed["HOME"] = where
        with open(f"{where}/config", "w", encoding="utf-8") as config:
            config.write(f"Port {port}\nListenAddress 127.0.0.1\nUsePAM no\n"
                         f"HostKey {where}/host\nStrictModes no\nPidFile none\n"
                         f"AuthorizedKeysFile {where}/user.pub\nSetEnv "
                         + " ".join(f'"{n}={v}"' for n, v in passed.items()) + "\n")
        os.makedirs("/run/sshd", exist_ok=True)
        # pylint: disable=consider-using-with
        self.process = subprocess.Popen(
            ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", sshd,
             "-D", "-f", f"{where}/config", "-E", f"{where}/log"],
            stderr=subprocess.DEVNULL)
        self.home = where
        self.login = (f"ssh -i {where}/user -p {port} -o StrictHostKeyChecking=no"
                      f" -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR 127.0.0.1")
        for _ in range(100):
            if self.process.poll() is not None:
                raise Skip("this user may not make namespaces")
            done = subprocess.run(self.login.split() + ["true"], check=False,
                                  stdin=subprocess.DEVNULL, capture_output=True)
            if done.returncode == 0:
                return
            time.sleep(0.1)
        raise Skip("no login on loopback: " + done.stderr.decode())

    def kill(self):
        self.process.kill()
        self.process.wait()


@case
def folder(place):
    """Every photograph in folders, under its name, as magick itself does it."""
    names = ["plain.png", "sub/a b'c.png", "sub/deep/100%d x.PNG", "sub/$HOME;-é.png"]
    for number, name in enumerate(names):
        place.add(name, number + 1)
    with open(place.at("in/notes.txt"), "w", encoding="utf-8") as file:
        file.write("no photograph")
    said = place.batch("denoise steps=2 noise=0.02", "in", "out")
    assert "4 photographs: 0 done before, 4 to do" in said, said
    assert place.files("out") == set(names)
    place.run(["magick", "in/plain.png", "-process", "tweedie denoise steps=2 noise=0.02",
               "one.png"])
    assert place.pixels("one.png") == place.pixels("out/plain.png")
    assert place.pixels("one.png") != place.pixels("in/plain.png")
    for name in names:
        place.pixels("out/" + name)
    assert "4 done before, 0 to do" in place.batch("denoise steps=2 noise=0.02", "in", "out")


@case
def failures(place):
    """Those that fail are listed and tried again, others are not."""
    for name in ("a.png", "b.png", "c.png"):
        place.add(name)
    whole = place.read("in/b.png")
    with open(place.at("in/b.png"), "wb") as file:
        file.write(whole[:200])
    said = place.batch("denoise steps=1", "in", "out", status=1)
    assert "2 done, 1 not" in said and said.endswith("b.png\n"), said
    assert place.files("out") == {"a.png", "c.png"}
    assert place.read("out/.tweedie-batch/failed") == b"b.png\n"
    with open(place.at("in/b.png"), "wb") as file:
        file.write(whole)
    said = place.batch("denoise steps=1", "in", "out")
    assert "2 done before, 1 to do" in said, said
    assert place.files("out") == {"a.png", "b.png", "c.png"}
    assert not os.path.exists(place.at("out/.tweedie-batch/failed"))


@case
def newer(place):
    """A photograph that was changed is done again."""
    place.add("a.png")
    place.add("b.png")
    place.batch("denoise steps=1", "in", "out")
    before = place.read("out/b.png")
    place.add("a.png", 2)
    later = time.time() + 10
    os.utime(place.at("in/a.png"), (later, later))
    assert "1 done before, 1 to do" in place.batch("denoise steps=1", "in", "out", status=1)
    # Its result is still older than a time that is yet to come.
    os.utime(place.at("in/a.png"))
    place.batch("denoise steps=1", "in", "out")
    assert place.read("out/b.png") == before


@case
def interrupted(place):
    """After a signal of any kind, nothing half; the same command goes on."""
    for number in range(1, 31):
        place.add(f"{number:02}.png", number)
    words = ("-j", "2", "denoise steps=8 noise=0.02", "in", "out")
    done = 0
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        process = place.start(*words)
        wait_for(lambda: os.path.isdir(place.at("out"))
                 and len(place.files("out")) > done + 2)
        if kind == signal.SIGTERM:
            process.terminate()
        else:
            os.killpg(process.pid, kind)
        process.wait()
        now = place.files("out")
        assert done < len(now) < 30, (kind, len(now))
        for name in now:
            place.pixels("out/" + name)
        done = len(now)
        if kind != signal.SIGKILL:
            assert not [name for name in os.listdir(place.at("out/.tweedie-batch"))
                        if name.startswith("parts")]
    place.batch(*words)
    assert len(place.files("out")) == 30
    assert set(os.listdir(place.at("out/.tweedie-batch"))) == {"request", "log"}


@case
def shares(place):
    """The tasks of a job array do all photographs, each once."""
    for number in range(1, 8):
        place.add(f"{number}.png", number)
    tasks = [place.start("--share", f"{k}/3", "denoise steps=1", "in", "out")
             for k in range(3)]
    assert [task.wait() for task in tasks] == [0, 0, 0]
    assert len(place.files("out")) == 7
    lines = 0
    for k in range(3):
        lines += place.read(f"out/.tweedie-batch/log-{k}-of-3").count(b"\n") - 1
    assert lines == 7, lines


@case
def machine_dies(place):
    """50 photographs, two machines, one of them killed in the middle."""
    for number in range(1, 51):
        place.add(f"sub/{number:02} x.png", number)
    place.run(["magick", "-size", "5x5", "xc:white", "kernel.png"])
    one, two = place.machine(), place.machine()
    process = place.start(
        "-j", "1", "-S", one.login, "-S", two.login, "--with", "kernel.png",
        "deblur kernel=kernel.png noise=0.02 steps=2", "in", "out")
    log = place.at("out/.tweedie-batch/log")

    def hosts():
        with open(log, encoding="utf-8") as file:
            return [line.split("\t")[1] for line in file][1:]

    wait_for(lambda: os.path.exists(log) and len(set(hosts())) == 2 and len(hosts()) >= 10)
    two.kill()
    before = len(place.files("out"))
    assert process.wait() == 0, hosts()
    assert 10 <= before < 50, before
    assert place.files("out") == {f"sub/{n:02} x.png" for n in range(1, 51)}
    for name in place.files("out"):
        place.pixels("out/" + name)
    # The same as here, and nothing is left there.
    place.run(["magick", "in/sub/50 x.png", "-process",
               "tweedie deblur kernel=kernel.png noise=0.02 steps=2", "one.png"])
    assert place.pixels("one.png") == place.pixels("out/sub/50 x.png")
    left = [os.path.join(path, name) for path, _, names in os.walk(one.home + "/.parallel/tmp")
            for name in names if name.endswith(".png")]
    assert not left, left


@case
def format_and_refusals(place):
    """What is asked for, or a sentence; and photographs stay as they were."""
    place.add("a.png")
    before = place.read("in/a.png")
    place.batch("-f", "tif", "denoise steps=1", "in", "out")
    assert place.files("out") == {"a.tif"}
    for words, sentence in (
            (("denoise steps=2", "in", "out"), "take another folder"),
            (("denoise", "in", "in"), "are the same"),
            (("denoise", "nowhere", "out2"), "no such folder: nowhere"),
            (("denoise", "in"), "wants WORDS FOLDER RESULTS"),
            (("--share", "3/3", "denoise", "in", "out2"), "from 0 to N - 1"),
            (("--threads", "0", "denoise", "in", "out2"), "from 1, not 0"),
            (("--colour", "denoise", "in", "out2"), "no such option: --colour"),
            (("denoise", "bin", "out2"), "no photographs in bin")):
        said = place.batch(*words, status=2)
        assert sentence in said, (words, said)
    place.add("a.bmp")
    said = place.batch("-f", "jpg", "denoise", "in", "out3", status=2)
    assert "would both become a.jpg" in said, said
    assert place.read("in/a.png") == before
    assert "a.png\n" in place.batch("-n", "denoise", "in", "out4")
    assert not os.path.exists(place.at("out4"))


@case
def results_inside(place):
    """RESULTS in FOLDER are not photographs."""
    place.add("a.png")
    place.batch("denoise steps=1", "in", "in/out")
    assert "1 photographs: 1 done before" in place.batch("denoise steps=1", "in", "in/out")


if __name__ == "__main__":
    sys.exit(tap.run(CASES, Place, Skip) > 0)
