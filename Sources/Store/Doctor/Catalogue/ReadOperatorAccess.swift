import Postgres

/// Whether there is anything to examine, and whether this role sees all of it.
public struct OperatorAccess: Hashable, Sendable {
    /// Whether the database has Docket's tables.
    public let hasSchema: Bool
    /// Whether the role is the tables' owner, a member of it, or a superuser: the policies would hide every tenant from others.
    public let seesEverything: Bool
}

struct ReadOperatorAccess: Statement {
    /// The catalogue itself may be read by everybody; `to_regclass` is refused where the schema is.
    static let sql = """
        SELECT count(c.oid) > 0, coalesce(bool_and(pg_has_role(current_user, c.relowner, 'USAGE')), false)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'docket' AND c.relname IN ('tenant', 'ticket')
        """

    static func decode(_ row: RowView) throws(DecodeError) -> OperatorAccess {
        OperatorAccess(hasSchema: try row.decode(Bool.self, at: 0), seesEverything: try row.decode(Bool.self, at: 1))
    }
}
