# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real ImageMagick with the module of the build tree, and pictures as
arrays. Reading and writing go through raw samples of 16 bits: exact."""

import os
import re
import resource
import shutil
import subprocess
import tempfile

import numpy as np

CASES = []
PIECES = {}  # of photographs, as PNG files


def case(function):
    """A test: its name is its TAP line, its argument a fresh Host."""
    CASES.append(function)
    return function


def only(condition, reason):
    """Skips the running case unless the condition holds."""
    if not condition:
        raise Skip(reason)


class Skip(Exception):
    pass


class Result:
    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout
        self.err = process.stderr.decode("utf-8", "replace")
        # The lines that ImageMagick prints for exceptions.
        self.said = [line for line in self.err.splitlines()
                     if " @ error/" in line or " @ warning/" in line]


class Host:
    """One program, one folder of modules, and an empty current folder."""

    def __init__(self, program, modules, photos):
        self.program = shutil.which(program)
        self.hdri = program.endswith("hdri")
        self.modules = os.path.abspath(modules)
        self.photos = os.path.abspath(photos)
        self.profiles = os.environ.get("TWEEDIE_TEST_PROFILES")
        self.dir = tempfile.mkdtemp(prefix="tweedie-test-")

    def close(self):
        shutil.rmtree(self.dir)

    def path(self, name):
        return os.path.join(self.dir, name)

    def exists(self, name):
        return os.path.exists(self.path(name))

    def run(self, *args, env=None, data=None, tool=None, address_space=None):
        """magick ARGS; tool: "convert" or another of its programs;
        address_space: the limit that `ulimit -v` sets, in MiB."""
        environment = dict(os.environ)
        environment["MAGICK_CODER_FILTER_PATH"] = self.modules
        environment["MAGICK_FILTER_MODULE_PATH"] = self.modules
        if "TWEEDIE_TEST_PRELOAD" in environment:  # a build with sanitizers
            environment["LD_PRELOAD"] = environment["TWEEDIE_TEST_PRELOAD"]
            # Leaks would be those of ImageMagick's programs.
            environment["ASAN_OPTIONS"] = "detect_leaks=0"
        environment.update(env or {})
        environment = {k: v for k, v in environment.items() if v is not None}
        command = [self.program] + ([tool] if tool else []) + list(args)
        return Result(subprocess.run(
            command, cwd=self.dir, env=environment, input=data,
            preexec_fn=address_space and (lambda: resource.setrlimit(
                resource.RLIMIT_AS, (address_space << 20,) * 2)),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120))

    def ok(self, *args, **options):
        """A command that works and says nothing."""
        result = self.run(*args, **options)
        assert result.status == 0, (args, result.status, result.err)
        assert not result.said, (args, result.err)
        return result

    def fails(self, word, *args, **options):
        """A command that ends with one line that holds the word, status 1 and
        no output file (by convention out.png)."""
        result = self.run(*args, **options)
        assert result.status == 1, (args, result.status, result.err)
        assert len(result.said) == 1, (args, result.err)
        assert word in result.said[0], (word, result.err)
        assert not self.exists("out.png"), args
        return result

    def warns(self, word, *args, **options):
        """A command that works and warns, in one line that holds the word."""
        result = self.run(*args, **options)
        assert result.status == 0, (args, result.err)
        lines = set(line.split("@")[0] for line in result.said)
        assert len(lines) == 1 and word in lines.pop(), (word, result.err)
        return result

    def tweedie(self, source, words, *rest):
        """SOURCE -process 'tweedie WORDS' REST out.png, and the result."""
        self.ok(source, "-process", "tweedie " + words, *rest, "out.png")
        return self.read("out.png")

    def says(self, name, format_):
        return self.ok(name, "-format", format_, "info:").out.decode()

    # --- pictures: (height, width, channels), 0...65535 ---

    def read(self, name, *settings, kind="ppm"):
        raw = self.ok(name, *settings, "-colorspace", "sRGB", "-depth", "16",
                      kind + ":-").out
        head = re.match(rb"P[56]\n(#.*\n)*(\d+) (\d+)\n65535\n", raw)
        pixels = np.frombuffer(raw[head.end():], ">u2").astype(np.int64)
        return pixels.reshape(int(head[3]), int(head[2]), -1)

    def read_alpha(self, name):
        return self.read(name, "-channel", "A", "-separate", kind="pgm")

    def read_as_is(self, name):
        """The first three channels without a conversion to sRGB."""
        self.ok(name, "-set", "colorspace", "sRGB", "+profile", "*",
                "as-is.miff")
        return self.read("as-is.miff")

    def read_float(self, name):
        """HDRI: values may lie outside 0...1."""
        size = self.says(name, "%w %h\\n").split()
        raw = self.ok(name, "-depth", "32", "-endian", "LSB", "-define",
                      "quantum:format=floating-point", "rgb:-")
        pixels = np.frombuffer(raw.out, "<f4")
        return pixels.reshape(int(size[1]), int(size[0]), 3)

    def write_float(self, name, pixels):
        height, width, _ = pixels.shape
        self.ok("-size", f"{width}x{height}", "-depth", "32", "-endian", "LSB",
                "-define", "quantum:format=floating-point", "rgb:-", name,
                data=pixels.astype("<f4").tobytes())
        return name

    def write(self, name, pixels):
        """A PAM file of any number of channels, 16 bits."""
        kinds = {1: "GRAYSCALE", 2: "GRAYSCALE_ALPHA", 3: "RGB",
                 4: "RGB_ALPHA"}
        pixels = np.asarray(pixels)
        height, width, depth = pixels.shape
        header = (f"P7\nWIDTH {width}\nHEIGHT {height}\nDEPTH {depth}\n"
                  f"MAXVAL 65535\nTUPLTYPE {kinds[depth]}\nENDHDR\n")
        with open(self.path(name), "wb") as file:
            file.write(header.encode())
            file.write(pixels.clip(0, 65535).round().astype(">u2").tobytes())
        return name

    def photo(self, name="castle", width=64, height=48, at="+200+220"):
        """A piece of a photograph, 8 bits, as NAME.png."""
        key = name, width, height, at
        if key not in PIECES:
            PIECES[key] = self.ok(
                os.path.join(self.photos, name + ".jpg"), "-crop",
                f"{width}x{height}{at}", "+repage", "-strip", "png:-").out
        with open(self.path(name + ".png"), "wb") as file:
            file.write(PIECES[key])
        return name + ".png"

    def noisy(self, pixels, deviation, seed=1):
        noise = np.random.default_rng(seed).normal(size=pixels.shape)
        return pixels + 65535 * deviation * noise


def psnr(a, b):
    error = np.mean((np.asarray(a, float) - b) ** 2)
    return 10 * np.log10(65535.0 ** 2 / error) if error > 0 else np.inf


def box(height, width, top, left, bottom, right):
    """A mask: white from (top, left) up to (bottom, right)."""
    mask = np.zeros((height, width, 1), int)
    mask[top:bottom, left:right] = 65535
    return mask
