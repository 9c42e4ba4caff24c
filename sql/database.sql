-- Prepares one database for Docket; run as a superuser inside it, after roles.sql and before the first migration. May be run again.

REVOKE ALL ON SCHEMA public FROM PUBLIC;

DO $database$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO docket_api, docket_dispatcher, docket_scheduler, docket_courier, docket_migrate, docket_backup', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO docket_owner', current_database());
END
$database$;
