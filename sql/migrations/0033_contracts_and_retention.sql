-- What is owed to a customer for missed targets, and by which contract (features.md A5.8).

CREATE TABLE docket.contract (
    tenant_id       uuid NOT NULL,
    id              uuid NOT NULL,
    version         bigint NOT NULL DEFAULT 1,
    organization_id uuid NOT NULL,
    number          text NOT NULL CHECK (length(number) BETWEEN 1 AND 100),
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    valid_from      timestamptz NOT NULL,
    -- Just before when it ends; null: it goes on.
    valid_to        timestamptz CHECK (valid_to > valid_from),
    currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- None: all.
    policy_ids      uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(policy_ids) <= 100),
    -- The most that a month costs, in the currency's smallest unit.
    monthly_cap     bigint CHECK (monthly_cap >= 0),
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT contract_number UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, organization_id) REFERENCES docket.organization (tenant_id, id)
);
CREATE INDEX contract_organization ON docket.contract (tenant_id, organization_id, currency);
SELECT docket.protect_tenant_table('docket.contract');
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.contract TO docket_api;
GRANT SELECT ON docket.contract TO docket_scheduler;

-- Nothing is kept for good: re-evaluations that are over, and deliveries that were given up, go after a time (docs/operations.md).
GRANT DELETE ON docket.sla_reevaluation TO docket_scheduler;
GRANT SELECT, DELETE ON docket.outbox_dead TO docket_scheduler;
GRANT DELETE ON docket.mail_notice TO docket_scheduler;

-- Tenants that have any of them from before `until`. Loose index scans: the cost follows the number of tenants, not of rows.
SELECT docket.open_to_discovery('docket.outbox_dead', 'docket_claim', 'tenant_id, died_at');
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE FUNCTION docket.tenants_to_clear(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    found_count integer := 0;
BEGIN
    tenant_id := '00000000-0000-0000-0000-000000000000';
    WHILE found_count < least(maximum, 10000) LOOP
        tenant_id := least(
            (SELECT r.tenant_id FROM docket.sla_reevaluation r WHERE r.tenant_id > tenants_to_clear.tenant_id ORDER BY r.tenant_id LIMIT 1),
            (SELECT d.tenant_id FROM docket.outbox_dead d WHERE d.tenant_id > tenants_to_clear.tenant_id ORDER BY d.tenant_id LIMIT 1));
        EXIT WHEN tenant_id IS NULL;
        IF EXISTS (SELECT FROM docket.sla_reevaluation r WHERE r.tenant_id = tenants_to_clear.tenant_id AND r.requested_at < until
                AND r.state IN ('done', 'superseded'))
            OR EXISTS (SELECT FROM docket.outbox_dead d WHERE d.tenant_id = tenants_to_clear.tenant_id AND d.died_at < until) THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION docket.tenants_to_clear(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.tenants_to_clear(timestamptz, integer) TO docket_scheduler;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
