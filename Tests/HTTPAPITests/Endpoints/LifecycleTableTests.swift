import Domain
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import HTTPAPI

/// Every pair of states (features.md A4.1): what is allowed is written here by hand, and everything else is 409 with the states that are possible.
@Suite struct LifecycleTableTests {
    private static let states = [
        "new", "waiting_assignment", "assigned", "in_progress", "waiting_customer", "on_hold", "resolved", "closed", "archived",
    ]

    /// What the life cycle as data allows, whoever has the ticket.
    private static let successors: [String: Set<String>] = [
        "new": ["waiting_assignment", "in_progress", "waiting_customer", "on_hold", "resolved"],
        "waiting_assignment": ["in_progress", "waiting_customer", "on_hold", "resolved"],
        "assigned": ["in_progress", "waiting_customer", "on_hold", "resolved"],
        "in_progress": ["waiting_customer", "on_hold", "resolved"],
        "waiting_customer": ["in_progress", "on_hold", "resolved"],
        "on_hold": ["in_progress", "waiting_customer", "resolved"],
        "resolved": ["in_progress", "closed"],
        "closed": ["archived"],
        "archived": [],
    ]

    /// A ticket that an agent has: target and where it gets.
    private static let withAgent: [String: [String: String]] = [
        "assigned": same("in_progress", "waiting_customer", "on_hold", "resolved"),
        "in_progress": same("waiting_customer", "on_hold", "resolved"),
        "waiting_customer": same("in_progress", "on_hold", "resolved"),
        "on_hold": same("in_progress", "waiting_customer", "resolved"),
        "resolved": same("in_progress", "closed"),
        "closed": same("archived"),
        "archived": [:],
    ]

    /// One in a queue that nobody has. Work does not begin; work that goes on waits for an agent first.
    private static let withoutAgent: [String: [String: String]] = [
        "waiting_assignment": same("waiting_customer", "on_hold", "resolved"),
        "waiting_customer": same("on_hold", "resolved").merging(["in_progress": "waiting_assignment"]) { $1 },
        "on_hold": same("waiting_customer", "resolved").merging(["in_progress": "waiting_assignment"]) { $1 },
        "resolved": same("closed").merging(["in_progress": "waiting_assignment"]) { $1 },
        "closed": same("archived"),
        "archived": [:],
    ]

    /// One in no queue, which nobody has.
    private static let withoutQueue: [String: [String: String]] = [
        "new": same("waiting_customer", "on_hold", "resolved"),
        "waiting_customer": same("on_hold", "resolved").merging(["in_progress": "new"]) { $1 },
        "on_hold": same("waiting_customer", "resolved").merging(["in_progress": "new"]) { $1 },
        "resolved": same("closed").merging(["in_progress": "new"]) { $1 },
        "closed": same("archived"),
        "archived": [:],
    ]

    /// How a ticket gets into each state from where it begins.
    private static let ways: [String: [String]] = [
        "in_progress": ["in_progress"], "waiting_customer": ["waiting_customer"], "on_hold": ["on_hold"], "resolved": ["resolved"],
        "closed": ["resolved", "closed"], "archived": ["resolved", "closed", "archived"],
    ]

    private static func same(_ states: String...) -> [String: String] { Dictionary(uniqueKeysWithValues: states.map { ($0, $0) }) }

    private enum Situation: String, CaseIterable { case withAgent, withoutAgent, withoutQueue }

    @Test("The life cycle as data is this table")
    func data() {
        #expect(Lifecycle.standard.states.map(\.state.rawValue) == Self.states)
        for state in Self.states {
            #expect(Set(Lifecycle.standard.successors(of: TicketState(rawValue: state)).map(\.rawValue)) == Self.successors[state], "\(state)")
        }
    }

    @Test("Each of all pairs is accepted or refused as the table says, with an agent, without one, and without a queue")
    func pairs() async throws {
        try await APIFixture.with { api in
            var tried = 0
            for situation in Situation.allCases {
                let table = [.withAgent: Self.withAgent, .withoutAgent: Self.withoutAgent, .withoutQueue: Self.withoutQueue][situation]
                for (from, moves) in try #require(table) {
                    let refusing = try await Self.ticket(api, in: from, situation)
                    let before = try await api.succeed("getTicket", refusing).response.text
                    for target in Self.states {
                        let comment: Comment = "\(situation): \(from) to \(target)"
                        tried += 1
                        if let landing = moves[target] {
                            let ids = try await Self.ticket(api, in: from, situation)
                            let moved = try await api.succeed("transitionTicket", ids, body: #"{"state":"\#(target)"}"#)
                            #expect(try moved.text("state") == landing, comment)
                        } else {
                            let refused = try await api.call("transitionTicket", refusing, body: #"{"state":"\#(target)"}"#)
                            try expectProblem(refused, .invalidTransition)
                            #expect(try Self.allowed(refused) == Set(moves.keys), comment)
                        }
                    }
                    #expect(try await api.succeed("getTicket", refusing).response.text == before, "\(situation): \(from) has changed")
                }
            }
            #expect(tried == (7 + 6 + 6) * 9)
        }
    }

    private static func ticket(_ api: APIFixture, in state: String, _ situation: Situation) async throws -> [String: String] {
        let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
        switch situation {
        case .withAgent: try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
        case .withoutAgent: break
        case .withoutQueue: try await api.succeed("updateTicket", ids, body: #"{"queue_id":null}"#, headers: [.ifMatch: "*"])
        }
        for step in ways[state] ?? [] { try await api.succeed("transitionTicket", ids, body: #"{"state":"\#(step)"}"#) }
        #expect(try await api.succeed("getTicket", ids).text("state") == state)
        return ids
    }

    private static func allowed(_ response: TestResponse) throws -> Set<String> {
        let member = try response.json().root.members?.first { $0.name == "allowed_states" }?.value
        return Set((member?.elements ?? []).compactMap(\.string))
    }
}
