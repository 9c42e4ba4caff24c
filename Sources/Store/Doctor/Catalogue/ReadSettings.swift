import Domain
import Postgres

/// The settings of ``SettingFacts/names``, as a new session gets them.
struct ReadSettings: Statement {
    struct Row: Sendable {
        let name: String
        let value: String
    }

    static let sql = "SELECT name, coalesce(setting, '') FROM pg_settings WHERE name = ANY ($1)"

    func bind(into binder: inout Binder) {
        binder.append(SettingFacts.names)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(name: try row.decode(String.self, at: 0), value: try row.decode(String.self, at: 1))
    }
}

/// What ALTER DATABASE … SET and ALTER ROLE … SET change for Docket's roles in this database.
struct ReadSettingOverrides: Statement {
    static let sql = """
        SELECT r.rolname::text, split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)
        FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole CROSS JOIN LATERAL unnest(s.setconfig) c
        WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
            AND (s.setrole = 0 OR r.rolname LIKE 'docket\\_%')
        ORDER BY r.rolname, 2 LIMIT 200
        """

    static func decode(_ row: RowView) throws(DecodeError) -> SettingFacts.Override {
        SettingFacts.Override(
            role: try row.decodeOptional(String.self, at: 0),
            name: try row.decode(String.self, at: 1),
            value: try row.decode(String.self, at: 2)
        )
    }
}
