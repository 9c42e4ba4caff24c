-- Who is called: rotas, managers, followers of tickets, and what starts a chain beside the clocks (sla.md, Escalation chains).

-- Whom the target "manager" of an assignee's ticket calls.
ALTER TABLE docket.agent
    ADD COLUMN manager_id uuid CHECK (manager_id <> id),
    ADD FOREIGN KEY (tenant_id, manager_id) REFERENCES docket.agent (tenant_id, id);

-- An ordered rotation in wall time with its overrides, as one document; who is on call is worked out when a level fires.
CREATE TABLE docket.on_call_rota (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    definition jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT on_call_rota_name UNIQUE (tenant_id, name)
);

-- Who hears what the assignee hears.
CREATE TABLE docket.ticket_follower (
    tenant_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    agent_id  uuid NOT NULL,
    added_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, agent_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id)
);

-- What starts a chain by itself: waiting too long, nobody taking it, nobody being able to.
ALTER TABLE docket.queue ADD COLUMN escalations jsonb NOT NULL DEFAULT '[]';
-- The reason of which somebody was told; lives and dies with the wait.
ALTER TABLE docket.routing_entry ADD COLUMN told_reason text;

-- Whom a chain tells that finds nobody in a whole round.
ALTER TABLE docket.tenant_configuration ADD COLUMN fallback_email text CHECK (length(fallback_email) BETWEEN 3 AND 254);

SELECT docket.protect_tenant_table('docket.on_call_rota'), docket.protect_tenant_table('docket.ticket_follower');
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.on_call_rota TO docket_api;
GRANT SELECT ON docket.on_call_rota TO docket_dispatcher, docket_scheduler, docket_courier;
GRANT SELECT, INSERT, DELETE ON docket.ticket_follower TO docket_api;
GRANT SELECT, INSERT ON docket.ticket_follower TO docket_scheduler;
