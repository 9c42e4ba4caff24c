import Domain
import Store
import Synchronization
import TestSupport
import Testing
import UseCases

/// Random operations of many people and many dispatchers on the same tickets, for ``RoutingStormTests``.
struct RoutingStorm: Sendable {
    let desk: RoutingDesk
    let agents: [AgentID]
    let queues: [QueueID]
    let tickets: [TicketID]
    let seed: UInt64
    let end = End()

    /// Tells the dispatchers that the people are done.
    final class End: Sendable {
        private let isReached = Mutex(false)

        var hasCome: Bool { isReached.withLock { $0 } }

        func come() {
            isReached.withLock { $0 = true }
        }
    }

    /// One person's operations, chosen by a generator of his own.
    func write(_ writer: UInt64, operations: Int) async {
        var generator = SplitMix(state: seed &+ writer &* 1_000_003)
        for _ in 0..<operations {
            do {
                try await operate(&generator)
            } catch UseCaseError.refused {
                // Somebody was faster, or the state does not allow it.
            } catch StoreError.contention {
                // He waited a second for a lock, on a machine with more to do than it can: nothing has changed, and the API asks him to come again.
            } catch {
                Issue.record("\(error) (seed \(seed))")
            }
        }
    }

    /// What fails because a backend was ended is tried again.
    private var failures: FailureSink {
        FailureSink { [seed] failure in
            if !(failure.error is StoreError) { Issue.record("\(failure) (seed \(seed))") }
        }
    }

    /// A dispatcher without its timers: looks, passes over what it finds, ends offers; where its connection is lost it goes on, as a new process would.
    func dispatch(limit: Int) async {
        while !end.hasCome {
            do {
                _ = try await lookOnce(limit: limit)
                try await Offers(environment: desk.dispatcher).endDue(failures: failures)
                try await AbsentAgents(environment: desk.dispatcher, failures: failures).run()
            } catch is StoreError {
                // Its backend was ended.
            } catch {
                Issue.record("\(error) (seed \(seed))")
            }
        }
    }

    /// - Returns: whether there was anything to look at.
    func lookOnce(limit: Int) async throws -> Bool {
        let lanes = try await desk.dispatcher.database.discoverRouting(after: nil).lanes
        for lane in lanes {
            _ = try await desk.passes.run(lane.queue, of: lane.tenant, limit: limit, isStepDue: lane.isStepDue)
        }
        return !lanes.isEmpty
    }

    /// With room for everything and everybody back and willing, nothing may stay.
    func drain() async throws {
        try await desk.database.sql("UPDATE docket.agent_load SET capacity = 1000, channel_capacities = NULL")
        for agent in agents { try await desk.heartbeat(of: agent, lease: 3_600, isBack: true) }
        for _ in 0..<10 {
            // An offer from before may be over by now: it is ended, and made again.
            try await Offers(environment: desk.dispatcher).endDue(failures: failures)
            for queue in queues { _ = try await desk.passes.run(queue, of: desk.tenant.id, limit: 500, isStepDue: true) }
            for agent in agents {
                for offered in try await TicketQueries(environment: desk.api).offers(to: agent, in: desk.tenant.id) {
                    do {
                        _ = try await desk.commands.acceptOffer(TicketRequest(offered.id, in: desk.tenant.id, by: .agent(agent)), by: agent)
                    } catch UseCaseError.refused(.offerOver) {
                        // On a slow machine its ten seconds were over first; the next round ends it.
                        continue
                    }
                }
            }
            if try await desk.number("SELECT count(*) FROM docket.ticket WHERE state = 'waiting_assignment'") == 0 { return }
            // Those whom everybody declined are offered again after a minute.
            try await desk.advance(by: 61)
        }
    }

    private func operate(_ generator: inout SplitMix) async throws {
        let tenant = desk.tenant.id
        let agent = agents[Int.random(in: agents.indices, using: &generator)]
        let ticket = tickets[Int.random(in: tickets.indices, using: &generator)]
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<15: _ = try await desk.commands.assign(TicketRequest(ticket, in: tenant, by: .system), to: agent)
        case 15..<30: _ = try await desk.commands.claim(TicketRequest(ticket, in: tenant, by: .agent(agent)), by: agent)
        case 30..<55: _ = try await desk.commands.release(TicketRequest(ticket, in: tenant, by: .system))
        case 55..<60: try await move(ticket, to: .resolved)
        case 60..<65: try await move(ticket, to: .waitingCustomer)
        case 65..<70: try await move(ticket, to: .inProgress)
        case 70..<75: try await say(.requester(nil), on: ticket)
        case 75..<82: try await say(.agent(agent), on: ticket)
        case 82..<92: try await answerOffer(to: agent, isAccepted: true)
        case 92..<97: try await answerOffer(to: agent, isAccepted: false)
        default: try await desk.heartbeat(of: agent, lease: 3_600, isBack: true)
        }
    }

    private func move(_ ticket: TicketID, to state: TicketState) async throws {
        _ = try await desk.commands.transition(TicketRequest(ticket, in: desk.tenant.id, by: .system), to: state)
    }

    private func say(_ author: TicketMessage.Author, on ticket: TicketID) async throws {
        _ = try await desk.commands.addMessage(
            TicketRequest(ticket, in: desk.tenant.id, by: .system),
            visibility: .public,
            author: author,
            body: "A word."
        )
    }

    private func answerOffer(to agent: AgentID, isAccepted: Bool) async throws {
        guard let offered = try await TicketQueries(environment: desk.api).offers(to: agent, in: desk.tenant.id).first else { return }
        if isAccepted {
            _ = try await desk.commands.acceptOffer(TicketRequest(offered.id, in: desk.tenant.id, by: .agent(agent)), by: agent)
        } else {
            _ = try await desk.commands.declineOffer(TicketRequest(offered.id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
        }
    }
}

/// A generator whose run can be repeated from its printed seed (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
