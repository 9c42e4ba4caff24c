import Domain
import Postgres

/// Triggers, those behind foreign keys included, that do not fire; constraints that were never validated; indexes that are not used.
struct ReadConstraintFaults: Statement {
    static let sql = """
        SELECT c.relname || '.' || t.tgname, 'the trigger is disabled' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = 'docket'::regnamespace AND t.tgenabled IN ('D', 'R')
        UNION ALL SELECT k.conrelid::regclass || '.' || k.conname, 'the constraint is not validated' FROM pg_constraint k
            WHERE k.connamespace = 'docket'::regnamespace AND NOT k.convalidated
        UNION ALL SELECT c.relname::text, 'the index is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE c.relnamespace = 'docket'::regnamespace AND NOT (i.indisvalid AND i.indisready)
        ORDER BY 1, 2 LIMIT 1000
        """

    static func decode(_ row: RowView) throws(DecodeError) -> CatalogueFault {
        CatalogueFault(try row.decode(String.self, at: 0), try row.decode(String.self, at: 1))
    }
}
