-- The desk's verbs: consultations, urges, and the chain that an agent's call for help starts (features.md A3.7, A3.12).

-- Kept on the ticket, and made again by replaying its history: the rules decide on the ticket alone.
ALTER TABLE docket.ticket
    ADD COLUMN urge_count integer NOT NULL DEFAULT 0 CHECK (urge_count >= 0),
    ADD COLUMN last_urged_at timestamptz,
    ADD COLUMN open_consultations smallint NOT NULL DEFAULT 0 CHECK (open_consultations BETWEEN 0 AND 10);
GRANT UPDATE (urge_count, last_urged_at, open_consultations) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;

-- A colleague who is asked about a ticket. The answer is a note on the ticket.
CREATE TABLE docket.consultation (
    tenant_id     uuid NOT NULL,
    ticket_id     uuid NOT NULL,
    id            uuid NOT NULL,
    asked_by_kind text NOT NULL CHECK (asked_by_kind IN ('api', 'agent', 'requester', 'dispatcher', 'scheduler', 'system')),
    asked_by_id   uuid,
    agent_id      uuid NOT NULL,
    question      text NOT NULL CHECK (length(question) BETWEEN 1 AND 4000),
    asked_at      timestamptz NOT NULL,
    state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'cancelled')),
    answer_id     uuid,
    closed_at     timestamptz,
    PRIMARY KEY (tenant_id, ticket_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES docket.ticket (tenant_id, id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id),
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK ((state = 'answered') = (answer_id IS NOT NULL))
);
CREATE INDEX consultation_agent ON docket.consultation (tenant_id, agent_id, ticket_id);
SELECT docket.protect_tenant_table('docket.consultation');
GRANT SELECT, INSERT ON docket.consultation TO docket_api;
GRANT UPDATE (state, answer_id, closed_at) ON docket.consultation TO docket_api;

-- The path of a ticket that its agent cannot solve alone, and of strong complaints.
ALTER TABLE docket.queue
    ADD COLUMN escalation_chain_id uuid,
    ADD FOREIGN KEY (tenant_id, escalation_chain_id) REFERENCES docket.escalation_chain (tenant_id, id);
