import DequeModule

/// The units in flight on one connection, and what each answer of the server means for them. Pure: knows neither sockets nor libpq.
///
/// The server answers in order. Per step: results, then an end mark. After the last step of a unit, its Sync; only with the Sync has the unit
/// succeeded, because failures of the commit itself arrive between the last end mark and the Sync (libpq.md 4.4, 4.8).
struct PipelineState {
    struct Flight {
        let request: WorkRequest
        let steps: [PipelineStep]
        /// Whether the Sync is on its way; without it the server cannot commit.
        let isSynced: Bool
        /// The step whose answer is awaited; `steps.count` when only the Sync is.
        fileprivate(set) var cursor = 0
        fileprivate(set) var failure: PostgresError?
        /// Where the failure came; libpq then reports the later steps as aborted, and the cursor goes on.
        fileprivate(set) var failedCursor: Int?

        var failedStep: PipelineStep? {
            failedCursor.flatMap { $0 < steps.count ? steps[$0] : nil }
        }

        /// All statements are done: what runs, or failed, is the commit.
        var isCommitting: Bool {
            let position = failedCursor ?? cursor
            guard position < steps.count else { return true }
            if case .control(let type, _) = steps[position] { return type == ControlStatement.Commit.self }
            return false
        }
    }

    enum Answer {
        case succeeded
        case failed(PostgresError)
        /// Skipped after an earlier failure of the unit.
        case aborted
        /// Something that no statement of ours can return, such as COPY.
        case unexpected
    }

    enum Action: Equatable {
        case discard
        /// The result belongs to the entry of the first unit in flight with this index.
        case keep(Int)
        case violation
    }

    private(set) var flights: Deque<Flight> = []
    /// The statements to forget, because their Parse failed or was skipped.
    private(set) var unprepared: [(type: any Statement.Type, serial: Int)] = []
    private var lastWasEnd = false

    var isEmpty: Bool { flights.isEmpty }
    var count: Int { flights.count }
    var head: Flight? { flights.first }

    mutating func append(_ request: WorkRequest, _ steps: [PipelineStep], isSynced: Bool) {
        flights.append(Flight(request: request, steps: steps, isSynced: isSynced))
    }

    /// A result that is neither an end mark nor a Sync.
    mutating func receive(_ answer: Answer) -> Action {
        lastWasEnd = false
        guard !flights.isEmpty else { return .violation }
        let cursor = flights[0].cursor
        let step = cursor < flights[0].steps.count ? flights[0].steps[cursor] : nil
        switch answer {
        case .succeeded:
            guard let step else { return .violation }
            if case .entry(let index, _) = step { return .keep(index) }
            return .discard
        case .failed(let error):
            if flights[0].failure == nil {
                flights[0].failure = error
                flights[0].failedCursor = cursor
            }
            noteUnprepared(step)
            return .discard
        case .aborted:
            noteUnprepared(step)
            return .discard
        case .unexpected:
            return .violation
        }
    }

    /// The end mark of a step. False for one where none can be: libpq has nothing more to give, and waiting would be for ever.
    mutating func receiveEnd() -> Bool {
        guard !flights.isEmpty, !lastWasEnd else { return false }
        lastWasEnd = true
        if flights[0].cursor < flights[0].steps.count { flights[0].cursor += 1 }
        return true
    }

    /// The Sync of the first unit in flight, which is thereby over; nil for one that cannot be.
    mutating func receiveSync() -> Flight? {
        lastWasEnd = false
        guard let flight = flights.first, flight.failure != nil || flight.cursor == flight.steps.count else { return nil }
        return flights.removeFirst()
    }

    mutating func takeUnprepared() -> [(type: any Statement.Type, serial: Int)] {
        defer { unprepared.removeAll() }
        return unprepared
    }

    /// Gives up all units in flight.
    mutating func removeAll() -> Deque<Flight> {
        defer { flights.removeAll() }
        return flights
    }

    private mutating func noteUnprepared(_ step: PipelineStep?) {
        if case .parse(let type, let serial) = step { unprepared.append((type, serial)) }
    }
}
