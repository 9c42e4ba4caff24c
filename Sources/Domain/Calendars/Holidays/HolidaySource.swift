/// Where an entry of a calendar was imported from: the name that the importer gave, and the year whose list brought it.
///
/// A later import of the same name and year replaces the entry; entries without a source were made by hand and stay.
/// Written `cn-state-council/2026`, or `company-feed` for a rule that holds every year.
public struct HolidaySource: Hashable, Sendable, LosslessStringConvertible {
    /// 1 to 64 letters, digits, dots, hyphens and underscores.
    public let name: String
    /// nil for a yearly rule.
    public let year: Int?

    /// - Returns: nil where the name is not of the form above.
    public init?(name: String, year: Int? = nil) {
        guard HolidaySource.isName(name) else { return nil }
        self.name = name
        self.year = year
    }

    public init?(_ description: String) {
        let parts = description.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            self.init(name: description)
            return
        }
        guard parts[1].utf8.count == 4, let year = decimal(Array(parts[1].utf8)) else { return nil }
        self.init(name: String(parts[0]), year: year)
    }

    public var description: String { year.map { "\(name)/\(padded($0, to: 4))" } ?? name }

    public static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
            }
    }
}
