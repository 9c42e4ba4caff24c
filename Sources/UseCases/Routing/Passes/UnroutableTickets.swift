import Domain
import Store

/// The tickets of which a pass found that nobody can take them, as far as that is not told yet.
struct UnroutableTickets: Sendable {
    /// Of the pass.
    let now: Timestamp
    /// Of which nothing was recorded, with the versions that the pass looked at.
    var new: [(id: TicketID, version: Int64)] = []
    /// Of which the event was recorded, and nobody was there to be called.
    var untold: [TicketID] = []

    /// The most of each kind that one pass takes up; the others are in the next ones. Those whom nobody can be told of stay, and must not stand before the new ones.
    private static let limit = 200

    init(_ plan: RoutingPlan) {
        now = plan.now
        for wait in plan.waiting where wait.reason == .unroutable {
            guard let head = plan.head(of: wait.ticket) else { continue }
            switch head.unroutableMark {
            case nil: if new.count < Self.limit { new.append((head.ticket.id, head.version)) }
            case .untold: if untold.count < Self.limit { untold.append(head.ticket.id) }
            case .told: break
            }
        }
    }

    private init(now: Timestamp, new: [(id: TicketID, version: Int64)], untold: [TicketID]) {
        self.now = now
        self.new = new
        self.untold = untold
    }

    /// Those of a plan that were, and wait for something else now.
    static func over(_ plan: RoutingPlan) -> [TicketID] {
        plan.waiting.filter { $0.reason != .unroutable && plan.head(of: $0.ticket)?.unroutableMark != nil }.prefix(limit).map(\.ticket)
    }

    var count: Int { new.count + untold.count }

    /// Each by itself.
    var each: [(ticket: TicketID, UnroutableTickets)] {
        new.map { ($0.id, UnroutableTickets(now: now, new: [$0], untold: [])) }
            + untold.map { ($0, UnroutableTickets(now: now, new: [], untold: [$0])) }
    }
}
