-- After how many seconds the entries of a queue are written to move on to another one; 0 where they stay, -1 where nobody has looked yet. A pass that finds
-- the queue to say something else writes them anew before it gives anything out, so many at a time.
ALTER TABLE docket.routing_lane ADD overflow_seconds integer NOT NULL DEFAULT -1;
