-- Tickets that wait for their customer or for others may take a part of their agents' capacity (routing.md F).

-- In percent of a ticket's weight, rounded up to whole units; 0: nothing.
ALTER TABLE docket.tenant_configuration
    ADD COLUMN waiting_load_percent smallint NOT NULL DEFAULT 0 CHECK (waiting_load_percent BETWEEN 0 AND 100);
