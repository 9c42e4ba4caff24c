/// Where the columns that matter are, by the header.
struct IncidentColumns: Hashable, Sendable {
    enum Name: String, CaseIterable, Sendable {
        case number
        case state = "incident_state"
        case openedAt = "opened_at"
        case updatedAt = "sys_updated_at"
        case category, location, impact, urgency, priority
        case group = "assignment_group"
        case agent = "assigned_to"
        case madeSLA = "made_sla"
    }

    /// How many fields every row has.
    let count: Int
    private let places: [Name: Int]

    init(header: [String]) throws(IncidentLogError) {
        var places: [Name: Int] = [:]
        for (index, text) in header.enumerated() {
            guard let name = Name(rawValue: text) else { continue }
            guard places.updateValue(index, forKey: name) == nil else { throw .repeatedColumn(text) }
        }
        for name in Name.allCases where places[name] == nil { throw .missingColumn(name.rawValue) }
        self.places = places
        count = header.count
    }

    /// The field's place in a row.
    subscript(_ name: Name) -> Int {
        // Every name has a place: the initializer saw to it.
        places[name] ?? 0
    }
}
