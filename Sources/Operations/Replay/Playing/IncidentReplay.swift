import Domain

/// Sends a log's incidents through the public API in their real order.
struct IncidentReplay: Sendable {
    let client: ReplayClient
    let log: IncidentLog
    let pace: ReplayPace
    /// Makes groups, agents, skills, a queue and targets first.
    let makesTeam: Bool
    var assignmentTimeout = Duration.seconds(15)
    /// Begins the idempotency keys; another one for every run.
    let run: String

    /// - Throws: ``ReplayError`` where the replay cannot begin or loses the change feed. What happens to single incidents is in the summary.
    func perform() async throws -> ReplaySummary {
        let progress = ReplayProgress(total: log.incidents.count)
        for row in log.skipped.prefix(20) { await progress.tell("\(row)") }
        if log.skipped.count > 20 { await progress.tell("\(log.skipped.count - 20) more rows cannot be read") }
        let directory = ReplayDirectory(client: client, run: run)
        let builder = ReplayTeamBuilder(directory: directory, log: log, targets: ReplayTargets(pace: pace))
        let setting = makesTeam ? try await builder.build() : try await builder.find()
        if makesTeam { await progress.tell("\(setting.groupIDs.count) groups and \(setting.agentIDs.count) agents are ready") }
        let watch = AssignmentWatch(client: client)
        try await watch.skipPast()
        let player = IncidentPlayer(client: client, watch: watch, setting: setting, run: run, assignmentTimeout: assignmentTimeout)
        let start = ContinuousClock.now
        let played = try await withThrowingTaskGroup(of: [IncidentOutcome]?.self) { group in
            group.addTask {
                try await watch.follow()
                return nil
            }
            group.addTask {
                try await ReplayPresence(client: client, agents: setting.agentIDs).keep()
                return nil
            }
            group.addTask { try await play(player, from: start, progress) }
            defer { group.cancelAll() }
            // The first two end only by an error.
            return try await group.next().flatMap { $0 } ?? []
        }
        let outcomes = try await BoundedTasks.map(played, limit: ReplayClient.maximumConnections) { outcome in
            let concluded = try await player.conclude(outcome)
            await progress.add(looked: 1)
            return concluded
        }
        for outcome in outcomes.filter({ !$0.failures.isEmpty }).prefix(20) {
            await progress.tell("\(outcome.number): \(outcome.failures.joined(separator: "; "))")
        }
        return ReplaySummary(of: log, outcomes, duration: start.duration(to: .now))
    }

    /// One ticket after the other is created; what follows goes on beside it.
    private func play(_ player: IncidentPlayer, from start: ContinuousClock.Instant, _ progress: ReplayProgress) async throws -> [IncidentOutcome] {
        let origin = log.incidents.first?.openedAt ?? 0
        return try await withThrowingTaskGroup(of: IncidentOutcome.self) { group in
            var outcomes: [IncidentOutcome] = []
            var inFlight = 0
            for incident in log.incidents {
                if inFlight >= pace.maximumInFlight, let outcome = try await group.next() {
                    outcomes.append(outcome)
                    inFlight -= 1
                }
                try await wait(until: incident.openedAt, origin, start)
                do {
                    let created = try await player.create(incident)
                    await progress.add(created: 1)
                    inFlight += 1
                    group.addTask {
                        let outcome = try await player.follow(incident, created) { try await wait(until: $0.at, origin, start) }
                        await progress.add(played: 1)
                        return outcome
                    }
                } catch let error as ReplayError {
                    outcomes.append(IncidentOutcome(number: incident.number, failures: [error.description]))
                    // No other incident will do better.
                    if error.isFinal { break }
                }
            }
            for try await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
    }

    private func wait(until recorded: Int64, _ origin: Int64, _ start: ContinuousClock.Instant) async throws {
        guard case .times = pace else { return }
        try await Task.sleep(until: start + pace.offset(ofRecorded: recorded - origin), clock: .continuous)
    }
}
