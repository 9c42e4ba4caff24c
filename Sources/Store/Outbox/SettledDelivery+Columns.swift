import Domain
import Postgres

extension SettledDelivery {
    init(_ row: RowView) throws(DecodeError) {
        self.init(isWritten: try row.decode(Bool.self, at: 0), disabledEndpoint: try row.decode(Bool.self, at: 1))
    }
}
