/// What a readiness check found.
public enum HealthCheckResult: Sendable, Equatable {
    case ready
    /// The reason, for operators: one short clause without row data or secrets.
    case notReady(String)
}
