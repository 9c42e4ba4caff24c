import Store

@testable import Dispatcher
@testable import Domain

/// Dispatchers with some turns each, passes of 50 tickets that take some 4 ms, and tenants with one queue and a backlog without end; in simulated time.
struct SimulatedDispatchers {
    /// A turn's pass, or the moment between two of its passes in which anybody may take the lane.
    private struct Step {
        let board: Int
        let turn: DispatchTurn
        var report: DispatchTurnReport
        let holdsLane: Bool
        let ends: Int
    }

    /// How many tickets of each tenant were assigned.
    private(set) var served: [Int]
    /// How often a dispatcher found a lane taken.
    private(set) var meetings = 0
    private var boards: [DispatchBoard]
    private let turns: Int
    private var steps: [Step] = []
    private var lanes: Set<TenantID> = []
    /// In microseconds.
    private var now = 0
    private let start = ContinuousClock.now
    private var random = SplitMix64(seed: 7)

    /// - Parameter turns: of each dispatcher beside each other.
    init(dispatchers: Int, turns: Int, weights: [Int]) {
        self.turns = turns
        served = Array(repeating: 0, count: weights.count)
        boards = (0..<dispatchers).map { DispatchBoard(quantum: 50, random: SplitMix64(seed: UInt64($0))) }
        for board in boards.indices {
            for tenant in weights.indices.shuffled(using: &random) {
                let id = TenantID(high: 0, low: UInt64(tenant))
                boards[board].add(RoutingLane(tenant: id, queue: QueueID(high: 0, low: 1), weight: weights[tenant]))
            }
        }
    }

    /// - Parameter end: in microseconds.
    mutating func run(until end: Int) {
        while now < end {
            for board in boards.indices {
                boards[board].wakeRested(at: instant)
                while boards[board].runningCount < turns, let turn = boards[board].next() {
                    proceed(turn, DispatchTurnReport(tenant: turn.tenant), board: board)
                }
            }
            // Someone may rest while nothing is under way.
            guard let place = steps.indices.min(by: { steps[$0].ends < steps[$1].ends }) else {
                now += 1_000
                continue
            }
            let step = steps.remove(at: place)
            now = step.ends
            if step.holdsLane { complete(step) } else { proceed(step.turn, step.report, board: step.board) }
        }
    }

    private var instant: ContinuousClock.Instant { start.advanced(by: .microseconds(now)) }

    private mutating func complete(_ pass: Step) {
        lanes.remove(pass.turn.tenant)
        let count = min(50, pass.turn.allowance - pass.report.spent)
        served[Int(pass.turn.tenant.low)] += count
        var report = pass.report
        report.spent += count
        add(pass.turn, report, board: pass.board, holdsLane: false, lasting: 100...500)
    }

    /// Takes the lane for the turn's next pass, or ends the turn.
    private mutating func proceed(_ turn: DispatchTurn, _ report: DispatchTurnReport, board: Int) {
        var report = report
        if report.spent >= turn.allowance {
            report.more = turn.queues.order
        } else if lanes.insert(turn.tenant).inserted {
            return add(turn, report, board: board, holdsLane: true, lasting: 3_000...5_000)
        } else {
            meetings += 1
            report.blocked = turn.queues.order
            report.isCutShort = true
        }
        boards[board].finish(report, at: instant)
    }

    private mutating func add(_ turn: DispatchTurn, _ report: DispatchTurnReport, board: Int, holdsLane: Bool, lasting time: ClosedRange<Int>) {
        steps.append(Step(board: board, turn: turn, report: report, holdsLane: holdsLane, ends: now + Int.random(in: time, using: &random)))
    }
}
