/// An escalation chain of a tenant.
public struct EscalationChainContent: VersionedContent {
    public typealias Kind = Entity.EscalationChain
    public var name: String
    public var levels: [EscalationLevel]
    /// How often the levels are gone through again: 0 to 9.
    public var repeats: Int
    /// Seconds after which an acknowledgement without a solution lapses; nil: it holds.
    public var acknowledgementTTL: Int64?

    public init(name: String, levels: [EscalationLevel], repeats: Int = 0, acknowledgementTTL: Int64? = nil) {
        self.name = name
        self.levels = levels
        self.repeats = repeats
        self.acknowledgementTTL = acknowledgementTTL
    }

    /// The content as a stored chain is read: its name and what its runs copy.
    public init(name: String, chain: EscalationChain) {
        self.init(name: name, levels: chain.levels, repeats: chain.repeats, acknowledgementTTL: chain.acknowledgementTTL)
    }

    /// What a run copies.
    public func chain(version: Int64) -> EscalationChain {
        EscalationChain(version: Int(version), levels: levels, repeats: repeats, acknowledgementTTL: acknowledgementTTL)
    }
}
