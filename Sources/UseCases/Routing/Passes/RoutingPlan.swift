import Domain
import Store

/// Decides one pass: matches what was read, and keeps of the result only what is certain to be right.
///
/// What was read ends somewhere, and the next ticket might come before others that were read: assignments after that point, the horizon, are not kept.
/// A class with a ticket that found nobody sets no horizon, because none behind that one can find anybody either (``RoutingEntry/classKey``). What is
/// kept therefore follows the order of routing.md A exactly, however little was read.
struct RoutingPlan {
    /// What to read before the batch can be filled.
    enum Need {
        case nothing
        /// The fronts of further classes, but of these.
        case classes(except: [Int64])
        /// More of these classes.
        case further([ReadClass])
    }

    let rules: RoutingQueueRules
    let agents: [RoutingAgent]
    let now: Timestamp
    let limit: Int
    /// Which of the tickets' sites are closed.
    private(set) var sites: SiteHours
    private(set) var heads: [RoutingHead]
    private(set) var pool: RoutingPool
    /// Within the limit and the horizon, in rank order.
    private(set) var assignments: [RoutingAssignment] = []
    /// Within the horizon.
    private(set) var waiting: [RoutingWait] = []
    /// Whether tickets were left that may be assigned.
    var hasMore: Bool { isCut || (pool.hasRoom && scan.after != nil) }
    private var isCut = false
    private var positions: [TicketID: Int] = [:]
    private var blocked: Set<Int64> = []
    /// The last ticket of the queue's front; nil when the whole queue was read.
    private let frontEnd: RoutingHead?
    private var knowsClasses = false
    /// Where this pass goes on with the queue's classes; those that it does not reach set no horizon (decision 29).
    private let begun: LaneScan
    /// Where the next one would.
    private var following: LaneScan
    /// Classes of closed sites that were not read: one of each site for which anybody waits.
    private(set) var closedClasses: [Int64] = []
    /// The classes that were read to their ends.
    private var finished: Set<Int64> = []
    /// The classes that set a horizon.
    private var open: [ReadClass] = []

    /// - Parameters:
    ///   - front: the front of the queue, in rank order, of at most as many tickets as its rows' depth says.
    ///   - scan: where this pass goes on with the queue's classes.
    init(
        agents: [RoutingAgent],
        rules: RoutingQueueRules,
        sites: SiteHours,
        front: [RoutingHead],
        limit: Int,
        now: Timestamp,
        scan: LaneScan = LaneScan()
    ) {
        self.agents = agents
        self.rules = rules
        self.limit = limit
        self.now = now
        self.sites = sites
        begun = scan
        following = scan
        heads = self.sites.judge(front)
        pool = RoutingPool(agents: agents, rules: rules)
        frontEnd = front.last.flatMap { front.count >= $0.depth ? $0 : nil }
        match()
        if frontEnd == nil { following.end() }
    }

    func head(of ticket: TicketID) -> RoutingHead? {
        positions[ticket].map { heads[$0] }
    }

    var need: Need {
        guard frontEnd != nil, assignments.count < limit else { return .nothing }
        if !knowsClasses { return .classes(except: blocked.sorted()) }
        return open.isEmpty ? .nothing : .further(open)
    }

    /// How far the queue's classes are looked through. A part of which something was cut off is read again at once. What a part gave may be refused, and where
    /// nobody has room any more nobody else was tried: then the look goes on from here for a full turn, the next time that somebody has room.
    var scan: LaneScan {
        guard knowsClasses else { return following }
        guard !isCut else { return begun }
        var scan = following
        if !assignments.isEmpty || !pool.hasRoom { scan.restart() }
        return scan
    }

    /// Whether this pass saw all classes that it does not know to be closed.
    var sawAllClasses: Bool { frontEnd == nil || (knowsClasses && begun.after == nil && following.after == nil) }

    /// Whether the next pass reads what none has read in this look.
    var readsOn: Bool { scan.after != nil && scan != begun }

    /// How many more to read of each open class.
    var furtherDepth: Int {
        max(8, 2 * limit / max(open.count, 1))
    }

    /// Decides again, with what was read on demand.
    mutating func extend(by further: [RoutingHead], of need: Need) {
        var counts: [Int64: (count: Int, depth: Int)] = [:]
        for head in further { counts[head.classKey, default: (0, head.depth)].count += 1 }
        finished.formUnion(counts.filter { $0.value.count < $0.value.depth }.keys)
        if case .further(let asked) = need { finished.formUnion(asked.map(\.classKey).filter { counts[$0] == nil }) }
        if case .classes = need { followScan(counts.keys) }
        heads = (heads + sites.judge(further).filter { positions[$0.ticket.id] == nil }).sorted { $0.isBefore($1) }
        pool = RoutingPool(agents: agents, rules: rules)
        match()
    }

    /// - Parameter read: the classes that were read behind the place where the pass began.
    private mutating func followScan(_ read: some Collection<Int64>) {
        knowsClasses = true
        following.advance(to: read.count < LoadRoutingHeads.classLimit ? nil : read.max())
    }

    /// Takes note of the closed sites whose tickets were left out of what was read.
    mutating func leaveOut(_ waiting: [LoadWaitingSites.Row]) {
        closedClasses = waiting.map(\.classKey)
        sites.add(closed: waiting.map(\.site))
    }

    private mutating func match() {
        positions = Dictionary(heads.enumerated().map { ($1.ticket.id, $0) }, uniquingKeysWith: { first, _ in first })
        let result = pool.match(heads.map(\.ticket), now: now)
        blocked = Set(result.waiting.compactMap { head(of: $0.ticket)?.classKey })
        open = openClasses()
        var ends = open.map(\.end)
        // Classes that nobody has seen yet begin after the front.
        if let frontEnd, !knowsClasses { ends.append(frontEnd) }
        let horizon = ends.compactMap { positions[$0.ticket.id] }.min() ?? heads.count
        let certain = result.assignments.prefix { positions[$0.ticket] ?? .max <= horizon }
        assignments = Array(certain.prefix(limit))
        waiting = result.waiting.filter { positions[$0.ticket] ?? .max <= horizon }
        isCut = !ends.isEmpty || assignments.count < result.assignments.count
    }

    /// The classes that were not read to their ends and in which everybody found an agent.
    private func openClasses() -> [ReadClass] {
        guard let frontEnd else { return [] }
        var last: [Int64: RoutingHead] = [:]
        for head in heads where !blocked.contains(head.classKey) && !finished.contains(head.classKey) { last[head.classKey] = head }
        return last.map { ReadClass(classKey: $0.key, end: $0.value.isBefore(frontEnd) ? frontEnd : $0.value) }
    }
}

extension RoutingHead {
    /// The order of routing.md A.
    func isBefore(_ other: RoutingHead) -> Bool {
        (ticket.rankAt, ticket.eligibleAt, ticket.id) < (other.ticket.rankAt, other.ticket.eligibleAt, other.ticket.id)
    }
}
