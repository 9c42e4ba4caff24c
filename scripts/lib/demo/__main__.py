"""The demo: starts `docket dev`, tells a story of three companies on it, and keeps serving.

    python3 scripts/lib/demo --docket .build/release/docket [--once] [--lang en|zh]
"""

import argparse
import os
import signal
import sys
import time

from board import Board
from client import Client
from clock import Clock
from desk import COMPANIES, Desk
from outside import Outside
from screen import Live, Plain
from server import Server
from story import Story, Wrong
from words import Words, language


def interrupt(*_):
    raise KeyboardInterrupt


def tell(server, outside, words, once):
    ready = server.ready
    introduce(server, words)
    clock = Clock(Client(ready["admin"]))
    # Nine in Berlin is the afternoon in Shanghai.
    clock.advance_to_monday(9, "Europe/Berlin")
    keys = {tenant["slug"]: tenant["key"] for tenant in ready["tenants"]}
    missing = [company.slug for company in COMPANIES if company.slug not in keys]
    if missing:
        raise Wrong(f"docket dev --seed demo made no tenant {missing[0]}")
    desks = [Desk(company, ready["api"], keys[company.slug]) for company in COMPANIES]
    board = Board(desks, words, clock)
    screen = (Live if sys.stdout.isatty() else Plain)(board, outside, words)
    outside.on_arrival = lambda kind, thing: board.say(
        thing[0].partition("@")[2].partition(".")[0], words("mailed", to=thing[0], subject=thing[1])) if kind == "mail" else None
    story = Story(desks, board, clock, outside, screen, words)
    screen.start()
    try:
        story.tell()
    except Exception:
        # Where the server is gone, that is the reason to be told.
        server.check()
        raise
    finally:
        screen.stop()
    print(f"\n{words('act.end')}\n\n{story.summary()}\n", flush=True)
    if not once:
        keep_serving(server, story, board, words)
    board.stop()


def introduce(server, words):
    """Where everything is and how to get in, before the story begins: whoever wants to look on need not wait for its end."""
    ready = server.ready
    print(f"{words('api')}    {ready['api']}\n{words('admin')}  {ready['admin']}\n{words('log')}    {server.log}")
    for tenant in ready["tenants"]:
        print(f"{words('key')}    {tenant['slug']:<10} {tenant['key']}")
    sys.stdout.flush()


def keep_serving(server, story, board, words):
    ready = server.ready
    body = '{"subject":"%s","impact":1,"urgency":2}' % words("try.subject")
    print(f"\n{words('try')}:\n  curl -sS {ready['api']}/v1/tickets -H 'Authorization: Bearer {ready['tenants'][0]['key']}' \\\n"
          f"    -H 'Content-Type: application/json' -d '{body}'\n\n{words('serving')}", flush=True)
    Plain(board, None, words).start()
    told = time.monotonic()
    while True:
        time.sleep(0.5)
        server.check()
        if time.monotonic() - told > 600:
            story.keep_present()
            told = time.monotonic()


def main():
    parser = argparse.ArgumentParser(prog="demo")
    parser.add_argument("--docket", required=True, help="the program")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--lang", choices=["en", "zh"])
    options = parser.parse_args()
    words = Words(language(options.lang, os.environ))
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    sys.stdout.reconfigure(encoding="utf-8")
    outside = Outside()
    outside.start()
    try:
        print(words("starting"), file=sys.stderr)
        with Server(options.docket, outside.smtp_port) as server:
            tell(server, outside, words, options.once)
    except KeyboardInterrupt:
        print(f"\n{words('stopping')}", file=sys.stderr)
        # Whoever stops a demo that serves for ever has seen what there is to see.
        return 130 if options.once else 0
    except Exception as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    finally:
        outside.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
