-- Since when a ticket waits in its queue: by this it moves on to another one that it has waited too long in. Null in rows from before: these count from eligible_at, until
-- they come into a queue again.
ALTER TABLE docket.ticket ADD queued_at timestamptz;
GRANT UPDATE (queued_at) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;

-- How far the entries of a queue were written anew after an edit of it: the last one in the queue's order; null where that is to begin. Whether nobody was left when
-- it began who makes entries by an older version of the configuration.
ALTER TABLE docket.routing_lane
    ADD follow_rank_at timestamptz,
    ADD follow_eligible_at timestamptz,
    ADD follow_ticket_id uuid,
    ADD follow_settled boolean NOT NULL DEFAULT false;
GRANT UPDATE (follow_rank_at, follow_eligible_at, follow_ticket_id, follow_settled) ON docket.routing_lane TO docket_api, docket_dispatcher;

-- Entries of edited queues kept their places and times so far: each queue is looked through once.
UPDATE docket.routing_lane SET overflow_seconds = -1;
INSERT INTO docket.routing_signal (tenant_id, queue_id, id)
    SELECT l.tenant_id, l.queue_id, gen_random_uuid() FROM docket.routing_lane l
    WHERE EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = l.tenant_id AND r.queue_id = l.queue_id);
