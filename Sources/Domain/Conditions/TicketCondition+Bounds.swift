extension TicketCondition {
    /// The most values of a list, and the most characters of a text: every ticket is compared with all of them.
    static let maximumValues = 100
    static let maximumLength = 200

    /// Where something is too long, as a JSON pointer, and what.
    struct Excess {
        let pointer: String
        let reason: String
    }

    /// The first list or text in this tree that is too long.
    ///
    /// - Parameter pointer: where the tree stands.
    func firstExcess(at pointer: String) -> Excess? {
        switch self {
        case .all(let parts): Self.firstExcess(in: parts, at: pointer + "/all")
        case .any(let parts): Self.firstExcess(in: parts, at: pointer + "/any")
        case .not(let part): part.firstExcess(at: pointer + "/not")
        case .field(_, _, .text(let text)): Self.isTooLong(text) ? Self.tooLong(at: pointer + "/value") : nil
        case .field(_, _, .list(let list)):
            list.count > Self.maximumValues
                ? Excess(pointer: pointer + "/value", reason: "a list has at most \(Self.maximumValues) values")
                : list.firstIndex(where: Self.isTooLong).map { Self.tooLong(at: "\(pointer)/value/\($0)") }
        case .field: nil
        }
    }

    private static func firstExcess(in parts: [TicketCondition], at pointer: String) -> Excess? {
        for (index, part) in parts.enumerated() {
            if let excess = part.firstExcess(at: "\(pointer)/\(index)") { return excess }
        }
        return nil
    }

    private static func isTooLong(_ text: String) -> Bool { text.utf8.count > maximumLength && text.unicodeScalars.count > maximumLength }

    private static func tooLong(at pointer: String) -> Excess {
        Excess(pointer: pointer, reason: "a text has at most \(maximumLength) characters")
    }
}
