/// A desk of agents under one rule: plays in order of time what comes in and what agents do. Who may get a ticket and who is best is asked of the dispatcher's own
/// matcher, and tickets change by the rules of the domain.
///
/// An agent holds as many tickets as the capacity allows but works on one at a time, in the order of assignment. A wait ends when work begins.
struct SimulatedDesk {
    struct Arrival {
        let ticket: Ticket
        /// Position of the ticket's kind.
        let kind: Int
        /// Microseconds of work once assigned; the same whoever does it.
        let handling: Int64

        var at: Timestamp { ticket.createdAt }
        var priority: Priority { ticket.content.priority }
    }

    static let rules = TicketRules(lifecycle: .standard)
    /// After the last ticket came in, agents go on for so many days at most; only where they keep hours or are asked.
    static let patienceDays: Int64 = 28

    /// In the order in which work began.
    private(set) var waits: [Int64] = []
    private(set) var waitsByPriority: [Priority: [Int64]] = [:]
    private(set) var fullMatches = 0
    /// On which nobody had begun when the play was over.
    private(set) var unserved: [Priority: Int] = [:]
    var offerCounts = OfferCounts()
    let rule: RouteSimulationRule
    /// Only where the rule is that of a queue.
    let queue: SimulatedQueue?
    let scenario: SimulationScenario
    var pool: RoutingPool
    var seats: [DeskSeat]
    /// Which of the calendars are open.
    var isOpen: [Bool]
    var offers: [TicketID: OpenOffer] = [:]
    var events = DeskEvent.List()
    var clock: Timestamp
    var people: SplitMix64
    private var generator: SplitMix64
    /// The first in order at the head.
    private var waiting: [SimulatedTicket.Class: [SimulatedTicket]] = [:]
    /// Tickets that came in and are not done.
    private var unfinished = 0

    init(_ scenario: SimulationScenario, rule: RouteSimulationRule, seed: UInt64, queue: SimulatedQueue? = nil) {
        self.scenario = scenario
        self.rule = rule
        self.queue = rule == .queue ? queue ?? scenario.desk.queue : nil
        clock = scenario.start
        isOpen = scenario.desk.calendars.map { [clock] in $0.isOpen(clock) }
        seats = scenario.members.map { [isOpen] in DeskSeat(shift: $0.shift, isOnShift: $0.shift.map { isOpen[$0] } ?? true) }
        pool = RoutingPool(agents: scenario.members.map(\.agent), rules: self.queue?.rules ?? SimulationScenario.rules(for: rule))
        // Not the arrivals' own numbers.
        generator = SplitMix64(seed: ~seed)
        people = SplitMix64(seed: seed ^ 0x4F46_4645_5253_2121)
        if !isOpen.isEmpty { seePresence() }
    }

    /// The share of their hours that the agents worked.
    var busyFractions: [Double] {
        seats.map { seat in
            let hours = seat.shift.map { scenario.desk.calendars[$0].open(from: scenario.start, to: clock) }
            return Double(seat.busy) / Double(max(1, hours ?? clock.microseconds(since: scenario.start)))
        }
    }

    mutating func play(_ arrivals: [Arrival]) {
        for (index, hours) in scenario.desk.calendars.enumerated() {
            if let change = hours.nextChange(after: clock) { events.add(.hours(index), at: change) }
        }
        for arrival in arrivals {
            goOn(until: arrival.at)
            clock = arrival.at
            unfinished += 1
            let ticket = SimulatedTicket(arrival, order: queue?.order ?? .standard)
            if !isQueueOpen || assign([ticket]).given.isEmpty { wait(ticket) }
        }
        let goesOnByItself = !isOpen.isEmpty || queue?.offers.asks == true
        let patience = goesOnByItself ? Self.patienceDays * 86_400_000_000 : .max
        goOn(until: clock.adding(microseconds: patience), isLast: true)
        // What somebody has, but has not begun.
        let held = seats.flatMap { $0.hand.dropFirst() }
        for ticket in Array(waiting.values.joined()) + offers.values.map(\.ticket) + held { unserved[ticket.priority, default: 0] += 1 }
    }

    var isQueueOpen: Bool { scenario.desk.hours.map { isOpen[$0] } ?? true }

    /// Lets happen what happens until then, and relaxes what waits.
    ///
    /// - Parameter isLast: ends when all is done.
    private mutating func goOn(until limit: Timestamp, isLast: Bool = false) {
        while !isLast || unfinished > 0 {
            let look = nextLook
            guard let next = [events.next?.at, look].compactMap(\.self).min(), next <= limit else { return }
            clock = next
            var comeMany = false
            if let event = events.next, event.at == next {
                _ = events.removeNext()
                if case .hours = event.kind { comeMany = true }
                take(event)
            }
            drain(deeply: comeMany)
        }
    }

    /// When time alone changes who may get a ticket.
    private var nextLook: Timestamp? {
        guard let queue, isQueueOpen else { return nil }
        let times = waiting.values.compactMap { tickets in
            tickets.first.flatMap { head in
                [queue.nextStep(of: head.routing, at: clock), head.exhaustedSince.map(TicketOffer.roundEnd(exhaustedSince:))]
                    .compactMap(\.self).filter { $0 > clock }.min()
            }
        }
        return times.min()
    }

    private mutating func take(_ event: DeskEvent) {
        switch event.kind {
        case .hours(let calendar):
            follow(calendar)
        case .done(let agent):
            let done = seats[agent].hand.removeFirst()
            pool.slots[agent].change(by: -done.weight, on: done.channel)
            unfinished -= 1
            beginWork(of: agent)
        case .answer(let ticket, let offer, let answer):
            settle(ticket, offer: offer, answer)
        case .lapse(let ticket, let offer):
            settle(ticket, offer: offer, .isSilent)
        case .back(let agent, let number):
            guard seats[agent].onBreak == number else { return }
            (seats[agent].onBreak, seats[agent].misses) = (nil, 0)
            seePresence()
        }
    }

    /// Puts a ticket where it waits.
    mutating func wait(_ ticket: SimulatedTicket) {
        let list = waiting[ticket.class] ?? []
        let position = list.firstIndex { ticket.isBefore($0) } ?? list.count
        waiting[ticket.class, default: []].insert(ticket, at: position)
    }

    private mutating func remove(_ ticket: TicketID, from list: SimulatedTicket.Class) {
        guard let index = waiting[list]?.firstIndex(where: { $0.routing.id == ticket }) else { return }
        waiting[list]?.remove(at: index)
        if waiting[list]?.isEmpty == true { waiting[list] = nil }
    }

    /// Only the head of each list can be next, so a freed agent costs a look at a few tickets however many wait.
    ///
    /// - Parameter deeply: where many agents get room at once: then as many of each list as they have room for, up to a pass's batch, so that the second of an urgent
    ///   list goes before the first of one that is not.
    private mutating func drain(deeply: Bool) {
        guard isQueueOpen else { return }
        while !waiting.isEmpty {
            let depth = deeply ? max(1, pool.slots.reduce(0) { $0 + Int(max(0, $1.room)) }) : 1
            var heads = waiting.values.flatMap { $0.prefix(depth) }
            if heads.count > RoutingPool.batchLimit, depth > 1 { heads = Array(heads.sorted { $0.isBefore($1) }.prefix(RoutingPool.batchLimit)) }
            let result = assign(heads)
            let isRoundOver = endRounds(of: heads, result.waiting)
            guard !result.given.isEmpty || isRoundOver else { return }
        }
    }

    /// Begins the next round of offers for tickets that everybody has declined, once its pause is over.
    ///
    /// - Returns: whether one began.
    private mutating func endRounds(of heads: [SimulatedTicket], _ waits: [RoutingWait]) -> Bool {
        guard queue?.offers.asks == true else { return false }
        let lists = Dictionary(uniqueKeysWithValues: heads.map { ($0.routing.id, $0.class) })
        var isOver = false
        for wait in waits {
            guard let list = lists[wait.ticket], let head = waiting[list]?.first, head.routing.id == wait.ticket else { continue }
            let since = wait.exhaustedSince(stored: head.exhaustedSince, now: clock)
            waiting[list]?[0].note(exhaustedSince: since)
            guard let since, TicketOffer.roundEnd(exhaustedSince: since) <= clock else { continue }
            var ticket = head
            remove(wait.ticket, from: list)
            ticket.take(Self.rules.endOfferRound(ticket.ticket, at: clock))
            offerCounts.noTaker += ticket.routing.wasAskedInVain ? 1 : 0
            self.wait(ticket)
            isOver = true
        }
        return isOver
    }

    /// Assigns or offers what can be now; what waited waits no more.
    private mutating func assign(_ tickets: [SimulatedTicket]) -> (given: [TicketID], waiting: [RoutingWait]) {
        let lists = Dictionary(uniqueKeysWithValues: tickets.map { ($0.routing.id, $0) })
        let choice = choose(tickets.map(\.routing))
        for chosen in choice.chosen {
            guard let ticket = lists[chosen.ticket] else { continue }
            remove(chosen.ticket, from: ticket.class)
            give(ticket, to: chosen)
        }
        return (choice.chosen.map(\.ticket), choice.waiting)
    }

    private mutating func give(_ ticket: SimulatedTicket, to chosen: Chosen) {
        if let until = queue?.offers.end(for: ticket.routing, at: clock) { return offer(ticket, to: chosen, until: until) }
        var ticket = ticket
        ticket.take(try? Self.rules.route(ticket.ticket, to: pool.agents[chosen.agent].id, step: nil, rank: nil, others: nil, at: clock))
        hand(ticket, to: chosen.agent, at: chosen.assignedAt)
    }

    /// The ticket is the agent's now.
    mutating func hand(_ ticket: SimulatedTicket, to agent: Int, at time: Int64) {
        seats[agent].lastAssigned = max(seats[agent].lastAssigned, time)
        seats[agent].hand.append(ticket)
        if seats[agent].hand.count == 1 { beginWork(of: agent) }
    }

    private mutating func beginWork(of agent: Int) {
        guard let ticket = seats[agent].hand.first else { return }
        let since = ticket.routing.eligibleAt
        let wait = scenario.hours.map { $0.open(from: since, to: clock) } ?? clock.microseconds(since: since)
        waits.append(wait)
        waitsByPriority[ticket.priority, default: []].append(wait)
        seats[agent].busy += ticket.handling
        let held = pool.agents[agent].skills
        fullMatches += ticket.routing.requirements.optional.allSatisfy { wish in held.contains { $0.skill == wish.skill } } ? 1 : 0
        // What he has begun he goes on with in his next shift.
        let shift = seats[agent].shift.map { scenario.desk.calendars[$0] }
        let end = shift.map { $0.end(of: ticket.handling, from: clock) ?? Timestamp(microseconds: .max) }
        events.add(.done(agent: agent), at: end ?? clock.adding(microseconds: ticket.handling))
    }
}

extension SimulatedDesk {
    /// Which agent is to get a ticket.
    struct Chosen {
        let ticket: TicketID
        let agent: Int
        /// Microseconds; differs for every assignment of a pass.
        let assignedAt: Int64
    }

    private mutating func choose(_ tickets: [RoutingTicket]) -> (chosen: [Chosen], waiting: [RoutingWait]) {
        switch rule {
        case .balanced, .roundRobin, .queue:
            let result = pool.match(tickets, now: clock)
            let chosen = result.assignments.compactMap { assignment in
                pool.index(of: assignment.agent).map {
                    Chosen(ticket: assignment.ticket, agent: $0, assignedAt: assignment.assignedAt.microseconds)
                }
            }
            return (chosen, result.waiting)
        case .random, .fewestOpen:
            // One at a time: these rules know no batch.
            for ticket in tickets.sorted(by: { ($0.rankAt, $0.id) < ($1.rankAt, $1.id) }) {
                let open = pool.openAgents(for: ticket, now: clock)
                let pick =
                    rule == .random
                    ? open.randomElement(using: &generator) : open.min { seats[$0].hand.count < seats[$1].hand.count }
                guard let pick else { continue }
                pool.slots[pick].change(by: RoutingLoad.bounded(ticket.weight), on: ticket.channel)
                return ([Chosen(ticket: ticket.id, agent: pick, assignedAt: clock.microseconds)], [])
            }
            return ([], [])
        }
    }
}

extension RoutingPool {
    /// The positions of all agents who may take the ticket now.
    fileprivate mutating func openAgents(for ticket: RoutingTicket, now: Timestamp) -> [Int] {
        let classIndex = classIndex(of: ticket)
        let step = effectiveStep(class: classIndex, ticket: ticket, excluded: excludedIndices(of: ticket), now: now)
        let weight = RoutingLoad.bounded(ticket.weight)
        return candidates(class: classIndex, step: step.index).map { Int($0.agent) }.filter { slots[$0].fits(weight, on: ticket.channel) }
    }
}
