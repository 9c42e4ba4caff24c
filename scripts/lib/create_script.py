"""The unit that creates a ticket, as a pgbench script: which recorded values are replaced by fresh ones."""

from deployment import queue_id, tenant_id
from recording import Script, unit_with

# Ids grow with time, as the API's do; :hi is unique over clients and runs.
PREPARATION = [r"\set n :n + 1", r"\set hi ((:run * 16777216) + :n) * 64 + :client_id", r"\set lo random(1, 9000000000000000000)", r"\set t random(0, :tenants - 1)"]
ID = "lpad(to_hex(:hi::bigint), 16, '0') || lpad(to_hex(:lo::bigint), 16, '0')"
TENANT, QUEUE = ("'00000000-0000-7000-%s-' || lpad(to_hex(:t::int), 12, '0')" % group for group in ("8000", "8001"))


def replacements(statements):
    """Recorded text → SQL expression, for statements in which one ticket of tenant 0 was created."""
    unit = unit_with(statements, "INSERT INTO docket.ticket (")
    ticket = next(parameters for sql, parameters in unit if "INSERT INTO docket.ticket (" in sql)
    signal = next(parameters for sql, parameters in unit if "INSERT INTO docket.routing_signal" in sql)
    ids = {text.strip("'"): ID for text in (ticket["2"], signal["3"])}
    return ids | {tenant_id(0): TENANT, queue_id(0): QUEUE, ticket["3"].strip("'"): "(:hi::bigint + 2000000)::text"}


def create_script(server, database, statements):
    script = Script(server, database, replacements(statements))
    for sql, parameters in unit_with(statements, "INSERT INTO docket.ticket ("):
        script.add(sql, parameters)
    return script.text(PREPARATION)
