-- What agents have in hand is found however long their history is: what is solved or closed stands in an index of its own. A ticket is in one of the two, so an
-- assignment writes as many entries as before; what moves it from one to the other writes indexes anew anyway (ticket_resolved, ticket_closed).
CREATE INDEX ticket_in_hand ON docket.ticket (tenant_id, assignee_id, created_at, id)
    WHERE assignee_id IS NOT NULL AND resolved_at IS NULL AND closed_at IS NULL;
CREATE INDEX ticket_done ON docket.ticket (tenant_id, assignee_id, created_at, id)
    WHERE assignee_id IS NOT NULL AND (resolved_at IS NOT NULL OR closed_at IS NOT NULL);
DROP INDEX docket.ticket_assignee;
