-- Plans that begin when a promise is broken (features.md A3.16), and tasks without which a ticket is not solved (A4.7).

ALTER TABLE docket.playbook DROP CONSTRAINT playbook_trigger_check;
ALTER TABLE docket.playbook
    -- The clocks whose breaches start it; none means all.
    ADD COLUMN metrics text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT playbook_trigger_check CHECK (trigger IN ('requirement_changed', 'delayed', 'breached')),
    ADD CONSTRAINT playbook_metrics_check CHECK (trigger = 'breached' OR metrics = '{}');
-- The plans for breaches are part of the configuration, which the engines read; whoever records a breach starts them in the same transaction.
GRANT SELECT ON docket.playbook TO docket_dispatcher, docket_scheduler;
GRANT INSERT ON docket.ticket_task TO docket_dispatcher, docket_scheduler;

ALTER TABLE docket.ticket_task ADD COLUMN required boolean NOT NULL DEFAULT false;

-- Kept on the ticket, and made again by replaying its history: the rules decide on the ticket alone.
ALTER TABLE docket.ticket
    ADD COLUMN task_count smallint NOT NULL DEFAULT 0 CHECK (task_count BETWEEN 0 AND 500),
    ADD COLUMN open_required_tasks smallint NOT NULL DEFAULT 0 CHECK (open_required_tasks BETWEEN 0 AND 500);
UPDATE docket.ticket t SET task_count = k.count
FROM (SELECT tenant_id, ticket_id, count(*) AS count FROM docket.ticket_task GROUP BY tenant_id, ticket_id) k
WHERE t.tenant_id = k.tenant_id AND t.id = k.ticket_id;
GRANT UPDATE (task_count, open_required_tasks) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;
