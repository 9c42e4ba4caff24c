-- What was kept for ever and is no ticket's history goes after a time: attempts to deliver, mails that nobody sends, absences long over (decision 23).

GRANT DELETE ON docket.delivery_attempt TO docket_courier;

-- Two years after its end an absence tells nobody anything, and it may say that somebody was ill.
CREATE INDEX agent_absence_over ON docket.agent_absence (tenant_id, ends_at) WHERE next_at IS NULL;
GRANT SELECT, DELETE ON docket.agent_absence TO docket_scheduler;

SELECT docket.open_to_discovery('docket.delivery_attempt', 'docket_claim', 'tenant_id, at');
GRANT SELECT (ends_at) ON docket.agent_absence TO docket_claim;
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;

-- Tenants with attempts from before `until`, or with mails that have been due since before it. Loose index scans, as in docket.tenants_to_clear.
CREATE FUNCTION docket.tenants_with_old_deliveries(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    mail CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    found_count integer := 0;
BEGIN
    tenant_id := '00000000-0000-0000-0000-000000000000';
    WHILE found_count < least(maximum, 10000) LOOP
        tenant_id := least(
            (SELECT a.tenant_id FROM docket.delivery_attempt a WHERE a.tenant_id > tenants_with_old_deliveries.tenant_id ORDER BY a.tenant_id LIMIT 1),
            (SELECT o.tenant_id FROM docket.outbox o WHERE o.tenant_id > tenants_with_old_deliveries.tenant_id ORDER BY o.tenant_id LIMIT 1));
        EXIT WHEN tenant_id IS NULL;
        IF EXISTS (SELECT FROM docket.delivery_attempt a WHERE a.tenant_id = tenants_with_old_deliveries.tenant_id AND a.at < until)
            OR EXISTS (SELECT FROM docket.outbox o
                WHERE o.tenant_id = tenants_with_old_deliveries.tenant_id AND o.lane = mail AND o.next_attempt_at < until) THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

-- Tenants with absences that were over before `until`.
CREATE FUNCTION docket.tenants_with_old_absences(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    found_count integer := 0;
    ended_at timestamptz;
BEGIN
    tenant_id := '00000000-0000-0000-0000-000000000000';
    WHILE found_count < least(maximum, 10000) LOOP
        SELECT a.tenant_id, a.ends_at INTO tenant_id, ended_at FROM docket.agent_absence a
        WHERE a.next_at IS NULL AND a.tenant_id > tenants_with_old_absences.tenant_id ORDER BY a.tenant_id, a.ends_at LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF ended_at < until THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

REVOKE EXECUTE ON FUNCTION docket.tenants_with_old_deliveries(timestamptz, integer), docket.tenants_with_old_absences(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.tenants_with_old_deliveries(timestamptz, integer) TO docket_courier;
GRANT EXECUTE ON FUNCTION docket.tenants_with_old_absences(timestamptz, integer) TO docket_scheduler;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;

-- Drops the first month of attempts that ended before `until` and is empty, and tells how many it dropped: vacuum gives back a table's end, and never its
-- indexes. Whoever writes attempts waits for it until its transaction ends, so it waits 200 ms at most for its own turn, and leaves the next month to the
-- next call.
CREATE FUNCTION docket.drop_empty_attempt_months(until timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, docket SET lock_timeout = '200ms' SET enable_seqscan = off AS
$$
DECLARE
    child name;
    tenant uuid;
BEGIN
    FOR child IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'docket.delivery_attempt'::regclass AND c.relname ~ '^delivery_attempt_[0-9]{6}$'
            AND to_timestamp(right(c.relname, 6) || '01+00', 'YYYYMMDDTZH') + interval '32 days' < until
        ORDER BY c.relname
    LOOP
        -- By an index: what was deleted and not vacuumed yet is not read again.
        EXECUTE format('SELECT a.tenant_id FROM docket.%I a ORDER BY a.tenant_id, a.at LIMIT 1', child) INTO tenant;
        CONTINUE WHEN tenant IS NOT NULL;
        BEGIN
            LOCK TABLE ONLY docket.delivery_attempt IN ACCESS EXCLUSIVE MODE;
            EXECUTE format('SELECT a.tenant_id FROM docket.%I a ORDER BY a.tenant_id, a.at LIMIT 1', child) INTO tenant;
            CONTINUE WHEN tenant IS NOT NULL;
            EXECUTE format('DROP TABLE docket.%I', child);
            RETURN 1;
        EXCEPTION WHEN lock_not_available THEN
            RETURN 0;
        END;
    END LOOP;
    RETURN 0;
END
$$;
REVOKE EXECUTE ON FUNCTION docket.drop_empty_attempt_months(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.drop_empty_attempt_months(timestamptz) TO docket_courier;
