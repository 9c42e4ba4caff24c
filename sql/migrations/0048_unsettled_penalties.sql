-- The size of a breach that goes on is followed however long ago it began (features.md A5.8).

-- Whether nothing can change the entry any more: the breach is over, and its clock cannot run again. Entries of earlier versions are looked at once more, but for
-- those of closed tickets, which never change.
ALTER TABLE docket.sla_penalty ADD COLUMN settled boolean NOT NULL DEFAULT false;
UPDATE docket.sla_penalty p SET settled = true FROM docket.ticket t
    WHERE t.tenant_id = p.tenant_id AND t.id = p.ticket_id AND t.closed_at IS NOT NULL AND p.ended_at IS NOT NULL AND p.through_seq >= t.last_seq;

-- Those that are not, the ones first that nobody looked at for longest.
CREATE INDEX sla_penalty_unsettled ON docket.sla_penalty (tenant_id, computed_at, ticket_id) WHERE NOT settled;
