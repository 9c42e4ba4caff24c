-- The functions that make and drop months of history run as the owner: whoever takes a process's role over could ask them for anything. They do what the
-- processes ask of them, and nothing further. And what the doctor asks of rows that a tenant left behind.

-- As before, but for months near the present only: with the months ahead some fifty of each table at most.
CREATE OR REPLACE FUNCTION docket.ensure_partitions(parent text, day date, ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    today CONSTANT date := (docket.now() AT TIME ZONE 'UTC')::date;
    month date;
    child text;
    made integer := 0;
BEGIN
    -- What is null is refused, too.
    IF (parent IN ('ticket_event', 'delivery_attempt')) IS NOT TRUE THEN
        RAISE EXCEPTION 'not a history table' USING ERRCODE = '22023';
    END IF;
    IF (day BETWEEN today - interval '2 years' AND today + interval '1 month') IS NOT TRUE THEN
        RAISE EXCEPTION 'from two years ago to the next month' USING ERRCODE = '22023';
    END IF;
    IF (ahead BETWEEN 0 AND 24) IS NOT TRUE THEN
        RAISE EXCEPTION 'between 0 and 24 months ahead' USING ERRCODE = '22023';
    END IF;
    month := date_trunc('month', day)::date;
    FOR step IN 0..ahead LOOP
        child := parent || '_' || to_char(month, 'YYYYMM');
        IF to_regclass('docket.' || child) IS NULL THEN
            EXECUTE format('CREATE TABLE docket.%I PARTITION OF docket.%I FOR VALUES FROM (%L) TO (%L)', child, parent, month, (month + interval '1 month')::date);
            PERFORM docket.protect_tenant_table(('docket.' || child)::regclass);
            made := made + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END
$$;

-- As before, but never the present month and those ahead: attempts are kept for a day at least.
CREATE OR REPLACE FUNCTION docket.drop_empty_attempt_months(until timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, docket SET lock_timeout = '200ms' SET enable_seqscan = off AS
$$
DECLARE
    child name;
    tenant uuid;
BEGIN
    IF (until <= docket.now() - interval '1 day') IS NOT TRUE THEN
        RAISE EXCEPTION 'attempts are kept for a day at least' USING ERRCODE = '22023';
    END IF;
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

-- The tenants that have rows in a table and are gone themselves. A loose index scan: its cost follows the number of tenants and not of rows. For the owner only.
CREATE FUNCTION docket.tenants_gone(target regclass, maximum integer) RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, docket SET enable_seqscan = off AS
$$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH RECURSIVE present AS (
            (SELECT x.tenant_id FROM %1$s x ORDER BY x.tenant_id LIMIT 1)
            UNION ALL
            SELECT (SELECT x.tenant_id FROM %1$s x WHERE x.tenant_id > p.tenant_id ORDER BY x.tenant_id LIMIT 1) FROM present p WHERE p.tenant_id IS NOT NULL
        )
        SELECT p.tenant_id FROM present p
        WHERE p.tenant_id IS NOT NULL AND NOT EXISTS (SELECT FROM docket.tenant t WHERE t.id = p.tenant_id) LIMIT $1', target)
        USING maximum;
END
$$;
REVOKE EXECUTE ON FUNCTION docket.tenants_gone(regclass, integer) FROM PUBLIC;
