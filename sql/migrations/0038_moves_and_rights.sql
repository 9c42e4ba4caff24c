-- Who moves to another organization adds his tickets to a re-evaluation that is under way, in his own transaction (architecture.md, "Edits of promises").
GRANT INSERT ON docket.sla_reevaluation_part TO docket_api;

-- Neither is ever deleted (decision 13): nobody needs to be able to.
REVOKE DELETE ON docket.organization, docket.contract FROM docket_api;
