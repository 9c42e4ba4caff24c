-- An offer is no assignment until it is accepted (routing.md F, G). While it is open it holds its place in the agent's rate limit and in the order of turns, as it
-- holds his capacity; one that is declined, runs out or is taken back leaves nothing behind.
ALTER TABLE docket.agent_load
    ADD open_offers integer NOT NULL DEFAULT 0,
    -- Of the last one; counts while any is open.
    ADD last_offered_at timestamptz;
UPDATE docket.agent_load l SET open_offers = o.open, last_offered_at = o.last
FROM (
    SELECT t.tenant_id, t.offered_agent_id, count(*)::integer AS open, max(t.offered_at) AS last FROM docket.ticket t
    WHERE t.offered_agent_id IS NOT NULL GROUP BY t.tenant_id, t.offered_agent_id
) o
WHERE l.tenant_id = o.tenant_id AND l.agent_id = o.offered_agent_id;
GRANT UPDATE (open_offers, last_offered_at) ON docket.agent_load TO docket_api, docket_dispatcher, docket_scheduler;

-- For how many seconds agents are asked on single channels, counted as in docket.agent_load.channel_capacities; an element that is null goes by offer_seconds.
ALTER TABLE docket.queue ADD offer_channel_seconds integer[] CHECK (cardinality(offer_channel_seconds) <= 10);
GRANT UPDATE (offer_channel_seconds) ON docket.queue TO docket_api;

-- A pass notes that all entries of a queue say when they move on only when nobody is left who makes one by an older version of the configuration.
GRANT EXECUTE ON FUNCTION docket.configuration_is_settled(uuid, bigint) TO docket_dispatcher;
