-- What the outside must hear (reliability.md 1). Rows are deleted when delivered; each attempt is recorded beside them.

CREATE TABLE docket.outbox (
    tenant_id       uuid NOT NULL,
    -- Stable: the receiver's key for recognising a repeat (webhook-id, Message-ID).
    id              uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('webhook', 'mail')),
    endpoint_id     uuid,
    ticket_id       uuid,
    event_seq       integer,
    payload         jsonb,
    created_at      timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    -- Counted when the row is claimed, so that attempts that killed the process count too.
    attempts        integer NOT NULL DEFAULT 0,
    -- Claims in a row that left no record of an attempt: a row that kills the process is buried after the third.
    unrecorded      smallint NOT NULL DEFAULT 0,
    -- Who holds the row, and until when: a finisher with another token than the row's writes nothing (fencing).
    lease_token     bigint NOT NULL DEFAULT 0,
    -- What shares one receiver and its limits: the endpoint, or all zeros for the tenant's mail.
    lane            uuid NOT NULL GENERATED ALWAYS AS (coalesce(endpoint_id, '00000000-0000-0000-0000-000000000000')) STORED,
    PRIMARY KEY (tenant_id, id),
    CHECK (kind <> 'webhook' OR (endpoint_id IS NOT NULL AND ticket_id IS NOT NULL AND event_seq IS NOT NULL)),
    CHECK (kind <> 'mail' OR payload IS NOT NULL)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX outbox_due ON docket.outbox (next_attempt_at, tenant_id);
CREATE INDEX outbox_lane_due ON docket.outbox (tenant_id, lane, next_attempt_at);
CREATE INDEX outbox_suspect ON docket.outbox (tenant_id, next_attempt_at) WHERE unrecorded >= 2;

-- One row an attempt, by month.
CREATE TABLE docket.delivery_attempt (
    tenant_id    uuid NOT NULL,
    at           timestamptz NOT NULL,
    outbox_id    uuid NOT NULL,
    attempt      integer NOT NULL,
    kind         text NOT NULL,
    endpoint_id  uuid,
    outcome      text NOT NULL CHECK (outcome IN ('delivered', 'failed', 'dropped')),
    status_code  integer,
    detail       text NOT NULL CHECK (length(detail) <= 4096),
    duration_us  bigint NOT NULL,
    PRIMARY KEY (tenant_id, at, outbox_id, attempt)
) PARTITION BY RANGE (at);
CREATE INDEX delivery_attempt_endpoint ON docket.delivery_attempt (tenant_id, endpoint_id, at);

-- What could not be delivered within the schedule: kept for inspection and replay.
CREATE TABLE docket.outbox_dead (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    kind        text NOT NULL,
    endpoint_id uuid,
    ticket_id   uuid,
    event_seq   integer,
    payload     jsonb,
    attempts    integer NOT NULL,
    reason      text NOT NULL CHECK (length(reason) <= 500),
    created_at  timestamptz NOT NULL,
    died_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

SELECT docket.protect_tenant_table('docket.outbox'), docket.protect_tenant_table('docket.delivery_attempt'), docket.protect_tenant_table('docket.outbox_dead');
GRANT SELECT, INSERT ON docket.outbox TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.outbox TO docket_courier;
GRANT SELECT, INSERT ON docket.delivery_attempt TO docket_courier;
GRANT SELECT ON docket.delivery_attempt TO docket_api;
GRANT SELECT, INSERT, UPDATE ON docket.outbox_dead TO docket_courier;
GRANT SELECT ON docket.outbox_dead TO docket_api;
