import Domain
import Store

extension TenantConfiguration {
    /// The chain that is run where an agent calls for help: the queue's own, else that of the policy which applies.
    func escalationPath(of ticket: Ticket) -> EscalationChainID? {
        let ofQueue = ticket.content.queueID.flatMap { queues[$0]?.escalationChainID }
        let ofPolicy = promises.matcher.policy(for: promises.fieldValues(of: ticket))?.definition.chain
        return [ofQueue, ofPolicy].compactMap(\.self).first { promises.chains[$0] != nil }
    }
}
