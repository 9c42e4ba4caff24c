import ArgumentParser
import Glibc
import Logging
import Postgres

/// `docket-bench postgres`: callers that each send one unit after the other through the product's client.
///
/// The statements are those that scripts/bench.d/postgres gives to pgbench.
struct PostgresBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postgres",
        abstract: "Sends units through the PostgreSQL client until the time is over; prints one JSON object."
    )

    enum Work: String, CaseIterable, ExpressibleByArgument {
        /// One row by its key.
        case read
        /// One durable update.
        case update
        /// What a request does: a setting for the transaction, a read, an update and an insert, in one round trip.
        case unit
    }

    @Option(help: "The database's URL.")
    var url: String

    @Option(help: "What each unit does.")
    var work: Work

    @Option(help: "The pool's connections.")
    var connections = 8

    @Option(help: "Callers at a time.")
    var callers = 16

    @Option(help: "Rows of the table.")
    var rows = 100_000

    @Option(help: "How many seconds.")
    var seconds = 5.0

    func validate() throws {
        guard connections >= 1, callers >= 1, rows >= 1, seconds > 0 else { throw ValidationError("numbers must be above zero") }
    }

    func run() async throws {
        var settings = try PostgresConfiguration(url: url)
        settings.pool.maximumConnections = connections
        settings.pool.minimumConnections = connections
        settings.pool.maximumWaiters = callers
        settings.pool.waitTimeout = .seconds(10)
        let client = PostgresClient(configuration: settings, logger: Logger(label: "docket-bench"))
        let latencies = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            // Everything is connected and prepared before the time runs.
            _ = try await load(client, until: .now + .milliseconds(500))
            let before = Self.processorMicroseconds()
            let latencies = try await load(client, until: .now + .seconds(seconds))
            report(latencies, processor: Self.processorMicroseconds() - before)
            group.cancelAll()
            try await group.waitForAll()
            return latencies
        }
        if latencies.isEmpty { throw ExitCode.failure }
    }

    /// Nanoseconds from sending to the answer, of all units; any failure ends the run.
    private func load(_ client: PostgresClient, until end: ContinuousClock.Instant) async throws -> [Int64] {
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    // Knuth's generator: the system's costs a system call each time, which pgbench does not pay.
                    var random = UInt64(caller) &* 0x9E37_79B9_7F4A_7C15
                    var latencies: [Int64] = []
                    var now = ContinuousClock.now
                    while now < end {
                        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        _ = try await client.run(unit(for: 1 + Int(random >> 33) % rows))
                        let start = now
                        now = .now
                        let (seconds, attoseconds) = (now - start).components
                        latencies.append(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func unit(for id: Int) -> PostgresUnit {
        var unit = PostgresUnit()
        switch work {
        case .read: unit.add(BenchmarkStatement.Read(id: id))
        case .update: unit.add(BenchmarkStatement.Update(id: id))
        case .unit:
            unit.add(BenchmarkStatement.SetTenant(tenant: id))
            unit.add(BenchmarkStatement.Read(id: id))
            unit.add(BenchmarkStatement.Update(id: id))
            unit.add(BenchmarkStatement.Append(id: id))
        }
        return unit
    }

    private func report(_ latencies: [Int64], processor: Int) {
        let sorted = latencies.sorted()
        func milliseconds(_ quantile: Double) -> Double {
            sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * quantile))]) / 1_000_000
        }
        let cost = Double(processor) / Double(max(1, sorted.count))
        print(
            """
            {"per_second":\(Double(sorted.count) / seconds),"p50_ms":\(milliseconds(0.5)),"p99_ms":\(milliseconds(0.99)),"cpu_us":\(cost)}
            """
        )
    }

    /// What this process has used of the processors so far.
    private static func processorMicroseconds() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
    }
}
