"""Shows the board: a picture that is drawn anew several times a second on a terminal, a line for each thing that happens elsewhere."""

import shutil
import sys
import threading

from board import parse
from words import fit, width

RESET, BOLD, DIM, RED, GREEN, YELLOW, CYAN = "\033[0m", "\033[1m", "\033[2m", "\033[31m", "\033[32m", "\033[33m", "\033[36m"
DONE = ("resolved", "closed", "archived")
BAR = 10


def bar(share, columns=BAR):
    filled = round(max(0.0, min(1.0, share)) * columns)
    return "█" * filled + "░" * (columns - filled)


def span(seconds):
    """1:05:09, or 12:30."""
    hours, rest = divmod(int(abs(seconds)), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class Plain:
    """One line for each thing that happens."""

    def __init__(self, board, outside, words):
        self.board, self.words = board, words
        self.lock = threading.Lock()
        self.is_live = False

    def start(self):
        self.board.on_line = self.show

    def stop(self):
        pass

    def act(self, text):
        self._print(f"\n== {text}")

    def show(self, line):
        self._print(f"{line.at:%H:%M:%S}  {fit(line.company, 10)}  {line.text}")

    def _print(self, text):
        with self.lock:
            print(text, flush=True)


class Live:
    """The whole picture, on the terminal's second page; the first one is as it was when the demo ends."""

    def __init__(self, board, outside, words):
        self.board, self.outside, self.words = board, outside, words
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.is_live = True

    def start(self):
        sys.stdout.write("\033[?1049h\033[?25l")
        self.thread.start()

    def stop(self):
        if not self.stopping.is_set():
            self.stopping.set()
            self.thread.join(5)
            sys.stdout.write("\033[?25h\033[?1049l")
            sys.stdout.flush()

    def act(self, text):
        self.board.act = text

    def _run(self):
        while not self.stopping.wait(0.2):
            try:
                self.board.refresh()
            except Exception:  # a picture less; what is wrong is found by the story's own requests
                continue
            columns, rows = shutil.get_terminal_size((100, 40))
            with self.board.lock:
                lines = self.picture(columns, rows)
            text = "".join(f"{line}\033[K\n" for line in lines[: rows - 1])
            sys.stdout.write(f"\033[H{text}\033[J")
            sys.stdout.flush()

    def picture(self, columns, rows):
        board, words = self.board, self.words
        columns = min(columns, 110)
        agents = self._agents(columns)
        outside = self._outside(columns)
        events = min(8, max(3, rows // 5))
        room = max(4, rows - len(agents) - len(outside) - events - 9)
        now = board.clock.now()
        head = f"{words('title')} · {words('days').split()[now.weekday()]} {now:%H:%M:%S} UTC"
        lines = [BOLD + head + RESET, CYAN + fit("▸ " + board.act, columns) + RESET, ""]
        lines += self._tickets(columns, room, now) + [""]
        lines += [BOLD + words("agents") + RESET] + agents + [""]
        lines += [BOLD + words("events") + RESET]
        for line in board.lines[-events:]:
            lines.append(f"{DIM}{line.at:%H:%M:%S}{RESET} {fit(line.company, 10)} {fit(line.text, columns - 20)}".rstrip())
        return lines + [""] + outside

    def _tickets(self, columns, room, now):
        words = self.words
        subject = max(12, columns - 79)
        heads = [fit(words("company"), 10), fit(words("number"), 5), fit(words("priority"), 4), fit(words("subject"), subject),
                 fit(words("state"), 12), fit(words("agent"), 7), words("promise")]
        tickets = sorted(self.board.tickets.values(), key=lambda ticket: (ticket.state in DONE, -ticket.changed))[:room]
        lines = [f"{BOLD}{words('tickets')}{RESET}", DIM + " ".join(heads) + RESET]
        for ticket in sorted(tickets, key=lambda ticket: (ticket.desk.company.slug, ticket.number)):
            agent = ticket.desk.people[ticket.agent].name if ticket.agent in ticket.desk.people else "–"
            color = {1: RED, 2: YELLOW}.get(ticket.priority, "")
            cells = [fit(ticket.desk.company.slug, 10), fit(f"#{ticket.number}", 5), color + fit(f"P{ticket.priority}", 4) + RESET,
                     fit(ticket.subject, subject), fit(words(ticket.state), 12), fit(agent, 7), self._promise(ticket, now)]
            lines.append(" ".join(cells))
        return lines

    def _promise(self, ticket, now):
        """The clock that matters most: one that is broken, else the one that is due first."""
        words, timers = self.words, ticket.timers
        running = [timer for timer in timers if timer["state"] in ("running", "breached_running")]
        if running:
            timer = min(running, key=lambda timer: timer["due_at"] or "9")
            left = (parse(timer["due_at"]) - now).total_seconds() if timer["due_at"] else 0
            share = min(1.0, max(0.0, left / (timer["target_seconds"] or 1)))
            color = RED if timer["state"] == "breached_running" or left < 0 else YELLOW if share <= 0.25 else GREEN
            word = words("over") if left < 0 else words("left")
            return f"{color}{bar(share)}{RESET} {fit(words(timer['metric']), 14)} {span(left):>8} {word}"
        if any(timer["state"] == "paused" for timer in timers) and ticket.state not in DONE:
            return f"{DIM}{'·' * BAR}{RESET} {words('paused')}"
        if any(timer["state"] == "breached_met" for timer in timers):
            return f"{RED}✗{RESET} {words('broken')}"
        return f"{GREEN}✓{RESET} {words('kept')}" if timers else ""

    def _agents(self, columns):
        cells = []
        for desk in self.board.desks:
            for agent, person in desk.people.items():
                known = self.board.loads.get(agent)
                is_there = known and known["presence"] and known["presence"]["status"] == "online"
                load = known["load"] if known else 0
                share = load / person.capacity
                color = DIM if not is_there else RED if share >= 1 else YELLOW if share > 0.5 else GREEN
                word = f"{load}/{person.capacity}" if is_there else self.words("offline")
                cells.append(f"{fit(desk.company.slug, 10)} {fit(person.name, 7)} {color}{bar(share, 8)}{RESET} {fit(word, 8)}")
        side = 2 if columns >= 80 else 1
        half = -(-len(cells) // side)
        return ["   ".join(cells[row::half]) for row in range(half)]

    def _outside(self, columns):
        words, outside = self.words, self.outside
        with outside.lock:
            mails, webhooks, forged = list(outside.mails), len(outside.webhooks), outside.forged
        signed = f" ({words('signed')})" if webhooks and not forged else ""
        lines = [f"{BOLD}{words('outside')}{RESET}  {words('webhooks')} {webhooks}{signed} · {words('mails')} {len(mails)}"]
        for to, subject, _ in mails[-3:]:
            lines.append("  ✉ " + fit(words("mailed", to=to, subject=subject), columns - 4).rstrip())
        return lines


def table(rows):
    """Two columns, aligned by what is seen."""
    left = max(width(name) for name, _ in rows)
    return "\n".join(f"  {fit(name, left)}  {value}" for name, value in rows)
