/// A run of an escalation chain with what identifies it.
public struct EscalationRunRecord: Hashable, Sendable {
    public let id: EscalationRunID
    public let ticket: TicketID
    public let chain: EscalationChainID
    /// What it runs for, `metric:instance` of a timer, the cause of a call for help, or what a waiting
    /// ticket waits for: of each there is at most one live run a chain (sla.md, Escalation chains, rule 1).
    public let trigger: String
    public var run: EscalationRun

    public init(id: EscalationRunID, ticket: TicketID, chain: EscalationChainID, trigger: String, run: EscalationRun) {
        self.id = id
        self.ticket = ticket
        self.chain = chain
        self.trigger = trigger
        self.run = run
    }

    /// Whether anything may still come of it.
    public var isLive: Bool { run.state == .running || run.state == .acknowledged }

    /// Whether somebody's call started it and no clock.
    public var isRequested: Bool { EscalationRequestCause(rawValue: trigger) != nil }

    /// What the ticket waited for when it was started; nil where something else started it. It ends when an agent has the ticket.
    public var waitTrigger: QueueEscalation.Trigger? { QueueEscalation.Trigger(rawValue: trigger) }

    /// The code of its state, as it is stored and shown.
    public var stateCode: String { run.isHeld ? "held" : run.state.rawValue }
}
