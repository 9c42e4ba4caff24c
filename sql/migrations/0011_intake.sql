-- How tickets come into queues: what is known of them there.

-- BCP 47. A ticket without one takes its requester's.
ALTER TABLE docket.requester ADD COLUMN language text CHECK (length(language) BETWEEN 2 AND 35);
-- requester_vip is copied when the ticket gets its requester: policies and ranks decide on the ticket alone, and replaying its history gives them again.
ALTER TABLE docket.ticket
    ADD COLUMN language text CHECK (length(language) BETWEEN 2 AND 35),
    ADD COLUMN requester_vip boolean NOT NULL DEFAULT false;
GRANT UPDATE (language, requester_vip) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;

-- Aborts a command that decided on what a requester was before; it reads again, as after docket.require_configuration.
CREATE FUNCTION docket.require_requester(tenant uuid, requester uuid, expected bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
BEGIN
    IF NOT EXISTS (SELECT FROM docket.requester r WHERE r.tenant_id = tenant AND r.id = requester AND r.version = expected) THEN
        RAISE EXCEPTION 'the requester has another version' USING ERRCODE = 'DK001';
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION docket.require_requester(uuid, uuid, bigint) TO docket_api;

-- Which tickets a queue takes that name none, and the rules that it applies to them (documents of TicketCondition and IntakeRule).
ALTER TABLE docket.queue
    ADD COLUMN position integer NOT NULL DEFAULT 0 CHECK (position BETWEEN 0 AND 1000000),
    ADD COLUMN match jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN rules jsonb NOT NULL DEFAULT '[]';

-- The order of a queue (routing.md A), and whether it keeps requesters with their agents (routing.md D).
ALTER TABLE docket.queue
    ADD COLUMN vip_boost_minutes integer NOT NULL DEFAULT 0 CHECK (vip_boost_minutes BETWEEN 0 AND 10080),
    ADD COLUMN order_by text NOT NULL DEFAULT 'rank' CHECK (order_by IN ('rank', 'deadline')),
    ADD COLUMN default_target_seconds integer NOT NULL DEFAULT 86400 CHECK (default_target_seconds > 0),
    ADD COLUMN sticky_days integer NOT NULL DEFAULT 0 CHECK (sticky_days BETWEEN 0 AND 366),
    ADD COLUMN sticky_wait_seconds integer NOT NULL DEFAULT 0 CHECK (sticky_wait_seconds BETWEEN 0 AND 604800);
-- In a queue by deadline the class of a ticket depends on its relaxation step too: the first of a class there need not be its oldest.
ALTER TABLE docket.routing_entry ADD COLUMN class_step smallint NOT NULL DEFAULT 0;

-- Tickets that have waited too long move on to another queue, each at most once out of a queue: which ones it left is kept with it.
ALTER TABLE docket.queue
    ADD COLUMN overflow_queue_id uuid,
    ADD COLUMN overflow_after_seconds integer NOT NULL DEFAULT 3600 CHECK (overflow_after_seconds BETWEEN 1 AND 31622400),
    ADD FOREIGN KEY (tenant_id, overflow_queue_id) REFERENCES docket.queue (tenant_id, id);
ALTER TABLE docket.ticket ADD COLUMN overflowed_from uuid[] NOT NULL DEFAULT '{}';
GRANT UPDATE (overflowed_from) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;
ALTER TABLE docket.routing_entry ADD COLUMN overflow_at timestamptz;
CREATE INDEX routing_entry_overflow ON docket.routing_entry (tenant_id, queue_id, overflow_at) WHERE overflow_at IS NOT NULL;

-- Where new tickets go that arrive while the queue's calendar is closed. When it opens is the lane's look_at.
ALTER TABLE docket.queue
    ADD COLUMN fallback_queue_id uuid,
    ADD FOREIGN KEY (tenant_id, fallback_queue_id) REFERENCES docket.queue (tenant_id, id);
