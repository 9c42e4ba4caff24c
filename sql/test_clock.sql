-- Installs a movable clock. Only for databases that are made for tests (contract.md, `docket dev --test-clock`): run as docket_owner right after the migrations.

CREATE TABLE docket.test_clock (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    ahead     interval NOT NULL,
    -- Where the clock stands still but for being moved; null lets it run.
    frozen_at timestamptz
);
INSERT INTO docket.test_clock (ahead) VALUES (interval '0');

CREATE OR REPLACE FUNCTION docket.now() RETURNS timestamptz
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$ BEGIN RETURN (SELECT coalesce(frozen_at, clock_timestamp()) + ahead FROM docket.test_clock); END $$;

CREATE FUNCTION docket.advance_test_clock(seconds double precision) RETURNS timestamptz
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    IF seconds < 0 THEN
        RAISE EXCEPTION 'the clock only moves forward' USING ERRCODE = '22023';
    END IF;
    UPDATE docket.test_clock SET ahead = ahead + make_interval(secs => seconds);
    RETURN docket.now();
END
$$;
GRANT EXECUTE ON FUNCTION docket.advance_test_clock(double precision) TO docket_api, docket_dispatcher, docket_scheduler, docket_courier;
