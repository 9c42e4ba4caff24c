import Domain
import Store

extension TenantConfiguration {
    /// Where a queue sends tickets on that have waited too long; nil where it keeps them, or nobody is to come there now.
    func overflow(of queue: QueueID) -> QueueOverflow? {
        queues[queue]?.overflow.flatMap { queues[$0.queueID]?.isActive == true ? $0 : nil }
    }
}
