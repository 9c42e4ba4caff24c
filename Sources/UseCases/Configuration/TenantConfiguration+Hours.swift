import Domain
import Store

extension TenantConfiguration {
    /// Whether a queue keeps hours and is closed at a time. A calendar that cannot be judged closes nothing.
    func isClosed(_ queue: QueueID, at time: Timestamp) -> Bool {
        guard let calendar = hours(of: queue) else { return false }
        return (try? calendar.isOpen(time)) == false
    }

    /// When a queue that is closed at a time opens; nil where it does not.
    func nextOpening(of queue: QueueID, after time: Timestamp) -> Timestamp? {
        hours(of: queue).flatMap { try? $0.nextOpen(time) }
    }

    /// The calendar by which a queue opens and closes; nil where it is always open.
    func hours(of queue: QueueID) -> BusinessCalendar? {
        queues[queue]?.calendarID.flatMap { promises.compiled[$0] }
    }
}
