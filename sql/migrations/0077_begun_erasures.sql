-- A tenant whose erasing was begun has lost rows that others stand on: whoever examines all tenants has to know.
ALTER TABLE docket.tenant ADD erasure_began_at timestamptz;
