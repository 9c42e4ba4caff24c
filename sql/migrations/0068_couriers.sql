-- A courier that was killed is known to be gone at once, and what it held is delivered by others (docs/decisions/0048): each holds an advisory lock of its own
-- number in its sessions, which ends with its process, and the leases name that number.

-- The couriers that work, and those that ended and were not missed yet. Global: a courier serves all tenants.
CREATE TABLE docket.courier (
    number     bigint PRIMARY KEY,
    started_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON docket.courier TO docket_courier;

-- Who holds the lease; null where nobody does.
ALTER TABLE docket.outbox ADD COLUMN held_by bigint;
GRANT UPDATE (held_by) ON docket.outbox TO docket_courier;
GRANT SELECT (id, lease_token, held_by) ON docket.outbox TO docket_claim;

-- The leases of one courier that end after `since` and by `until`, in the order of their ends. No index of its own, which every claim would pay for: a lease
-- ends soon, so that all of them lie in a short stretch of the index by time. Asked only when a courier is gone.
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE FUNCTION docket.leases_held(holder bigint, since timestamptz, until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid, id uuid, lease_token bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY
        SELECT o.tenant_id, o.id, o.lease_token FROM docket.outbox o
        WHERE o.next_attempt_at > since AND o.next_attempt_at <= until AND o.held_by = holder
        ORDER BY o.next_attempt_at LIMIT least(maximum, 10000);
END
$$;
REVOKE EXECUTE ON FUNCTION docket.leases_held(bigint, timestamptz, timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.leases_held(bigint, timestamptz, timestamptz, integer) TO docket_courier;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
