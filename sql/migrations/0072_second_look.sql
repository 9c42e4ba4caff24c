-- A queue in which tickets stay is looked at once more some seconds after a pass that was asked for. That look stood in look_at alone, where a pass for another reason, or an
-- earlier time, wrote over it; now each pass finds it beside that and keeps it, until it has come.
ALTER TABLE docket.routing_lane
    -- Null where none is due. Dispatchers find the queue by look_at, which is the earlier of this and what time alone brings.
    ADD second_look_at timestamptz;
GRANT UPDATE (second_look_at) ON docket.routing_lane TO docket_dispatcher;
