import Domain

/// `docket sla statement` as tables of its sums. Amounts stay in the currency's smallest unit: how many of them make one is the currency's affair.
enum PenaltyStatementText {
    static func render(_ statement: PenaltyStatement) -> String {
        var text = "Penalties of \(statement.month) (\(statement.zone)), in the currencies' smallest units\n"
        for sum in statement.contracts { text += render(sum) + "\n" }
        if statement.contracts.isEmpty || !statement.totals.isEmpty {
            let head = ["policy", "customer", "currency", "count", "amount", "open", "waived", "waived amount"]
            let rows = statement.totals.map { [$0.policyName, $0.requesterID?.description ?? "-", $0.currency] + cells($0.tally) }
            text += TextTable.render([head] + rows)
        }
        if statement.unassessed > 0 { text += "\n\(statement.unassessed) breaches are not in the ledger as they are: run again with --compute." }
        return text
    }

    private static func render(_ sum: ContractSum) -> String {
        let head = ["policy", "metric", "over (s)", "count", "amount", "open", "waived", "waived amount"]
        var rows = sum.bands.map { [$0.policyName, $0.metric.rawValue, "\($0.overSeconds)"] + cells($0.tally) }
        rows.append(["sum", "", ""] + cells(sum.tally))
        if sum.capReduction > 0 { rows.append(["cap \(sum.contract.monthlyCap ?? 0)", "", "", "", "-\(sum.capReduction)", "", "", ""]) }
        rows.append(["payable", "", "", "", "\(sum.payable)", "", "", ""])
        return "Contract \(sum.contract.number) (\(sum.contract.name)), \(sum.currency)\n" + TextTable.render([head] + rows)
    }

    private static func cells(_ tally: PenaltyTally) -> [String] {
        ["\(tally.count)", "\(tally.amount)", "\(tally.openCount)", "\(tally.waivedCount)", "\(tally.waivedAmount)"]
    }
}
