/// Where the text of a unit's statement comes from.
enum StatementSource: Sendable {
    /// A statement type: prepared under a name on each connection.
    case prepared(any Statement.Type)
    /// Text of this module's own, parsed each time.
    case text(String)

    /// What errors call the statement.
    var name: String {
        switch self {
        case .prepared(let type): String(describing: type)
        case .text(let text): String(text.prefix { $0 != " " })
        }
    }
}
