-- Tickets, what was said, and what happened.

-- queue_id, group_id and assignee_id carry no foreign key: their parents are few, hot and never deleted, and a key check would write a shared lock
-- into the parent's row at every create (docs/decisions/0003-no-foreign-keys-to-hot-parents.md). The configuration version guards them instead.
CREATE TABLE docket.ticket (
    tenant_id       uuid NOT NULL,
    id              uuid NOT NULL,
    number          bigint NOT NULL CHECK (number > 0),
    version         bigint NOT NULL CHECK (version > 0),
    last_seq        integer NOT NULL CHECK (last_seq > 0),
    subject         text NOT NULL CHECK (length(subject) BETWEEN 1 AND 500),
    description     text NOT NULL CHECK (length(description) <= 65536),
    type            text NOT NULL CHECK (length(type) BETWEEN 1 AND 64),
    channel         text NOT NULL CHECK (channel IN ('web', 'email', 'api', 'wecom', 'dingtalk', 'feishu', 'phone', 'qr', 'social', 'trigger')),
    category        text CHECK (length(category) <= 200),
    location        text CHECK (length(location) <= 200),
    external_ref    text CHECK (length(external_ref) <= 200),
    requester_id    uuid,
    state           text NOT NULL CHECK (state IN ('new', 'waiting_assignment', 'assigned', 'in_progress', 'waiting_customer', 'on_hold', 'resolved', 'closed', 'archived')),
    priority        smallint NOT NULL CHECK (priority BETWEEN 1 AND 4),
    impact          smallint CHECK (impact BETWEEN 1 AND 3),
    urgency         smallint CHECK (urgency BETWEEN 1 AND 3),
    queue_id        uuid,
    group_id        uuid,
    assignee_id     uuid,
    over_capacity   boolean NOT NULL DEFAULT false,
    weight          integer NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 100),
    required_skills uuid[] NOT NULL DEFAULT '{}',
    required_levels smallint[] NOT NULL DEFAULT '{}',
    optional_skills uuid[] NOT NULL DEFAULT '{}',
    optional_ranks  smallint[] NOT NULL DEFAULT '{}',
    preferred_agent_id uuid,
    fields          jsonb NOT NULL DEFAULT '{}',
    policy_id       uuid,
    policy_version  bigint,
    eligible_at     timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    resolved_at     timestamptz,
    closed_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT ticket_number UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, requester_id) REFERENCES docket.requester (tenant_id, id)
) WITH (fillfactor = 80);
CREATE INDEX ticket_created ON docket.ticket (tenant_id, created_at, id);
CREATE INDEX ticket_assignee ON docket.ticket (tenant_id, assignee_id, created_at, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX ticket_requester ON docket.ticket (tenant_id, requester_id, created_at, id) WHERE requester_id IS NOT NULL;
CREATE INDEX ticket_external_ref ON docket.ticket (tenant_id, external_ref) WHERE external_ref IS NOT NULL;

CREATE TABLE docket.ticket_message (
    tenant_id   uuid NOT NULL,
    ticket_id   uuid NOT NULL,
    id          uuid NOT NULL,
    visibility  text NOT NULL CHECK (visibility IN ('public', 'internal')),
    author_kind text NOT NULL CHECK (author_kind IN ('requester', 'agent', 'system')),
    author_id   uuid,
    body        text NOT NULL CHECK (length(body) BETWEEN 1 AND 65536),
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id)
);

-- The truth about what happened (design.md 3): appended in the transaction of the change, never updated. Partitioned by month of recording.
-- xid orders the change feed by commit (api.md 5): readers stop below the oldest running transaction.
CREATE TABLE docket.ticket_event (
    tenant_id  uuid NOT NULL,
    ticket_id  uuid NOT NULL,
    seq        integer NOT NULL CHECK (seq > 0),
    at         timestamptz NOT NULL,
    xid        xid8 NOT NULL,
    version    bigint NOT NULL,
    kind       text NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    actor_kind text NOT NULL CHECK (actor_kind IN ('api', 'agent', 'requester', 'dispatcher', 'scheduler', 'system')),
    actor_id   uuid,
    data       jsonb NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, seq, at)
) PARTITION BY RANGE (at);
CREATE INDEX ticket_event_feed ON docket.ticket_event (tenant_id, xid, ticket_id, seq);

CREATE TABLE docket.idempotency_record (
    tenant_id   uuid NOT NULL,
    principal   uuid NOT NULL,
    key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    status      smallint NOT NULL CHECK (status BETWEEN 200 AND 599),
    etag        text,
    location    text,
    body        bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, principal, key)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX idempotency_record_age ON docket.idempotency_record (tenant_id, created_at);

SELECT docket.protect_tenant_table('docket.ticket'), docket.protect_tenant_table('docket.ticket_message'),
    docket.protect_tenant_table('docket.ticket_event'), docket.protect_tenant_table('docket.idempotency_record');

GRANT SELECT, INSERT, UPDATE ON docket.ticket TO docket_api;
GRANT SELECT, UPDATE ON docket.ticket TO docket_dispatcher, docket_scheduler;
GRANT SELECT ON docket.ticket TO docket_courier;
REVOKE UPDATE ON docket.ticket FROM docket_api, docket_dispatcher, docket_scheduler;
GRANT UPDATE (version, last_seq, subject, description, type, category, location, external_ref, requester_id, state, priority, impact, urgency, queue_id, group_id,
    assignee_id, over_capacity, weight, required_skills, required_levels, optional_skills, optional_ranks, preferred_agent_id, fields, policy_id,
    policy_version, eligible_at, updated_at, resolved_at, closed_at) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT, INSERT ON docket.ticket_message TO docket_api;
GRANT SELECT ON docket.ticket_message TO docket_scheduler, docket_courier;
-- History cannot be changed, by anybody who serves a request or works a queue.
GRANT SELECT, INSERT ON docket.ticket_event TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT ON docket.ticket_event TO docket_courier;
GRANT SELECT, INSERT, DELETE ON docket.idempotency_record TO docket_api;
GRANT SELECT, DELETE ON docket.idempotency_record TO docket_scheduler;
