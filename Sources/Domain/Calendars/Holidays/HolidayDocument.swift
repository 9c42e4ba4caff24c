/// A JSON list of holidays: an array of days, or an object with `days` and the `year` that it is for (the shape of holiday-cn).
public struct HolidayDocument: Hashable, Sendable, Decodable {
    public let year: Int?
    public let days: [HolidayDay]

    private enum Key: String, CodingKey {
        case year
        case days
    }

    public init(year: Int?, days: [HolidayDay]) {
        self.year = year
        self.days = days
    }

    /// Members beside `year` and `days`, such as the papers that a list is taken from, are left alone.
    public init(from decoder: any Decoder) throws {
        if let fields = try? decoder.container(keyedBy: Key.self) {
            year = try fields.decodeIfPresent(Int.self, forKey: .year)
            days = try fields.decode([HolidayDay].self, forKey: .days)
        } else {
            year = nil
            days = try decoder.singleValueContainer().decode([HolidayDay].self)
        }
    }

    /// The list that the document stands for.
    ///
    /// - Throws: ``HolidayListError`` with a JSON pointer to the first wrong member.
    public func list() throws(HolidayListError) -> HolidayList {
        guard days.count <= HolidayList.maximumEntries else { throw HolidayListError("/days", "more than \(HolidayList.maximumEntries) days") }
        var entries: [HolidayEntry] = []
        entries.reserveCapacity(days.count)
        for (index, day) in days.enumerated() {
            entries.append(try day.entry(at: "/days/\(index)"))
        }
        return try HolidayList(entries: entries, year: year)
    }
}
