-- A re-evaluation of one requester's tickets that others have joined: whatever takes its place has to do theirs, too.

-- Of those that are there nobody knows: they count as joined, and only new ones begin without.
ALTER TABLE docket.sla_reevaluation ADD COLUMN has_joined boolean NOT NULL DEFAULT true;
ALTER TABLE docket.sla_reevaluation ALTER COLUMN has_joined SET DEFAULT false;
