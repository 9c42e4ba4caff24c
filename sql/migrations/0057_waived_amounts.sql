-- A waiver covers what the entry cost when it was granted; what a breach that goes on costs later is charged.
ALTER TABLE docket.sla_waiver ADD COLUMN amount bigint CHECK (amount >= 0);

-- What was granted before is what stands there now.
UPDATE docket.sla_waiver w SET amount = coalesce(p.amount, 0) FROM docket.sla_penalty p
WHERE p.tenant_id = w.tenant_id AND p.id = w.penalty_id AND w.state = 'approved';

-- One request waits at a time; the growth since a granted one may be waived by another.
DROP INDEX docket.sla_waiver_one;
CREATE UNIQUE INDEX sla_waiver_one ON docket.sla_waiver (tenant_id, penalty_id) WHERE state = 'requested';
