-- Downstream providers (features.md A3.15): agents of another company, who see only the tickets that are or were theirs, and what they are paid for.

ALTER TABLE docket.agent ADD COLUMN provider text CHECK (length(provider) BETWEEN 1 AND 200);

-- Which tickets a provider's agent had: together with those he has and those he was asked about, all that he sees. Only providers' agents have rows.
CREATE TABLE docket.former_agent (
    tenant_id uuid NOT NULL,
    agent_id  uuid NOT NULL,
    ticket_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, agent_id, ticket_id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id)
);

-- One row for what an agent of a provider resolved: resolving it again after a reopening is the same work.
CREATE TABLE docket.settlement (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    version     bigint NOT NULL DEFAULT 1,
    ticket_id   uuid NOT NULL,
    agent_id    uuid NOT NULL,
    provider    text NOT NULL,
    resolved_at timestamptz NOT NULL,
    -- In the currency's smallest unit; null until somebody sets it.
    amount      bigint CHECK (amount BETWEEN 0 AND 1000000000000000),
    currency    text CHECK (currency ~ '^[A-Z]{3}$'),
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT settlement_work UNIQUE (tenant_id, ticket_id, agent_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id),
    CHECK ((amount IS NULL) = (currency IS NULL))
);

SELECT docket.protect_tenant_table('docket.former_agent'), docket.protect_tenant_table('docket.settlement');
GRANT SELECT, INSERT ON docket.former_agent TO docket_api, docket_dispatcher, docket_scheduler;
GRANT SELECT, INSERT, UPDATE ON docket.settlement TO docket_api;
