-- What reports count of a timer (Domain's SLAOutcome), beside its state: derived from the ledger in the same transaction, as the whole row is.
ALTER TABLE docket.sla_timer
    ADD COLUMN outcome text NOT NULL DEFAULT 'running' CHECK (outcome IN ('running', 'met', 'breached', 'cancelled')),
    ADD COLUMN counted_at timestamptz,
    ADD COLUMN group_id uuid;

-- The rows there are. The ledgers hold the times as text.
UPDATE docket.sla_timer s SET
    outcome = CASE WHEN (l.timer ->> 'breached')::boolean THEN 'breached' WHEN s.state = 'cancelled' THEN 'cancelled'
        WHEN l.timer ->> 'ended_at' IS NOT NULL THEN 'met' ELSE 'running' END,
    counted_at = CASE
        WHEN (l.timer ->> 'breached')::boolean THEN coalesce(
            (SELECT (f ->> 'at')::timestamptz FROM json_array_elements(l.timer -> 'fired') WITH ORDINALITY AS e (f, place)
            WHERE f ->> 'threshold' = 'breach' AND f ->> 'target_version' = l.timer ->> 'target_version' ORDER BY place DESC LIMIT 1),
            (l.timer ->> 'ended_at')::timestamptz, (l.timer ->> 'started_at')::timestamptz)
        ELSE coalesce((l.timer ->> 'ended_at')::timestamptz, (l.timer ->> 'started_at')::timestamptz) END,
    group_id = (l.timer ->> 'group')::uuid
FROM (SELECT g.tenant_id, g.ticket_id, json_array_elements(g.document -> 'timers') AS timer FROM docket.sla_ledger g) l
WHERE l.tenant_id = s.tenant_id AND l.ticket_id = s.ticket_id AND l.timer ->> 'metric' = s.metric AND (l.timer ->> 'instance')::integer = s.instance;
-- A row without its ledger would be a fault that docket doctor tells.
UPDATE docket.sla_timer SET counted_at = docket.now() WHERE counted_at IS NULL;
-- Defaults for processes of the version before, which may still run: what they write is a timer that begins, or is put right at its next change.
ALTER TABLE docket.sla_timer ALTER COLUMN counted_at SET NOT NULL, ALTER COLUMN counted_at SET DEFAULT docket.now();

CREATE INDEX sla_timer_counted ON docket.sla_timer (tenant_id, counted_at);
