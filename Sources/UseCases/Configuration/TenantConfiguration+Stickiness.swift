import Domain
import Store

extension TenantConfiguration {
    /// Asks for the agent with whom a ticket's queue keeps its requester (routing.md D); nil where it keeps nobody, or nobody is known.
    func lastAgent(for content: TicketContent, at now: Timestamp) -> FindLastAgent? {
        guard let requester = content.requesterID, let days = content.queueID.flatMap({ queues[$0]?.stickyDays }), days > 0 else { return nil }
        return FindLastAgent(tenant: tenant, requester: requester, since: now.adding(microseconds: -Int64(days) * 86_400_000_000))
    }
}
