import Domain

/// `docket sla statement` as a table of its sums. Amounts stay in the currency's smallest unit: how many of them make one is the currency's affair.
enum PenaltyStatementText {
    static func render(_ statement: PenaltyStatement) -> String {
        let head = ["policy", "customer", "currency", "count", "amount", "open", "waived", "waived amount"]
        let rows = statement.totals.map { total in
            [
                total.policyName, total.requesterID?.description ?? "-", total.currency, "\(total.count)", "\(total.amount)", "\(total.openCount)",
                "\(total.waivedCount)", "\(total.waivedAmount)",
            ]
        }
        var text = "Penalties of \(statement.month) (\(statement.zone)), in the currencies' smallest units\n" + TextTable.render([head] + rows)
        if statement.unassessed > 0 { text += "\n\(statement.unassessed) breaches are not in the ledger as they are: run again with --compute." }
        return text
    }
}
