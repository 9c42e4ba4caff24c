-- Where agents serve and where the work is (routing.md C out_of_area, D nearest). Places are whole microdegrees: comparing them rounds nothing.

ALTER TABLE docket.agent
    -- None: everywhere.
    ADD service_areas text[] NOT NULL DEFAULT '{}' CHECK (cardinality(service_areas) <= 50),
    ADD latitude_microdegrees integer CHECK (latitude_microdegrees BETWEEN -90000000 AND 90000000),
    ADD longitude_microdegrees integer CHECK (longitude_microdegrees BETWEEN -180000000 AND 180000000),
    ADD CHECK ((latitude_microdegrees IS NULL) = (longitude_microdegrees IS NULL));

ALTER TABLE docket.queue
    DROP CONSTRAINT queue_mode_check,
    ADD CONSTRAINT queue_mode_check CHECK (mode IN ('balanced', 'best_skill', 'least_loaded', 'round_robin', 'nearest'));

ALTER TABLE docket.ticket
    ADD service_area text CHECK (length(service_area) BETWEEN 1 AND 100),
    ADD latitude_microdegrees integer CHECK (latitude_microdegrees BETWEEN -90000000 AND 90000000),
    ADD longitude_microdegrees integer CHECK (longitude_microdegrees BETWEEN -180000000 AND 180000000),
    ADD CHECK ((latitude_microdegrees IS NULL) = (longitude_microdegrees IS NULL));
GRANT UPDATE (service_area, latitude_microdegrees, longitude_microdegrees) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;

ALTER TABLE docket.routing_entry
    ADD service_area text,
    ADD latitude_microdegrees integer,
    ADD longitude_microdegrees integer;
