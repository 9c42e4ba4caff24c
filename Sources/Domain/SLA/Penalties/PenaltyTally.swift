/// Entries of the ledger of penalties, counted and added up in one currency.
public struct PenaltyTally: Hashable, Sendable {
    /// Those of which something is to be paid; one that grew after it was waived counts here and among the waived.
    public private(set) var count = 0
    /// To be paid or credited, in the currency's smallest unit.
    public private(set) var amount: Int64 = 0
    public private(set) var waivedCount = 0
    public private(set) var waivedAmount: Int64 = 0
    /// Of the count, those whose breach is not over: they may grow.
    public private(set) var openCount = 0

    /// Adds an entry; one that costs nothing changes nothing.
    ///
    /// - Returns: whether the sum fits into 64 bits.
    mutating func add(_ line: PenaltyStatement.Line) -> Bool {
        guard line.penalty.price != nil else { return true }
        let (sum, overflow) = amount.addingReportingOverflow(line.charged)
        let (waived, waivedOverflow) = waivedAmount.addingReportingOverflow(line.waived)
        guard !overflow, !waivedOverflow else { return false }
        (amount, waivedAmount) = (sum, waived)
        if line.waivedAmount != nil { waivedCount += 1 }
        if !line.isWaived {
            count += 1
            if line.penalty.breach.endedAt == nil { openCount += 1 }
        }
        return true
    }
}
