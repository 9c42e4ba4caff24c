import Domain
import Testing

/// Periods, statements, counts and CSV.
@Suite struct ReportTests {
    private static func starts(_ from: String, _ to: String, _ unit: ReportPeriods.Unit?, _ zone: String) throws -> [String] {
        let rules = try ZoneFiles().zone(named: zone)
        let periods = try #require(ReportPeriods(try Fixtures.utc(from)..<(try Fixtures.utc(to)), by: unit, in: rules))
        return periods.starts.map(\.description)
    }

    @Test func periodsBeginAtTheZonesMidnights() throws {
        let months = try Self.starts("2026-01-15T00:00:00Z", "2026-04-01T00:00:00Z", .month, "Asia/Shanghai")
        #expect(months.map { $0.prefix(16) } == ["2026-01-15T00:00", "2026-01-31T16:00", "2026-02-28T16:00", "2026-03-31T16:00"])
        // Over the clock change of 29 March.
        let days = try Self.starts("2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z", .day, "Europe/Berlin")
        #expect(days.map { $0.prefix(16) } == ["2026-03-27T23:00", "2026-03-28T23:00", "2026-03-29T22:00"])
        let weeks = try Self.starts("2026-03-04T00:00:00Z", "2026-03-20T00:00:00Z", .week, "UTC")
        #expect(weeks.map { $0.prefix(10) } == ["2026-03-04", "2026-03-09", "2026-03-16"])
        // A day that begins where the report does is not cut in two.
        #expect(try Self.starts("2026-03-09T00:00:00Z", "2026-03-16T00:00:00Z", .week, "UTC").count == 1)
        #expect(try Self.starts("2026-03-09T00:00:00Z", "2036-03-16T00:00:00Z", nil, "UTC").count == 1)
    }

    @Test func tooManyPeriodsAndTimesBeyondCalendarsAreRefused() throws {
        let start = try Fixtures.utc("2026-01-01T00:00:00Z")
        let day: Int64 = 86_400_000_000
        #expect(ReportPeriods(start..<start.adding(microseconds: 400 * day), by: .day, in: .utc)?.starts.count == 400)
        #expect(ReportPeriods(start..<start.adding(microseconds: 401 * day), by: .day, in: .utc) == nil)
        #expect(ReportPeriods(Timestamp(microseconds: .min)..<start, by: .month, in: .utc) == nil)
        #expect(ReportPeriods(start..<Timestamp(microseconds: .max), by: nil, in: .utc) == nil)
    }

    @Test func monthsEndWhereTheNextBegins() throws {
        let zone = try ZoneFiles().zone(named: "Europe/Berlin")
        let (october, december) = (try #require(CivilMonth("2026-10")), try #require(CivilMonth("2026-12")))
        // 31 days and the hour of the clock change.
        let span = october.span(in: zone)
        #expect(span.upperBound.microseconds(since: span.lowerBound) == (31 * 24 + 1) * hour)
        let january = try #require(CivilMonth("2027-01"))
        #expect(december.span(in: zone).upperBound == january.span(in: zone).lowerBound)
        for wrong in ["2026-13", "2026-00", "2026-1", "26-01", "1899-12", "2026/10"] { #expect(CivilMonth(wrong) == nil) }
    }

    @Test func attainmentIsRoundedDown() {
        #expect(SLAReport.Counts(met: 9_999, breached: 1).attainment == 9_999)
        #expect(SLAReport.Counts(met: 99_999, breached: 1).attainment == 9_999)
        #expect(SLAReport.Counts(met: 1).attainment == 10_000 && SLAReport.Counts(running: 3, cancelled: 1).attainment == nil)
    }

    struct Cell: Sendable, CustomTestStringConvertible {
        let text: String
        let csv: String
        init(_ text: String, _ csv: String) {
            self.text = text
            self.csv = csv
        }
        var testDescription: String { text }
    }

    @Test(arguments: [
        Cell("plain", "plain"), Cell("a,b", "\"a,b\""), Cell("say \"hi\"", "\"say \"\"hi\"\"\""), Cell("two\nlines", "\"two\nlines\""), Cell("", ""),
        Cell("=1+1", "'=1+1"), Cell("+49 30", "'+49 30"), Cell("-2", "'-2"), Cell("@SUM(A1)", "'@SUM(A1)"), Cell("\t=1", "'\t=1"),
        Cell("\r=1", "\"'\r=1\""), Cell(" =1", "' =1"), Cell("=cmd|'/c calc'!A1,x", "\"'=cmd|'/c calc'!A1,x\""), Cell("a=b", "a=b"),
        Cell(" x ", "\" x \""),
        Cell("中文", "中文"), Cell("＝1+1", "'＝1+1"), Cell("＋1", "'＋1"), Cell("－1", "'－1"), Cell("＠A", "'＠A"), Cell("\u{3000}＝1", "'\u{3000}＝1"),
        Cell("中＝文", "中＝文"),
    ])
    func fieldsAreQuotedAndNoFormulas(_ cell: Cell) {
        var text = CSVText(header: ["a", "b"])
        text.add([.text(cell.text), .number(-5)])
        #expect(String(decoding: text.bytes, as: UTF8.self) == "a,b\r\n\(cell.csv),-5\r\n")
    }

    @Test func statementsSumWholeNumbersByPolicyCustomerAndCurrency() throws {
        let month = try #require(CivilMonth("2026-10"))
        let span = month.span(in: .utc)
        func line(_ number: UInt64, _ amount: Int64, _ currency: String = "EUR", customer: UInt64 = 1, waived: Int64? = nil, isOpen: Bool = false)
            -> PenaltyStatement.Line
        {
            let breach = SLABreach(
                metric: .resolution,
                instance: 1,
                targetVersion: 1,
                policy: SLAPolicyReference(id: SLAPolicyID(high: 1, low: 1), version: 2),
                breachedAt: span.lowerBound,
                endedAt: isOpen ? nil : span.upperBound,
                overrun: 5
            )
            let price = SLAPenalty.Price(amount: amount, currency: currency, overSeconds: 0)
            let penalty = SLAPenalty(
                id: SLAPenaltyID(high: 2, low: number),
                ticketID: TicketID(high: 3, low: number),
                breach: breach,
                requesterID: RequesterID(high: 4, low: customer),
                price: price
            )
            return PenaltyStatement.Line(penalty: penalty, ticketNumber: Int64(number), policyName: "=Gold", waivedAmount: waived)
        }
        let lines = [
            line(1, 9_007_199_254_740_993), line(2, 1, isOpen: true), line(3, 5, waived: 5), line(4, 7, "CNY"), line(5, 11, customer: 2),
            // Grew from 9 to 20 since 9 were waived.
            line(6, 20, "CNY", waived: 9),
        ]
        let statement = try #require(PenaltyStatement(month: month, zone: "UTC", span: span, lines: lines, unassessed: 0))
        #expect(statement.totals.map(\.tally.amount) == [18, 9_007_199_254_740_994, 11])
        #expect(statement.totals.map(\.tally.count) == [2, 2, 1] && statement.totals.map(\.tally.openCount) == [0, 1, 0])
        #expect(statement.totals.map(\.tally.waivedAmount) == [9, 5, 0] && statement.totals.map(\.tally.waivedCount) == [1, 1, 0])
        #expect(PenaltyStatement(month: month, zone: "UTC", span: span, lines: [line(1, .max), line(2, 1)], unassessed: 0) == nil)
        let records = String(decoding: statement.csv.bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(records.count == 7 && records[1].contains(",'=Gold,2,") && records[1].hasSuffix(",9007199254740993,EUR,no,,,,penalty,0"))
        #expect(records[3].hasSuffix(",5,EUR,yes,,,,penalty,5") && records[6].hasSuffix(",20,CNY,in part,,,,penalty,9"))
    }

    @Test func eachTimerHasOneOutcomeAndOneTime() throws {
        let calendars = try RandomCalendars(seed: 1)
        var seen: Set<SLATimerOutcome> = []
        for seed in 0..<500 {
            let history = RandomHistory(seed: UInt64(seed), calendars: calendars)
            var (ledger, firings) = try SLAEngine(context: history.context).replay(history.changes.flatMap { $0 })
            firings += ledger.fire(now: history.end)
            for timer in ledger.promised {
                seen.insert(timer.outcome)
                let breach = firings.last {
                    $0.threshold == .breach && $0.metric == timer.metric && $0.instance == timer.instance && $0.targetVersion == timer.targetVersion
                }
                // Missed under its last target where that was recorded, whatever came of the timer afterwards; or found to be missed when it was stopped,
                // which happens to a timer that ran while nothing was promised.
                if let breach {
                    #expect(timer.outcome == .breached && timer.countedAt == breach.scheduledFor, "seed \(seed)")
                } else if timer.outcome == .breached {
                    #expect(timer.countedAt == timer.endedAt ?? timer.startedAt, "seed \(seed)")
                }
                if timer.outcome == .met { #expect(timer.countedAt == timer.endedAt, "seed \(seed)") }
                if timer.outcome == .running { #expect(timer.countedAt == timer.startedAt, "seed \(seed)") }
            }
        }
        #expect(seen == Set(SLATimerOutcome.allCases))
    }
}
