/// What an `If-Match` or `If-None-Match` header says (RFC 9110 13.1).
public enum EntityTagCondition: Hashable, Sendable {
    /// `*`: any current representation.
    case any
    /// One of these. Tags of others' making are dropped in reading: they match nothing.
    case tags([Tag])

    public struct Tag: Hashable, Sendable {
        public let tag: EntityTag
        /// `W/"…"`: matches in `If-None-Match` only.
        public let isWeak: Bool
    }

    /// More tags than any caller needs.
    static let maximumTags = 16

    /// - Returns: nil where the header is not a list of entity tags.
    init?(_ header: String) {
        var rest = header.utf8[...]
        rest.trimSpaces()
        if rest.elementsEqual("*".utf8) {
            self = .any
            return
        }
        var tags: [Tag] = []
        var count = 0
        repeat {
            rest.trimSpaces()
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak {
                rest.removeFirst(2)
            }
            guard rest.popFirst() == UInt8(ascii: "\""), let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            let opaque = rest[..<end]
            guard opaque.allSatisfy({ $0 == 0x21 || (0x23...0x7E).contains($0) || $0 >= 0x80 }) else { return nil }
            rest = rest[rest.index(after: end)...]
            rest.trimSpaces()
            count += 1
            guard count <= EntityTagCondition.maximumTags else { return nil }
            if let tag = Substring(opaque).isEmpty ? nil : EntityTag(opaque: Substring(opaque)) {
                tags.append(Tag(tag: tag, isWeak: isWeak))
            }
            guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { return nil }
        } while rest.popFirst() != nil
        self = .tags(tags)
    }

    /// Strong comparison, for `If-Match` on a thing without versions; for others there is ``precondition(on:)``.
    public func matchesStrongly(_ current: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { !$0.isWeak && $0.tag == current }
        }
    }

    /// Weak comparison, for `If-None-Match`.
    public func matchesWeakly(_ current: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.tag == current }
        }
    }
}

extension Substring.UTF8View {
    fileprivate mutating func trimSpaces() {
        while let byte = first, byte == 0x20 || byte == 0x09 {
            removeFirst()
        }
        while let byte = last, byte == 0x20 || byte == 0x09 {
            removeLast()
        }
    }
}
