import Synchronization
import Telemetry
import Testing

@Suite struct HealthRegistryTests {
    @Test func isReadyOnlyAfterStartup() async {
        let health = HealthRegistry()
        #expect(await health.readiness().failures.map(\.name) == ["startup"])
        health.markStarted()
        #expect(await health.readiness().isReady)
    }

    @Test func failedChecksGiveTheirReasons() async {
        let health = HealthRegistry()
        health.markStarted()
        health.register("schema") { .notReady("version 3, expected 4") }
        health.register("database") { .ready }
        let report = await health.readiness()
        #expect(report.failures == [.init(name: "schema", result: .notReady("version 3, expected 4"))])
        #expect(report.findings.map(\.name) == ["database", "draining", "schema", "startup"])
        health.remove("schema")
        #expect(await health.readiness().isReady)
    }

    @Test func drainingEndsReadiness() async {
        let health = HealthRegistry()
        health.markStarted()
        health.beginDraining()
        #expect(await health.readiness().failures.map(\.name) == ["draining"])
    }

    @Test func aCheckThatHangsCountsAsFailed() async {
        let health = HealthRegistry(timeout: .milliseconds(20))
        health.markStarted()
        health.register("database") {
            try? await Task.sleep(for: .seconds(3_600))
            return .ready
        }
        #expect(await health.readiness().failures.map(\.name) == ["database"])
    }

    /// As one that waits for a server that stands still: probes get their answer, and do not pile up checks.
    @Test(.timeLimit(.minutes(1)))
    func aCheckThatHeedsNothingIsLeftBehindAndNotBegunAgain() async {
        let (never, sink) = AsyncStream.makeStream(of: Void.self)
        let begun = Mutex(0)
        let health = HealthRegistry(timeout: .milliseconds(50))
        health.markStarted()
        health.register("database") {
            begun.withLock { $0 += 1 }
            // Unstructured: deaf to the cancellation of who waits.
            await Task { for await _ in never {} }.value
            return .ready
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask { #expect(await health.readiness().failures.map(\.name) == ["database"]) }
            }
        }
        #expect(await health.readiness().failures.map(\.name) == ["database"])
        #expect(begun.withLock { $0 } == 1)
        sink.finish()
        while !(await health.readiness().isReady) {}
        // A new run for the next probe, once the hanging one has ended.
        _ = await health.readiness()
        #expect(begun.withLock { $0 } > 1)
    }
}
