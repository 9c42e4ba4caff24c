-- The companies whose people ask for help: their tiers, their hours, and the tickets that came from them (sla.md, Target; features.md A5.10).

CREATE TABLE docket.organization (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    version      bigint NOT NULL DEFAULT 1,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    tier         text CHECK (tier ~ '^[a-z0-9][a-z0-9_.:-]{0,63}$'),
    calendar_id  uuid,
    -- Its id in another system.
    external_ref text CHECK (length(external_ref) BETWEEN 1 AND 200),
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT organization_name UNIQUE (tenant_id, name),
    CONSTRAINT organization_external_ref UNIQUE (tenant_id, external_ref),
    FOREIGN KEY (tenant_id, calendar_id) REFERENCES docket.calendar (tenant_id, id)
);
SELECT docket.protect_tenant_table('docket.organization');
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.organization TO docket_api;
GRANT SELECT ON docket.organization TO docket_dispatcher, docket_scheduler, docket_courier;

ALTER TABLE docket.requester
    ADD COLUMN organization_id uuid,
    ADD FOREIGN KEY (tenant_id, organization_id) REFERENCES docket.organization (tenant_id, id);

-- The hours of business targets where neither the policy, nor the organization, nor the queue names any.
ALTER TABLE docket.tenant_configuration
    ADD COLUMN calendar_id uuid,
    ADD FOREIGN KEY (tenant_id, calendar_id) REFERENCES docket.calendar (tenant_id, id);

-- Copied from the requester as requester_vip is. No foreign key: an organization is hot while its people write, and never deleted (decision 0003).
ALTER TABLE docket.ticket ADD COLUMN organization_id uuid;
GRANT UPDATE (organization_id) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;

-- Whose the timer was when its outcome came, the present one's while it runs; follows from the ledger as the whole row does.
ALTER TABLE docket.sla_timer ADD COLUMN organization_id uuid;
-- Whose the ticket was when the target was missed.
ALTER TABLE docket.sla_penalty ADD COLUMN organization_id uuid;

ALTER TABLE docket.sla_reevaluation DROP CONSTRAINT sla_reevaluation_cause_check;
ALTER TABLE docket.sla_reevaluation
    ADD CONSTRAINT sla_reevaluation_cause_check
        CHECK (cause IN ('policy', 'calendar', 'queue', 'time_zones', 'organization', 'requester', 'default_calendar')),
    -- Only this requester's tickets; null: all.
    ADD COLUMN requester_id uuid,
    -- Whether tickets take over the organizations that their requesters belong to now.
    ADD COLUMN moves_tickets boolean NOT NULL DEFAULT false;

-- Holds the requester's row as the ticket's foreign key will a moment later: an edit of the requester that comes in between waits, and finds the ticket.
CREATE OR REPLACE FUNCTION docket.require_requester(tenant uuid, requester uuid, expected bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
BEGIN
    PERFORM FROM docket.requester r WHERE r.tenant_id = tenant AND r.id = requester AND r.version = expected FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the requester has another version' USING ERRCODE = 'DK001';
    END IF;
END
$$;
