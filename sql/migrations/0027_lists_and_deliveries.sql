-- Orders of ticket lists, the traces of deliveries, and deliveries that were given up.

-- One index for each order that lists offer; the id decides ties. That of number is its unique one.
CREATE INDEX ticket_priority ON docket.ticket (tenant_id, priority, id);
-- Promises that can still be missed or are missed already, by their deadlines: nextDueAt of Domain's SLALedger.
CREATE INDEX sla_timer_deadline ON docket.sla_timer (tenant_id, due_at, ticket_id) WHERE due_at IS NOT NULL AND state IN ('running', 'breached_running');

-- What the request that caused the event gave as traceparent (W3C Trace Context): passed on with the delivery.
ALTER TABLE docket.outbox ADD COLUMN traceparent text CHECK (length(traceparent) = 55);
ALTER TABLE docket.outbox_dead
    ADD COLUMN traceparent text CHECK (length(traceparent) = 55),
    -- What it was in the outbox: its notices wait for it still.
    ADD COLUMN is_digest boolean NOT NULL DEFAULT false,
    -- Kept beside the event, so that lists can be by type.
    ADD COLUMN event_type text CHECK (length(event_type) <= 64);
UPDATE docket.outbox_dead d SET event_type = e.kind
FROM docket.ticket_event e WHERE e.tenant_id = d.tenant_id AND e.ticket_id = d.ticket_id AND e.seq = d.event_seq;
CREATE INDEX outbox_dead_time ON docket.outbox_dead (tenant_id, died_at, id);
CREATE INDEX outbox_dead_endpoint ON docket.outbox_dead (tenant_id, endpoint_id, died_at, id);
-- Only what was given up is looked at by its id, and none of it was delivered.
CREATE INDEX delivery_attempt_delivery ON docket.delivery_attempt (tenant_id, outbox_id, at) WHERE outcome <> 'delivered';
-- Delivering again takes the row back into the outbox.
GRANT DELETE ON docket.outbox_dead TO docket_api;
