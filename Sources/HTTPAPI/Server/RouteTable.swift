import HTTPTypes

/// The path templates with their methods, for the answers that the router has no route for: 404, 405 with `Allow`, OPTIONS.
struct RouteTable: Sendable {
    private struct Entry {
        let segments: [Substring]
        var methods: [HTTPRequest.Method]

        /// How many segments are not parameters.
        var literals: Int { segments.count { !Self.isParameter($0) } }

        func matches(_ path: [Substring]) -> Bool {
            segments.count == path.count && zip(segments, path).allSatisfy { Self.isParameter($0) || $0 == $1 }
        }

        private static func isParameter(_ segment: Substring) -> Bool { segment.utf8.first == UInt8(ascii: "{") }
    }

    private var entries: [Entry] = []

    init(_ operations: [Operation]) {
        for operation in operations {
            let segments = operation.path.split(separator: "/")
            let methods = operation.method == .get ? [.get, .head] : [operation.method]
            if let index = entries.firstIndex(where: { $0.segments == segments }) {
                entries[index].methods += methods
            } else {
                entries.append(Entry(segments: segments, methods: methods))
            }
        }
    }

    /// The `Allow` header's value for a path, nil where no template matches it. As for the router, a template that names the path leaves no room for one
    /// that takes it for an id.
    func allowed(at path: Substring) -> String? {
        let segments = path.split(separator: "/")
        guard let entry = entries.filter({ $0.matches(segments) }).max(by: { $0.literals < $1.literals }) else { return nil }
        return (Set(entry.methods.map(\.rawValue)).sorted() + ["OPTIONS"]).joined(separator: ", ")
    }
}
