-- Who works and who asks: requesters, agents, groups, skills, queues, and the calendars, policies and chains that promises are made of.

CREATE TABLE docket.requester (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email      text NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
    vip        boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT requester_email UNIQUE (tenant_id, email)
);

CREATE TABLE docket.agent (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email      text NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
    active     boolean NOT NULL DEFAULT true,
    calendar_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT agent_email UNIQUE (tenant_id, email)
);

-- The hot part of an agent (routing.md E, F): one narrow row, locked in agent-id order by everybody who changes it.
CREATE TABLE docket.agent_load (
    tenant_id        uuid NOT NULL,
    agent_id         uuid NOT NULL,
    capacity         integer NOT NULL CHECK (capacity BETWEEN 0 AND 100000),
    load             integer NOT NULL DEFAULT 0 CHECK (load >= 0),
    last_assigned_at timestamptz,
    PRIMARY KEY (tenant_id, agent_id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_cost_delay = 0);

-- Heartbeats have a narrow table of their own (queues.md 2.11).
CREATE TABLE docket.agent_presence (
    tenant_id    uuid NOT NULL,
    agent_id     uuid NOT NULL,
    status       text NOT NULL CHECK (status IN ('online', 'away', 'offline')),
    online_since timestamptz,
    lease_until  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, agent_id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE docket.skill (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    key        text NOT NULL CHECK (key ~ '^[a-z0-9][a-z0-9_.:-]{0,63}$'),
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT skill_key UNIQUE (tenant_id, key)
);

CREATE TABLE docket.agent_skill (
    tenant_id uuid NOT NULL,
    agent_id  uuid NOT NULL,
    skill_id  uuid NOT NULL,
    level     smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
    PRIMARY KEY (tenant_id, agent_id, skill_id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id),
    FOREIGN KEY (tenant_id, skill_id) REFERENCES docket.skill (tenant_id, id)
);

CREATE TABLE docket.agent_group (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    version       bigint NOT NULL DEFAULT 1,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    head_agent_id uuid,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT agent_group_name UNIQUE (tenant_id, name),
    FOREIGN KEY (tenant_id, head_agent_id) REFERENCES docket.agent (tenant_id, id)
);

CREATE TABLE docket.group_member (
    tenant_id uuid NOT NULL,
    group_id  uuid NOT NULL,
    agent_id  uuid NOT NULL,
    PRIMARY KEY (tenant_id, group_id, agent_id),
    FOREIGN KEY (tenant_id, group_id) REFERENCES docket.agent_group (tenant_id, id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id)
);
CREATE INDEX group_member_agent ON docket.group_member (tenant_id, agent_id);

CREATE TABLE docket.calendar (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    definition jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT calendar_name UNIQUE (tenant_id, name)
);

-- Calendars come after agents; an agent's shifts are one of them.
ALTER TABLE docket.agent ADD FOREIGN KEY (tenant_id, calendar_id) REFERENCES docket.calendar (tenant_id, id);

-- Every version ever in force: the past is measured with the version that was valid then (sla.md).
CREATE TABLE docket.calendar_version (
    tenant_id      uuid NOT NULL,
    calendar_id    uuid NOT NULL,
    version        bigint NOT NULL,
    definition     jsonb NOT NULL,
    effective_from timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, calendar_id, version),
    FOREIGN KEY (tenant_id, calendar_id) REFERENCES docket.calendar (tenant_id, id)
);

CREATE TABLE docket.escalation_chain (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    definition jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT escalation_chain_name UNIQUE (tenant_id, name)
);

CREATE TABLE docket.escalation_chain_version (
    tenant_id  uuid NOT NULL,
    chain_id   uuid NOT NULL,
    version    bigint NOT NULL,
    definition jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, chain_id, version),
    FOREIGN KEY (tenant_id, chain_id) REFERENCES docket.escalation_chain (tenant_id, id)
);

CREATE TABLE docket.sla_policy (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    position   integer NOT NULL CHECK (position BETWEEN 0 AND 1000000),
    active     boolean NOT NULL DEFAULT true,
    definition jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT sla_policy_name UNIQUE (tenant_id, name)
);

CREATE TABLE docket.sla_policy_version (
    tenant_id  uuid NOT NULL,
    policy_id  uuid NOT NULL,
    version    bigint NOT NULL,
    definition jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, policy_id, version),
    FOREIGN KEY (tenant_id, policy_id) REFERENCES docket.sla_policy (tenant_id, id)
);

CREATE TABLE docket.queue (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    version       bigint NOT NULL DEFAULT 1,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    mode          text NOT NULL DEFAULT 'balanced' CHECK (mode IN ('balanced', 'best_skill', 'least_loaded', 'round_robin')),
    boost_minutes integer NOT NULL DEFAULT 0 CHECK (boost_minutes BETWEEN -10080 AND 10080),
    strict        boolean NOT NULL DEFAULT false,
    is_default    boolean NOT NULL DEFAULT false,
    steps         jsonb NOT NULL DEFAULT '[]',
    calendar_id   uuid,
    active        boolean NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT queue_name UNIQUE (tenant_id, name),
    FOREIGN KEY (tenant_id, calendar_id) REFERENCES docket.calendar (tenant_id, id)
);
CREATE UNIQUE INDEX queue_one_default ON docket.queue (tenant_id) WHERE is_default;

CREATE TABLE docket.queue_member (
    tenant_id uuid NOT NULL,
    queue_id  uuid NOT NULL,
    agent_id  uuid NOT NULL,
    tier      smallint NOT NULL DEFAULT 0 CHECK (tier BETWEEN 0 AND 9),
    PRIMARY KEY (tenant_id, queue_id, agent_id),
    FOREIGN KEY (tenant_id, queue_id) REFERENCES docket.queue (tenant_id, id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id)
);
CREATE INDEX queue_member_agent ON docket.queue_member (tenant_id, agent_id);

CREATE TABLE docket.webhook_endpoint (
    tenant_id     uuid NOT NULL,
    id            uuid NOT NULL,
    version       bigint NOT NULL DEFAULT 1,
    url           text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
    description   text NOT NULL DEFAULT '' CHECK (length(description) <= 500),
    event_types   text[] NOT NULL DEFAULT '{}',
    sealed_secret bytea NOT NULL,
    status        text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    failing_since timestamptz,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

DO $protect$
DECLARE
    target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['requester', 'agent', 'agent_load', 'agent_presence', 'skill', 'agent_skill', 'agent_group', 'group_member', 'calendar',
        'calendar_version', 'escalation_chain', 'escalation_chain_version', 'sla_policy', 'sla_policy_version', 'queue', 'queue_member', 'webhook_endpoint'] LOOP
        PERFORM docket.protect_tenant_table(('docket.' || target)::regclass);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON docket.%I TO docket_api', target);
        EXECUTE format('GRANT SELECT ON docket.%I TO docket_dispatcher, docket_scheduler, docket_courier', target);
    END LOOP;
END
$protect$;

GRANT UPDATE ON docket.agent_load TO docket_dispatcher, docket_scheduler;
GRANT UPDATE (status, failing_since, updated_at) ON docket.webhook_endpoint TO docket_courier;
