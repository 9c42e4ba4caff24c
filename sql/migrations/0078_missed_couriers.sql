-- How long a courier has been missing is counted by all others together (docs/decisions/0048): one that is killed soon after it began has no time to count.

-- How many looks in a row have missed it, and when the last of them was counted, by the real clock: sessions end by that, too. The courier itself sets the
-- count back when it shows that it lives.
ALTER TABLE docket.courier
    ADD missed_looks smallint NOT NULL DEFAULT 0 CHECK (missed_looks >= 0),
    ADD missed_at timestamptz NOT NULL DEFAULT '-infinity';
GRANT UPDATE (missed_looks, missed_at) ON docket.courier TO docket_courier;
