-- A month of history that cannot be made (its rows lie in the default partition already, say) keeps no other from being made, and is told of. What is busy is
-- left for the next time: whoever writes to the table waits behind the lock that is asked for here.

-- What it returns changes. Only schedulers call it, and none runs while migrations do (docs/operations.md, Upgrade).
-- squawk-ignore ban-drop-function
DROP FUNCTION docket.ensure_partitions(text, date, integer);

-- Makes the partitions of one history table for the month of `day` and the `ahead` months after it, each by itself. Idempotent.
-- `made`: how many were made; `failed`: how many could not be; `reason`: why the last of these could not.
CREATE FUNCTION docket.ensure_partitions(parent text, day date, ahead integer, OUT made integer, OUT failed integer, OUT reason text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, docket SET lock_timeout = '200ms' AS
$$
DECLARE
    today CONSTANT date := (docket.now() AT TIME ZONE 'UTC')::date;
    month date;
    child text;
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
    made := 0;
    failed := 0;
    FOR step IN 0..ahead LOOP
        month := (date_trunc('month', day) + make_interval(months => step))::date;
        child := parent || '_' || to_char(month, 'YYYYMM');
        CONTINUE WHEN to_regclass('docket.' || child) IS NOT NULL;
        BEGIN
            EXECUTE format('CREATE TABLE docket.%I PARTITION OF docket.%I FOR VALUES FROM (%L) TO (%L)', child, parent, month, (month + interval '1 month')::date);
            PERFORM docket.protect_tenant_table(('docket.' || child)::regclass);
            made := made + 1;
        EXCEPTION
            WHEN lock_not_available THEN
                -- The others want the same lock.
                failed := failed + 1;
                reason := SQLERRM;
                EXIT;
            WHEN OTHERS THEN
                failed := failed + 1;
                reason := SQLERRM;
        END;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION docket.ensure_partitions(text, date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.ensure_partitions(text, date, integer) TO docket_scheduler;
