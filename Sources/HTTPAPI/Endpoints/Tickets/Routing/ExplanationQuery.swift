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
    static let parameters = [moment.parameter]

    let isNow: Bool

    init?(from reader: inout QueryReader) {
        isNow = reader.value(Self.moment) == .now
    }
}
