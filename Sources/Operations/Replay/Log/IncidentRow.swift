import Domain

/// One row of the log: an incident at one moment.
struct IncidentRow: Hashable, Sendable {
    let number: String
    let state: RecordedState
    let openedAt: Int64
    let updatedAt: Int64
    let category: String?
    let location: String?
    let impact: ImpactLevel
    let urgency: ImpactLevel
    let priority: Priority
    let group: String?
    let agent: String?
    /// Whether the promise was still kept at that moment.
    let madeSLA: Bool
}

extension IncidentRow {
    /// Why a row cannot be used.
    struct Refusal: Error {
        let reason: String
    }

    /// Reads a row whose fields are in the places that the header gives them.
    init(_ fields: [String], columns: IncidentColumns) throws(Refusal) {
        guard fields.count == columns.count else {
            throw Refusal(reason: "\(fields.count) fields where the header has \(columns.count)")
        }
        func known(_ column: IncidentColumns.Name) -> String? {
            let text = fields[columns[column]]
            return text.isEmpty || text == "?" ? nil : text
        }
        func required(_ column: IncidentColumns.Name) throws(Refusal) -> String {
            guard let text = known(column) else { throw Refusal(reason: "no \(column.rawValue)") }
            return text
        }
        func value<Value>(_ column: IncidentColumns.Name, _ read: (String) -> Value?) throws(Refusal) -> Value {
            let text = try required(column)
            guard let value = read(text) else { throw Refusal(reason: "\(column.rawValue) cannot be read: \(text.prefix(60).debugDescription)") }
            return value
        }
        func short(_ column: IncidentColumns.Name) throws(Refusal) -> String? {
            guard let text = known(column) else { return nil }
            guard text.unicodeScalars.count <= 100, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw Refusal(reason: "\(column.rawValue) is longer than 100 characters or has control characters")
            }
            return text
        }
        guard let number = try short(.number) else { throw Refusal(reason: "no number") }
        self.number = number
        state = try value(.state) { RecordedState(rawValue: $0) }
        openedAt = try value(.openedAt, LogTime.seconds)
        updatedAt = try value(.updatedAt, LogTime.seconds)
        category = try short(.category)
        location = try short(.location)
        impact = try value(.impact) { IncidentRow.leadingDigit($0).flatMap(ImpactLevel.init(rawValue:)) }
        urgency = try value(.urgency) { IncidentRow.leadingDigit($0).flatMap(ImpactLevel.init(rawValue:)) }
        priority = try value(.priority) { IncidentRow.leadingDigit($0).flatMap(Priority.init(rawValue:)) }
        group = try short(.group)
        agent = try short(.agent)
        madeSLA = try value(.madeSLA) { ["TRUE": true, "FALSE": false][$0] }
    }

    /// The number of `2 - Medium`.
    private static func leadingDigit(_ text: String) -> Int? {
        let parts = text.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[1] == "-", parts[0].utf8.count == 1 else { return nil }
        return Int(parts[0])
    }
}
