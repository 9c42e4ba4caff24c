-- Lists of a customer's tickets: without it the newest page of a small customer reads all of the tenant's tickets. No update of a ticket writes it.
CREATE INDEX ticket_organization ON docket.ticket (tenant_id, organization_id, created_at, id) WHERE organization_id IS NOT NULL;

-- Which priority follows from impact, urgency and the customer's tier (features.md A2.4); null: the standard one.
ALTER TABLE docket.tenant_configuration ADD COLUMN priority_matrix jsonb;
