-- What tickets of a kind weigh that come into a queue without a weight of their own (documents of WeightRule; features.md A3.3).
ALTER TABLE docket.queue ADD weights jsonb NOT NULL DEFAULT '[]';
GRANT UPDATE (weights) ON docket.queue TO docket_api;
