extension CalendarClosure: Codable {
    private enum Key: String, CodingKey {
        case from
        case to
        case start
        case end
        case yearly
        case since
        case name
        case source
    }

    /// Reads one of the forms
    /// `"2024-05-01"` · `["2024-12-24", "12:00", "24:00"]` · `{"from": "2026-02-15", "to": "2026-02-23", "name": "Spring Festival"}` ·
    /// `{"from": "12-24", "to": "01-02", "yearly": true, "start": "12:00", "end": "24:00"}`; `to` left out means one day. `since` is the first year of a yearly one.
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            let date = try CalendarClosure.date(text, decoder.codingPath)
            self.init(.dates(date, date))
        } else if var list = try? decoder.unkeyedContainer() {
            let date = try CalendarClosure.date(try list.decode(String.self), list.codingPath)
            let part =
                try list.isAtEnd
                ? nil : WallInterval(start: WallInterval.time(from: &list, of: decoder), end: WallInterval.time(from: &list, of: decoder))
            guard list.isAtEnd else {
                throw DecodingError.dataCorruptedError(in: list, debugDescription: "a closure has a date and two times")
            }
            self.init(.dates(date, date), part: part)
        } else {
            try self.init(fields: decoder.container(keyedBy: Key.self))
        }
    }

    private init(fields: KeyedDecodingContainer<Key>) throws {
        let from = try fields.decode(String.self, forKey: .from)
        let to = try fields.decodeIfPresent(String.self, forKey: .to) ?? from
        let days: Days
        if try fields.decodeIfPresent(Bool.self, forKey: .yearly) ?? false {
            guard let first = MonthDay(from), let last = MonthDay(to) else {
                throw DecodingError.dataCorruptedError(forKey: .from, in: fields, debugDescription: "not days of the form MM-DD")
            }
            days = .yearly(first, last, since: try fields.decodeIfPresent(Int.self, forKey: .since))
        } else {
            days = try .dates(CalendarClosure.date(from, fields.codingPath + [Key.from]), CalendarClosure.date(to, fields.codingPath + [Key.to]))
        }
        let part = try CalendarClosure.part(of: fields)
        let source = try fields.decodeIfPresent(String.self, forKey: .source).map { text in
            guard let source = HolidaySource(text) else {
                throw DecodingError.dataCorruptedError(forKey: .source, in: fields, debugDescription: "not a source of the form name or name/year")
            }
            return source
        }
        self.init(days, part: part, name: try fields.decodeIfPresent(String.self, forKey: .name), source: source)
    }

    private static func part(of fields: KeyedDecodingContainer<Key>) throws -> WallInterval? {
        let start = try fields.decodeIfPresent(String.self, forKey: .start)
        let end = try fields.decodeIfPresent(String.self, forKey: .end)
        guard start != nil || end != nil else { return nil }
        guard let from = WallInterval.seconds(start ?? "00:00"), let to = WallInterval.seconds(end ?? "24:00") else {
            throw DecodingError.dataCorruptedError(forKey: .start, in: fields, debugDescription: "not times of the form HH:MM")
        }
        return WallInterval(start: from, end: to)
    }

    private static func date(_ text: String, _ path: [any CodingKey]) throws -> CivilDate {
        guard let date = CivilDate(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: path, debugDescription: "not a date of the form YYYY-MM-DD"))
        }
        return date
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch days {
        case .dates(let first, let last):
            try fields.encode(first.description, forKey: .from)
            try fields.encode(last.description, forKey: .to)
        case .yearly(let first, let last, let since):
            try fields.encode(first.description, forKey: .from)
            try fields.encode(last.description, forKey: .to)
            try fields.encode(true, forKey: .yearly)
            try fields.encodeIfPresent(since, forKey: .since)
        }
        if let part {
            try fields.encode(WallInterval.text(part.start), forKey: .start)
            try fields.encode(WallInterval.text(part.end), forKey: .end)
        }
        try fields.encodeIfPresent(name, forKey: .name)
        try fields.encodeIfPresent(source?.description, forKey: .source)
    }
}
