/// Wakes who listens to some channels.
struct Notify: Statement {
    static var sql: String { "SELECT pg_notify(channel, '') FROM unnest($1) AS channel" }
    typealias Row = NoRow

    let channels: [String]

    func bind(into binder: inout Binder) {
        binder.append(channels)
    }
}
