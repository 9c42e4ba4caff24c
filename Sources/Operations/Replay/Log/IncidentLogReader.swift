import Domain

/// Reads the incident log of a ServiceNow instance: one row per change, rows of an incident in their order, `?` for what is unknown.
enum IncidentLogReader {
    static let maximumIncidents = 100_000

    /// Rows that are wrong are left out and told; only a file that is no such log at all is an error.
    static func read(_ bytes: [UInt8]) throws(IncidentLogError) -> IncidentLog {
        var records = CSVReader(bytes)
        guard let header = records.next() else { throw .empty }
        let columns: IncidentColumns
        switch header.content {
        case .fields(let fields): columns = try IncidentColumns(header: fields)
        case .malformed(let error): throw .header(error)
        }
        var rows: [String: [IncidentRow]] = [:]
        var order: [String] = []
        var groups: Set<String> = []
        var groupsByAgent: [String: Set<String>] = [:]
        var skipped: [IncidentLog.SkippedRow] = []
        while let record = records.next() {
            do throws(IncidentRow.Refusal) {
                let row = try row(of: record, columns)
                if rows[row.number] == nil { order.append(row.number) }
                guard order.count <= maximumIncidents else { break }
                rows[row.number, default: []].append(row)
                if let group = row.group { groups.insert(group) }
                if let agent = row.agent { groupsByAgent[agent, default: []].formUnion(row.group.map { [$0] } ?? []) }
            } catch {
                skipped.append(IncidentLog.SkippedRow(line: record.line, reason: error.reason))
            }
        }
        guard order.count <= maximumIncidents else { throw .tooManyIncidents(limit: maximumIncidents) }
        guard !order.isEmpty else { throw .noIncidents }
        let incidents = order.compactMap { rows[$0].flatMap(incident) }.enumerated().sorted {
            ($0.element.openedAt, $0.offset) < ($1.element.openedAt, $1.offset)
        }
        return IncidentLog(incidents: incidents.map(\.element), groups: groups.sorted(), groupsByAgent: groupsByAgent, skipped: skipped)
    }

    private static func row(of record: CSVRecord, _ columns: IncidentColumns) throws(IncidentRow.Refusal) -> IncidentRow {
        switch record.content {
        case .fields(let fields): try IncidentRow(fields, columns: columns)
        case .malformed(let error): throw IncidentRow.Refusal(reason: error.description)
        }
    }

    private static func incident(_ rows: [IncidentRow]) -> Incident? {
        guard let first = rows.first, let last = rows.last else { return nil }
        var state = TicketState.new
        var moves: [Incident.Move] = []
        for row in rows where row.state.ticketState != state {
            state = row.state.ticketState
            moves.append(Incident.Move(at: row.updatedAt, state: state))
        }
        return Incident(
            number: first.number,
            openedAt: first.openedAt,
            category: first.category,
            location: first.location,
            impact: first.impact,
            urgency: first.urgency,
            priority: first.priority,
            group: rows.lazy.compactMap(\.group).first,
            moves: moves,
            madeSLA: last.madeSLA
        )
    }
}
