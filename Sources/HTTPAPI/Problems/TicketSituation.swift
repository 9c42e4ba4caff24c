public import Domain

/// What a ticket is like that refuses a command, or another thing: enough for the caller to choose another.
public struct TicketSituation: Hashable, Sendable {
    public var state: String?
    public var allowedStates: [String]?
    public var assigneeID: AgentID?
    public var offeredTo: AgentID?
    /// When a resource is taken.
    public var busy: Booking.Interval?
    /// Where the ticket went, or what it should have gone into did.
    public var mergedInto: TicketID?
    /// The required tasks that are to be done.
    public var openTasks: OpenTasks?
    /// The first of the agents who are reached by a webhook endpoint.
    public var agentIDs: [AgentID]?

    public init(
        state: TicketState? = nil,
        allowedStates: [TicketState]? = nil,
        assigneeID: AgentID? = nil,
        offeredTo: AgentID? = nil,
        busy: Booking.Interval? = nil,
        mergedInto: TicketID? = nil,
        openTasks: OpenTasks? = nil,
        agentIDs: [AgentID]? = nil
    ) {
        self.state = state?.rawValue
        self.allowedStates = allowedStates?.map(\.rawValue)
        self.assigneeID = assigneeID
        self.offeredTo = offeredTo
        self.busy = busy
        self.mergedInto = mergedInto
        self.openTasks = openTasks
        self.agentIDs = agentIDs
    }
}

extension OpenTasks.Task: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            writer.field("title", title)
        }
    }
}

extension OpenTasks.Task: JSONSchemaProviding {
    public static let schema = JSONSchema.object(
        "OpenTask",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("title", .string, "What is to be done."),
        ]
    )
}
