import Domain
import Store

/// Which tickets a list shows, in which order.
struct TicketListQuery: QueryParameters {
    enum SortKey: String, CaseIterable, Sendable {
        case createdAt = "created_at"
    }

    static let state = QueryField("state", TicketStateCode.parameter, "States.")
    static let priority = QueryField("priority", ParameterType<PriorityCode>.code, "Priorities.")
    static let queue = QueryField("queue_id", .id(Entity.Queue.self), "The queue.")
    static let group = QueryField("group_id", .id(Entity.Group.self), "The group.")
    static let assignee = QueryField("assignee_id", .id(Entity.Agent.self), "Who has it.")
    static let unassigned = QueryField("unassigned", .boolean, "Only tickets without an agent.")
    static let requester = QueryField("requester_id", .id(Entity.Requester.self), "Who asks.")
    static let externalReference = QueryField("external_ref", .text(1...200), "The id in another system.")
    static let createdFrom = QueryField("created_at[gte]", .timestamp, "Came in at or after.")
    static let createdBefore = QueryField("created_at[lt]", .timestamp, "Came in before.")
    static let sort = SortField<SortKey>(defaultOrder: [.init(.createdAt, isDescending: true)], maximumTerms: 1)
    static let parameters =
        [
            state.list(maximum: 10), priority.list(maximum: 4), queue.parameter, group.parameter, assignee.parameter, unassigned.parameter,
            requester.parameter, externalReference.parameter, createdFrom.parameter, createdBefore.parameter, sort.parameter,
        ] + PageRequest.parameters

    let filter: TicketFilter
    let oldestFirst: Bool
    let page: PageRequest

    init?(from reader: inout QueryReader) {
        var filter = TicketFilter()
        let states = reader.list(Self.state, maximum: 10)
        filter.states = states.isEmpty ? nil : states
        let priorities = reader.list(Self.priority, maximum: 4)
        filter.priorities = priorities.isEmpty ? nil : priorities.map(\.priority)
        filter.queueID = reader.value(Self.queue)
        filter.groupID = reader.value(Self.group)
        filter.assigneeID = reader.value(Self.assignee)
        filter.isUnassigned = reader.value(Self.unassigned) ?? false
        if filter.isUnassigned, filter.assigneeID != nil {
            reader.refuse("unassigned", .notAllowed, "A ticket has an agent or none: not together with assignee_id.")
        }
        filter.requesterID = reader.value(Self.requester)
        filter.externalReference = reader.value(Self.externalReference)
        filter.createdFrom = reader.value(Self.createdFrom)
        filter.createdBefore = reader.value(Self.createdBefore)
        self.filter = filter
        oldestFirst = reader.sort(Self.sort).first?.isDescending == false
        page = reader.page()
    }

    /// The place after the last ticket of the page before.
    var position: TicketPosition? {
        guard let keys = page.after?.keys, keys.count == 2, case .integer(let time) = keys[0], case .uuid(let high, let low) = keys[1] else {
            return nil
        }
        return TicketPosition(createdAt: Timestamp(microseconds: time), id: TicketID(high: high, low: low))
    }

    static func cursor(after ticket: Ticket) -> Cursor {
        Cursor([.integer(ticket.createdAt.microseconds), .uuid(high: ticket.id.high, low: ticket.id.low)])
    }
}
