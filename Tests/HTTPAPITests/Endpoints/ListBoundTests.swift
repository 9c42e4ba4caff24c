import HTTPTypes
import Testing

@testable import HTTPAPI

/// Every list is bounded: enumerated over all operations, so that a new one is tested without anybody thinking of it.
@Suite struct ListBoundTests {
    /// Lists that come whole, each with what bounds it.
    private static let whole = [
        "getAgentMemberships": "ids of at most 10,000 groups and 10,000 queues",
        "getLifecycle": "the states of the life cycle",
        "explainTicketRouting": "at most 10,000 agents of one queue",
        "getTicketTimers": "paged beside other members",
    ]

    @Test func everyListIsPagedAndBounded() throws {
        for operation in APIOperations.all where operation.method == .get {
            guard case .object(let object)? = operation.responses.first?.schema?.shape else { continue }
            let names = operation.queryParameters.map(\.name)
            let isPaged = names.contains("limit") && (names.contains("cursor") || names.contains("after"))
            if operation.id.hasPrefix("list") { #expect(isPaged, "\(operation.id) is a list") }
            for property in object.properties {
                guard case .array(_, _, let maximum) = property.schema.shape else { continue }
                if property.name == "data" {
                    #expect(isPaged && maximum != nil, "\(operation.id)")
                } else if object.name.map({ !Self.singles.contains($0) }) ?? true {
                    #expect(Self.whole[operation.id] != nil, "\(operation.id) \(property.name)")
                }
            }
        }
    }

    /// Single things, whose lists are parts of them and are bounded where they are written.
    private static let singles: Set<String> = [
        "Agent", "Calendar", "DeadDeliveryDetail", "EscalationChain", "Queue", "SLAPolicy", "ViewedTicket", "WebhookEndpoint",
        "AgentWorkload",
    ]
}
