-- Offers (routing.md G): a ticket is offered to one agent, who accepts or declines it in time; who does not answer misses it.

ALTER TABLE docket.queue
    -- Seconds for which a ticket is offered; null: tickets are assigned without asking.
    ADD offer_seconds integer CHECK (offer_seconds BETWEEN 10 AND 86400),
    -- What becomes of a ticket that nobody took in all rounds.
    ADD no_taker text NOT NULL DEFAULT 'assign' CHECK (no_taker IN ('assign', 'wait'));

ALTER TABLE docket.ticket
    ADD offered_agent_id uuid,
    ADD offered_at timestamptz,
    ADD offer_expires_at timestamptz,
    -- Who declined it or let an offer pass, in this round.
    ADD declined_agents uuid[] NOT NULL DEFAULT '{}',
    ADD offer_round smallint NOT NULL DEFAULT 0 CHECK (offer_round BETWEEN 0 AND 3),
    ADD CHECK ((offered_agent_id IS NULL) = (offered_at IS NULL) AND (offered_agent_id IS NULL) = (offer_expires_at IS NULL)),
    ADD CHECK (offered_agent_id IS NULL OR (assignee_id IS NULL AND state = 'waiting_assignment'));
CREATE INDEX ticket_offer ON docket.ticket (tenant_id, offered_agent_id) WHERE offered_agent_id IS NOT NULL;
CREATE INDEX ticket_offer_expiry ON docket.ticket (offer_expires_at) WHERE offer_expires_at IS NOT NULL;
GRANT UPDATE (offered_agent_id, offered_at, offer_expires_at, declined_agents, offer_round) ON docket.ticket
    TO docket_api, docket_dispatcher, docket_scheduler;

ALTER TABLE docket.routing_entry
    ADD offer_round smallint NOT NULL DEFAULT 0,
    -- Since when everybody who could take it has declined.
    ADD exhausted_at timestamptz;

ALTER TABLE docket.agent_presence
    -- Offers that he let pass, in a row.
    ADD misses integer NOT NULL DEFAULT 0,
    -- Put on a break because of them, until he says that he is back.
    ADD is_held boolean NOT NULL DEFAULT false;
GRANT UPDATE (status, online_since, misses, is_held) ON docket.agent_presence TO docket_dispatcher;

SELECT docket.open_to_discovery('docket.ticket', 'docket_claim', 'tenant_id, id, offer_expires_at');

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
-- Offers that are over by now.
CREATE FUNCTION docket.offers_due(maximum integer)
    RETURNS TABLE (tenant_id uuid, ticket_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    time CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT d.tenant_id, d.id
        FROM (SELECT t.tenant_id, t.id FROM docket.ticket t WHERE t.offer_expires_at <= time ORDER BY t.offer_expires_at LIMIT least(maximum, 1000)) d
        JOIN docket.tenant n ON n.id = d.tenant_id AND n.active;
END
$$;
REVOKE EXECUTE ON FUNCTION docket.offers_due(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.offers_due(integer) TO docket_dispatcher;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
