/// A request target in its two parts.
struct RequestTarget {
    let path: Substring
    let query: Substring?

    init(_ target: String?) {
        let target = target ?? "/"
        if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = target[..<mark]
            query = target[target.utf8.index(after: mark)...]
        } else {
            path = target[...]
            query = nil
        }
    }
}
