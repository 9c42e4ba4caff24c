import Domain
import UseCases

/// What a courier has under way and how much more it may take: its memory, without I/O or a clock of its own.
struct DeliveryBoard {
    /// An attempt under way.
    private struct Held {
        let lane: DeliveryLane
        let since: ContinuousClock.Instant
        let isProven: Bool
        let isTroubled: Bool
        let isSuspect: Bool
    }

    /// How many attempts are under way, of all or of a tenant.
    private struct Count {
        var all = 0
        /// To receivers that have not proved themselves.
        var unproven = 0
        /// Of these, to receivers that failed or were late.
        var troubled = 0

        mutating func change(by step: Int, for entry: Held) {
            all += step
            if !entry.isProven { unproven += step }
            if entry.isTroubled { troubled += step }
        }

        /// How many more there may be to receivers that have not proved themselves, where there are `limit` in all.
        func unprovenRoom(of limit: Int) -> Int { max(1, limit / 2) - unproven }

        func troubledRoom(of limit: Int) -> Int { max(1, limit / 4) - troubled }
    }

    /// What may be claimed for a tenant.
    struct Allowance {
        let rooms: [LaneRoom]
        let limit: Int
        let takesSuspect: Bool
    }

    /// Receivers that are remembered; beyond it the ones of which nothing is under way are forgotten.
    private static let maximumGates = 10_000

    private let configuration: CourierConfiguration
    private var gates: [DeliveryLane: EndpointGate] = [:]
    private var mailServer: EndpointGate
    /// By lease, not by row: a row whose lease ran out may be claimed again while its first attempt is still being written down.
    private var held: [DeliveryLease: Held] = [:]
    private var total = Count()
    private var byTenant: [TenantID: Count] = [:]
    private var suspectCount = 0

    init(configuration: CourierConfiguration) {
        self.configuration = configuration
        mailServer = EndpointGate(maximum: configuration.mailConcurrency, width: 4)
    }

    var runningCount: Int { held.count }

    var free: Int { max(0, configuration.concurrency - held.count) }

    /// What may be claimed of a tenant's lanes; nil when nothing may. Those of which least is under way come first.
    ///
    /// Receivers that have not proved themselves get at most half of everything together, and of what their tenant may have; those among them that failed or
    /// were late a quarter: many that hang cannot take it all, and cannot keep others from proving themselves.
    ///
    /// - Parameter share: the most rows, so that the tenants behind get their turn.
    func allowance(for tenant: TenantID, lanes: [DueLane], share: Int, at instant: ContinuousClock.Instant) -> Allowance? {
        let own = byTenant[tenant] ?? Count()
        let limit = min(share, free, configuration.concurrencyPerTenant - own.all, Deliveries.maximumClaim)
        guard limit > 0 else { return nil }
        var unproven = min(total.unprovenRoom(of: configuration.concurrency), own.unprovenRoom(of: configuration.concurrencyPerTenant))
        var troubled = min(total.troubledRoom(of: configuration.concurrency), own.troubledRoom(of: configuration.concurrencyPerTenant))
        var rooms: [LaneRoom] = []
        var offered = 0
        for (due, gate) in inTurn(lanes) {
            var room = gate.room(at: instant)
            if due.lane.endpoint == nil { room = min(room, mailServer.room(at: instant)) }
            if !gate.isProven { room = min(room, unproven) }
            if gate.isTroubled { room = min(room, troubled) }
            guard room > 0 else { continue }
            if !gate.isProven { unproven -= room }
            if gate.isTroubled { troubled -= room }
            // Of what it gets when those before it take all that they may.
            let certain = min(room, max(1, limit - offered))
            rooms.append(LaneRoom(due.lane, room: room, newest: due.isBehind ? gate.newest(of: certain) : 0))
            offered += room
        }
        guard !rooms.isEmpty else { return nil }
        return Allowance(rooms: rooms, limit: limit, takesSuspect: suspectCount == 0)
    }

    private func inTurn(_ lanes: [DueLane]) -> [(due: DueLane, gate: EndpointGate)] {
        lanes.map { ($0, gates[$0.lane] ?? newGate(for: $0.lane)) }.shuffled().sorted { $0.gate.inFlight < $1.gate.inFlight }
    }

    /// - Parameter isSuspect: whether it may kill the process: one at a time.
    mutating func start(_ lease: DeliveryLease, on lane: DeliveryLane, isSuspect: Bool, at instant: ContinuousClock.Instant) {
        forgetGates(at: instant)
        var gate = gates[lane] ?? newGate(for: lane)
        let entry = Held(lane: lane, since: instant, isProven: gate.isProven, isTroubled: gate.isTroubled, isSuspect: isSuspect)
        gate.start()
        gates[lane] = gate
        if lane.endpoint == nil { mailServer.start() }
        total.change(by: 1, for: entry)
        byTenant[lane.tenant, default: Count()].change(by: 1, for: entry)
        if isSuspect { suspectCount += 1 }
        held[lease] = entry
    }

    /// - Parameters:
    ///   - feedback: about the endpoint, or the tenant's mail.
    ///   - mailServer: about the mail server, for mail.
    /// - Returns: whether this opened the receiver's circuit.
    mutating func finish(
        _ lease: DeliveryLease,
        _ feedback: EndpointGate.Feedback,
        mailServer serverFeedback: EndpointGate.Feedback = .none,
        at instant: ContinuousClock.Instant,
        jitter: Double
    ) -> Bool {
        guard let entry = held.removeValue(forKey: lease) else { return false }
        let tenant = entry.lane.tenant
        total.change(by: -1, for: entry)
        byTenant[tenant]?.change(by: -1, for: entry)
        if byTenant[tenant]?.all == 0 { byTenant[tenant] = nil }
        if entry.isSuspect { suspectCount -= 1 }
        var opened = false
        if entry.lane.endpoint == nil { opened = mailServer.finish(serverFeedback, at: instant, jitter: jitter) }
        return gates[entry.lane]?.finish(feedback, at: instant, jitter: jitter) == true || opened
    }

    var allLeases: Set<DeliveryLease> { Set(held.keys) }

    /// The leases to extend, by tenant: all but those that were held for too long.
    func leases(at instant: ContinuousClock.Instant) -> [TenantID: [DeliveryLease]] {
        var leases: [TenantID: [DeliveryLease]] = [:]
        for (lease, entry) in held where entry.since.duration(to: instant) < configuration.maximumHold {
            leases[entry.lane.tenant, default: []].append(lease)
        }
        return leases
    }

    private func newGate(for lane: DeliveryLane) -> EndpointGate {
        // A tenant's mail goes through the shared server, which has a gate of its own.
        EndpointGate(maximum: configuration.concurrencyPerEndpoint, width: lane.endpoint == nil ? configuration.concurrencyPerEndpoint : 1)
    }

    private mutating func forgetGates(at instant: ContinuousClock.Instant) {
        guard gates.count >= Self.maximumGates else { return }
        gates = gates.filter { !$0.value.isForgettable(at: instant) }
    }
}
