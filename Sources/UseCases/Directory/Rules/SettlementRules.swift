import Domain
import Store

extension SettlementContent: DirectoryContent {
    static var noun: String { "settlement" }
    static var maximumCount: Int? { nil }
    static var isConfiguration: Bool { false }

    func problems(in situation: DirectorySituation<SettlementContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        if let price, !Price.range.contains(price.amount) { checks.add("/amount", code: .outOfRange, "is not an amount of money") }
        if let price, !price.currency.utf8.allSatisfy((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains) || price.currency.utf8.count != 3 {
            checks.add("/currency", code: .invalidFormat, "needs the three letters of ISO 4217")
        }
        return checks.problems
    }
}
