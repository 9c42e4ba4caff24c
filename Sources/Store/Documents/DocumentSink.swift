/// Where a document's JSON is written to: bytes, and what is open at their end.
final class DocumentSink {
    private struct Level {
        let end: UInt8
        var isEmpty = true
    }

    private(set) var bytes: [UInt8] = []
    private var levels: [Level] = []

    init() {
        bytes.reserveCapacity(1_024)
    }

    var depth: Int { levels.count }

    /// Begins an object or an array.
    ///
    /// - Returns: its depth, by which its elements are added.
    func open(_ start: UInt8, _ end: UInt8) -> Int {
        bytes.append(start)
        levels.append(Level(end: end))
        return levels.count
    }

    /// Ends everything that is deeper.
    func close(to depth: Int) {
        while levels.count > depth, let level = levels.popLast() { bytes.append(level.end) }
    }

    /// Begins the next element of what is open at a depth; whatever is deeper is over.
    func next(at depth: Int) {
        close(to: depth)
        if levels[depth - 1].isEmpty { levels[depth - 1].isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
    }

    func append(raw text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    func append(key: String) {
        append(key)
        bytes.append(UInt8(ascii: ":"))
    }

    /// As a JSON string.
    func append(_ text: String) {
        bytes.append(jsonText: text)
    }
}
