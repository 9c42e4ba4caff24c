import Domain
import Postgres

extension AttemptRecord {
    /// Three parameters: status, detail, duration.
    func bind(into binder: inout Binder) {
        binder.append(statusCode.map { Int32(clamping: $0) })
        binder.append(detail)
        binder.append(duration)
    }
}
