import Domain
import Postgres

extension IntakeProfile {
    /// Reads `vip, priority_floor, queue_id`.
    init(_ columns: inout ColumnReader) throws(DecodeError) {
        self.init(isVIP: try columns.next(), priorityFloor: try columns.nextOptionalNumber(), queueID: try columns.nextOptional())
    }
}
