-- What missed targets cost (features.md A5.8): a ledger that follows from the tickets' histories, and the requests to waive entries.

-- One row for each missed target that was computed; those that cost nothing too, so that a breach is not computed again and again. through_seq is how
-- much of the history it was computed from: a longer history, or a breach that is not over, makes the row worth computing again.
CREATE TABLE docket.sla_penalty (
    tenant_id      uuid NOT NULL,
    id             uuid NOT NULL,
    ticket_id      uuid NOT NULL,
    metric         text NOT NULL CHECK (length(metric) BETWEEN 1 AND 64),
    instance       integer NOT NULL CHECK (instance > 0),
    target_version integer NOT NULL CHECK (target_version > 0),
    policy_id      uuid NOT NULL,
    policy_version bigint NOT NULL,
    requester_id   uuid,
    breached_at    timestamptz NOT NULL,
    ended_at       timestamptz,
    -- Microseconds of the target's own measure.
    overrun        bigint NOT NULL CHECK (overrun >= 0),
    suppressed     boolean NOT NULL,
    -- In the currency's smallest unit; all three null where no band of the policy applies.
    amount         bigint CHECK (amount >= 0),
    currency       text CHECK (currency ~ '^[A-Z]{3}$'),
    over_seconds   bigint CHECK (over_seconds >= 0),
    through_seq    integer NOT NULL,
    computed_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT sla_penalty_breach UNIQUE (tenant_id, ticket_id, metric, instance, target_version),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id),
    CHECK ((amount IS NULL) = (currency IS NULL) AND (amount IS NULL) = (over_seconds IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX sla_penalty_time ON docket.sla_penalty (tenant_id, breached_at, id) WHERE amount IS NOT NULL;

-- A request is decided by somebody else, and an entry has at most one that waits or was granted. Rows are never deleted.
CREATE TABLE docket.sla_waiver (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    penalty_id   uuid NOT NULL,
    state        text NOT NULL CHECK (state IN ('requested', 'approved', 'rejected')),
    reason       text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
    requested_by uuid NOT NULL,
    requested_at timestamptz NOT NULL,
    decided_by   uuid,
    decided_at   timestamptz,
    note         text CHECK (length(note) BETWEEN 1 AND 2000),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, penalty_id) REFERENCES docket.sla_penalty (tenant_id, id),
    FOREIGN KEY (tenant_id, requested_by) REFERENCES docket.agent (tenant_id, id),
    FOREIGN KEY (tenant_id, decided_by) REFERENCES docket.agent (tenant_id, id),
    CHECK (decided_by <> requested_by),
    CHECK ((state = 'requested') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL))
);
CREATE UNIQUE INDEX sla_waiver_one ON docket.sla_waiver (tenant_id, penalty_id) WHERE state IN ('requested', 'approved');
CREATE INDEX sla_waiver_penalty ON docket.sla_waiver (tenant_id, penalty_id, requested_at);

-- The breaches of a time, in order: by when they were due, however late they were recorded.
CREATE INDEX sla_firing_breach ON docket.sla_firing (tenant_id, scheduled_for, ticket_id) WHERE kind = 'breach';

SELECT docket.protect_tenant_table('docket.sla_penalty'), docket.protect_tenant_table('docket.sla_waiver');
GRANT SELECT, INSERT, UPDATE ON docket.sla_penalty TO docket_api, docket_scheduler;
GRANT SELECT, INSERT, UPDATE ON docket.sla_waiver TO docket_api;
GRANT SELECT ON docket.sla_waiver TO docket_scheduler;

-- Tenants that have, or had, a policy with penalties: who is worth a look for breaches. Policies are few.
SELECT docket.open_to_discovery('docket.sla_policy_version', 'docket_claim', 'tenant_id, definition');
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE FUNCTION docket.tenants_with_penalties(after_tenant uuid, maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY SELECT DISTINCT p.tenant_id FROM docket.sla_policy_version p JOIN docket.tenant t ON t.id = p.tenant_id AND t.active
        WHERE p.tenant_id > after_tenant AND jsonb_typeof(p.definition -> 'penalties') = 'array' AND jsonb_array_length(p.definition -> 'penalties') > 0
        ORDER BY p.tenant_id LIMIT least(maximum, 10000);
END
$$;
REVOKE EXECUTE ON FUNCTION docket.tenants_with_penalties(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.tenants_with_penalties(uuid, integer) TO docket_scheduler;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
