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
}
