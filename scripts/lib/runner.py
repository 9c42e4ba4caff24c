"""Runs the programs of scripts/bench.d or scripts/chaos.d and shows what they print.

Each program prints JSON objects, one a line, which pass through to stdout as they come; at the end a table of them goes to stderr.
"""

import json
import os
import pathlib
import subprocess
import sys

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent
# The first fields of a row; whatever else an object holds follows in its own order.
LEADING = {"bench": ["bench", "ours", "floor", "ratio", "unit"], "chaos": ["fault", "injected", "acknowledged", "lost", "doubled", "recovery_p99_s", "ok"]}


def programs(kind):
    """The executables by name; the part of a file's name behind a dot does not count."""
    folder = SCRIPTS / f"{kind}.d"
    found = {path.stem: path for path in sorted(folder.iterdir()) if path.is_file() and os.access(path, os.X_OK)}
    return dict(sorted(found.items()))


def cell(value):
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, float):
        return f"{value:,.3f}" if abs(value) < 100 else f"{value:,.0f}"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def table(rows, leading):
    """Text columns to the left, columns of numbers to the right."""
    columns = [name for name in leading if any(name in row for row in rows)]
    columns += [name for row in rows for name in row if name not in columns]
    columns = list(dict.fromkeys(columns))
    cells = [[cell(row.get(name)) for name in columns] for row in rows]
    widths = [max(len(text) for text in column) for column in zip(columns, *cells)]
    numeric = [any(isinstance(row.get(name), (int, float)) and not isinstance(row.get(name), bool) for row in rows) for name in columns]

    def line(texts):
        return "  ".join(text.rjust(width) if right else text.ljust(width) for text, width, right in zip(texts, widths, numeric)).rstrip()

    return "\n".join([line(columns), line(["-" * width for width in widths])] + [line(texts) for texts in cells])


def run(path):
    """Passes the program's lines on. Returns its rows, and whether it ended well."""
    rows = []
    with subprocess.Popen([str(path)], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=SCRIPTS.parent, text=True) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            try:
                rows.append(json.loads(line))
            except ValueError:
                print(f"{path.name}: not a line of JSON: {line[:200].rstrip()}", file=sys.stderr)
                process.kill()
                return rows, False
    return rows, process.returncode == 0


def main():
    kind, names = sys.argv[1], sys.argv[2:]
    available = programs(kind)
    unknown = [name for name in names if name not in available]
    if unknown:
        print(f"{kind}: unknown name {unknown[0]}; there are: {', '.join(available) or 'none'}", file=sys.stderr)
        return 2
    rows, failed = [], []
    for name in names or available:
        print(f"{kind}: {name}", file=sys.stderr, flush=True)
        found, succeeded = run(available[name])
        rows += found
        if not succeeded or not found or any(row.get("ok") is False for row in found):
            failed.append(name)
    if rows:
        print("\n" + table(rows, LEADING[kind]), file=sys.stderr)
    if failed:
        print(f"{kind}: failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
