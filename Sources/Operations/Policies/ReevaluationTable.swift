import Domain

/// What `docket sla reevaluations` prints for people.
enum ReevaluationTable {
    static func render(_ reevaluations: [SLAReevaluation]) -> String {
        guard !reevaluations.isEmpty else { return "No policy, calendar or queue was edited yet." }
        let head = ["requested", "cause", "state", "done", "of", "changed", "breached", "failed", "finished"]
        let rows = reevaluations.map { item in
            [
                item.requestedAt.description, item.cause.rawValue, item.state.rawValue, "\(item.examined)", item.isCounted ? "\(item.total)" : "?",
                "\(item.changed)", "\(item.breached)", "\(item.failed)", item.finishedAt?.description ?? "-",
            ]
        }
        return TextTable.render([head] + rows)
    }
}
