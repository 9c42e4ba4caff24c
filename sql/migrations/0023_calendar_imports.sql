-- By which release of the time zone database a calendar's newest version was made (sla.md: "store the tzdb version"). Null: it was not known, as for every
-- calendar made before this migration.
ALTER TABLE docket.calendar ADD COLUMN tz_database text CHECK (length(tz_database) BETWEEN 1 AND 32);
