/// What a credential may do; each operation needs one (security.md 3.1, API5).
public enum Scope: String, CaseIterable, Hashable, Sendable {
    case ticketsRead = "tickets:read"
    case ticketsWrite = "tickets:write"
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
}
