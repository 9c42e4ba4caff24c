import Telemetry
import TestSupport
import Testing

@testable import Runtime

/// Servers that cannot listen where they should.
@Suite struct RuntimeListeningTests {
    private func failure(host: String, port: Int) async -> String? {
        let server = AdminServer(
            configuration: AdminServerConfiguration(host: host, port: port),
            health: HealthRegistry(),
            registry: PrometheusRegistry(),
            logger: TestServer.logger
        )
        let error = await #expect(throws: ListenError.self) { try await ListeningService(server, host: host, port: port).run() }
        return error?.description
    }

    @Test("A port that is taken is named", .timeLimit(.minutes(1)))
    func taken() async throws {
        try await StoppedServer.with { base in
            let port = try #require(base.split(separator: ":").last.flatMap { Int($0) })
            #expect(await failure(host: "127.0.0.1", port: port) == "127.0.0.1:\(port) is taken: something listens there already")
        }
    }

    @Test("An address that is not this machine's is named", .timeLimit(.minutes(1)))
    func foreign() async {
        // TEST-NET-1 (RFC 5737).
        #expect(await failure(host: "192.0.2.1", port: 1_024)?.hasPrefix("nothing can listen on 192.0.2.1:1024: ") == true)
        #expect(ListenError(host: "::1", port: 80, code: 13).description == "nothing can listen on [::1]:80: Permission denied")
    }
}
