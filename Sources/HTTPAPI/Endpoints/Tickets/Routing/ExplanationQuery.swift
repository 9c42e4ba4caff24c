/// As of when a ticket's routing is explained.
struct ExplanationQuery: QueryParameters {
    enum Moment: String, CaseIterable, Sendable {
        case recorded, now
    }

    static let moment = QueryField(
        "as",
        ParameterType<Moment>.code,
        "`now` also says, for a ticket that has an agent, what routing would do if it were waiting; `recorded` unless given."
    )
    static let assignment = QueryField(
        "assignment",
        ParameterType<Int>.integer(1...Int(Int32.max)),
        "The `sequence` of a `ticket.assigned` event of the ticket: explains that assignment, as it was recorded then; 404 where there is none. `as` says nothing then."
    )
    static let parameters = [moment.parameter, assignment.parameter]

    let isNow: Bool
    let sequence: Int?

    init?(from reader: inout QueryReader) {
        isNow = reader.value(Self.moment) == .now
        sequence = reader.value(Self.assignment)
    }
}
