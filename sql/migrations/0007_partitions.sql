-- Monthly partitions, made ahead by the scheduler; a default partition catches what nobody made room for.

-- Makes the partitions of one history table for the month of `day` and the `ahead` months after it. Idempotent.
CREATE FUNCTION docket.ensure_partitions(parent text, day date, ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    month date := date_trunc('month', day)::date;
    child text;
    made integer := 0;
BEGIN
    IF parent NOT IN ('ticket_event', 'delivery_attempt') THEN
        RAISE EXCEPTION 'not a history table' USING ERRCODE = '22023';
    END IF;
    IF ahead NOT BETWEEN 0 AND 24 THEN
        RAISE EXCEPTION 'between 0 and 24 months ahead' USING ERRCODE = '22023';
    END IF;
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
GRANT EXECUTE ON FUNCTION docket.ensure_partitions(text, date, integer) TO docket_scheduler;

CREATE TABLE docket.ticket_event_default PARTITION OF docket.ticket_event DEFAULT;
CREATE TABLE docket.delivery_attempt_default PARTITION OF docket.delivery_attempt DEFAULT;
SELECT docket.protect_tenant_table('docket.ticket_event_default'), docket.protect_tenant_table('docket.delivery_attempt_default');
SELECT docket.ensure_partitions('ticket_event', current_date, 3), docket.ensure_partitions('delivery_attempt', current_date, 3);
