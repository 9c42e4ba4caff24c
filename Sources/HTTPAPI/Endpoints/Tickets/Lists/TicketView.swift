import Domain
import UseCases

/// What of a ticket is shown (api.md 5): some of its members, and what belongs to it.
struct TicketView: Sendable {
    private static let fields = QueryField("fields", memberName, "Only these members of a ticket; all of them unless told.")
    private static let include = QueryField(
        "include",
        ParameterType<TicketRelation>.code,
        "What is told beside the ticket: the requester, the assignee and the queue as their own operations show them (their scopes are needed), and "
            + "the clocks that run or are paused."
    )
    private static let memberName = ParameterType<String>(
        .string(StringShape(values: TicketResource.members)),
        "one of: " + TicketResource.members.joined(separator: ", ")
    ) { TicketResource.members.contains($0) ? $0 : nil }

    static let parameters = [
        fields.list(maximum: TicketResource.members.count), include.list(maximum: TicketRelation.allCases.count),
    ]

    /// nil shows all.
    let members: Set<String>?
    let relations: Set<TicketRelation>

    init(from reader: inout QueryReader) {
        let names = reader.list(Self.fields, maximum: TicketResource.members.count)
        members = names.isEmpty ? nil : Set(names)
        relations = Set(reader.list(Self.include, maximum: TicketRelation.allCases.count))
    }

    /// What may be asked for of a thing by its own operation may be asked for here, and no more.
    ///
    /// - Throws: 403 where a scope is lacking, and for a provider's agent, who sees tickets and nothing beside them.
    func authorise(_ principal: Principal) throws(Problem) {
        for relation in TicketRelation.allCases where relations.contains(relation) {
            guard let scope = relation.scope else { continue }
            guard principal.scopes.permits(scope) else { throw BearerCredential.insufficient(scope) }
            guard !principal.isExternal else {
                throw Problem(.forbidden, "The key acts for a provider's agent, who sees tickets and their clocks only.")
            }
        }
    }
}

extension TicketRelation {
    /// What its own operation needs; nil where that of the ticket is enough.
    fileprivate var scope: Scope? {
        switch self {
        case .requester: RequesterContent.names.read
        case .assignee: AgentContent.names.read
        case .queue: QueueContent.names.read
        case .timers: nil
        }
    }
}

/// The query of one ticket.
struct TicketQuery: QueryParameters {
    static let parameters = TicketView.parameters
    let view: TicketView

    init?(from reader: inout QueryReader) {
        view = TicketView(from: &reader)
    }
}
