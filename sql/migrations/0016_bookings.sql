-- Bookable resources (features.md A3.14): licences, test environments, rooms, parts of which there is one.

CREATE TABLE docket.resource (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    type       text NOT NULL CHECK (length(type) BETWEEN 1 AND 64),
    active     boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT resource_name UNIQUE (tenant_id, name)
);

-- From starts_at to before ends_at. That none overlap is checked under the lock of the resource's row: it needs no extension on any kind of server,
-- and finds the interval that is in the way.
CREATE TABLE docket.booking (
    tenant_id      uuid NOT NULL,
    id             uuid NOT NULL,
    ticket_id      uuid NOT NULL,
    resource_id    uuid NOT NULL,
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    booked_by_kind text NOT NULL CHECK (booked_by_kind IN ('api', 'agent', 'requester', 'dispatcher', 'scheduler', 'system')),
    booked_by_id   uuid,
    booked_at      timestamptz NOT NULL,
    cancelled_at   timestamptz,
    PRIMARY KEY (tenant_id, ticket_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES docket.resource (tenant_id, id),
    CHECK (starts_at < ends_at)
);
CREATE INDEX booking_resource ON docket.booking (tenant_id, resource_id, ends_at, id) WHERE cancelled_at IS NULL;

SELECT docket.protect_tenant_table('docket.resource'), docket.protect_tenant_table('docket.booking');
GRANT SELECT, INSERT, UPDATE ON docket.resource TO docket_api;
GRANT SELECT, INSERT ON docket.booking TO docket_api;
GRANT UPDATE (cancelled_at) ON docket.booking TO docket_api;
