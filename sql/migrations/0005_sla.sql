-- Promises: the clocks of a ticket, one row a timer, what fired, and the runs of escalation chains (sla.md).

-- The fold over a ticket's events (Domain's SLALedger): what the clocks know, under the ticket's lock. Replaying the history gives it again.
CREATE TABLE docket.sla_ledger (
    tenant_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    document  jsonb NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id)
) WITH (fillfactor = 80);

-- What the ledger promises, one row a timer: for the scheduler's index and for lists. Derived from the ledger in the same transaction.
CREATE TABLE docket.sla_timer (
    tenant_id    uuid NOT NULL,
    ticket_id    uuid NOT NULL,
    metric       text NOT NULL CHECK (length(metric) BETWEEN 1 AND 64),
    instance     integer NOT NULL CHECK (instance > 0),
    state        text NOT NULL CHECK (state IN ('running', 'paused', 'met', 'breached_running', 'breached_met', 'cancelled')),
    next_fire_at timestamptz,
    due_at       timestamptz,
    breach_at    timestamptz,
    PRIMARY KEY (tenant_id, ticket_id, metric, instance),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
-- Two orders: a tenant's own for its claims, so that another tenant's backlog costs it nothing, and that of time for knowing when to wake.
CREATE INDEX sla_timer_due ON docket.sla_timer (tenant_id, next_fire_at, ticket_id) WHERE next_fire_at IS NOT NULL;
CREATE INDEX sla_timer_next ON docket.sla_timer (next_fire_at, tenant_id) WHERE next_fire_at IS NOT NULL;

-- Exactly once: a threshold of a timer fires at most once per target version, whoever fires it (design.md I4).
CREATE TABLE docket.sla_firing (
    tenant_id      uuid NOT NULL,
    ticket_id      uuid NOT NULL,
    metric         text NOT NULL,
    instance       integer NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('warning', 'breach')),
    threshold      text NOT NULL,
    target_version integer NOT NULL,
    scheduled_for  timestamptz NOT NULL,
    fired_at       timestamptz NOT NULL,
    suppressed     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, ticket_id, metric, instance, kind, threshold, target_version)
);

CREATE TABLE docket.escalation_run (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    ticket_id    uuid NOT NULL,
    chain_id     uuid NOT NULL,
    trigger      text NOT NULL CHECK (length(trigger) BETWEEN 1 AND 64),
    state        text NOT NULL CHECK (state IN ('running', 'held', 'acknowledged', 'ended', 'exhausted')),
    next_fire_at timestamptz,
    document     jsonb NOT NULL,
    started_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX escalation_run_due ON docket.escalation_run (tenant_id, next_fire_at, ticket_id) WHERE next_fire_at IS NOT NULL;
CREATE INDEX escalation_run_next ON docket.escalation_run (next_fire_at, tenant_id) WHERE next_fire_at IS NOT NULL;
CREATE INDEX escalation_run_ticket ON docket.escalation_run (tenant_id, ticket_id);
-- One live run per (timer instance, chain): trigger names metric and instance (sla.md, escalation rule 1).
CREATE UNIQUE INDEX escalation_run_live ON docket.escalation_run (tenant_id, ticket_id, trigger, chain_id) WHERE state IN ('running', 'held', 'acknowledged');

CREATE TABLE docket.escalation_firing (
    tenant_id     uuid NOT NULL,
    run_id        uuid NOT NULL,
    round         smallint NOT NULL,
    level         smallint NOT NULL,
    outcome       text NOT NULL CHECK (outcome IN ('fired', 'skipped_empty', 'skipped_acknowledged', 'fallback', 'exhausted')),
    scheduled_for timestamptz NOT NULL,
    fired_at      timestamptz NOT NULL,
    late          boolean NOT NULL,
    PRIMARY KEY (tenant_id, run_id, round, level, outcome),
    FOREIGN KEY (tenant_id, run_id) REFERENCES docket.escalation_run (tenant_id, id)
);
-- Exactly once: a level of a round fires or is skipped, once. The fallback and the chain's end are told at the level they come after.
CREATE UNIQUE INDEX escalation_firing_level ON docket.escalation_firing (tenant_id, run_id, round, level)
    WHERE outcome IN ('fired', 'skipped_empty', 'skipped_acknowledged');

SELECT docket.protect_tenant_table('docket.sla_ledger'), docket.protect_tenant_table('docket.sla_timer'), docket.protect_tenant_table('docket.sla_firing'),
    docket.protect_tenant_table('docket.escalation_run'), docket.protect_tenant_table('docket.escalation_firing');
GRANT SELECT, INSERT, UPDATE ON docket.sla_ledger TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.sla_timer TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT, INSERT ON docket.sla_firing TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT, INSERT, UPDATE ON docket.escalation_run TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT, INSERT ON docket.escalation_firing TO docket_scheduler;
GRANT SELECT ON docket.escalation_firing TO docket_api;
