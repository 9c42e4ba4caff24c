-- Merges, splits and follow-ups of tickets (sla.md, Timers, "Merge"; features.md A4.11), and SLA policies that are deleted.

-- Kept on the ticket, and made again by replaying its history. The other ticket's row is locked, and not closed, by the transaction that writes one of
-- them, and tickets are never deleted: no foreign key is needed that every change of a ticket would check (docs/decisions/0003).
-- Checks that hold for every row there is are validated by the next migration, which lets others write meanwhile; so are the indexes made there.
ALTER TABLE docket.ticket
    ADD COLUMN merged_into  uuid,
    ADD COLUMN split_from   uuid,
    ADD COLUMN follow_up_of uuid,
    ADD CONSTRAINT ticket_other_ticket CHECK (merged_into <> id AND split_from <> id AND follow_up_of <> id) NOT VALID,
    ADD CONSTRAINT ticket_merged_is_closed CHECK (merged_into IS NULL OR state IN ('closed', 'archived')) NOT VALID;
-- Where a ticket comes from is written once.
GRANT UPDATE (merged_into) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;

-- Customers whose tickets were merged into another's: they wait for its answers, too.
CREATE TABLE docket.ticket_requester_follower (
    tenant_id    uuid NOT NULL,
    ticket_id    uuid NOT NULL,
    requester_id uuid NOT NULL,
    added_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, requester_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id),
    FOREIGN KEY (tenant_id, requester_id) REFERENCES docket.requester (tenant_id, id)
);
SELECT docket.protect_tenant_table('docket.ticket_requester_follower');
GRANT SELECT, INSERT ON docket.ticket_requester_follower TO docket_api;

-- A deleted policy stays for the clocks and reports that name its versions; its name is free again.
ALTER TABLE docket.sla_policy
    ADD COLUMN deleted boolean NOT NULL DEFAULT false CHECK (NOT (deleted AND active)),
    DROP CONSTRAINT sla_policy_name;
CREATE UNIQUE INDEX sla_policy_name ON docket.sla_policy (tenant_id, name) WHERE NOT deleted;
