import Domain
import Store

extension TenantConfiguration {
    /// The queue at which tickets come in through a key, while it is active; nil where their contents decide, as for any other ticket.
    func entry(of profile: IntakeProfile) -> QueueID? {
        profile.queueID.flatMap { queues[$0]?.isActive == true ? $0 : nil }
    }
}
