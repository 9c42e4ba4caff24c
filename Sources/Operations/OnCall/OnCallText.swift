import Domain
import UseCases

/// What `docket oncall` prints for people.
enum OnCallText {
    static func render(_ report: OnCallReport) -> String {
        var lines = ["On call at \(report.at.millisecondText)", ""]
        lines += section("Rotas", report.rotas.map(\.reason) + more(report.omitted.rotas))
        lines += section("Groups", report.groups.map(\.reason) + more(report.omitted.groups))
        for chain in report.chains { lines += section("Chain \(chain.name)", chain.levels.enumerated().flatMap { level($1, number: $0 + 1) }) }
        if report.omitted.chains > 0 { lines += ["… and \(report.omitted.chains) chains more: --chain NAME shows one.", ""] }
        lines.append("Fallback: \(report.fallback ?? "nobody")")
        return lines.joined(separator: "\n")
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        ["\(title):"] + (lines.isEmpty ? ["  none"] : lines.map { "  " + $0 }) + [""]
    }

    private static func more(_ count: Int) -> [String] { count > 0 ? ["… and \(count) more"] : [] }

    private static func level(_ level: OnCallReport.Level, number: Int) -> [String] {
        let reasons = level.targets.map(\.reason).joined(separator: "; ")
        return ["level \(number): " + (level.isSkipped ? "skipped: nobody (\(reasons))" : reasons)]
    }
}
