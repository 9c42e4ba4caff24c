"""Makes a pgbench script of the very statements that an executable sends, as the server logs them: so the floor cannot drift from the product."""

import contextlib
import pathlib
import re

EXECUTE = re.compile(r"^(\d+) LOG:  execute ([^:]+): (.*)$")
DETAIL = re.compile(r"^\d+ DETAIL:  parameters: (.*)$")
START = re.compile(r"^\d+ [A-Z]+:  ")
# Would reach to the end of a script's line, which holds all lines of a statement.
COMMENT = re.compile(r"^\s*--.*$", re.MULTILINE)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")


@contextlib.contextmanager
def recorded(server):
    """Has the server log statements with their parameters; yields a list that is filled at the end: (backend, sql, parameters)."""
    log = pathlib.Path(f"{server.directory}/log")
    statements = []
    _set(server, "log_line_prefix = '%p '", "log_statement = 'all'")
    start = log.stat().st_size
    yield statements
    # The lines of another backend, asked for last, are written last.
    server.sql("ALTER SYSTEM RESET log_statement")
    with open(log, encoding="utf-8") as file:
        file.seek(start)
        statements += _parse(file)
    server.sql("ALTER SYSTEM RESET ALL")
    server.sql("SELECT pg_reload_conf()")


def _set(server, *settings):
    for setting in settings:
        server.sql(f"ALTER SYSTEM SET {setting}")
    server.sql("SELECT pg_reload_conf(), pg_sleep(0.3)")


def _parse(lines):
    found, current = [], None
    for line in (line.rstrip("\n") for line in lines):
        if match := EXECUTE.match(line):
            current = [int(match[1]), match[3], {}]
            found.append(current)
        elif match := DETAIL.match(line):
            current[2] = dict(PARAMETER.findall(match[1]))
        elif not START.match(line) and current is not None:
            current[1] += "\n" + line.lstrip("\t")
    return [tuple(item) for item in found]


def unit_with(statements, text):
    """The unit (from its set_tenant on) in which a statement holds this text."""
    position = next(index for index, (_, sql, _) in enumerate(statements) if text in sql)
    backend = statements[position][0]
    mine = [(sql, parameters) for pid, sql, parameters in statements if pid == backend]
    position = next(index for index, (sql, _) in enumerate(mine) if text in sql)
    # Wake-ups and the clock are units of their own, without a tenant.
    starts = [index for index, (sql, _) in enumerate(mine) if re.match(r"SELECT (docket\.set_tenant|docket\.now\(\)$|pg_notify)", sql)] + [len(mine)]
    first = max(index for index in starts if index <= position)
    return mine[first : min(index for index in starts if index > position)]


class Script:
    """A pgbench script with one pipelined transaction: statements with their recorded parameters, some of them replaced by expressions."""

    def __init__(self, server, database, replacements):
        """`replacements`: recorded text → SQL expression of type text, put in its place wherever it occurs in a parameter of a type that fits."""
        self.server, self.database, self.replacements = server, database, replacements
        self.lines = []

    def add(self, sql, parameters):
        types = self._types(sql)
        text = re.sub(r"\$(\d+)", lambda match: f"({self._value(parameters.get(match[1], 'NULL'), types[int(match[1]) - 1])})", COMMENT.sub("", sql))
        self.lines.append(" ".join(text.split()) + ";")

    def _types(self, sql):
        listed = self.server.sql(f"PREPARE bench_types AS {sql}; SELECT unnest(parameter_types)::text FROM pg_prepared_statements WHERE name = 'bench_types'", self.database)
        return listed.splitlines()

    def _value(self, literal, type_name):
        if literal == "NULL":
            return f"NULL::{type_name}"
        pieces = [literal]
        if type_name.startswith(("uuid", "bigint")):
            for text, expression in self.replacements.items():
                pieces = [part for piece in pieces for part in self._replaced(piece, text, expression)]
        # pgbench takes :name for a variable, in literals too: no letter may follow a colon. It does not in times; in json a space is put between.
        if type_name.startswith("json"):
            pieces = [re.sub(r'":(?=[a-z])', '": ', literal)]
        return f"({' || '.join(pieces)})::{type_name}"

    def _replaced(self, piece, text, expression):
        if not piece.startswith("'") or text not in piece:
            return [piece]
        parts = piece[1:-1].split(text)
        result = []
        for index, part in enumerate(parts):
            result += ([f"({expression})"] if index else []) + ([f"'{part}'"] if part else [])
        return result

    def text(self, preparation):
        return "\n".join([*preparation, r"\startpipeline", *self.lines, r"\endpipeline"]) + "\n"
