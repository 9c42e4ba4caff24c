import Domain
import Postgres

struct ReadNotificationQueue: Statement {
    static let sql = "SELECT pg_notification_queue_usage()"

    static func decode(_ row: RowView) throws(DecodeError) -> NotificationFacts {
        NotificationFacts(share: try row.decode(Double.self, at: 0))
    }
}
