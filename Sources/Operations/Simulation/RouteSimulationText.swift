import Domain

/// What `docket route simulate` prints for people: one table for the rules, one for their priorities; means with half their 95 % intervals.
enum RouteSimulationText {
    static func render(_ report: RouteSimulationReport) -> String {
        let head =
            "\(report.agents) agents, load \(decimal(report.load, places: 2)), \(decimal(report.arrivalsPerHour, places: 1)) tickets an hour, "
            + "\(decimal(report.handlingMeanSeconds, places: 1)) s of work each; \(report.tickets) tickets, \(report.seeds) times"
        return [[head, TextTable.render(rules(report)), TextTable.render(priorities(report))].joined(separator: "\n\n"), notes(report)].joined()
    }

    /// What most desks have nothing of.
    private static func notes(_ report: RouteSimulationReport) -> String {
        var lines: [String] = []
        for (rule, outcome) in outcomes(report) {
            if outcome.unserved > 0 { lines.append("\(rule): nobody had begun with \(outcome.unserved) tickets") }
            if let offers = outcome.offers {
                lines.append(
                    "\(rule): \(offers.made) offers, \(offers.declined) declined, \(offers.timedOut) not answered, \(offers.noTaker) tickets that nobody took"
                )
            }
        }
        return lines.isEmpty ? "" : "\n\n" + lines.joined(separator: "\n")
    }

    private static func rules(_ report: RouteSimulationReport) -> [[String]] {
        var rows = [["rule", "wait mean s", "wait p95 s", "wait max s", "in target %", "Jain", "skill match"]]
        for (rule, outcome) in outcomes(report) {
            rows.append([
                rule, mean(outcome.waitMeanSeconds, outcome.waitMeanInterval, places: 1),
                mean(outcome.waitP95Seconds, outcome.waitP95Interval, places: 1), decimal(outcome.waitMaxSeconds, places: 1),
                mean(outcome.sla * 100, outcome.slaInterval.map { $0 * 100 }, places: 1), mean(outcome.jain, outcome.jainInterval, places: 4),
                mean(outcome.skillMatch, outcome.skillMatchInterval, places: 4),
            ])
        }
        return rows
    }

    private static func priorities(_ report: RouteSimulationReport) -> [[String]] {
        var rows = [["rule, priority", "tickets", "wait mean s", "wait p95 s", "wait max s", "target s", "in target %"]]
        for (rule, outcome) in outcomes(report) {
            for (name, part) in outcome.priorities.sorted(by: { $0.key < $1.key }) {
                rows.append([
                    "\(rule) \(name)", "\(part.tickets)", mean(part.waitMeanSeconds, part.waitMeanInterval, places: 1),
                    decimal(part.waitP95Seconds, places: 1), decimal(part.waitMaxSeconds, places: 1), "\(part.targetSeconds)",
                    mean(part.sla * 100, part.slaInterval.map { $0 * 100 }, places: 1),
                ])
            }
        }
        return rows
    }

    /// In the order in which the rules are declared.
    private static func outcomes(_ report: RouteSimulationReport) -> [(String, RouteSimulationReport.Outcome)] {
        RouteSimulationRule.allCases.compactMap { rule in report.rules[rule.rawValue].map { (rule.rawValue, $0) } }
    }

    private static func mean(_ value: Double, _ interval: Double?, places: Int) -> String {
        decimal(value, places: places) + (interval.map { " ± " + decimal($0, places: places) } ?? "")
    }

    /// For values that are not negative.
    static func decimal(_ value: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
        let whole = Int((value * Double(scale)).rounded())
        let fraction = String(whole % scale)
        return "\(whole / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
