/// A team of agents; its members are kept apart.
public struct AgentGroupContent: VersionedContent {
    public typealias Kind = Entity.Group
    public var name: String
    /// Who is called when an escalation names the group's head.
    public var headAgentID: AgentID?

    public init(name: String, headAgentID: AgentID? = nil) {
        self.name = name
        self.headAgentID = headAgentID
    }
}
