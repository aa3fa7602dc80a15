#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets a test run Python inside GIMP: extensions that read it from a socket.

Two of them, so that one can work while the other waits for a dialog.
"""

import json
import os
import socket
import sys
import traceback

import gi
gi.require_version("Gegl", "0.4")
gi.require_version("Gimp", "3.0")
from gi.repository import Gegl, Gimp, GLib  # noqa: E402


def serve(name):
    """Runs each line (a program as JSON); answers with what it left in `answer`."""
    link = socket.socket(socket.AF_UNIX)
    link.connect(os.environ["TWEEDIE_TEST_SOCKET"])
    stream = link.makefile("rw")
    print(json.dumps(name), file=stream, flush=True)
    names = {"Gimp": Gimp, "Gegl": Gegl, "GLib": GLib}
    for line in stream:
        names["answer"] = None
        try:
            exec(json.loads(line), names)  # pylint: disable=exec-used
            reply = {"answer": names["answer"]}
        except Exception:  # pylint: disable=broad-except
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), file=stream, flush=True)


class Server(Gimp.PlugIn):
    def do_set_i18n(self, _name):
        return False

    def do_query_procedures(self):
        return ["tweedie-test-server-1", "tweedie-test-server-2"]

    def do_create_procedure(self, name):
        return Gimp.Procedure.new(self, name, Gimp.PDBProcType.PERSISTENT,
                                  self.work, None)

    def work(self, procedure, _config, _data):
        procedure.persistent_ready()
        if "TWEEDIE_TEST_SOCKET" in os.environ:
            Gegl.init(None)
            serve(procedure.get_name())
        return procedure.new_return_values(Gimp.PDBStatusType.SUCCESS, None)


Gimp.main(Server.__gtype__, sys.argv)
