/// Which statements a connection has prepared, under which names.
///
/// A name is never used twice. A statement counts as prepared from the moment its Parse is sent, so that units behind it in the pipeline
/// use it; if that Parse fails, they get 26000 and are sent again (libpq.md 5).
struct StatementCache {
    struct Item {
        let serial: Int
        let name: [CChar]
        let types: [UInt32]
    }

    private var items: [ObjectIdentifier: Item] = [:]
    private var lastSerial = 0
    /// Names on the server that nothing uses any more.
    private(set) var stale: [String] = []

    /// The prepared statement of a type, if any.
    func item(for type: any Statement.Type) -> Item? {
        items[ObjectIdentifier(type)]
    }

    /// Makes a name for a statement about to be prepared.
    mutating func insert(_ type: any Statement.Type, types: [UInt32]) -> Item {
        lastSerial += 1
        let item = Item(serial: lastSerial, name: Array(Self.name(lastSerial).utf8CString), types: types)
        items[ObjectIdentifier(type)] = item
        return item
    }

    /// The statement is not on the server, or of no more use there; `isOnServer` has its name deallocated with the next unit.
    mutating func forget(_ type: any Statement.Type, serial: Int, isOnServer: Bool) {
        guard items[ObjectIdentifier(type)]?.serial == serial else { return }
        items[ObjectIdentifier(type)] = nil
        if isOnServer { stale.append(Self.name(serial)) }
    }

    mutating func takeStale() -> [String] {
        defer { stale.removeAll() }
        return stale
    }

    private static func name(_ serial: Int) -> String { "s\(serial)" }
}
