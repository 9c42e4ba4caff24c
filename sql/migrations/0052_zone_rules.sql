-- By which rules of its zone a version of a calendar counts (docs/decisions/0028): what was counted stays, whatever time zone database a machine has.

-- The rules of zones as they were in a release of the time zone database.
CREATE TABLE docket.calendar_zone_rules (
    tenant_id uuid NOT NULL,
    zone      text NOT NULL CHECK (length(zone) BETWEEN 1 AND 100),
    release   text NOT NULL CHECK (length(release) BETWEEN 1 AND 32),
    rules     jsonb NOT NULL,
    PRIMARY KEY (tenant_id, zone, release)
);
SELECT docket.protect_tenant_table('docket.calendar_zone_rules');
GRANT SELECT, INSERT ON docket.calendar_zone_rules TO docket_api;
GRANT SELECT ON docket.calendar_zone_rules TO docket_dispatcher, docket_scheduler, docket_courier;

-- The release that a version counts by, where its rules are kept; otherwise it counts by those of the machine.
ALTER TABLE docket.calendar_version ADD COLUMN tz_database text CHECK (length(tz_database) BETWEEN 1 AND 32);
