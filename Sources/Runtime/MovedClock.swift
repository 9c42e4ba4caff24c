public import Domain
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// This machine's time, ahead by as much as tests have moved the database's: what the age of cursors goes by where there is a test clock.
///
/// The API reads no clock of the database for each cursor: that would be a round trip a request. Whoever moves the time says so here.
public final class MovedClock: Sendable {
    private let ahead = Mutex<Int64>(0)

    public init() {}

    public func now() -> Timestamp { Self.machineTime().adding(microseconds: ahead.withLock(\.self)) }

    /// The database's time, as it was just read.
    public func follow(_ databaseTime: Timestamp) {
        let difference = databaseTime.microseconds(since: Self.machineTime())
        ahead.withLock { $0 = difference }
    }

    /// In whole seconds: nothing that is decided by it needs more.
    static func machineTime() -> Timestamp {
        Timestamp(seconds: Int64(time(nil))) ?? Timestamp(microseconds: 0)
    }
}
