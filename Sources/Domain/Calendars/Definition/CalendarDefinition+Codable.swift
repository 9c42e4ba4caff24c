extension CalendarDefinition: Codable {
    private enum Key: String, CaseIterable, CodingKey {
        case zone = "tz"
        case weekly
        case holidays
        case closures
        case openings
        case alwaysOpen = "always_open"
        case openingSources = "opening_sources"
        case publishedYears = "published_years"
    }

    /// What the members of the JSON form are called.
    public static var memberNames: Set<String> { Set(Key.allCases.map(\.rawValue)) }

    /// Reads the JSON form; only `tz` is required. `holidays` and `closures` take the same entries and are joined.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let holidays = try fields.decodeIfPresent([CalendarClosure].self, forKey: .holidays) ?? []
        let closures = try fields.decodeIfPresent([CalendarClosure].self, forKey: .closures) ?? []
        let byText = try fields.decodeIfPresent([String: [WallInterval]].self, forKey: .openings) ?? [:]
        var openings: [CivilDate: [WallInterval]] = [:]
        for (text, hours) in byText {
            guard let date = CivilDate(text) else {
                throw DecodingError.dataCorruptedError(forKey: .openings, in: fields, debugDescription: "not a date of the form YYYY-MM-DD")
            }
            openings[date] = hours
        }
        self.init(
            zone: try fields.decode(String.self, forKey: .zone),
            weekly: try CalendarDefinition.weekly(of: fields),
            closures: holidays + closures,
            openings: openings,
            alwaysOpen: try fields.decodeIfPresent(Bool.self, forKey: .alwaysOpen) ?? false
        )
        publishedYears = Set(try fields.decodeIfPresent([Int].self, forKey: .publishedYears) ?? [])
        for (text, origin) in try fields.decodeIfPresent([String: String].self, forKey: .openingSources) ?? [:] {
            guard let date = CivilDate(text), let source = HolidaySource(origin) else {
                throw DecodingError.dataCorruptedError(forKey: .openingSources, in: fields, debugDescription: "not a date and its source")
            }
            openingSources[date] = source
        }
    }

    private static func weekly(of fields: KeyedDecodingContainer<Key>) throws -> [Weekday: [WallInterval]] {
        var weekly: [Weekday: [WallInterval]] = [:]
        for (key, hours) in try fields.decodeIfPresent([String: [WallInterval]].self, forKey: .weekly) ?? [:] {
            guard let day = Weekday(rawValue: key) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .weekly,
                    in: fields,
                    debugDescription: "weekdays are mon, tue, wed, thu, fri, sat, sun"
                )
            }
            weekly[day] = hours
        }
        return weekly
    }

    /// Writes the canonical form: every closure as an object under `closures`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(zone, forKey: .zone)
        try fields.encode(Dictionary(uniqueKeysWithValues: weekly.map { ($0.key.rawValue, $0.value) }), forKey: .weekly)
        try fields.encode(closures, forKey: .closures)
        try fields.encode(Dictionary(uniqueKeysWithValues: openings.map { ($0.key.description, $0.value) }), forKey: .openings)
        try fields.encode(alwaysOpen, forKey: .alwaysOpen)
        if !openingSources.isEmpty {
            let sources = openingSources.map { ($0.key.description, $0.value.description) }
            try fields.encode(Dictionary(uniqueKeysWithValues: sources), forKey: .openingSources)
        }
        if !publishedYears.isEmpty { try fields.encode(publishedYears.sorted(), forKey: .publishedYears) }
    }
}
