/// The findings of all checks at one moment, in the order of their names.
public struct HealthReport: Sendable, Equatable {
    public struct Finding: Sendable, Equatable {
        public let name: String
        public let result: HealthCheckResult

        public init(name: String, result: HealthCheckResult) {
            self.name = name
            self.result = result
        }
    }

    public let findings: [Finding]

    public init(findings: [Finding]) {
        self.findings = findings.sorted { $0.name < $1.name }
    }

    public var isReady: Bool {
        findings.allSatisfy { $0.result == .ready }
    }

    /// The failed checks with their reasons.
    public var failures: [Finding] {
        findings.filter { $0.result != .ready }
    }
}
