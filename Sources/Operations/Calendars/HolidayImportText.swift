import Domain
import UseCases

/// What `docket calendar import` prints: a line for each entry that comes, goes or is left, then a summary.
enum HolidayImportText {
    static func render(_ done: HolidayImport, isDryRun: Bool) -> String {
        let merge = done.merge
        var lines = entries(merge.removed, sign: "-") + entries(merge.added, sign: "+") + entries(merge.skipped, sign: "=")
        let years = merge.definition.publishedYears.sorted().map(String.init).joined(separator: ", ")
        let count = "\(count(merge.added)) added, \(count(merge.removed)) removed, \(count(merge.skipped)) left"
        let last = done.record.version
        let outcome =
            switch (isDryRun, done.versions) {
            case (_, 0): "nothing to do"
            case (true, 1): "would make a new version"
            case (true, let count): "would make \(count) new versions, of what is scheduled, too"
            case (false, 1): "version \(last)"
            case (false, let count): "versions \(last - Int64(count) + 1) to \(last), of what is scheduled, too"
            }
        lines.append("\(count); \(outcome); published years: \(years.isEmpty ? "none" : years)")
        return lines.joined(separator: "\n")
    }

    private static func count(_ entries: HolidayMerge.Entries) -> Int { entries.closures.count + entries.openings.count }

    private static func entries(_ entries: HolidayMerge.Entries, sign: String) -> [String] {
        entries.closures.map { "\(sign) closed  \(text($0))" } + entries.openings.map { "\(sign) workday \($0)" }
    }

    private static func text(_ closure: CalendarClosure) -> String {
        let days =
            switch closure.days {
            case .dates(let first, let last): first == last ? "\(first)" : "\(first) to \(last)"
            case .yearly(let first, let last, let since):
                (first == last ? "every \(first)" : "every \(first) to \(last)") + (since.map { " since \($0)" } ?? "")
            }
        let part = closure.part.map { " \($0)" } ?? ""
        return days + part + (closure.name.map { "  \($0)" } ?? "")
    }
}
