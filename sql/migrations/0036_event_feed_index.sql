-- The feed's order inside a transaction is found by sorting its few events: without ticket and number the entries of a transaction share one key, which the
-- index stores once, and an assignment writes a twentieth less log.
CREATE INDEX ticket_event_transaction ON docket.ticket_event (tenant_id, xid);
DROP INDEX docket.ticket_event_feed;
