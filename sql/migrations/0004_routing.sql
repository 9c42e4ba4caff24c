-- What waits for an agent (routing.md). Rows are deleted when done; history lives in ticket_event.

CREATE TABLE docket.routing_entry (
    tenant_id       uuid NOT NULL,
    ticket_id       uuid NOT NULL,
    queue_id        uuid NOT NULL,
    -- Tickets that ask for the same (priority, skills, weight, preferred, excluded) share a class; a pass reads the head of each class, so that a
    -- million tickets nobody can take never hide the one that somebody can.
    class_key       bigint NOT NULL,
    rank_at         timestamptz NOT NULL,
    eligible_at     timestamptz NOT NULL,
    priority        smallint NOT NULL,
    weight          integer NOT NULL,
    required_skills uuid[] NOT NULL,
    required_levels smallint[] NOT NULL,
    optional_skills uuid[] NOT NULL,
    optional_ranks  smallint[] NOT NULL,
    preferred_agent_id uuid,
    excluded_agents uuid[] NOT NULL DEFAULT '{}',
    ticket_version  bigint NOT NULL,
    next_step_at    timestamptz,
    PRIMARY KEY (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id)
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX routing_entry_rank ON docket.routing_entry (tenant_id, queue_id, class_key, rank_at, eligible_at, ticket_id);
-- The front of a queue; the classes are read only where somebody at the front finds nobody.
CREATE INDEX routing_entry_front ON docket.routing_entry (tenant_id, queue_id, rank_at, eligible_at, ticket_id);
CREATE INDEX routing_entry_step ON docket.routing_entry (next_step_at) WHERE next_step_at IS NOT NULL;

-- One row a queue: the lock under which one pass works (routing.md E). A crash releases it by itself.
CREATE TABLE docket.routing_lane (
    tenant_id uuid NOT NULL,
    queue_id  uuid NOT NULL,
    PRIMARY KEY (tenant_id, queue_id),
    FOREIGN KEY (tenant_id, queue_id) REFERENCES docket.queue (tenant_id, id)
) WITH (fillfactor = 50);

-- "Look at this queue": inserted in the transaction of whatever may let a ticket be assigned (a ticket came, capacity came free, an agent came
-- online, skills changed, a step is due), deleted by the pass that looks. Insert only, so nobody waits for anybody.
CREATE TABLE docket.routing_signal (
    tenant_id uuid NOT NULL,
    queue_id  uuid NOT NULL,
    id        uuid NOT NULL,
    PRIMARY KEY (tenant_id, queue_id, id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

-- Why the head of a class waits: the recorded reasons of the last pass that could not place it (routing.md C).
CREATE TABLE docket.routing_refusal (
    tenant_id uuid NOT NULL,
    queue_id  uuid NOT NULL,
    class_key bigint NOT NULL,
    at        timestamptz NOT NULL,
    reasons   jsonb NOT NULL,
    PRIMARY KEY (tenant_id, queue_id, class_key)
) WITH (fillfactor = 70);

SELECT docket.protect_tenant_table('docket.routing_entry'), docket.protect_tenant_table('docket.routing_lane'),
    docket.protect_tenant_table('docket.routing_signal'), docket.protect_tenant_table('docket.routing_refusal');
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.routing_entry TO docket_api, docket_dispatcher, docket_scheduler;
-- UPDATE is what SELECT … FOR UPDATE asks for.
GRANT SELECT, INSERT, UPDATE ON docket.routing_lane TO docket_api, docket_dispatcher;
GRANT SELECT, INSERT, DELETE ON docket.routing_signal TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.routing_refusal TO docket_dispatcher;
GRANT SELECT, DELETE ON docket.routing_refusal TO docket_api;
