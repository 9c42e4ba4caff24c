-- Contingency plans, and the tasks that they bring to tickets (features.md A3.16).

CREATE TABLE docket.playbook (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    version      bigint NOT NULL DEFAULT 1,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    trigger      text NOT NULL CHECK (trigger IN ('requirement_changed', 'delayed')),
    ticket_types text[] NOT NULL DEFAULT '{}',
    steps        jsonb NOT NULL,
    active       boolean NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT playbook_name UNIQUE (tenant_id, name)
);

-- What a plan said when it was started; its later versions change nothing here.
CREATE TABLE docket.ticket_task (
    tenant_id        uuid NOT NULL,
    id               uuid NOT NULL,
    ticket_id        uuid NOT NULL,
    playbook_id      uuid NOT NULL,
    playbook_version bigint NOT NULL,
    title            text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    instructions     text CHECK (length(instructions) BETWEEN 1 AND 1000),
    started_at       timestamptz NOT NULL,
    due_at           timestamptz,
    outcome          text CHECK (outcome IN ('done', 'skipped')),
    note             text CHECK (length(note) BETWEEN 1 AND 4000),
    finished_by_kind text CHECK (finished_by_kind IN ('api', 'agent', 'requester', 'dispatcher', 'scheduler', 'system')),
    finished_by_id   uuid,
    finished_at      timestamptz,
    PRIMARY KEY (tenant_id, ticket_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id),
    FOREIGN KEY (tenant_id, playbook_id) REFERENCES docket.playbook (tenant_id, id),
    CHECK ((outcome IS NULL) = (finished_at IS NULL) AND (outcome IS NULL) = (finished_by_kind IS NULL))
);

SELECT docket.protect_tenant_table('docket.playbook'), docket.protect_tenant_table('docket.ticket_task');
GRANT SELECT, INSERT, UPDATE ON docket.playbook TO docket_api;
GRANT SELECT, INSERT ON docket.ticket_task TO docket_api;
GRANT UPDATE (outcome, note, finished_by_kind, finished_by_id, finished_at) ON docket.ticket_task TO docket_api;
