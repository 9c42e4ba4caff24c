import Domain
import Store

/// Decides one pass: matches what was read, and keeps of the result only what is certain to be right.
///
/// Of each class only the front was read. Where all that was read of a class found agents, the next of that class might come before tickets of other
/// classes: assignments after that point, the horizon, are not kept. Where a class has a ticket that found nobody, none behind it can find anybody
/// either (``RoutingEntry/classKey``), so it sets no horizon. What is kept therefore follows the order of routing.md A exactly.
struct RoutingPlan {
    let rules: RoutingQueueRules
    let agents: [RoutingAgent]
    let now: Timestamp
    let limit: Int
    private(set) var heads: [RoutingHead]
    private(set) var pool: RoutingPool
    /// Within the limit and the horizon, in rank order.
    private(set) var assignments: [RoutingAssignment] = []
    /// Within the horizon.
    private(set) var waiting: [RoutingWait] = []
    /// Whether tickets were left that may be assigned.
    private(set) var hasMore = false
    private var positions: [TicketID: Int] = [:]
    /// The classes that were not read to their end.
    private var unread: Set<Int64> = []
    /// The last ticket read of each class that set the horizon.
    private var exhausted: [RoutingHead] = []

    init(agents: [RoutingAgent], rules: RoutingQueueRules, heads: [RoutingHead], limit: Int, now: Timestamp) {
        self.agents = agents
        self.rules = rules
        self.heads = heads
        self.limit = limit
        self.now = now
        pool = RoutingPool(agents: agents, rules: rules)
        unread = Self.classes(of: heads) { count, depth in count >= depth }
        match()
    }

    func head(of ticket: TicketID) -> RoutingHead? {
        positions[ticket].map { heads[$0] }
    }

    /// The classes to read more of before the batch is full; empty where nothing would be gained.
    var wanting: [RoutingHead] {
        assignments.count < limit ? exhausted : []
    }

    /// How many more to read of each wanting class.
    var furtherDepth: Int {
        max(8, 2 * limit / max(exhausted.count, 1))
    }

    /// Decides again, with more of the classes that were wanting.
    mutating func extend(by further: [RoutingHead]) {
        unread.subtract(exhausted.map(\.classKey))
        unread.formUnion(Self.classes(of: further) { count, depth in count >= depth })
        heads = (heads + further).sorted { $0.isBefore($1) }
        pool = RoutingPool(agents: agents, rules: rules)
        match()
    }

    /// The classes of a reading whose number of rows and asked depth meet a condition.
    private static func classes(of heads: [RoutingHead], where condition: (Int, Int) -> Bool) -> Set<Int64> {
        var counts: [Int64: (count: Int, depth: Int)] = [:]
        for head in heads { counts[head.classKey, default: (0, head.depth)].count += 1 }
        return Set(counts.filter { condition($0.value.count, $0.value.depth) }.keys)
    }

    private mutating func match() {
        positions = Dictionary(heads.enumerated().map { ($1.ticket.id, $0) }, uniquingKeysWith: { first, _ in first })
        let result = pool.match(heads.map(\.ticket), now: now)
        let blocked = Set(result.waiting.compactMap { head(of: $0.ticket)?.classKey })
        exhausted = usedUp(except: blocked)
        let horizon = exhausted.compactMap { positions[$0.ticket.id] }.min() ?? heads.count
        let certain = result.assignments.prefix { positions[$0.ticket] ?? .max <= horizon }
        assignments = Array(certain.prefix(limit))
        waiting = result.waiting.filter { positions[$0.ticket] ?? .max <= horizon }
        hasMore = !exhausted.isEmpty || assignments.count < result.assignments.count
    }

    /// The last ticket read of each class that has more and nobody waiting.
    private func usedUp(except blocked: Set<Int64>) -> [RoutingHead] {
        var last: [Int64: RoutingHead] = [:]
        for head in heads where unread.contains(head.classKey) && !blocked.contains(head.classKey) { last[head.classKey] = head }
        return Array(last.values)
    }
}

extension RoutingHead {
    /// The order of routing.md A.
    func isBefore(_ other: RoutingHead) -> Bool {
        (ticket.rankAt, ticket.eligibleAt, ticket.id) < (other.ticket.rankAt, other.ticket.eligibleAt, other.ticket.id)
    }
}
