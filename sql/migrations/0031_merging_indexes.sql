-- What 0030 left for a transaction of its own: nobody waits for it but those who write tickets, while the indexes are made.

ALTER TABLE docket.ticket VALIDATE CONSTRAINT ticket_other_ticket;
ALTER TABLE docket.ticket VALIDATE CONSTRAINT ticket_merged_is_closed;

-- The links of a ticket seen from the other side; few tickets have any.
CREATE INDEX ticket_merged_into ON docket.ticket (tenant_id, merged_into, id) WHERE merged_into IS NOT NULL;
CREATE INDEX ticket_split_from ON docket.ticket (tenant_id, split_from, id) WHERE split_from IS NOT NULL;
CREATE INDEX ticket_follow_up_of ON docket.ticket (tenant_id, follow_up_of, id) WHERE follow_up_of IS NOT NULL;
