import Domain
import Store
import UseCases

/// What a courier has under way and how much more it may take: its memory, without I/O or a clock of its own.
struct DeliveryBoard {
    /// An attempt under way.
    private struct Held {
        let lane: DeliveryLane
        let lease: DeliveryLease
        let since: ContinuousClock.Instant
        let isProven: Bool
        let isSuspect: Bool
    }

    /// What may be claimed for a tenant.
    struct Allowance {
        let rooms: [(lane: DeliveryLane, room: Int)]
        let limit: Int
        let takesSuspect: Bool
    }

    /// Receivers that are remembered; beyond it the ones of which nothing is under way are forgotten.
    private static let maximumGates = 10_000

    private let configuration: CourierConfiguration
    private var gates: [DeliveryLane: EndpointGate] = [:]
    private var mailServer: EndpointGate
    private var held: [OutboxMessageID: Held] = [:]
    private var countByTenant: [TenantID: Int] = [:]
    private var unprovenCount = 0
    private var suspectCount = 0

    init(configuration: CourierConfiguration) {
        self.configuration = configuration
        mailServer = EndpointGate(maximum: configuration.mailConcurrency, width: 4)
    }

    var runningCount: Int { held.count }

    var free: Int { max(0, configuration.concurrency - held.count) }

    /// What may be claimed of a tenant's lanes; nil when nothing may.
    ///
    /// Receivers that have not proved themselves get at most half of everything together: many that hang cannot take it all.
    ///
    /// - Parameter share: the most rows, so that the tenants behind get their turn.
    func allowance(for tenant: TenantID, lanes: [DeliveryLane], share: Int, at instant: ContinuousClock.Instant) -> Allowance? {
        let limit = min(share, free, configuration.concurrencyPerTenant - countByTenant[tenant, default: 0], ClaimDeliveries.limit)
        guard limit > 0 else { return nil }
        var unproven = max(1, configuration.concurrency / 2) - unprovenCount
        var rooms: [(lane: DeliveryLane, room: Int)] = []
        for lane in lanes.shuffled() {
            let gate = gates[lane] ?? newGate(for: lane)
            var room = gate.room(at: instant)
            if lane.endpoint == nil { room = min(room, mailServer.room(at: instant)) }
            if !gate.isProven {
                room = min(room, unproven)
                unproven -= max(0, room)
            }
            if room > 0 { rooms.append((lane, room)) }
        }
        guard !rooms.isEmpty else { return nil }
        return Allowance(rooms: rooms, limit: limit, takesSuspect: suspectCount == 0)
    }

    mutating func start(_ delivery: Delivery, at instant: ContinuousClock.Instant) {
        forgetGates(at: instant)
        var gate = gates[delivery.lane] ?? newGate(for: delivery.lane)
        let isProven = gate.isProven
        gate.start()
        gates[delivery.lane] = gate
        if delivery.lane.endpoint == nil { mailServer.start() }
        countByTenant[delivery.lane.tenant, default: 0] += 1
        let isSuspect = delivery.lostAttempts >= Delivery.maximumLostAttempts - 1
        if !isProven { unprovenCount += 1 }
        if isSuspect { suspectCount += 1 }
        held[delivery.lease.id] = Held(lane: delivery.lane, lease: delivery.lease, since: instant, isProven: isProven, isSuspect: isSuspect)
    }

    /// - Parameters:
    ///   - feedback: about the endpoint, or the tenant's mail.
    ///   - mailServer: about the mail server, for mail.
    /// - Returns: whether this opened the receiver's circuit.
    mutating func finish(
        _ delivery: Delivery,
        _ feedback: EndpointGate.Feedback,
        mailServer serverFeedback: EndpointGate.Feedback = .none,
        at instant: ContinuousClock.Instant,
        jitter: Double
    ) -> Bool {
        guard let entry = held.removeValue(forKey: delivery.lease.id) else { return false }
        let tenant = entry.lane.tenant
        countByTenant[tenant, default: 1] -= 1
        if countByTenant[tenant] == 0 { countByTenant[tenant] = nil }
        if !entry.isProven { unprovenCount -= 1 }
        if entry.isSuspect { suspectCount -= 1 }
        var opened = false
        if entry.lane.endpoint == nil { opened = mailServer.finish(serverFeedback, at: instant, jitter: jitter) }
        return gates[entry.lane]?.finish(feedback, at: instant, jitter: jitter) == true || opened
    }

    /// The leases to extend, by tenant: all but those that were held for too long.
    func leases(at instant: ContinuousClock.Instant) -> [TenantID: [DeliveryLease]] {
        var leases: [TenantID: [DeliveryLease]] = [:]
        for entry in held.values where entry.since.duration(to: instant) < configuration.maximumHold {
            leases[entry.lane.tenant, default: []].append(entry.lease)
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
