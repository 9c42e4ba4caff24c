-- A transaction's number may be older than that of a ticket's last change: a pass gets its own with the queue's lane and reads tickets that were committed after
-- that. The change feed goes by these numbers, so a ticket's events would come in the wrong order. Each event takes at least the number of the one before it.
ALTER TABLE docket.ticket ADD COLUMN last_xid xid8 NOT NULL DEFAULT '0';
ALTER TABLE docket.ticket ALTER COLUMN last_xid SET DEFAULT pg_current_xact_id();
GRANT UPDATE (last_xid) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;
