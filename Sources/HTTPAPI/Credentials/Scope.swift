/// What a credential may do; each operation needs one (security.md 3.1, API5).
public enum Scope: String, CaseIterable, Hashable, Sendable {
    case ticketsRead = "tickets:read"
    /// Everything that can be done to tickets, the desk's verbs too.
    case ticketsWrite = "tickets:write"
    // The desk's verbs, each by itself (features.md A3.7, decision 0040).
    /// To give a ticket to an agent.
    case ticketsAssign = "tickets:assign"
    /// To take one.
    case ticketsClaim = "tickets:claim"
    /// To put one back into its queue.
    case ticketsRelease = "tickets:release"
    case ticketsTransfer = "tickets:transfer"
    case ticketsReturn = "tickets:return"
    case ticketsWithdraw = "tickets:withdraw"
    case ticketsConsult = "tickets:consult"
    case ticketsUrge = "tickets:urge"
    case ticketsEscalate = "tickets:escalate"
    case ticketsBook = "tickets:book"
    case ticketsMerge = "tickets:merge"
    case ticketsSplit = "tickets:split"
    case eventsRead = "events:read"
    case agentsRead = "agents:read"
    case agentsWrite = "agents:write"
    /// Groups, skills, queues and their members.
    case routingRead = "routing:read"
    case routingWrite = "routing:write"
    /// Calendars, SLA policies, escalation chains.
    case policiesRead = "policies:read"
    case policiesWrite = "policies:write"
    case webhooksRead = "webhooks:read"
    case webhooksWrite = "webhooks:write"
    /// To look at deliveries that were given up; those of webhooks include it.
    case deliveriesRead = "deliveries:read"
    /// To have them made again.
    case deliveriesWrite = "deliveries:write"
    /// What providers are paid for.
    case settlementsRead = "settlements:read"
    case settlementsWrite = "settlements:write"
    /// How promises were kept, and what breaches cost.
    case reportsRead = "reports:read"
    /// To compute penalties, and to ask for them to be waived.
    case penaltiesWrite = "penalties:write"
    /// To decide about waivers.
    case penaltiesApprove = "penalties:approve"
    /// What tickets can book.
    case resourcesRead = "resources:read"
    case resourcesWrite = "resources:write"
    /// Which API keys the tenant has.
    case keysRead = "keys:read"
    /// To make keys that may no more than the one that asks, and to revoke any.
    case keysWrite = "keys:write"

    /// The wider scope that grants this one too.
    var wider: Scope? {
        switch self {
        case .ticketsAssign, .ticketsClaim, .ticketsRelease, .ticketsTransfer, .ticketsReturn, .ticketsWithdraw, .ticketsConsult, .ticketsUrge,
            .ticketsEscalate, .ticketsBook, .ticketsMerge, .ticketsSplit:
            .ticketsWrite
        case .deliveriesRead: .webhooksRead
        case .deliveriesWrite: .webhooksWrite
        default: nil
        }
    }
}
