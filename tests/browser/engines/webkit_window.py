#!/usr/bin/python3
"""A bare window with WebKitGTK in it, for its driver: as narrow as a phone, and with what is wrong written into a file.

The driver starts it, with the width, the height and the file. It runs under the system's own Python, which has the
bindings (Debian: python3-gi, gir1.2-webkit2-4.1). The MiniBrowser that comes with the driver is never under 447 pixels.
"""

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402  their versions are chosen first

WIDTH, HEIGHT, FAULTS = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
# In every page before its own scripts: the driver itself tells nothing of the console.
LISTEN = """
const tell = (...said) => webkit.messageHandlers.fault.postMessage(said.join(" "));
addEventListener("error", ({message, target}) => tell(message ?? `cannot load ${target.outerHTML}`), true);
addEventListener("unhandledrejection", ({reason}) => tell(reason));
addEventListener("securitypolicyviolation", (event) => tell("refused", event.effectiveDirective, event.blockedURI));
console.error = tell;
"""


def show(_session):
    """The one window, and in it the view that the driver drives."""
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, user_content_manager=listener())
    window = Gtk.Window(decorated=False)
    window.set_default_size(WIDTH, HEIGHT)
    window.add(view)
    window.connect("destroy", Gtk.main_quit)
    window.show_all()
    return view


def listener():
    """Puts `LISTEN` into every page."""
    manager = WebKit2.UserContentManager()
    manager.connect("script-message-received::fault", write_down)
    manager.register_script_message_handler("fault")
    everywhere, at_once = WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START
    manager.add_script(WebKit2.UserScript.new(LISTEN, everywhere, at_once))
    return manager


def write_down(_manager, message):
    with FAULTS.open("a", encoding="utf-8") as file:
        file.write(message.get_js_value().to_string().replace("\n", " ") + "\n")


context = WebKit2.WebContext.new_ephemeral()
context.set_automation_allowed(True)
context.connect("automation-started", lambda _context, session: session.connect("create-web-view", show))
Gtk.main()
