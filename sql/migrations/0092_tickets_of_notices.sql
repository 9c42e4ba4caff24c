-- What each notice of a digest is about: a mail of several notices that was given up names the tickets (GET /v1/dead-deliveries). Notices from before name none.
ALTER TABLE docket.mail_notice ADD COLUMN ticket_id uuid;
GRANT SELECT (tenant_id, digest_id, id, ticket_id) ON docket.mail_notice TO docket_api;
