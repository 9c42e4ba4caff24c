/// A day, or a row of days, on which a calendar does not keep its regular hours; what an explanation names between a start and a deadline.
public struct CalendarSpecialDay: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        /// A holiday or another closure on days that have regular hours.
        case closed
        /// A day with hours of its own: a make-up workday (调休), a special opening.
        case hours
    }

    public let kind: Kind
    public let first: CivilDate
    public let last: CivilDate
    /// Of a closure the closed part of each day, none for whole days; else the day's hours.
    public let parts: [WallInterval]
    /// What people call it; nil where nobody named it.
    public let name: String?

    public init(_ kind: Kind, from first: CivilDate, to last: CivilDate, parts: [WallInterval] = [], name: String? = nil) {
        self.kind = kind
        self.first = first
        self.last = last
        self.parts = parts
        self.name = name
    }
}

extension CalendarSpecialDay: Codable {
    private enum Key: String, CodingKey {
        case kind
        case first = "from"
        case last = "to"
        case parts
        case name
    }

    /// `{"kind": "closed", "from": "2024-12-24", "to": "2024-12-24", "parts": [["12:00", "24:00"]], "name": "Christmas Eve"}`
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func date(_ key: Key) throws -> CivilDate {
            guard let date = CivilDate(try fields.decode(String.self, forKey: key)) else {
                throw DecodingError.dataCorruptedError(forKey: key, in: fields, debugDescription: "not a date of the form YYYY-MM-DD")
            }
            return date
        }
        self.init(
            try fields.decode(Kind.self, forKey: .kind),
            from: try date(.first),
            to: try date(.last),
            parts: try fields.decode([WallInterval].self, forKey: .parts),
            name: try fields.decodeIfPresent(String.self, forKey: .name)
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(kind, forKey: .kind)
        try fields.encode(first.description, forKey: .first)
        try fields.encode(last.description, forKey: .last)
        try fields.encode(parts, forKey: .parts)
        try fields.encodeIfPresent(name, forKey: .name)
    }
}
