import Domain
import Postgres

/// The end of an agent's shift in the columns of `agent_presence`.
enum ShiftColumns {
    /// Read by ``decode(_:)``.
    static func list(of alias: String) -> String { "\(alias).shift_ends_at, \(alias).shift_resumes_at" }

    /// Whether an agent is off shift, as ``ShiftEnd/covers(_:)`` says it; never null.
    static func isOff(of alias: String, at time: String) -> String {
        "coalesce(\(alias).shift_ends_at <= \(time) AND coalesce(\(alias).shift_resumes_at > \(time), true), false)"
    }

    static func decode(_ columns: inout ColumnReader) throws(DecodeError) -> ShiftEnd? {
        let end = try columns.nextOptional(Timestamp.self)
        let resumes = try columns.nextOptional(Timestamp.self)
        return end.map { ShiftEnd(at: $0, resumesAt: resumes) }
    }
}
