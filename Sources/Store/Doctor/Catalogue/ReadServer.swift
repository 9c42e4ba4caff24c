import Domain
import Postgres

struct ReadServer: Statement {
    static let sql = """
        SELECT current_setting('server_version_num')::bigint, pg_is_in_recovery(), current_setting('server_encoding'),
            current_setting('max_connections')::bigint, (SELECT coalesce(sum(numbackends), 0)::bigint FROM pg_stat_database)
        """

    static func decode(_ row: RowView) throws(DecodeError) -> ServerFacts {
        var columns = ColumnReader(row)
        return ServerFacts(
            version: try columns.next(),
            isInRecovery: try columns.next(),
            encoding: try columns.next(),
            maximumConnections: try columns.next(),
            connections: try columns.next()
        )
    }
}
