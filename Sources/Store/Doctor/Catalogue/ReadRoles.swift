import Domain
import Postgres

struct ReadRoles: Statement {
    static let sql = """
        SELECT rolname::text, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole OR rolcreatedb OR rolreplication, rolinherit,
            coalesce(rolconfig @> ARRAY['enable_seqscan=off', 'jit=off'], false)
        FROM pg_roles WHERE rolname LIKE 'docket\\_%' ORDER BY rolname LIMIT 200
        """

    static func decode(_ row: RowView) throws(DecodeError) -> RoleFacts.Role {
        var columns = ColumnReader(row)
        return RoleFacts.Role(
            name: try columns.next(),
            canLogIn: try columns.next(),
            isSuperuser: try columns.next(),
            bypassesRowSecurity: try columns.next(),
            administers: try columns.next(),
            inherits: try columns.next(),
            plansByIndex: try columns.next()
        )
    }
}

/// Who belongs to one of Docket's roles, and what Docket's roles belong to.
struct ReadMemberships: Statement {
    static let sql = """
        SELECT DISTINCT m.rolname::text, r.rolname::text
        FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member JOIN pg_roles r ON r.oid = a.roleid
        WHERE m.rolname LIKE 'docket\\_%' OR r.rolname LIKE 'docket\\_%' ORDER BY 1, 2 LIMIT 1000
        """

    static func decode(_ row: RowView) throws(DecodeError) -> RoleFacts.Membership {
        RoleFacts.Membership(try row.decode(String.self, at: 0), of: try row.decode(String.self, at: 1))
    }
}
