/// An ordered list of statements sent with one Sync: one round trip, one transaction, all or nothing.
///
/// In the default mode the transaction is the implicit one of the extended protocol (libpq.md 4.1).
public struct PostgresUnit: Sendable {
    /// One statement of the unit: its type, and which of the binder's parameters are its own.
    struct Entry: Sendable {
        let source: StatementSource
        let parameters: Range<Int>
    }

    private(set) var entries: [Entry] = []
    private(set) var binder = Binder()

    public init() {}

    /// Whether the unit has no statements.
    public var isEmpty: Bool { entries.isEmpty }

    /// How many statements the unit has.
    public var count: Int { entries.count }

    /// Appends a statement; the handle reads its rows from the result.
    @discardableResult
    public mutating func add<S: Statement>(_ statement: S) -> Handle<S> {
        let first = binder.parameters.count
        statement.bind(into: &binder)
        entries.append(Entry(source: .prepared(S.self), parameters: first..<binder.parameters.count))
        return Handle(index: entries.count - 1)
    }

    /// Appends a statement without parameters that is not worth preparing, such as LISTEN. For constants of this module only.
    mutating func add(text: String) {
        entries.append(Entry(source: .text(text), parameters: binder.parameters.count..<binder.parameters.count))
    }

    /// Throws `encoding` for a value that cannot be sent, and for what the protocol or the server's memory cannot take: 65,535 parameters a statement,
    /// 256 MiB a unit.
    func check() throws(PostgresError) {
        if let index = binder.unencodable {
            let entry = entries.first { $0.parameters.contains(index) }
            throw PostgresError(.encoding, "a parameter that is no value of its type", statementName: entry?.source.name)
        }
        if binder.arena.count > 256 << 20 { throw PostgresError(.encoding, "a unit of more than 256 MiB") }
        if let entry = entries.first(where: { $0.parameters.count > 65535 }) {
            throw PostgresError(.encoding, "more than 65535 parameters", statementName: entry.source.name)
        }
    }
}
