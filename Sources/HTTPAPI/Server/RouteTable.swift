import HTTPTypes

/// The path templates with their methods, for the answers that the router has no route for: 404, 405 with `Allow`, OPTIONS.
struct RouteTable: Sendable {
    private struct Entry {
        let segments: [Substring]
        var methods: [HTTPRequest.Method]
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

    /// The `Allow` header's value for a path, nil where no template matches it.
    func allowed(at path: Substring) -> String? {
        let segments = path.split(separator: "/")
        let methods = entries.filter { entry in
            entry.segments.count == segments.count
                && zip(entry.segments, segments).allSatisfy { $0.utf8.first == UInt8(ascii: "{") || $0 == $1 }
        }.flatMap(\.methods)
        guard !methods.isEmpty else { return nil }
        return (Set(methods.map(\.rawValue)).sorted() + ["OPTIONS"]).joined(separator: ", ")
    }
}
