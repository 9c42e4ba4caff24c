-- When and how people hear of it: quiet hours, and one mail instead of many (features.md D13).

-- Quiet hours and channels, as one document; none: mail at once.
ALTER TABLE docket.agent ADD COLUMN notifications jsonb;

-- Such a row stands for the notices that are kept for it; its mail is put together when it is sent.
ALTER TABLE docket.outbox ADD COLUMN is_digest boolean NOT NULL DEFAULT false;
-- In which digest a notice went out: then the attempt is the digest's.
ALTER TABLE docket.delivery_attempt ADD COLUMN digest_id uuid;

-- How many mails a mailbox was sent since when: what is more than enough goes into a digest. The row is the lock of those who send at once.
CREATE TABLE docket.mailbox_window (
    tenant_id  uuid NOT NULL,
    mailbox    text NOT NULL CHECK (length(mailbox) BETWEEN 1 AND 320),
    started_at timestamptz NOT NULL,
    sent       integer NOT NULL,
    PRIMARY KEY (tenant_id, mailbox)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

-- What waits for a digest; deleted when that is delivered, and recorded as an attempt each.
CREATE TABLE docket.mail_notice (
    tenant_id  uuid NOT NULL,
    digest_id  uuid NOT NULL,
    id         uuid NOT NULL,
    payload    jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest_id, id)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);

SELECT docket.protect_tenant_table('docket.mailbox_window'), docket.protect_tenant_table('docket.mail_notice');
GRANT SELECT, INSERT, UPDATE ON docket.mailbox_window TO docket_scheduler;
GRANT SELECT, INSERT ON docket.mail_notice TO docket_scheduler;
GRANT SELECT, DELETE ON docket.mail_notice TO docket_courier;
-- Locks a digest's row against being sent while a notice is added to it.
GRANT UPDATE (created_at) ON docket.outbox TO docket_scheduler;
