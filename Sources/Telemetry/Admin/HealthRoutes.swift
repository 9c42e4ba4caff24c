import HTTPTypes
import Hummingbird
import NIOCore

/// `/livez`, `/readyz`, `/startupz` (api.md 8): 200 or 503, plain text for people; unauthenticated, so reasons hold nothing secret.
struct HealthRoutes {
    let health: HealthRegistry

    func add(to router: Router<AdminRequestContext>) {
        router.get("livez") { _, _ in
            AdminResponse.text("ok\n")
        }
        router.get("startupz") { _, _ in
            health.isStarted ? AdminResponse.text("ok\n") : AdminResponse.text("starting\n", status: .serviceUnavailable)
        }
        router.get("readyz") { request, _ in
            let report = await health.readiness()
            let isVerbose = request.uri.queryParameters["verbose"] != nil
            return AdminResponse.text(
                HealthRoutes.text(of: report, isVerbose: isVerbose),
                status: report.isReady ? .ok : .serviceUnavailable
            )
        }
    }

    /// A line for each failed check, or for every check when verbose, then the verdict.
    static func text(of report: HealthReport, isVerbose: Bool) -> String {
        var lines: [String] = []
        for finding in isVerbose ? report.findings : report.failures {
            switch finding.result {
            case .ready: lines.append("[+] \(finding.name): ok")
            case .notReady(let reason): lines.append("[-] \(finding.name): \(reason)")
            }
        }
        lines.append(report.isReady ? "ok" : "not ready")
        return lines.joined(separator: "\n") + "\n"
    }
}
