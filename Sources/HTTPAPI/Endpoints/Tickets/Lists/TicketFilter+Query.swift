import Domain

extension TicketFilter {
    private enum Fields {
        static let state = QueryField("state", TicketStateCode.parameter, "States.")
        static let priority = QueryField("priority", ParameterType<PriorityCode>.code, "Priorities.")
        static let queue = QueryField("queue_id", .id(Entity.Queue.self), "The queue.")
        static let group = QueryField("group_id", .id(Entity.Group.self), "The group.")
        static let assignee = QueryField("assignee_id", .id(Entity.Agent.self), "Who has it.")
        static let unassigned = QueryField("unassigned", .boolean, "`true`: only tickets without an agent; `false`: only those with one.")
        static let requester = QueryField("requester_id", .id(Entity.Requester.self), "Who asks.")
        static let organization = QueryField("organization_id", .id(Entity.Organization.self), "The customer to whom they belong now.")
        static let externalReference = QueryField("external_ref", .text(1...200), "The id in another system.")
        static let createdFrom = QueryField("created_at[gte]", .timestamp, "Came in at or after.")
        static let createdBefore = QueryField("created_at[lt]", .timestamp, "Came in before.")
    }

    static let parameters = [
        Fields.state.list(maximum: 10), Fields.priority.list(maximum: 4), Fields.queue.parameter, Fields.group.parameter, Fields.assignee.parameter,
        Fields.unassigned.parameter, Fields.requester.parameter, Fields.organization.parameter, Fields.externalReference.parameter,
        Fields.createdFrom.parameter, Fields.createdBefore.parameter,
    ]

    init(from reader: inout QueryReader) {
        self.init()
        let states = reader.list(Fields.state, maximum: 10)
        self.states = states.isEmpty ? nil : states
        let priorities = reader.list(Fields.priority, maximum: 4)
        self.priorities = priorities.isEmpty ? nil : priorities.map(\.priority)
        queueID = reader.value(Fields.queue)
        groupID = reader.value(Fields.group)
        assigneeID = reader.value(Fields.assignee)
        isUnassigned = reader.value(Fields.unassigned)
        if isUnassigned == true, assigneeID != nil {
            reader.refuse("unassigned", .notAllowed, "A ticket has an agent or none: not together with assignee_id.")
        }
        requesterID = reader.value(Fields.requester)
        organizationID = reader.value(Fields.organization)
        externalReference = reader.value(Fields.externalReference)
        createdFrom = reader.value(Fields.createdFrom)
        createdBefore = reader.value(Fields.createdBefore)
    }

    /// The filter of a caller, who may be confined to his own tickets.
    func seen(by principal: Principal) -> TicketFilter {
        var filter = self
        filter.viewer = principal.viewer
        return filter
    }
}
