import Domain

/// What `docket sla lint` reads: policies as the API writes them, and where they are known the calendars that they name.
struct PolicyFile: Decodable {
    private static let maximumBytes = 16 << 20

    let policies: [Policy]
    let calendars: [String: CalendarDefinition]?

    struct Policy: Decodable {
        let position: Int?
        let active: Bool?
        let definition: SLAPolicyDefinition

        private enum Key: String, CodingKey {
            case position
            case active
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            position = try fields.decodeIfPresent(Int.self, forKey: .position)
            active = try fields.decodeIfPresent(Bool.self, forKey: .active)
            definition = try SLAPolicyDefinition(from: decoder)
        }
    }

    private enum Key: String, CodingKey {
        case policies
        case calendars
        /// The name that a list of the API has.
        case data
    }

    /// `{"policies": […], "calendars": {…}}`, a page of the API's list, or the array alone.
    init(from decoder: any Decoder) throws {
        if let list = try? decoder.unkeyedContainer(), list.count != nil {
            policies = try [Policy](from: decoder)
            calendars = nil
            return
        }
        let fields = try decoder.container(keyedBy: Key.self)
        if fields.contains(.data), !fields.contains(.policies) {
            policies = try fields.decode([Policy].self, forKey: .data)
        } else {
            policies = try fields.decode([Policy].self, forKey: .policies)
        }
        calendars = try fields.decodeIfPresent([String: CalendarDefinition].self, forKey: .calendars)
    }

    /// - Throws: ``CommandFailure`` in one sentence.
    static func read(_ path: String) throws(CommandFailure) -> PolicyFile {
        try InputFile.decode(PolicyFile.self, from: path, limit: maximumBytes)
    }

    /// What the linter says, with the names of the policies. Inactive ones match nothing and are left out.
    func findings(zones: any TimeZoneSource, now: Timestamp) throws -> [(name: String, finding: SLALintFinding)] {
        let active = policies.filter { $0.active ?? true }
        var known: [CalendarID: BusinessCalendar]?
        for (text, definition) in calendars ?? [:] {
            guard let id = CalendarID(text) else { throw CommandFailure("calendars.\(text): not an id") }
            do {
                known = (known ?? [:]).merging([id: try BusinessCalendar(definition, zones: zones)]) { first, _ in first }
            } catch {
                throw CommandFailure("calendars.\(text): \(error)")
            }
        }
        let linter = SLAPolicyLinter(references: SLAPolicyLinter.References(calendars: known), now: now)
        let entries = active.enumerated().map { SLAPolicyLinter.Entry(position: $0.element.position ?? $0.offset, definition: $0.element.definition) }
        return linter.lint(entries).map { (active[$0.policy].definition.name, $0) }
    }
}
