import Domain
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// One line per request: what was asked by template, who asked, what came of it. No bodies, no addresses with their parameters.
struct AccessLog: Sendable {
    /// Whether successes are logged too; failures always are.
    let includesSuccesses: Bool

    func write(_ request: Request, status: Int, duration: Duration, exchange: Exchange, logger: Logger) {
        let level: Logger.Level = status >= 500 ? .error : .info
        guard status >= 400 || includesSuccesses, logger.logLevel <= level else { return }
        let (route, tenant, problem) = exchange.state.withLock { ($0.route, $0.tenantID, $0.problem) }
        let (seconds, attoseconds) = duration.components
        var metadata: Logger.Metadata = [
            "request_id": .string(exchange.requestID),
            "method": .string(route?.method ?? String(request.method.rawValue.prefix(16))),
            "route": .string(route?.route ?? "unmatched"),
            "status": .stringConvertible(status),
            "duration_us": .stringConvertible(seconds * 1_000_000 + attoseconds / 1_000_000_000_000),
        ]
        if let tenant {
            metadata["tenant_id"] = .string(tenant.description)
        }
        if let problem {
            metadata["problem"] = .string(problem.rawValue)
        }
        logger.log(level: level, "request", metadata: metadata)
    }
}
