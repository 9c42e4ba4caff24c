import Domain

/// How one person hears of one step of a run.
enum EscalationNotice: Hashable, Sendable {
    case mail(address: String)
    case call(WebhookEndpointID)
    /// When his quiet hours end; by which channel is decided then.
    case wait(AgentID, until: Timestamp)

    init(_ plan: NoticePlan, to agent: AgentID, at address: String) {
        switch (plan.notBefore, plan.channel) {
        case (let end?, _): self = .wait(agent, until: end)
        case (nil, .email): self = .mail(address: address)
        case (nil, .webhook(let endpoint)): self = .call(endpoint)
        }
    }
}
