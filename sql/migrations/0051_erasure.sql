-- Erasing a tenant (docs/operations.md): its rows go in small portions, for nobody but the owner.

-- What was under way when a tenant was suspended must have ended before anything is erased.
ALTER TABLE docket.tenant ADD suspended_at timestamptz;
UPDATE docket.tenant SET suspended_at = docket.now() WHERE NOT active;

-- Deletes some rows of a tenant from one table, and says how many. References of a table's rows to others of the same table are taken away first.
CREATE FUNCTION docket.erase_rows(target regclass, owner_tenant uuid, maximum integer) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
DECLARE
    link text;
    erased bigint;
BEGIN
    -- Nobody lets it go on while a portion is deleted.
    PERFORM FROM docket.tenant t WHERE t.id = owner_tenant AND NOT t.active FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the tenant is not suspended' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    FOR link IN
        SELECT a.attname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
        WHERE k.contype = 'f' AND k.conrelid = target AND k.confrelid = target AND NOT a.attnotnull
    LOOP
        EXECUTE format('UPDATE %s SET %I = NULL WHERE tenant_id = $1 AND %I IS NOT NULL', target, link, link) USING owner_tenant;
    END LOOP;
    -- In a partitioned table a place may name several rows: all of the same tenant.
    EXECUTE format('DELETE FROM %s WHERE tenant_id = $1 AND ctid = ANY (ARRAY(SELECT x.ctid FROM %s x WHERE x.tenant_id = $1 LIMIT $2))', target, target)
        USING owner_tenant, maximum;
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END
$$;
REVOKE EXECUTE ON FUNCTION docket.erase_rows(regclass, uuid, integer) FROM PUBLIC;
