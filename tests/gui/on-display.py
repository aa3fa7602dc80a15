#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program on a screen of its own, which ends with it.

on-display.py PROGRAM [ARGUMENT...]
"""

import sys

from desktop import Display, end, end_by_signals, start


def main():
    end_by_signals()
    display = Display()
    child = start(sys.argv[1:])
    try:
        code = child.wait()
    finally:
        end(child)
        display.close()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
